//! Runs the extractors over the sets.

use std::fmt::{self, Write as _};
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::corpus::Shared;
use crate::intake::score::score;
use crate::intake::{EXTRACTORS, Found, Page, PageScore, Set, Total};

/// All figures, for a person as a table.
pub struct Measured {
    rows: Vec<Row>,
}

struct Row {
    set: Set,
    extractor: &'static str,
    scores: Vec<(String, PageScore)>,
    wrong: Vec<String>,
    time: Duration,
}

/// Reads the pages of both sets with each extractor, on one thread.
pub fn measure(shared: &Shared) -> Result<Measured> {
    let mut rows = Vec::new();
    for set in Set::ALL {
        let pages = set.open(shared)?;
        for extractor in EXTRACTORS {
            let mut time = Duration::ZERO;
            let mut scores = Vec::with_capacity(pages.len());
            let mut wrong = Vec::new();
            for page in &pages {
                let start = Instant::now();
                let found = (extractor.extract)(page);
                time += start.elapsed();
                let score = score(set, page, &found);
                wrong.extend(wrong_fields(page, &found, score));
                scores.push((page.name.clone(), score));
            }
            rows.push(Row { set, extractor: extractor.name, scores, wrong, time });
        }
    }
    Ok(Measured { rows })
}

impl Measured {
    /// Our fields that are not the gold's, a line each.
    pub fn wrong(&self) -> impl Iterator<Item = &str> {
        let ours = EXTRACTORS[0].name;
        let rows = self.rows.iter().filter(move |row| row.extractor == ours);
        rows.flat_map(|row| row.wrong.iter().map(String::as_str))
    }

    /// Our score of each page, a row a page.
    pub fn to_csv(&self) -> String {
        let mut out = "set,page,tp,fp,fn,precision,recall,title,published,authors\n".to_owned();
        let ours = EXTRACTORS[0].name;
        for row in self.rows.iter().filter(|row| row.extractor == ours) {
            for (page, score) in &row.scores {
                let (set, page) = (row.set.name(), page.replace([',', '"'], "_"));
                let line = match score {
                    PageScore::Chunks(c, f) => {
                        let said = |field: Option<bool>| {
                            field.map_or("", |right| if right { "1" } else { "0" })
                        };
                        let fields = [f.title, f.published, f.authors].map(said).join(",");
                        format!("{set},{page},{},{},{},,,{fields}", c.tp, c.fp, c.fn_)
                    }
                    PageScore::Shingles(s) => {
                        format!("{set},{page},,,,{:.4},{:.4},,,", s.precision, s.recall)
                    }
                };
                writeln!(out, "{line}").expect("strings take all that is written");
            }
        }
        out
    }
}

/// The fields that are not the gold's, a line each.
fn wrong_fields(page: &Page, found: &Found, score: PageScore) -> Vec<String> {
    let PageScore::Chunks(_, right) = score else { return Vec::new() };
    let fields = [
        ("title", right.title, &found.title),
        ("date", right.published, &found.published),
        ("author", right.authors, &found.authors),
    ];
    let wrong = fields.into_iter().filter(|(_, right, _)| *right == Some(false));
    wrong
        .map(|(field, _, found)| {
            format!("{field}\t{}\tgold {}\tfound {found:?}", page.name, page.gold[field])
        })
        .collect()
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<18}{:<20}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>9}",
            "set", "extractor", "P", "R", "F1", "title", "date", "author", "pages/s"
        )?;
        for row in &self.rows {
            let scores: Vec<PageScore> = row.scores.iter().map(|(_, score)| *score).collect();
            let total = Total::of(&scores);
            write!(f, "{:<18}{:<20}", row.set.name(), row.extractor)?;
            write!(f, "{:>8.4}{:>8.4}{:>8.4}", total.precision, total.recall, total.f1())?;
            for (right, asked) in total.fields {
                match asked {
                    0 => write!(f, "{:>8}", "")?,
                    _ => write!(f, "{:>8.3}", right as f64 / asked as f64)?,
                }
            }
            writeln!(f, "{:>9.0}", scores.len() as f64 / row.time.as_secs_f64())?;
        }
        Ok(())
    }
}

//! Runs the extractors over the sets.

use std::fmt::{self, Write as _};
use std::fs;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::corpus::Shared;
use crate::csv_field;
use crate::intake::score::score;
use crate::intake::{Chunks, Extractor, Found, OURS, Page, PageScore, Set, Total, digest};

/// All figures, for a person as a table.
pub struct Measured {
    rows: Vec<Row>,
}

/// What one extractor found in one set.
pub struct Row {
    /// The set.
    pub set: Set,
    /// Digest of the set.
    pub digest: String,
    extractor: &'static str,
    scores: Vec<(String, PageScore)>,
    wrong: Vec<String>,
    time: Duration,
}

/// Reads the pages of both sets with each extractor, on one thread.
pub fn measure(shared: &Shared, extractors: &[Extractor]) -> Result<Measured> {
    let mut rows = Vec::new();
    for set in Set::ALL {
        let pages = set.open(shared)?;
        let digest = digest(&pages);
        for extractor in extractors {
            let (start, cpu_start) = (Instant::now(), cpu_time());
            let found: Vec<Found> = pages.iter().map(|page| (extractor.extract)(page)).collect();
            let on_cpu = cpu_time().zip(cpu_start).map(|(end, start)| end.saturating_sub(start));
            let time = on_cpu.unwrap_or_else(|| start.elapsed());
            let mut scores = Vec::with_capacity(pages.len());
            let mut wrong = Vec::new();
            for (page, found) in pages.iter().zip(&found) {
                let score = score(set, page, found);
                wrong.extend(wrong_fields(page, found, score));
                scores.push((page.name.clone(), score));
            }
            let (digest, extractor) = (digest.clone(), extractor.name);
            rows.push(Row { set, digest, extractor, scores, wrong, time });
        }
    }
    Ok(Measured { rows })
}

impl Row {
    /// The figures that have floors, by their names there.
    pub fn figures(&self) -> Vec<(&'static str, f64)> {
        let total = self.total();
        let fields = ["title", "date", "author"].into_iter().zip(total.fields);
        let fields = fields.filter(|(_, (_, asked))| *asked > 0);
        let share = |(name, (right, asked))| (name, right as f64 / asked as f64);
        [("f1", total.f1())].into_iter().chain(fields.map(share)).collect()
    }

    fn total(&self) -> Total {
        Total::of(&self.scores.iter().map(|(_, score)| *score).collect::<Vec<_>>())
    }
}

impl Measured {
    /// What ours found, a row a set.
    pub fn ours(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.extractor == OURS.name)
    }

    /// Our fields that are not the gold's, a line each.
    pub fn wrong(&self) -> impl Iterator<Item = &str> {
        self.ours().flat_map(|row| row.wrong.iter().map(String::as_str))
    }

    /// Our scores: a row a page, of the set for measuring only one row.
    pub fn to_csv(&self) -> String {
        let mut out = "set,page,tp,fp,fn,precision,recall,title,date,author\n".to_owned();
        for row in self.ours() {
            let set = row.set.name();
            if row.set == Set::Scrapinghub {
                let Total { precision, recall, .. } = row.total();
                writeln!(out, "{set},all,,,,{precision:.6},{recall:.6},,,")
                    .expect("strings take all that is written");
                continue;
            }
            for (page, score) in &row.scores {
                let PageScore::Chunks(chunks, fields) = score else { continue };
                let said =
                    |field: Option<bool>| field.map_or("", |right| if right { "1" } else { "0" });
                let fields = [fields.title, fields.published, fields.authors].map(said).join(",");
                let Chunks { tp, fp, fn_ } = chunks;
                writeln!(out, "{set},{},{tp},{fp},{fn_},,,{fields}", csv_field(page))
                    .expect("strings take all that is written");
            }
        }
        out
    }
}

/// How long this thread was on a processor, so that other work on the machine does not count. Only
/// Linux tells it.
fn cpu_time() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(stat.split(' ').next()?.parse().ok()?))
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
            let total = row.total();
            write!(f, "{:<18}{:<20}", row.set.name(), row.extractor)?;
            write!(f, "{:>8.4}{:>8.4}{:>8.4}", total.precision, total.recall, total.f1())?;
            for (right, asked) in total.fields {
                match asked {
                    0 => write!(f, "{:>8}", "")?,
                    _ => write!(f, "{:>8.3}", right as f64 / asked as f64)?,
                }
            }
            writeln!(f, "{:>9.0}", row.scores.len() as f64 / row.time.as_secs_f64())?;
        }
        Ok(())
    }
}

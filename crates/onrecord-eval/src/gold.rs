//! Gold attributions: brat standoff folders (PolNeAR) and Desk corpus XML.
//!
//! Both give the same plain form, with byte ranges into the text. The Desk corpus is read as
//! `write_brat` in `train/onrecord_train` writes it out, the order of statements included: it
//! decides ties in the scorer.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use onrecord::Article;

use crate::desk::{self, DeskArticle};

/// What is said, who says it, and the words that make it a statement.
///
/// Byte ranges of the document's text, at character boundaries; gold and predictions alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// The words said or reported.
    pub content: Vec<Range<usize>>,
    /// The words that name the source; may be empty.
    pub source: Vec<Range<usize>>,
    /// "said", "according to"; may be empty.
    pub cue: Vec<Range<usize>>,
}

/// A text and the gold attributions in it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file's name without its extension.
    pub name: String,
    /// The text as it stands in the file, a byte order mark included.
    pub text: String,
    /// In the order of the annotation file.
    pub attributions: Vec<Attribution>,
    /// All that is annotated in it, where it is of the Desk corpus.
    pub desk: Option<DeskArticle>,
    /// The files it was read from, for the digest of the corpus.
    pub files: Vec<PathBuf>,
}

impl Document {
    /// The article that `onrecord read` makes of the text in a file `NAME.txt`, with the day on
    /// which the corpus says that it was published.
    pub fn article(&self) -> Article {
        let id = self.desk.as_ref().map_or(&self.name, |desk| &desk.id);
        let plain = onrecord_intake::plain_text(self.text.clone().into_bytes());
        Article {
            path: Some(format!("{id}.txt")),
            title: plain.ok().and_then(|plain| plain.title),
            published: self.desk.as_ref().and_then(|desk| desk.date),
            // Not the plain text's: it lacks the byte order mark that gold spans count.
            ..Article::new(self.text.as_str())
        }
    }
}

/// The documents of a folder, sorted by name: brat if it has `text/` in it, else Desk XML.
pub fn read_folder(folder: &Path) -> Result<Vec<Document>> {
    let mut documents = if folder.join("text").is_dir() {
        brat_folder(folder)?
    } else {
        files(folder, ".xml")?.iter().map(|path| desk_file(path)).collect::<Result<_>>()?
    };
    if documents.is_empty() {
        bail!("no annotated documents in {}", folder.display());
    }
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(documents)
}

/// Turns code points of a text into bytes; numbers outside the text go to its nearest end.
pub struct Bytes(Vec<usize>);

impl Bytes {
    /// Counts the text's code points.
    pub fn of(text: &str) -> Bytes {
        Bytes(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
    }

    /// The bytes of `[start, end)` in code points.
    pub fn range(&self, start: i64, end: i64) -> Range<usize> {
        let byte = |point: i64| self.0[point.clamp(0, self.0.len() as i64 - 1) as usize];
        byte(start)..byte(end)
    }
}

/// Texts without annotation are left out.
fn brat_folder(folder: &Path) -> Result<Vec<Document>> {
    let annotations = files(&folder.join("attributions"), ".ann")?;
    let mut documents = Vec::new();
    for path in files(&folder.join("text"), ".txt")? {
        let name = stem(&path, ".txt");
        let prefix = format!("{name}_");
        let Some(first) = annotations.iter().find(|path| file_name(path).starts_with(&prefix))
        else {
            continue;
        };
        let text = read(&path)?;
        let attributions = brat_attributions(&read(first)?, &Bytes::of(&text))
            .with_context(|| first.display().to_string())?;
        let files = vec![path, first.clone()];
        documents.push(Document { name, text, attributions, desk: None, files });
    }
    Ok(documents)
}

/// Spans are `T` lines, attributions `E` lines that name spans by role; other lines are skipped.
fn brat_attributions(annotation: &str, bytes: &Bytes) -> Result<Vec<Attribution>> {
    let mut spans: Vec<(&str, Vec<Range<usize>>)> = Vec::new();
    let mut attributions = Vec::new();
    for line in annotation.split(['\n', '\r']) {
        let fields: Vec<&str> = line.split('\t').collect();
        if line.starts_with('T') && fields.len() >= 3 {
            let (_, places) = fields[1].split_once(' ').with_context(|| line.to_owned())?;
            let places = places.split(';').map(|place| brat_place(place, bytes));
            spans.push((fields[0], places.collect::<Result<_>>()?));
        } else if line.starts_with('E') {
            let roles = fields.get(1).with_context(|| line.to_owned())?;
            let mut attribution = Attribution::default();
            for pair in roles.split_whitespace() {
                let (role, id) = pair.split_once(':').with_context(|| line.to_owned())?;
                let role = match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                    "Content" => &mut attribution.content,
                    "Source" => &mut attribution.source,
                    "Cue" => &mut attribution.cue,
                    _ => continue,
                };
                // A reference may name another attribution or a span further down: neither counts.
                let named = spans.iter().rfind(|(span, _)| *span == id);
                role.extend(named.into_iter().flat_map(|(_, places)| places.clone()));
            }
            if !attribution.content.is_empty() {
                attributions.push(attribution);
            }
        }
    }
    Ok(attributions)
}

fn brat_place(place: &str, bytes: &Bytes) -> Result<Range<usize>> {
    let mut numbers = place.split_whitespace().map(str::parse);
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(Ok(start)), Some(Ok(end)), None) => Ok(bytes.range(start, end)),
        _ => bail!("not a span: {place:?}"),
    }
}

fn desk_file(path: &Path) -> Result<Document> {
    let article = desk::parse(&read(path)?).with_context(|| path.display().to_string())?;
    let attributions = desk_attributions(&article).with_context(|| path.display().to_string())?;
    Ok(Document {
        name: stem(path, ".xml"),
        text: article.text.clone(),
        attributions,
        desk: Some(article),
        files: vec![path.to_path_buf()],
    })
}

/// In the order in which their first elements end.
fn desk_attributions(article: &DeskArticle) -> Result<Vec<Attribution>> {
    let mut statements: Vec<(&str, Attribution)> = Vec::new();
    for element in &article.elements {
        if !matches!(element.tag.as_str(), "q" | "src" | "cue") {
            continue;
        }
        let id = element.attribute("s")?;
        let known = statements.iter().position(|&(known, _)| known == id);
        let at = known.unwrap_or(statements.len());
        if known.is_none() {
            statements.push((id, Attribution::default()));
        }
        let attribution = &mut statements[at].1;
        let role = match element.tag.as_str() {
            "q" => &mut attribution.content,
            "src" => &mut attribution.source,
            _ => &mut attribution.cue,
        };
        role.push(element.bytes.clone());
    }
    let mut attributions = Vec::new();
    for (_, mut attribution) in statements {
        for role in [&mut attribution.content, &mut attribution.source, &mut attribution.cue] {
            role.sort_by_key(|span| (span.start, span.end));
        }
        if !attribution.content.is_empty() {
            attributions.push(attribution);
        }
    }
    Ok(attributions)
}

/// The folder's files with this ending, sorted by name; hidden ones are left out.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = file_name(&path);
        if name.ends_with(ending) && !name.starts_with('.') {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

fn stem(path: &Path, ending: &str) -> String {
    let name = file_name(path);
    name.strip_suffix(ending).unwrap_or(name).to_owned()
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brat_spans_become_bytes() {
        let text = "“Да”, said 漢 X.";
        let annotation = "T1\tContent 0 4\t“Да”\nT2\tCue 6 10\tsaid\r\nT3\tSource 11 12;13 14\t漢 X\n\
                          E1\tAttribution:T2 Content:T1 Cue1:T2 Source:T3\nE2\tCue:T2\n";
        let found = brat_attributions(annotation, &Bytes::of(text)).unwrap();
        assert_eq!(found.len(), 1);
        let words = |spans: &[Range<usize>]| -> Vec<String> {
            spans.iter().map(|span| text[span.clone()].to_owned()).collect()
        };
        assert_eq!(words(&found[0].content), ["“Да”"]);
        assert_eq!(words(&found[0].source), ["漢", "X"]);
        assert_eq!(words(&found[0].cue), ["said"]);
    }

    #[test]
    fn desk_statements_come_in_the_order_in_which_their_elements_end() {
        let xml = "<article id=\"A\"><text><p>A &amp; B</p>\n<p><q s=\"S1\">“Ich <cue s=\"S2\">höre</cue> \
                   <q s=\"S2\">das</q>”</q>, <src s=\"S3\">x</src></p></text></article>";
        let article = desk::parse(xml).unwrap();
        let (text, found) = (&article.text, desk_attributions(&article).unwrap());
        assert_eq!(text, "A & B\n\n“Ich höre das”, x");
        let content: Vec<&str> = found.iter().map(|a| &text[a.content[0].clone()]).collect();
        assert_eq!(content, ["das", "“Ich höre das”"]);
    }
}

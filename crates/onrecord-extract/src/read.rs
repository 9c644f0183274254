//! An article to its record.

use onrecord_record::{Article, Note, NoteKind, Record};

use crate::encoder::Encoder;
use crate::page::Page;
use crate::reading::Reading;
use crate::rules::Rule;
use crate::statements;

/// Bytes that are read of a text: two hundred times a long article. What lies beyond gets a note.
const READ_LIMIT: usize = 1 << 20;

/// Reads an article. Never fails: what was not read is in the notes.
pub fn read(encoder: &impl Encoder, article: Article) -> Record {
    read_by(encoder, article, Rule::ALL)
}

/// Reads an article by some of the rules, to measure what each is worth.
pub fn read_by(encoder: &impl Encoder, article: Article, rules: &[Rule]) -> Record {
    let mut notes = Vec::new();
    let part = readable(&article.text);
    if let Some(rest) = article.text.span(part.len(), article.text.len()) {
        let message =
            format!("read up to byte {}; split the file to have the rest read", part.len());
        notes.push(Note { kind: NoteKind::TooLong, span: Some(rest), message });
    }
    let page = Page::new(encoder, part);
    if page.tokens.is_empty() {
        let message = "the text holds no words".to_owned();
        notes.push(Note { kind: NoteKind::NoWords, span: None, message });
    }
    let mut drafts = statements::assemble(&Reading::new(encoder, &page));
    for rule in rules {
        rule.apply(&page, &mut drafts);
    }
    let statements = statements::finish(&page, &article.text, &drafts);
    Record { statements, notes, ..Record::empty(article) }
}

/// The beginning of a text up to the limit, whole lines if there are any.
fn readable(text: &str) -> &str {
    if text.len() <= READ_LIMIT {
        return text;
    }
    let part = &text[..text.floor_char_boundary(READ_LIMIT)];
    part.rfind('\n').map_or(part, |line_break| &part[..=line_break])
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::fake::Fake;

    /// What is read of a marked-up text (see [`Fake::of`]), a line a statement.
    pub(crate) fn check(marked: &str, expect: &[&str]) {
        let (text, fake) = Fake::of(marked);
        let record = read(&fake, Article::new(text));
        let text = &record.article.text;
        let words = |spans: &[onrecord_record::Span]| {
            spans.iter().map(|&s| &text[s]).collect::<Vec<_>>().join(" … ")
        };
        let lines: Vec<String> = record
            .statements
            .iter()
            .map(|s| {
                let within = s.within.map(|id| format!(" in {id}")).unwrap_or_default();
                let continues =
                    s.continues.map(|id| format!(" goes on from {id}")).unwrap_or_default();
                let (source, cue, content) = (words(&s.source), words(&s.cue), words(&s.content));
                format!("{} | {source} | {cue} | {content}{within}{continues}", s.form.as_str())
            })
            .collect();
        assert_eq!(lines, expect, "{marked}");
    }

    #[test]
    fn statements_from_spans_and_links() {
        check("[s1 He] [c1 said] [q1 that it rained].", &["indirect | He | said | that it rained"]);
        check(
            "[q1 “Yes,”] [s1 he] [c1 said]. [q1 “It rained.”]",
            &["direct | he | said | “Yes,” … “It rained.”"],
        );
        check(
            "[q1 It “rained a lot,”] [c1 it is believed].",
            &["mixed |  | it is believed | It “rained a lot,”"],
        );
        check("[s1 Anna]: [q1 “No.”]", &["direct | Anna |  | “No.”"]);
        check("Nothing is said here.", &[]);
    }

    #[test]
    fn spans_run_over_windows() {
        let long = "word ".repeat(400);
        let marked = format!("[s1 He] [c1 said] [q1 that {long}goes on] and ends.");
        let content = format!("indirect | He | said | that {long}goes on");
        check(&marked, &[&content]);
    }

    #[test]
    fn what_is_too_long_is_noted() {
        let record = read(&Fake::default(), Article::new("a\n".repeat(600_000)));
        assert_eq!(record.notes.len(), 1);
        assert_eq!(record.notes[0].kind, NoteKind::TooLong);
        assert_eq!(record.notes[0].span.unwrap().start(), READ_LIMIT);
        let record = read(&Fake::default(), Article::new(" \n\t"));
        assert_eq!(record.notes[0].kind, NoteKind::NoWords);
    }
}

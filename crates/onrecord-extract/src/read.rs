//! An article to its record.

use onrecord_record::{About, Article, Kind, Note, NoteKind, Record, Span, Text};

use crate::encoder::Encoder;
use crate::found::FoundName;
use crate::names::Names;
use crate::page::Page;
use crate::reading::Reading;
use crate::rules::Rule;
use crate::{actors, coreference, events, speakers, statements, times};

/// Bytes that are read of a text: two hundred times a long article. What lies beyond gets a note.
const READ_LIMIT: usize = 1 << 20;

/// Reads an article. Never fails: what was not read is in the notes.
pub fn read(encoder: &impl Encoder, names: &impl Names, article: Article) -> Record {
    read_by(encoder, names, article, &Scope::default())
}

/// What is read of an article, and by which rules.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The heuristics on top of the model.
    pub rules: &'a [Rule],
    /// Whether events are read.
    pub events: Events,
}

/// Whether events are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Events {
    /// They are.
    Yes,
    /// They are not, which takes less time.
    No,
}

impl Default for Scope<'_> {
    fn default() -> Self {
        Scope { rules: Rule::ALL, events: Events::Yes }
    }
}

/// Reads an article in a scope of one's own, to measure what a rule is worth.
pub fn read_by(
    encoder: &impl Encoder,
    names: &impl Names,
    article: Article,
    scope: &Scope<'_>,
) -> Record {
    let mut notes = Vec::new();
    if let Some(language) = article.language.as_deref().filter(|language| !is_english(language)) {
        let message =
            format!("in another language ({language}), and not read: the model knows English");
        notes.push(Note { kind: NoteKind::OtherLanguage, span: None, message });
        return Record { notes, ..Record::empty(article) };
    }
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
    let times = match scope.events {
        Events::Yes => times::times(&page, &article.text, article.published),
        Events::No => Vec::new(),
    };
    let reading = Reading::new(encoder, &page, part, scope.events, times);
    let mut drafts = statements::assemble(&reading);
    for rule in scope.rules {
        rule.apply(&page, &mut drafts);
    }
    let mut statements = statements::finish(&page, &article.text, &drafts);
    let found = &reading.found;
    let (mut clusters, mut cluster_of, cards) =
        coreference::clusters(&page, part, found, names, article.published);
    let sources = speakers::sources(&page, part, found, &cards, &drafts);
    let said_in = speakers::said_in(found, &drafts);
    speakers::own_first_person(
        found,
        &cards,
        &sources,
        &said_in,
        &mut clusters,
        &mut cluster_of,
        names,
    );
    coreference::know_persons(&page, part, found, &cards, &mut clusters, names, article.published);
    let speakers = speakers::speakers(found, &cards, &sources, &cluster_of);
    let about = speakers::about(found, &said_in, &cluster_of, drafts.len());
    for ((statement, speaker), about) in statements.iter_mut().zip(speakers).zip(about) {
        statement.speaker = speaker;
        statement.about = about;
        let speaks = |about: &About| speaker.is_some_and(|speaker| speaker.actor == about.actor);
        statement.about.retain(|about| !speaks(about));
    }
    let actors = actors::actors(&page, &article.text, found, &clusters, &cluster_of, &cards);
    let events = events::events(&page, &article.text, found, &cluster_of, clusters.len(), &drafts);
    Record { actors, statements, events, notes, ..Record::empty(article) }
}

/// Whether a language tag, ISO 639-1 or with a region behind it, is of English.
fn is_english(tag: &str) -> bool {
    tag.split(['-', '_']).next().is_some_and(|language| language.eq_ignore_ascii_case("en"))
}

/// The proper names of a text and what each is, titles left out: what corpora of named entities mark.
pub fn names(encoder: &impl Encoder, text: &Text) -> Vec<(Span, Kind)> {
    let part = readable(text);
    let page = Page::new(encoder, part);
    let found = Reading::new(encoder, &page, part, Events::No, Vec::new()).found;
    let kind = |name: &FoundName| {
        let most = |&a: &usize, &b: &usize| name.kinds[a].total_cmp(&name.kinds[b]);
        Kind::ALL[(0..Kind::ALL.len()).max_by(most).expect("there are kinds")]
    };
    found.names.iter().map(|name| (actors::span(&page, text, &name.words), kind(name))).collect()
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
    use crate::names::{Known, NoNames, Sex};

    /// Knows one state.
    struct Peru;

    impl Names for Peru {
        fn known(&self, name: &str, kind: Kind, _on: Option<jiff::civil::Date>) -> Option<Known> {
            let is_peru = name == "Peru" && kind == Kind::State;
            let (links, sectors) = Default::default();
            let (id, name) = (1, name.to_owned());
            is_peru.then_some(Known { id, name, kind, country: None, sectors, links, office: None })
        }

        fn sex(&self, _first_name: &str) -> Option<Sex> {
            None
        }
    }

    /// What is read of a marked-up text (see [`Fake::of`]), a line a statement.
    pub(crate) fn check(marked: &str, expect: &[&str]) {
        let (text, fake) = Fake::of(marked);
        let record = read(&fake, &NoNames, Article::new(text));
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

    /// The actors that are read in a marked-up text, a line an actor, and who speaks.
    fn check_actors(marked: &str, expect: &[&str]) {
        let (text, fake) = Fake::of(marked);
        let record = read(&fake, &Peru, Article::new(text));
        let text = &record.article.text;
        let mut lines: Vec<String> = Vec::new();
        for actor in &record.actors {
            let mentions: Vec<&str> = actor.mentions.iter().map(|m| &text[m.span]).collect();
            let roles: Vec<&str> = actor.roles.iter().map(|role| &text[role.span]).collect();
            let roles =
                if roles.is_empty() { String::new() } else { format!(", {}", roles.join(", ")) };
            lines.push(format!("{} {}{roles}: {}", actor.id, actor.kind, mentions.join(" | ")));
        }
        for statement in &record.statements {
            let speaker = statement.speaker.map(|s| s.actor.to_string()).unwrap_or("nobody".into());
            lines.push(format!("{} by {speaker}", statement.id));
        }
        assert_eq!(lines, expect, "{marked}");
    }

    #[test]
    fn mentions_become_actors() {
        check_actors(
            "[n1 Ann Lee], [r1 minister of works], met [n2 Bo Chan]. [p1 She] and [n2 Chan] agreed.",
            &["a1 person, minister of works: Ann Lee | She", "a2 person: Bo Chan | Chan"],
        );
        // Another first name is another person, whatever the model says.
        check_actors(
            "[n1 Ann Lee] and [n1 Bert Lee] spoke.",
            &["a1 person: Ann Lee", "a2 person: Bert Lee"],
        );
        // Words and initials make the same actor, whatever the model says.
        check_actors(
            "The [n1o Union of Free Ports] ([n2o UFP]) and the [n3o Union of Free Ports] met.",
            &["a1 organization: Union of Free Ports | UFP | Union of Free Ports"],
        );
        check_actors(
            "[n1s Peru] won; in [n2l Peru] it rains.",
            &["a1 state: Peru", "a2 place: Peru"],
        );
    }

    #[test]
    fn a_speaker_owns_the_first_person() {
        check_actors(
            "[q1 “[p9 I] and [p8o our] [m3g allies] know,”] [s1 [n1 Ann Lee]] [c1 said] of [n2 Bo].",
            &["a1 person: I | our | Ann Lee", "a2 group: allies", "a3 person: Bo", "s1 by a1"],
        );
        check_actors(
            "[s1 [n1 Ann]] [c1 said] [q1 “No.”] [q2 “[p1 I] will not.”]",
            &["a1 person: Ann | I", "s1 by a1", "s2 by a1"],
        );
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
        let record = read(&Fake::default(), &NoNames, Article::new("a\n".repeat(600_000)));
        assert_eq!(record.notes.len(), 1);
        assert_eq!(record.notes[0].kind, NoteKind::TooLong);
        assert_eq!(record.notes[0].span.unwrap().start(), READ_LIMIT);
        let foreign = Article { language: Some("de".into()), ..Article::new("Er sagte nichts.") };
        let record = read(&Fake::default(), &NoNames, foreign);
        assert_eq!(record.notes[0].kind, NoteKind::OtherLanguage);
        let record = read(&Fake::default(), &NoNames, Article::new(" \n\t"));
        assert_eq!(record.notes[0].kind, NoteKind::NoWords);
    }
}

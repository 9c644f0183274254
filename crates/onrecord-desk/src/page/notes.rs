//! The margin of an article: who speaks when.

use maud::{Markup, html};
use onrecord_record::{Actor, Record, Span, Statement};
use onrecord_store::ArticleAnswer;

use super::marked::{Paragraph, voice_class, voices};
use crate::asked::Asked;
use crate::look::{self, Citation};

/// Below this a speaker is doubtful, as the command shows it too.
const DOUBTFUL: f32 = 0.5;

/// The margin beside a paragraph.
pub(super) struct Margin<'a> {
    asked: &'a Asked,
    answer: &'a ArticleAnswer,
    voices: Vec<Option<usize>>,
}

impl<'a> Margin<'a> {
    pub(super) fn new(asked: &'a Asked, answer: &'a ArticleAnswer) -> Margin<'a> {
        Margin { asked, answer, voices: voices(&answer.record) }
    }

    /// A note for each statement that begins in some paragraphs.
    pub(super) fn beside(&self, paragraphs: &[Paragraph]) -> Markup {
        let statements = paragraphs.iter().flat_map(|paragraph| &paragraph.statements);
        html! {
            @if statements.clone().next().is_some() {
                div class="notes" role="group" aria-label="Who speaks" {
                    @for &idx in statements { (self.note(idx)) }
                }
            }
        }
    }

    fn note(&self, idx: usize) -> Markup {
        let record = &self.answer.record;
        let statement = &record.statements[idx];
        let points = self.points(&statement.content);
        let voice = voice_class(self.voices[idx]);
        // Who goes on speaking needs no second introduction.
        let goes_on =
            idx > 0 && self.voices[idx].is_some() && self.voices[idx] == self.voices[idx - 1];
        html! {
            section class={ "note " (voice) } id={ "s" (idx + 1) } data-s=(idx + 1) {
                p class="who" {
                    a class="number" href={ "#" (look::place(&points)) }
                        aria-label={ "To the words of statement " (idx + 1) } { (idx + 1) }
                    " " (self.speaker(statement))
                }
                @if !goes_on { (self.capacity(statement)) }
                @let clear: Vec<_> = statement.about.iter()
                    .filter(|about| look::stance(about.stance.map(f64::from)).is_some()).collect();
                @if !clear.is_empty() {
                    p class="about" {
                        @for (n, about) in clear.iter().enumerate() {
                            @if n > 0 { ", " }
                            (look::actor(
                                Some(self.answer.actors[about.actor.0 as usize]),
                                &record.actor(about.actor).name,
                            ))
                            (look::stance_mark(about.stance.map(f64::from)))
                        }
                    }
                }
                div class="foot" {
                    p class="how" {
                        (look::form_name(statement.form.as_str())) " · "
                        (look::percent(f64::from(statement.confidence))) " sure"
                        @if let Some(within) = statement.within {
                            " · within " a href={ "#s" (within.0 + 1) } { "statement " (within.0 + 1) }
                        }
                        @if let Some(before) = statement.continues {
                            " · goes on from " a href={ "#s" (before.0 + 1) } { "statement " (before.0 + 1) }
                        }
                    }
                    (look::citation(&self.cited(statement, &points)))
                }
            }
        }
    }

    fn speaker(&self, statement: &Statement) -> Markup {
        let text = &self.answer.record.article.text;
        match statement.speaker {
            Some(speaker) => {
                let actor = self.answer.record.actor(speaker.actor);
                let id = self.answer.actors[speaker.actor.0 as usize];
                html! {
                    (look::actor(Some(id), &actor.name))
                    @if speaker.confidence < DOUBTFUL {
                        span class="doubt" title="Who speaks is doubtful" { "?" }
                    }
                }
            }
            None => html! {
                span class="name unnamed" {
                    @match statement.source.first() {
                        Some(&source) => (text[source]),
                        None => "Unnamed source"
                    }
                }
            },
        }
    }

    fn capacity(&self, statement: &Statement) -> Markup {
        html! {
            @if let Some(capacity) = self.capacity_words(statement) { p class="role" { (capacity) } }
        }
    }

    fn capacity_words(&self, statement: &Statement) -> Option<String> {
        let record = &self.answer.record;
        capacity(record, record.actor(statement.speaker?.actor))
    }

    fn cited(&self, statement: &Statement, points: &[[u32; 2]]) -> String {
        let record = &self.answer.record;
        let article = &record.article;
        let words: Vec<&str> = statement.content.iter().map(|&span| &article.text[span]).collect();
        let published = article.published.map(|day| day.to_string());
        let hash = article.id.to_string();
        Citation {
            words: &words.join(" … "),
            speaker: statement.speaker.map(|speaker| record.actor(speaker.actor).name.as_str()),
            role: self.capacity_words(statement).as_deref(),
            title: article.title.as_deref(),
            outlet: article.outlet.as_deref(),
            published: published.as_deref(),
            url: article.url.as_deref(),
            content: points,
            hash: &hash,
        }
        .write(&self.asked.origin)
    }

    fn points(&self, spans: &[Span]) -> Vec<[u32; 2]> {
        spans.iter().map(|&span| self.answer.record.article.text.code_points(span)).collect()
    }
}

/// As what an actor is there: its titles as printed, else the office that is known.
pub(super) fn capacity(record: &Record, actor: &Actor) -> Option<String> {
    let printed: Vec<&str> =
        actor.roles.iter().map(|role| &record.article.text[role.span]).collect();
    match printed.is_empty() {
        true => actor.office.clone(),
        false => Some(printed.join(", ")),
    }
}

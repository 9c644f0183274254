//! Mentions, roles and triggers as the model finds them, with what it says of each and how they link: plain data.

use std::ops::Range;

use onrecord_record::{Context, EventType, Kind, Status};

use crate::encoder::{Encoder, Vectors};
use crate::marks::{Label, Looks, Match, ScoredSpan, SpanKind, SpanLink, SpanVector};
use crate::page::{Page, Token};
use crate::read::Events;
use crate::source;
use crate::window::Window;

/// Log-odds above which a span is one, for each of [`SpanKind::ALL`]. Tuned on Desk dev.
const THRESHOLDS: [f32; 6] = [-1.2, -1.2, -1.2, -1.5, -1.4, -1.0];

/// Log-odds of a mention that a source calls for.
const SOURCE_SCORE: f32 = 0.5;

/// Words of a name, at most: the longest of Desk train has nine, hyphens and points not counted.
const MOST_WORDS: usize = 14;

/// Spans that are linked at a time, and spans before and after them that they may link to: more than the
/// mentions of a long article.
const BLOCK: usize = 128;
const NEAR: usize = 384;

/// Mentions, roles and triggers of a text, in the order of their first words, the shorter first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Words that refer to actors.
    pub mentions: Vec<FoundMention>,
    /// Offices and capacities as printed.
    pub roles: Vec<FoundRole>,
    /// Words that tell events.
    pub triggers: Vec<FoundTrigger>,
    /// Proper names without titles, as corpora of named entities have them.
    pub names: Vec<FoundName>,
}

impl Found {
    /// The mentions that begin among some words.
    pub(crate) fn begin_in(&self, words: &Range<usize>) -> Range<usize> {
        let before = |end: usize| self.mentions.partition_point(|m| m.words.start < end);
        before(words.start)..before(words.end)
    }
}

/// A proper name without titles.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundName {
    /// Words of the page.
    pub words: Range<usize>,
    /// Probability of each of `Kind::ALL`.
    pub kinds: [f32; Kind::ALL.len()],
}

/// A mention.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundMention {
    /// [`SpanKind::Name`], [`SpanKind::Nominal`] or [`SpanKind::Pronoun`].
    pub form: SpanKind,
    /// Words of the page.
    pub words: Range<usize>,
    /// Probability that it is one.
    pub probability: f32,
    /// Probability that it stands for something else.
    pub metonym: f32,
    /// Probability of each of `Kind::ALL`.
    pub kinds: [f32; Kind::ALL.len()],
    /// Probability of a critical, neutral and favourable stance toward it.
    pub stance: [f32; 3],
    /// To earlier mentions of the same actor.
    pub antecedent: Links,
    /// To mentions of its country.
    pub country: Links,
}

/// A role.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundRole {
    /// Words of the page.
    pub words: Range<usize>,
    /// To mentions of the person who holds it.
    pub holder: Links,
}

/// A trigger.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundTrigger {
    /// Words of the page.
    pub words: Range<usize>,
    /// Probability that it is one.
    pub probability: f32,
    /// Probability of each of `EventType::ALL`.
    pub types: [f32; EventType::ALL.len()],
    /// Probability of each of `Status::ALL`.
    pub statuses: [f32; Status::ALL.len()],
    /// Probability of each of `Context::ALL`, each by itself.
    pub contexts: [f32; Context::ALL.len()],
    /// To earlier triggers of the same event.
    pub same: Links,
    /// To mentions of who did it.
    pub actor: Links,
    /// To mentions of whom it was done to.
    pub recipient: Links,
    /// To mentions of where.
    pub place: Links,
}

/// Scores of linking to nothing and to some consecutive spans.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    /// Of nothing.
    pub nothing: f32,
    /// Number of the first span.
    pub first: usize,
    /// Of the span `first`, and of those after it.
    pub scores: Vec<f32>,
}

impl Links {
    /// (span, score), in order.
    pub fn iter(&self) -> impl Iterator<Item = (usize, f32)> {
        self.scores.iter().enumerate().map(|(i, &score)| (self.first + i, score))
    }

    /// Log of the sum of the exponentials of all scores, nothing's included.
    pub fn log_sum(&self) -> f32 {
        let most = self.scores.iter().fold(self.nothing, |most, &score| most.max(score));
        let sum: f32 = self.scores.iter().map(|score| (score - most).exp()).sum();
        most + ((self.nothing - most).exp() + sum).ln()
    }
}

/// Spans with their vectors, as windows are read.
#[derive(Debug)]
pub(crate) struct Finder {
    events: Events,
    mentions: Vec<Span>,
    roles: Vec<Span>,
    triggers: Vec<Span>,
    names: Vec<Span>,
}

#[derive(Debug)]
struct Span {
    kind: SpanKind,
    words: Range<usize>,
    score: f32,
    vector: SpanVector,
}

impl Finder {
    pub(crate) fn new(events: Events) -> Finder {
        let (mentions, roles, triggers, names) = Default::default();
        Finder { events, mentions, roles, triggers, names }
    }

    /// Takes the spans that begin in a window's own words. Whoever speaks is mentioned: a source without a mention that
    /// holds its head becomes one.
    pub(crate) fn read(
        &mut self,
        encoder: &impl Encoder,
        page: &Page,
        text: &str,
        window: Window,
        vectors: &Vectors,
        sources: &[Range<usize>],
    ) {
        let Window { context, start, .. } = window;
        let spans = |kind: SpanKind| -> Vec<(SpanKind, ScoredSpan)> {
            let own = encoder.spans(kind, vectors, start - context, THRESHOLDS[kind as usize]);
            let own = own.into_iter().filter(|span| {
                may_be(page, text, kind, &(context + span.words.start..context + span.words.end))
            });
            own.map(|span| (kind, span)).collect()
        };
        let with_vectors = |spans: Vec<(SpanKind, ScoredSpan)>| {
            spans.into_iter().map(|(kind, ScoredSpan { words, score })| {
                let vector = SpanVector::new(vectors, &words, context);
                Span { kind, words: context + words.start..context + words.end, score, vector }
            })
        };
        let mentions = [SpanKind::Name, SpanKind::Nominal, SpanKind::Pronoun];
        let mut mentions = nested(mentions.into_iter().flat_map(spans).collect());
        for source in sources {
            let head = source::head(page, text, source);
            let has = |words: &Range<usize>| {
                let words = context + words.start..context + words.end;
                words.contains(&head.end.saturating_sub(1)) && source.start <= words.start
            };
            if !mentions.iter().any(|(_, span)| has(&span.words)) {
                let phrase = source::phrase(page, text, source);
                let words = phrase.start - context..phrase.end - context;
                let form = source::form(page, text, &head);
                mentions.push((form, ScoredSpan { words, score: SOURCE_SCORE }));
            }
        }
        self.mentions.extend(with_vectors(nested(mentions)));
        self.roles.extend(with_vectors(apart(spans(SpanKind::Role))));
        if self.events == Events::Yes {
            self.triggers.extend(with_vectors(apart(spans(SpanKind::Trigger))));
        }
        self.names.extend(with_vectors(apart(spans(SpanKind::Bare))));
    }

    /// All that was found, with labels and links.
    pub(crate) fn finish(mut self, encoder: &impl Encoder, page: &Page, text: &str) -> Found {
        self.leave_out_persons_names_again(encoder);
        let mentions = linked(encoder, SpanLink::Antecedent, &self.mentions, &self.mentions);
        let mut mentions: Vec<FoundMention> = self
            .mentions
            .iter()
            .zip(mentions)
            .enumerate()
            .map(|(i, (span, antecedent))| FoundMention {
                form: span.kind,
                words: span.words.clone(),
                probability: sigmoid(span.score),
                metonym: softmax::<2>(&encoder.label(Label::Metonym, &span.vector))[1],
                kinds: softmax(&encoder.label(Label::Kind, &span.vector)),
                stance: softmax(&encoder.label(Label::Stance, &span.vector)),
                antecedent: antecedent.until(i),
                country: Links::default(),
            })
            .collect();
        let faces: Vec<Face> =
            mentions.iter().map(|mention| Face::new(page, text, &mention.words)).collect();
        for (mention, face) in mentions.iter_mut().zip(&faces) {
            let Links { first, ref mut scores, .. } = mention.antecedent;
            for (score, other) in scores.iter_mut().zip(&faces[first..]) {
                *score += encoder.matches(face.looks, other.looks, face.compare(other));
            }
        }
        let countries = linked(encoder, SpanLink::Country, &self.mentions, &self.mentions);
        for (mention, country) in mentions.iter_mut().zip(countries) {
            mention.country = country;
        }
        let holders = linked(encoder, SpanLink::Holder, &self.roles, &self.mentions);
        let roles = self.roles.iter().zip(holders);
        let roles = roles.map(|(span, holder)| FoundRole { words: span.words.clone(), holder });
        let roles = roles.collect();
        let to_mentions = |link| linked(encoder, link, &self.triggers, &self.mentions).into_iter();
        let (mut actor, mut recipient, mut place) = (
            to_mentions(SpanLink::Actor),
            to_mentions(SpanLink::Recipient),
            to_mentions(SpanLink::Place),
        );
        let same = linked(encoder, SpanLink::SameEvent, &self.triggers, &self.triggers);
        let next = |of: &mut std::vec::IntoIter<Links>| of.next().expect("one a trigger");
        let triggers = self.triggers.iter().zip(same).enumerate().map(|(i, (span, same))| {
            let contexts = encoder.label(Label::Context, &span.vector);
            FoundTrigger {
                words: span.words.clone(),
                probability: sigmoid(span.score),
                types: softmax(&encoder.label(Label::EventType, &span.vector)),
                statuses: softmax(&encoder.label(Label::Status, &span.vector)),
                contexts: std::array::from_fn(|i| sigmoid(contexts[i])),
                same: same.until(i),
                actor: next(&mut actor),
                recipient: next(&mut recipient),
                place: next(&mut place),
            }
        });
        let triggers = triggers.collect();
        let name = |span: &Span| FoundName {
            words: span.words.clone(),
            kinds: softmax(&encoder.label(Label::Kind, &span.vector)),
        };
        Found { triggers, mentions, roles, names: self.names.iter().map(name).collect() }
    }
}

impl Finder {
    /// A person's name is not a mention again without its titles: "Deputy Secretary General [Radmila Šekerinska]".
    fn leave_out_persons_names_again(&mut self, encoder: &impl Encoder) {
        let is_person = |span: &Span| {
            let kinds: [f32; Kind::ALL.len()] = softmax(&encoder.label(Label::Kind, &span.vector));
            kinds[Kind::Person as usize] > 0.5
        };
        let names: Vec<Range<usize>> = self
            .mentions
            .iter()
            .filter(|span| span.kind == SpanKind::Name)
            .map(|span| span.words.clone())
            .collect();
        let ends_one = |words: &Range<usize>| {
            names.iter().any(|name| name.end == words.end && name.start < words.start)
        };
        self.mentions.retain(|span| {
            span.kind != SpanKind::Name || !ends_one(&span.words) || !is_person(span)
        });
    }
}

impl Links {
    /// Those to spans before `end`.
    fn until(mut self, end: usize) -> Links {
        self.scores.truncate(end.saturating_sub(self.first));
        self
    }
}

/// Links from spans to those near them, both in the order of the text.
fn linked(encoder: &impl Encoder, link: SpanLink, from: &[Span], to: &[Span]) -> Vec<Links> {
    let vectors =
        |spans: &[Span]| -> Vec<SpanVector> { spans.iter().map(|s| s.vector.clone()).collect() };
    let mut out = Vec::with_capacity(from.len());
    for block in from.chunks(BLOCK) {
        let (begin, end) = (block[0].words.start, block[block.len() - 1].words.start);
        let first = to.partition_point(|span| span.words.start < begin).saturating_sub(NEAR);
        let last = to.partition_point(|span| span.words.start <= end).saturating_add(NEAR);
        let near = &to[first..last.min(to.len())];
        for scores in encoder.link(link, &vectors(block), &vectors(near)) {
            out.push(Links { nothing: scores[0], first, scores: scores[1..].to_vec() });
        }
    }
    out
}

/// Whether words can be a span: within a paragraph, and for a mention without marks that part clauses. The scores of a
/// first and a last word far apart know nothing of what lies between. (Desk train: 4 of 2,357 names have a comma,
/// 22 of 1,597 nominals.)
fn may_be(page: &Page, text: &str, kind: SpanKind, words: &Range<usize>) -> bool {
    let tokens = &page.tokens[words.clone()];
    let parts = |token: &Token| {
        let mark = &text[token.span.clone()];
        matches!(mark, "," | ";" | ":" | "!" | "?" | "“" | "”" | "\"" | "(" | ")" | "—" | "–")
    };
    let mention = matches!(kind, SpanKind::Name | SpanKind::Nominal | SpanKind::Bare);
    let whole = !tokens[1..].iter().any(|token| token.first);
    whole && (!mention || !tokens.iter().any(parts))
}

/// Spans that do not cross, the likelier kept; one kind for one span.
fn nested(mut spans: Vec<(SpanKind, ScoredSpan)>) -> Vec<(SpanKind, ScoredSpan)> {
    spans.retain(|(kind, span)| !(*kind == SpanKind::Name && span.words.len() > MOST_WORDS));
    let crosses = |a: &Range<usize>, b: &Range<usize>| {
        a == b
            || a.start < b.start && b.start < a.end && a.end < b.end
            || b.start < a.start && a.start < b.end && b.end < a.end
    };
    keep(&mut spans, crosses)
}

/// Spans that do not overlap, the likelier kept.
fn apart(mut spans: Vec<(SpanKind, ScoredSpan)>) -> Vec<(SpanKind, ScoredSpan)> {
    keep(&mut spans, |a, b| a.start < b.end && b.start < a.end)
}

fn keep(
    spans: &mut [(SpanKind, ScoredSpan)],
    collide: impl Fn(&Range<usize>, &Range<usize>) -> bool,
) -> Vec<(SpanKind, ScoredSpan)> {
    spans.sort_by(|(_, a), (_, b)| {
        b.score.total_cmp(&a.score).then(a.words.start.cmp(&b.words.start))
    });
    let mut kept: Vec<(SpanKind, ScoredSpan)> = Vec::new();
    for span in spans.iter() {
        if !kept.iter().any(|(_, other)| collide(&span.1.words, &other.words)) {
            kept.push(span.clone());
        }
    }
    kept.sort_by_key(|(_, span)| (span.words.start, span.words.end));
    kept
}

/// What of a mention's words is compared; the same as `looks` and `folded` in `train/onrecord_train/marks.py`.
pub(crate) struct Face {
    pub(crate) looks: Looks,
    /// In lower case, without a determiner before and a possessive after.
    pub(crate) words: Vec<String>,
}

const PRONOUNS: &[&str] = &[
    "i",
    "me",
    "my",
    "mine",
    "myself",
    "we",
    "us",
    "our",
    "ours",
    "ourselves",
    "you",
    "your",
    "yours",
    "yourself",
    "yourselves",
    "he",
    "him",
    "his",
    "himself",
    "she",
    "her",
    "hers",
    "herself",
    "it",
    "its",
    "itself",
    "they",
    "them",
    "their",
    "theirs",
    "themselves",
    "who",
    "whom",
    "whose",
    "which",
    "that",
    "this",
    "these",
    "those",
];

const DETERMINERS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my",
    "your", "whose",
];

impl Face {
    pub(crate) fn new(page: &Page, text: &str, range: &Range<usize>) -> Face {
        let tokens = &page.tokens[range.clone()];
        let mut words: Vec<String> =
            tokens.iter().map(|token| text[token.span.clone()].to_lowercase()).collect();
        let determined = DETERMINERS.contains(&words[0].as_str());
        let capital = tokens.iter().map(|token| matches!(token.shape, 2..=4));
        let looks = if words.len() == 1 && PRONOUNS.contains(&words[0].as_str()) {
            Looks::Pronoun
        } else if capital.skip(usize::from(determined)).any(|capital| capital) {
            Looks::Name
        } else {
            Looks::Other
        };
        if words.len() > 1 && determined {
            words.remove(0);
        }
        if let [.., apostrophe, s] = &words[..]
            && words.len() > 2
            && s == "s"
            && ["'", "’"].contains(&apostrophe.as_str())
        {
            words.truncate(words.len() - 2);
        }
        Face { looks, words }
    }

    pub(crate) fn compare(&self, other: &Face) -> Match {
        if self.words == other.words {
            Match::All
        } else if self.words.last() == other.words.last() {
            Match::Last
        } else {
            Match::None
        }
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

fn softmax<const N: usize>(scores: &[f32]) -> [f32; N] {
    let most = scores.iter().fold(f32::NEG_INFINITY, |most, &x| most.max(x));
    let sum: f32 = scores.iter().map(|x| (x - most).exp()).sum();
    std::array::from_fn(|i| (scores[i] - most).exp() / sum)
}

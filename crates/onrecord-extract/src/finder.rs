//! Finds mentions, roles and triggers window by window, and links them when all are found.

use std::ops::Range;

use onrecord_record::Kind;

use crate::encoder::{Encoder, Vectors};
use crate::face::{Faces, Numbers};
use crate::found::{Found, FoundMention, FoundName, FoundRole, FoundTrigger, Links};
use crate::marks::{Label, ScoredSpan, SpanKind, SpanLink, SpanVector};
use crate::page::{Page, Token};
use crate::read::Events;
use crate::source;
use crate::times::Time;
use crate::window::Window;

/// Log-odds above which a span is one, for each of [`SpanKind::ALL`]. Tuned on Desk dev.
const THRESHOLDS: [f32; 6] = [-0.6, -0.6, -0.6, -0.5, -0.6, -1.0];

/// Log-odds of a mention that a source calls for.
const SOURCE_SCORE: f32 = 0.5;

/// Words of a name, at most: the longest of Desk train has nine, hyphens and points not counted.
const MOST_WORDS: usize = 14;

/// Spans that are linked at a time, and spans before and after them that they may link to: more than the
/// mentions of a long article.
const BLOCK: usize = 128;
const NEAR: usize = 384;

/// Spans with their vectors, as windows are read.
#[derive(Debug)]
pub(crate) struct Finder {
    events: Events,
    mentions: Vec<Span>,
    roles: Vec<Span>,
    triggers: Vec<Span>,
    times: Vec<Span>,
    names: Vec<Span>,
    /// Expressions of time that are not read yet, the last first; and those that are.
    ahead: Vec<Time>,
    read: Vec<Time>,
}

#[derive(Debug)]
struct Span {
    kind: SpanKind,
    words: Range<usize>,
    score: f32,
    vector: SpanVector,
}

impl Finder {
    /// `times` in the order of the text.
    pub(crate) fn new(events: Events, mut times: Vec<Time>) -> Finder {
        times.reverse();
        let (mentions, roles, triggers, names, read) = Default::default();
        Finder { events, mentions, roles, triggers, times: Vec::new(), names, ahead: times, read }
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
        let with_vectors = |spans: Vec<(SpanKind, ScoredSpan)>| -> Vec<Span> {
            let words: Vec<Range<usize>> =
                spans.iter().map(|(_, span)| span.words.clone()).collect();
            let kind = spans.first().map_or(SpanKind::Name, |(kind, _)| *kind);
            let vectors = encoder.span_vectors(kind, vectors, &words, context);
            let span = |((kind, ScoredSpan { words, score }), vector)| Span {
                kind,
                words: context + words.start..context + words.end,
                score,
                vector,
            };
            spans.into_iter().zip(vectors).map(span).collect()
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
        let mentions = nested(mentions);
        let once = without_doubles(page, text, context, mentions);
        self.mentions.extend(with_vectors(once));
        self.roles.extend(with_vectors(apart(spans(SpanKind::Role))));
        if self.events == Events::Yes {
            self.triggers.extend(with_vectors(apart(spans(SpanKind::Trigger))));
            while let Some(time) = self.ahead.pop_if(|time| time.words.start < window.end) {
                let words = time.words.start - context..time.words.end.min(window.end) - context;
                let score = 0.0;
                self.times
                    .extend(with_vectors(vec![(SpanKind::Name, ScoredSpan { words, score })]));
                self.read.push(time);
            }
        }
        self.names.extend(with_vectors(apart(spans(SpanKind::Bare))));
    }

    /// All that was found, with labels and links.
    pub(crate) fn finish(mut self, encoder: &impl Encoder, page: &Page, text: &str) -> Found {
        self.leave_out_persons_names_again(encoder);
        let mut numbers = Numbers::default();
        let mut faces_of = |spans: &[Span]| {
            let words = spans.iter().map(|span| &span.words);
            Faces::new(page, text, words, &mut numbers)
        };
        let mentions = Side { faces: faces_of(&self.mentions), spans: &self.mentions };
        let roles = Side { faces: faces_of(&self.roles), spans: &self.roles };
        let triggers = Side { faces: faces_of(&self.triggers), spans: &self.triggers };
        let times = Side { faces: faces_of(&self.times), spans: &self.times };
        let antecedents = linked(encoder, SpanLink::Antecedent, &mentions, &mentions);
        let countries = linked(encoder, SpanLink::Country, &mentions, &mentions);
        let holders = linked(encoder, SpanLink::Holder, &roles, &mentions);
        let mut actor = linked(encoder, SpanLink::Actor, &triggers, &mentions).into_iter();
        let mut recipient = linked(encoder, SpanLink::Recipient, &triggers, &mentions).into_iter();
        let mut place = linked(encoder, SpanLink::Place, &triggers, &mentions).into_iter();
        let mut time = linked(encoder, SpanLink::Time, &triggers, &times).into_iter();
        let same = linked(encoder, SpanLink::SameEvent, &triggers, &triggers);
        let links = antecedents.into_iter().zip(countries).enumerate();
        let mention =
            |(span, (i, (antecedent, country))): (&Span, (usize, (Links, Links)))| FoundMention {
                form: span.kind,
                words: span.words.clone(),
                probability: sigmoid(span.score),
                metonym: softmax::<2>(&encoder.label(Label::Metonym, &span.vector))[1],
                kinds: softmax(&encoder.label(Label::Kind, &span.vector)),
                stance: softmax(&encoder.label(Label::Stance, &span.vector)),
                antecedent: antecedent.until(i),
                country,
            };
        let mentions = self.mentions.iter().zip(links).map(mention).collect();
        let roles = self.roles.iter().zip(holders);
        let roles = roles.map(|(span, holder)| FoundRole { words: span.words.clone(), holder });
        let roles = roles.collect();
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
                time: next(&mut time),
            }
        });
        let triggers = triggers.collect();
        let name = |span: &Span| FoundName {
            words: span.words.clone(),
            kinds: softmax(&encoder.label(Label::Kind, &span.vector)),
        };
        let names = self.names.iter().map(name).collect();
        Found { triggers, times: self.read, mentions, roles, names }
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

/// Spans, and how they compare.
struct Side<'a> {
    spans: &'a [Span],
    faces: Faces,
}

/// Links from spans to those near them, both in the order of the text.
fn linked(encoder: &impl Encoder, link: SpanLink, from: &Side, to: &Side) -> Vec<Links> {
    let vectors =
        |spans: &[Span]| -> Vec<SpanVector> { spans.iter().map(|s| s.vector.clone()).collect() };
    let mut out = Vec::with_capacity(from.spans.len());
    for (number, block) in from.spans.chunks(BLOCK).enumerate() {
        let (begin, end) = (block[0].words.start, block[block.len() - 1].words.start);
        let starts = |at: usize| to.spans.partition_point(|span| span.words.start < at);
        let first = starts(begin).saturating_sub(NEAR);
        let last = starts(end + 1).saturating_add(NEAR).min(to.spans.len());
        let near = vectors(&to.spans[first..last]);
        let standing =
            |i: usize, j: usize| from.faces.standing(number * BLOCK + i, &to.faces, first + j);
        for scores in encoder.link(link, &vectors(block), &near, standing) {
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

/// Mentions without those that are another with less or more of the words around its noun, and would be an actor of their
/// own: a name with its article, of which the name stays; a noun with and without what follows it ("a poll", "a poll
/// published in August"), of which the likelier stays.
fn without_doubles(
    page: &Page,
    text: &str,
    context: usize,
    mentions: Vec<(SpanKind, ScoredSpan)>,
) -> Vec<(SpanKind, ScoredSpan)> {
    let word = |i: usize| page.tokens.get(context + i).map_or("", |t| &text[t.span.clone()]);
    let is_article = |i: usize| ["the", "a", "an"].contains(&word(i).to_lowercase().as_str());
    let is_possessive = |i: usize| ["'", "’"].contains(&word(i));
    let doubles = |a: &(SpanKind, ScoredSpan), b: &(SpanKind, ScoredSpan)| {
        let (long, short) = (&a.1.words, &b.1.words);
        let article = long.start + 1 == short.start && long.end == short.end;
        let noun = a.0 == SpanKind::Nominal && b.0 == SpanKind::Nominal;
        let tail = noun && long.start == short.start && short.end < long.end;
        (article && is_article(long.start), tail && !is_possessive(short.end))
    };
    let is_double = |one: &(SpanKind, ScoredSpan)| {
        mentions.iter().any(|other| {
            let (with_article, longer) = doubles(one, other);
            let (_, shorter) = doubles(other, one);
            let less = one.1.score < other.1.score;
            with_article || (longer || shorter) && less
        })
    };
    mentions.iter().filter(|one| !is_double(one)).cloned().collect()
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

pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

pub(crate) fn softmax<const N: usize>(scores: &[f32]) -> [f32; N] {
    let most = scores.iter().fold(f32::NEG_INFINITY, |most, &x| most.max(x));
    let sum: f32 = scores.iter().map(|x| (x - most).exp()).sum();
    std::array::from_fn(|i| (scores[i] - most).exp() / sum)
}

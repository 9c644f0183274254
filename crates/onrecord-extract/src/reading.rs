//! From an encoder's output to spans and links: the middle form, plain data.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::encoder::{Encoder, N_LAYERS, Pointer, Vectors};
use crate::finder::Finder;
use crate::found::Found;
use crate::page::Page;
use crate::read::Events;
use crate::tags::{Chain, Role, Tag};
use crate::times::Time;
use crate::window::{self, Window, WindowInput};

/// How sure a link has to be to call for a span. Tuned on PolNeAR dev: from 0.35 to 0.8 said falls by 0.002, and
/// single cues and sources rise by 0.006; without any, said falls by 0.01.
const SURE: f32 = 0.75;

/// A span that is called for may call for another.
const ROUNDS: usize = 2;

/// What the model found in a text: tagged spans of words, and what they point to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Layer after layer, in order within each.
    pub spans: Vec<TaggedSpan>,
    /// Mentions, roles and triggers.
    pub found: Found,
}

/// A span of words with a role in a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct TaggedSpan {
    /// 0 in the article's own text, 1 inside another statement's content.
    pub layer: usize,
    /// What it is to its statement.
    pub role: Role,
    /// Words of the page; not empty.
    pub words: Range<usize>,
    /// Probability of just this span.
    pub probability: f32,
    /// For content, the head of its statement; for a cue, its source.
    pub link: Link,
}

/// Where a span points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The first word of the span it points to; `None`: to nothing.
    pub to: Option<usize>,
    /// Probability among the spans it could point to.
    pub probability: f32,
}

impl Reading {
    /// Runs the encoder over a page, a window at a time. `times` are what its events may be linked to.
    pub fn new(
        encoder: &impl Encoder,
        page: &Page,
        text: &str,
        events: Events,
        times: Vec<Time>,
    ) -> Reading {
        let n_words = page.tokens.len();
        let mut layers: [Layer; N_LAYERS] =
            std::array::from_fn(|_| Layer { tags: vec![Tag(0); n_words], spans: Vec::new() });
        let mut finder = Finder::new(events, times);
        for window in window::cut(page) {
            let vectors = encoder.encode(&WindowInput::new(page, window).view());
            for (number, layer) in layers.iter_mut().enumerate() {
                layer.read(encoder, number, page, window, &vectors);
            }
            let sources = layers.iter().flat_map(|layer| layer.sources(window));
            finder.read(encoder, page, text, window, &vectors, &sources.collect::<Vec<_>>());
        }
        Reading {
            spans: layers.into_iter().flat_map(|layer| layer.spans).collect(),
            found: finder.finish(encoder, page, text),
        }
    }
}

/// One layer as far as it is read.
struct Layer {
    tags: Vec<Tag>,
    spans: Vec<TaggedSpan>,
}

impl Layer {
    /// Tags the window's own words, then links the spans that begin there.
    fn read(
        &mut self,
        encoder: &impl Encoder,
        number: usize,
        page: &Page,
        window: Window,
        vectors: &Vectors,
    ) {
        let Window { context, start, end } = window;
        let mut emissions = encoder.tags(number, vectors);
        for (row, token) in emissions.iter_mut().zip(&page.tokens[context..end]) {
            if token.first {
                Tag::inside_tags().for_each(|tag| row[tag] = f32::NEG_INFINITY);
            }
        }
        let chain = Chain::new(&emissions, encoder.transitions(number));
        let links = Links { encoder, layer: number, window, vectors };
        let tags = links.agree(&chain);
        self.tags[start..end].copy_from_slice(&tags[start - context..]);
        let goes_on = self.close_last_span(window);
        let sums = chain.sums();
        let first = self.spans.len();
        for (role, words) in spans_of(&self.tags, goes_on..end) {
            let probability = sums.span(role, &(words.start - context..words.end - context));
            let link = Link { to: None, probability: 1.0 };
            self.spans.push(TaggedSpan { layer: number, role, words, probability, link });
        }
        for i in first..self.spans.len() {
            let TaggedSpan { role, ref words, .. } = self.spans[i];
            let from = words.start;
            let mut to = match role {
                Role::Source => continue,
                Role::Cue => self.first_words(window, &[Role::Source]),
                Role::Content => self.first_words(window, &[Role::Cue, Role::Source]),
            };
            if role == Role::Content {
                to.push(from);
            }
            self.spans[i].link = links.likeliest(role, from, &to);
        }
    }

    /// Words of the sources that begin in the window's own words and end there.
    fn sources(&self, window: Window) -> impl Iterator<Item = Range<usize>> {
        let own = self.spans.iter().rev().take_while(move |span| span.words.start >= window.start);
        let sources = own.filter(move |s| s.role == Role::Source && s.words.end <= window.end);
        sources.map(|span| span.words.clone())
    }

    /// Lengthens the span that the cut before the window runs through; where the window's new spans begin.
    fn close_last_span(&mut self, window: Window) -> usize {
        let Window { start, end, .. } = window;
        let goes_on = (start..end)
            .find(|&i| {
                !(i > 0 && self.tags[i].inside() && self.tags[i].may_follow(Some(self.tags[i - 1])))
            })
            .unwrap_or(end);
        if goes_on > start
            && let Some(last) = self.spans.last_mut()
        {
            last.words.end = goes_on;
        }
        goes_on
    }

    /// First words of the spans of these roles that begin within the window.
    fn first_words(&self, window: Window, roles: &[Role]) -> Vec<usize> {
        let inside = self.spans.iter().rev().take_while(|span| span.words.end > window.context);
        let mut out: Vec<usize> = inside
            .filter(|span| roles.contains(&span.role) && span.words.start >= window.context)
            .map(|span| span.words.start)
            .collect();
        out.reverse();
        out
    }
}

/// Spans of the tags in a range; an inside tag after another role begins a span.
fn spans_of(tags: &[Tag], range: Range<usize>) -> Vec<(Role, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let start = at;
        at += 1;
        let Some(role) = tags[start].role() else { continue };
        while at < range.end && tags[at].inside() && tags[at].role() == Some(role) {
            at += 1;
        }
        out.push((role, start..at));
    }
    out
}

/// What the words of a window point to, in a layer.
struct Links<'a, E> {
    encoder: &'a E,
    layer: usize,
    window: Window,
    vectors: &'a Vectors,
}

impl<E: Encoder> Links<'_, E> {
    /// The best tags of the window's words in which what a content or cue points to is a span.
    ///
    /// Tags are scored word by word, links between any two words; where a link says surely that a
    /// cue (of a content) or a source (of a cue) begins at a word, the path is made to begin it there.
    /// Worth, on the development sets: see [`SURE`].
    fn agree(&self, chain: &Chain<'_>) -> Vec<Tag> {
        let Window { context, start, end } = self.window;
        let all: Vec<usize> = (context..end).collect();
        let mut given = BTreeMap::new();
        let mut tags = chain.best(&given);
        for _ in 0..ROUNDS {
            let n_given = given.len();
            for from in start..end {
                let (role, called) = match tags[from - context] {
                    tag if tag == Tag::begin(Role::Content) => (Role::Content, Role::Cue),
                    tag if tag == Tag::begin(Role::Cue) => (Role::Cue, Role::Source),
                    _ => continue,
                };
                let Link { to: Some(to), probability } = self.likeliest(role, from, &all) else {
                    continue;
                };
                let is_there =
                    [Tag::begin(called), Tag::begin(Role::Source)].contains(&tags[to - context]);
                if probability > SURE && to >= start && to != from && !is_there {
                    given.entry(to - context).or_insert(Tag::begin(called));
                }
            }
            if given.len() == n_given {
                break;
            }
            tags = chain.best(&given);
        }
        tags
    }

    /// What a content's or cue's first word points to, of nothing and some words.
    fn likeliest(&self, role: Role, from: usize, to: &[usize]) -> Link {
        let pointer = match role {
            Role::Content => Pointer::Head(self.layer),
            _ => Pointer::Source(self.layer),
        };
        let row = |word: usize| word - self.window.context + 1;
        let rows: Vec<usize> = to.iter().map(|&word| row(word)).collect();
        let scores = self.encoder.point(pointer, self.vectors, row(from), &rows);
        let best =
            (1..scores.len()).fold(0, |best, i| if scores[i] > scores[best] { i } else { best });
        let sum: f32 = scores.iter().map(|score| (score - scores[best]).exp()).sum();
        Link { to: best.checked_sub(1).map(|i| to[i]), probability: 1.0 / sum }
    }
}

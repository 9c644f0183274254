//! Tags of words: the best path through a linear-chain CRF (Lafferty et al. 2001), and how sure it is.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::encoder::N_TAGS;

/// What a tagged span is to its statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Names who says it.
    Source,
    /// Makes it a statement.
    Cue,
    /// What is said.
    Content,
}

/// A word's tag, an index into the model's tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Tag(pub(crate) u8);

impl Tag {
    /// The role of a word in a span; `None` for O.
    pub(crate) fn role(self) -> Option<Role> {
        [Role::Source, Role::Cue, Role::Content]
            .get(usize::from(self.0.checked_sub(1)?) / 2)
            .copied()
    }

    /// The tag of the first word of a span.
    pub(crate) fn begin(role: Role) -> Tag {
        Tag(1 + 2 * role as u8)
    }

    /// Indices of the tags that go on with a span.
    pub(crate) fn inside_tags() -> impl Iterator<Item = usize> {
        (0..N_TAGS).filter(|&tag| Tag(tag as u8).inside())
    }

    /// Whether it goes on with the span before it.
    pub(crate) fn inside(self) -> bool {
        self.0 != 0 && self.0.is_multiple_of(2)
    }

    /// Whether BIO lets it follow `before` (`None`: at the start).
    pub(crate) fn may_follow(self, before: Option<Tag>) -> bool {
        !self.inside() || before.is_some_and(|before| before.role() == self.role())
    }
}

type Row = [f32; N_TAGS];

/// A chain's scores: emissions a word, transitions, and what BIO allows.
pub(crate) struct Chain<'a> {
    emissions: &'a [Row],
    /// `[from][to]`, forbidden steps at minus infinity.
    steps: [Row; N_TAGS],
}

impl<'a> Chain<'a> {
    pub(crate) fn new(emissions: &'a [Row], transitions: &[Row; N_TAGS]) -> Chain<'a> {
        let mut steps = *transitions;
        for (from, row) in steps.iter_mut().enumerate() {
            for (to, score) in row.iter_mut().enumerate() {
                if !Tag(to as u8).may_follow(Some(Tag(from as u8))) {
                    *score = f32::NEG_INFINITY;
                }
            }
        }
        Chain { emissions, steps }
    }

    /// The best path (Viterbi 1967) with the given tags at the given words; of equals the lower tag.
    pub(crate) fn best(&self, given: &BTreeMap<usize, Tag>) -> Vec<Tag> {
        let emission = |i: usize| -> Row {
            let row = self.emissions[i];
            let only = given.get(&i);
            std::array::from_fn(|tag| {
                let excluded = only.is_some_and(|only| usize::from(only.0) != tag);
                if excluded { f32::NEG_INFINITY } else { row[tag] }
            })
        };
        if self.emissions.is_empty() {
            return Vec::new();
        }
        let mut score = begin(&emission(0));
        let mut back = Vec::with_capacity(self.emissions.len());
        for emission in (1..self.emissions.len()).map(emission) {
            let (mut next, mut from) = ([f32::NEG_INFINITY; N_TAGS], [0; N_TAGS]);
            for to in 0..N_TAGS {
                for (tag, (&before, step)) in score.iter().zip(&self.steps).enumerate() {
                    let total = before + step[to];
                    if total > next[to] {
                        (next[to], from[to]) = (total, tag as u8);
                    }
                }
                next[to] += emission[to];
            }
            score = next;
            back.push(from);
        }
        let mut tag = (0..N_TAGS).fold(0, |best, i| if score[i] > score[best] { i } else { best });
        let mut path = vec![Tag(tag as u8)];
        for from in back.iter().rev() {
            tag = usize::from(from[tag]);
            path.push(Tag(tag as u8));
        }
        path.reverse();
        path
    }

    /// Sums over all paths, to ask for probabilities.
    pub(crate) fn sums(&self) -> Sums<'_> {
        let n = self.emissions.len();
        let mut forward = Vec::with_capacity(n);
        let mut backward = vec![[0.0; N_TAGS]; n];
        for (i, emission) in self.emissions.iter().enumerate() {
            let row = if i == 0 {
                begin(emission)
            } else {
                let before: &Row = &forward[i - 1];
                std::array::from_fn(|to| {
                    log_sum_exp(std::array::from_fn(|from| before[from] + self.steps[from][to]))
                        + emission[to]
                })
            };
            forward.push(row);
        }
        for i in (0..n.saturating_sub(1)).rev() {
            let (after, emission) = (backward[i + 1], &self.emissions[i + 1]);
            backward[i] = std::array::from_fn(|from| {
                log_sum_exp(std::array::from_fn(|to| {
                    self.steps[from][to] + emission[to] + after[to]
                }))
            });
        }
        let total = forward.last().map_or(0.0, |row| log_sum_exp(*row));
        Sums { chain: self, forward, backward, total }
    }
}

fn begin(emission: &Row) -> Row {
    std::array::from_fn(|to| {
        if Tag(to as u8).may_follow(None) { emission[to] } else { f32::NEG_INFINITY }
    })
}

fn log_sum_exp(row: Row) -> f32 {
    let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY {
        return most;
    }
    most + row.iter().map(|x| (x - most).exp()).sum::<f32>().ln()
}

/// Forward and backward sums of a chain (log).
pub(crate) struct Sums<'a> {
    chain: &'a Chain<'a>,
    forward: Vec<Row>,
    backward: Vec<Row>,
    total: f32,
}

impl Sums<'_> {
    /// Probability that just these words make a span of this role.
    pub(crate) fn span(&self, role: Role, words: &Range<usize>) -> f32 {
        let begin = usize::from(Tag::begin(role).0);
        let inside = begin + 1;
        let steps = &self.chain.steps;
        let mut log = self.forward[words.start][begin];
        let mut last = begin;
        for emission in &self.chain.emissions[words.start + 1..words.end] {
            log += steps[last][inside] + emission[inside];
            last = inside;
        }
        log += match self.chain.emissions.get(words.end) {
            None => 0.0,
            Some(emission) => log_sum_exp(std::array::from_fn(|to| {
                if to == inside {
                    f32::NEG_INFINITY
                } else {
                    steps[last][to] + emission[to] + self.backward[words.end][to]
                }
            })),
        };
        (log - self.total).exp().min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_STEPS: [Row; N_TAGS] = [[0.0; N_TAGS]; N_TAGS];

    /// Emissions that favour one tag a word, by so much.
    fn emissions(tags: &[(usize, f32)]) -> Vec<Row> {
        tags.iter()
            .map(|&(tag, by)| {
                let mut row = [0.0; N_TAGS];
                row[tag] = by;
                row
            })
            .collect()
    }

    fn best(tags: &[(usize, f32)]) -> Vec<u8> {
        let emissions = emissions(tags);
        Chain::new(&emissions, &NO_STEPS).best(&BTreeMap::new()).iter().map(|t| t.0).collect()
    }

    #[test]
    fn the_best_path_keeps_to_bio() {
        assert_eq!(best(&[]), [0; 0]);
        assert_eq!(best(&[(1, 2.0), (2, 2.0), (0, 1.0), (5, 2.0), (6, 1.0)]), [1, 2, 0, 5, 6]);
        // I-content after nothing: either the word before begins it, or it begins itself.
        assert_eq!(best(&[(0, 1.0), (6, 3.0), (6, 3.0)]), [5, 6, 6]);
        assert_eq!(best(&[(0, 9.0), (6, 3.0), (6, 3.0)]), [0, 5, 6]);
        // I-source cannot follow B-cue.
        assert_eq!(best(&[(3, 9.0), (2, 1.0), (0, 1.0)]), [3, 0, 0]);
    }

    #[test]
    fn given_tags_are_kept() {
        let emissions = emissions(&[(0, 9.0), (5, 2.0), (6, 2.0), (6, 2.0)]);
        let chain = Chain::new(&emissions, &NO_STEPS);
        let given = BTreeMap::from([(0, Tag(1)), (2, Tag(3))]);
        assert_eq!(chain.best(&given).iter().map(|t| t.0).collect::<Vec<_>>(), [1, 5, 3, 0]);
    }

    #[test]
    fn probabilities_of_all_spans_at_a_word_add_up() {
        let emissions = emissions(&[(5, 1.5), (6, 0.5), (0, 0.3), (1, 2.0)]);
        let mut steps = NO_STEPS;
        steps[5][6] = 0.7;
        let chain = Chain::new(&emissions, &steps);
        let sums = chain.sums();
        // Count every path by hand: those whose words 0..2 are one content span.
        let (mut all, mut hits) = (0.0, 0.0);
        for code in 0..N_TAGS.pow(4) {
            let path: Vec<usize> = (0..4).map(|i| code / N_TAGS.pow(i) % N_TAGS).collect();
            let mut score = if Tag(path[0] as u8).may_follow(None) {
                emissions[0][path[0]]
            } else {
                f32::NEG_INFINITY
            };
            for i in 1..4 {
                score += chain.steps[path[i - 1]][path[i]] + emissions[i][path[i]];
            }
            all += score.exp();
            if path[0] == 5 && path[1] == 6 && path[2] != 6 {
                hits += score.exp();
            }
        }
        let span = sums.span(Role::Content, &(0..2));
        assert!((span - hits / all).abs() < 1e-5, "{span} against {}", hits / all);
    }
}

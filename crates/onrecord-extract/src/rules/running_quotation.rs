//! A quotation that runs over paragraphs is one statement's.
//!
//! **Finds.** By the convention of news a quotation that goes on in the next paragraph is not closed, and the
//! next paragraph opens it anew, or has no mark at all:
//! `“One.` ¶ `Two.` ¶ `“Three,” she said.` All of each paragraph's part is content of the statement whose cue
//! stands next to the quotation, outside the marks: in the same paragraph, else in the next that has one,
//! else in the one before. What the model found in a part beside that is within the statement.
//!
//! **Why.** The marks say that it is one quotation, so it has one speaker. Unless they lie: where a part is a
//! statement whose source and cue are inside, it is a transcript (`“WALLACE: Yes.` ¶ `PENCE: No.”`) or a closing
//! mark was left out (`“One, Ann said.` ¶ `“Two,” Bob said.`); then the quotation is left as the model has it.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::page::Page;
use crate::statements::{self, Draft};
use crate::surface::Quoted;

pub(super) fn apply(page: &Page, drafts: &mut Vec<Draft>) {
    let mut said_by = statements::said_by(page.tokens.len(), drafts);
    for chain in chains(page) {
        let found: Vec<BTreeSet<usize>> = chain
            .iter()
            .map(|part| said_by[part.clone()].iter().flatten().copied().collect())
            .collect();
        let has_own_speaker = |(part, found): (&Range<usize>, &BTreeSet<usize>)| {
            found.iter().any(|&draft| has_own_speaker(page, &drafts[draft], part))
        };
        if chain.iter().zip(&found).any(has_own_speaker) {
            continue;
        }
        let whole = chain[0].start..chain[chain.len() - 1].end;
        let outside = |&draft: &usize| drafts[draft].cue.iter().any(|cue| !overlap(cue, &whole));
        let owners: Vec<Option<usize>> =
            found.iter().map(|found| found.iter().copied().find(outside)).collect();
        let mut earlier = None;
        let mut later = following(&owners);
        for ((part, found), owner) in chain.iter().zip(&found).zip(owners) {
            earlier = owner.or(earlier);
            let Some(owner) = later.next().flatten().or(earlier) else { continue };
            claim(drafts, found, owner, part);
            said_by[part.clone()].fill(Some(owner));
        }
    }
    drafts.retain(|draft| !draft.content.is_empty());
}

/// For each place, the first owner from there on.
fn following(owners: &[Option<usize>]) -> impl Iterator<Item = Option<usize>> + use<> {
    let mut next = None;
    let mut out: Vec<_> = owners
        .iter()
        .rev()
        .map(|&owner| {
            next = owner.or(next);
            next
        })
        .collect();
    out.reverse();
    out.into_iter()
}

/// Quotations of several paragraphs: the words of each paragraph's part.
fn chains(page: &Page) -> Vec<Vec<Range<usize>>> {
    let mut out: Vec<Vec<Range<usize>>> = Vec::new();
    for quotation in &page.quotations {
        let start = page.tokens.partition_point(|t| t.span.start < quotation.range.start);
        let end = page.tokens.partition_point(|t| t.span.start < quotation.range.end);
        if start == end {
            continue;
        }
        if !quotation.goes_on || out.is_empty() {
            out.push(Vec::new());
        }
        let last = out.last_mut().expect("one was just pushed");
        last.push(start..end);
    }
    out.retain(|chain| chain.len() > 1);
    out
}

/// Whether a statement says a part, most of it or from its opening mark on, and is itself named inside.
fn has_own_speaker(page: &Page, draft: &Draft, part: &Range<usize>) -> bool {
    let inside = |words: &[Range<usize>]| words.iter().any(|words| overlap(words, part));
    let shared =
        |words: &Range<usize>| words.end.min(part.end).saturating_sub(words.start.max(part.start));
    let most = 2 * draft.content.iter().map(shared).sum::<usize>() > part.len();
    // An earlier quotation may have taken all its content.
    let begins_here = draft.content.first().is_some_and(|content| content.start == part.start);
    let opens = page.tokens[part.start].quoted == Quoted::Yes && begins_here;
    inside(&draft.cue) && inside(&draft.source) && (most || opens)
}

/// Makes a part of a quotation content of one statement, and what else was found there its inner ones.
fn claim(drafts: &mut [Draft], found: &BTreeSet<usize>, owner: usize, part: &Range<usize>) {
    for &other in found {
        let draft = &mut drafts[other];
        let within_part = |words: &[Range<usize>]| words.iter().all(|words| overlap(words, part));
        let inner = other != owner && !draft.cue.is_empty();
        if inner && within_part(&draft.cue) && within_part(&draft.content) {
            draft.layer = 1;
        } else {
            draft.content.retain(|content| !overlap(content, part));
        }
    }
    let content = &mut drafts[owner].content;
    content.push(part.clone());
    content.sort_by_key(|words| words.start);
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use crate::read::tests::check;

    #[test]
    fn all_parts_are_one_statement() {
        // Opened anew in each paragraph; the cue is in the last.
        check(
            "[q1 “One goes on.]\n\n[q2 “Two goes on.]\n\n[q3 “Three,”] [s3 she] [c3 said].",
            &["direct | she | said | “One goes on. … “Two goes on. … “Three,”"],
        );
        // No mark in the middle, where an inner statement passed for one of the article's.
        check(
            "[s1 Ann] [c1 said]: [q1 “One.]\n\nTwo, and [s2 we] [c2 hope] [q2 for more].\n\nThree.” Four.",
            &[
                "direct | Ann | said | “One. … Two, and we hope for more. … Three.”",
                "indirect | we | hope | for more in s1",
            ],
        );
    }

    #[test]
    fn cues_of_their_own_and_transcripts_are_kept() {
        check(
            "[q1 “One,] [s1 Ann] [c1 said].\n\n[q2 “Two,”] [s2 Bob] [c2 said].",
            &["direct | Ann | said | “One,", "direct | Bob | said | “Two,”"],
        );
        check(
            // A content over the end of one quotation and the beginning of the next is nobody's any more.
            "[s1 Ann] [c1 said]: [q1 “One.]\n\n[q2 Two” and “three.]\n\n[q3 Four,”] [s3 Bob] [c3 said].",
            &["direct | Ann | said | “One. … Two”", "direct | Bob | said | “three. … Four,”"],
        );
        check(
            "[q1 “One,] and so on.\n\n[q2 “Two,”] [s2 Bob] [c2 said].",
            &["direct | Bob | said | “One, and so on. … “Two,”"],
        );
        check(
            "“[s1 ANN][c1 :] [q1 One and more.]\n\n[s2 BOB][c2 :] [q2 Two and more.]”",
            &["direct | ANN | : | One and more.", "direct | BOB | : | Two and more."],
        );
    }
}

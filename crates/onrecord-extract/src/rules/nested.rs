//! Statements within statements, where they can be such.
//!
//! **Finds.** Statements inside another's content: `“He said it would be difficult,” the official said`.
//! Kept are those with a source and a cue, inside one statement's content and not the whole of it; the rest
//! is dropped.
//!
//! **Why.** The large corpus (PolNeAR) annotates only one layer, so the inner one is learned from the Desk
//! corpus alone and comes with fragments. A threshold of probability on top lost more right than wrong ones.
//!
//! **Known misses.** Most: outside of text like the Desk corpus's, the model finds next to none.

use crate::page::Page;
use crate::statements::{self, Draft};

pub(super) fn apply(page: &Page, drafts: &mut Vec<Draft>) {
    let said_by = statements::said_by(page.tokens.len(), drafts);
    let content_at = |word: usize| {
        let outer = &drafts[said_by[word]?];
        outer.content.iter().find(|content| content.contains(&word)).cloned()
    };
    let around: Vec<_> = drafts.iter().map(|draft| content_at(draft.start())).collect();
    let mut around = around.into_iter();
    drafts.retain_mut(|draft| {
        let around = around.next().expect("one for each draft");
        if draft.layer == 0 {
            return true;
        }
        let Some(around) = around else { return false };
        draft.content.retain(|content| around.start <= content.start && content.end <= around.end);
        let is_whole = draft.content.first() == Some(&around);
        let is_there =
            [&draft.content, &draft.source, &draft.cue].iter().all(|spans| !spans.is_empty());
        is_there && !is_whole
    });
}

#[cfg(test)]
mod tests {
    use crate::read::tests::check;

    #[test]
    fn an_inner_statement_has_a_cue_and_is_a_part() {
        let outer = "direct | She | said | “He thinks it rains.”";
        check(
            "[s1 She] [c1 said]: [q1 “[s2 He] [c2 thinks] [q2 it rains].”]",
            &[outer, "indirect | He | thinks | it rains in s1"],
        );
        check("[s1 She] [c1 said]: [q1 “He thinks [q2 it rains].”]", &[outer]);
        check("[s1 She] [c1 said]: [q1 “[c2 He thinks] [q2 it rains].”]", &[outer]);
        check("[s1 She] [c1 said]: [q1 [q2 “[s2 He] [c2 thinks] it rains.”]]", &[outer]);
    }
}

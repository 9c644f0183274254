//! A free-standing quotation goes on with the speaker before it.
//!
//! **Finds.** A quotation with neither cue nor source, in the paragraph of a statement that has a source
//! or in the next one: `According to the expert, the reason is Türkiye:` ¶ `“In effect, …”`.
//!
//! **Why.** News names the speaker once and lets the quotations follow. The statement keeps its own number,
//! says which one it `continues`, and takes that one's source.

use crate::page::Page;
use crate::statements::Draft;
use crate::surface::Quoted;

/// How much surer a marked speaker is than one taken over.
const DOUBT: f32 = 0.8;

pub(super) fn apply(page: &Page, drafts: &mut [Draft]) {
    for i in 1..drafts.len() {
        let (before, here) = drafts.split_at_mut(i);
        let draft = &mut here[0];
        let start = &page.tokens[draft.start()];
        let bare = draft.layer == 0 && draft.cue.is_empty() && draft.source.is_empty();
        if !bare || start.quoted == Quoted::No {
            continue;
        }
        let Some(last) = before.iter().rev().find(|other| other.layer == 0) else { continue };
        let near = page.tokens[last.end() - 1].paragraph + 1 >= start.paragraph;
        if near && !last.source.is_empty() {
            draft.continues = Some(last.start());
            draft.source = last.source.clone();
            draft.probability *= last.probability * DOUBT;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::read::tests::check;

    #[test]
    fn the_speaker_before_goes_on() {
        check(
            "[c1 According to] [s1 her], [q1 the date matters]:\n\n[q2 “It is on paper.”]",
            &[
                "indirect | her | According to | the date matters",
                "direct | her |  | “It is on paper.” goes on from s1",
            ],
        );
    }

    #[test]
    fn only_near_by_and_only_quotations() {
        let said = "[s1 She] [c1 said] [q1 so].";
        let first = "indirect | She | said | so";
        check(
            &format!("{said}\n\nNobody spoke.\n\n[q2 “Yes.”]"),
            &[first, "direct |  |  | “Yes.”"],
        );
        check(&format!("{said} [q2 It rained]."), &[first, "indirect |  |  | It rained"]);
        check(
            "[q1 So] [c1 it is said]. [q2 “Yes.”]",
            &["indirect |  | it is said | So", "direct |  |  | “Yes.”"],
        );
    }
}

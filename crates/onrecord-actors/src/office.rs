//! How high an office is, by the words of its title.
//!
//! Believed because titles name their rank in nearly all countries' English renderings. Known
//! misses: a "president" of a chamber or court ranks by the words after it where they are English.

/// From 1 (a seat) to 9 (head of state or government of a state), by the title in English.
pub fn rank(title: &str) -> u8 {
    let title = crate::fold(title);
    let has = |words: &[&str]| words.iter().any(|word| contains(&title, word));
    if has(&["deputy", "vice", "assistant", "first lady", "adviser", "secretary of the cabinet"]) {
        return if has(&["vice president", "deputy prime minister"]) { 6 } else { 2 };
    }
    if has(&["member", "deputy", "representative", "senator", "knesset", "delegate"])
        && !has(&["minister"])
    {
        return 1;
    }
    if has(&["speaker", "president of the senate", "president of the national assembly"])
        || has(&["chairman of the state duma", "president of the chamber of deputies"])
        || (has(&["president", "chairman", "chairperson"])
            && has(&["parliament", "assembly", "senate", "chamber", "council", "court"])
            && !has(&["european council", "state affairs commission", "council of ministers"]))
    {
        return 5;
    }
    if has(&["prime minister", "chancellor", "president", "king", "queen", "emir", "sultan"])
        || has(&["supreme leader", "pope", "emperor", "taoiseach", "premier", "crown prince"])
        || has(&["head of state", "head of government", "secretary general", "monarch"])
        || has(&["chairman of the council of ministers", "general secretary", "captain regent"])
    {
        return 8;
    }
    if has(&["foreign", "state of the united states", "secretary of state", "defence", "defense"])
        || has(&["external affairs", "high representative"])
    {
        return 7;
    }
    if has(&["minister", "secretary", "attorney general", "governor", "commander", "chief"]) {
        return 4;
    }
    2
}

fn contains(title: &str, words: &str) -> bool {
    title.match_indices(words).any(|(start, found)| {
        let end = start + found.len();
        (start == 0 || title.as_bytes()[start - 1] == b' ')
            && (end == title.len() || title.as_bytes()[end] == b' ')
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn titles_rank() {
        let cases = [
            ("President of Azerbaijan", 8),
            ("Prime Minister", 8),
            ("Deputy Prime Minister", 6),
            ("Minister of Foreign Affairs", 7),
            ("Minister for Sport", 4),
            ("member of the House of Commons", 1),
            ("Speaker of the House of Representatives", 5),
            ("President of the Senate", 5),
            ("President of the European Council", 8),
        ];
        let wrong: Vec<_> = cases.iter().filter(|(title, to)| super::rank(title) != *to).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

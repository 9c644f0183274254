//! Numbers as they are read.

pub(crate) use onrecord_plot::number as grouped;

/// A number of things: “1 article”, “12,000 articles”.
pub(crate) fn counted(n: u64, thing: &str) -> String {
    let ending = if n == 1 { "" } else { "s" };
    // They stay on one line.
    format!("{}\u{a0}{thing}{ending}", grouped(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_said() {
        let cases = [(0, "0\u{a0}acts"), (1, "1\u{a0}act"), (1000, "1,000\u{a0}acts")];
        for (n, expected) in cases {
            assert_eq!(counted(n, "act"), expected);
        }
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}

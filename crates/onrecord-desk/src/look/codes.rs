//! Codes of the record in a reader's words.

use onrecord_store::{CLEAR_STANCE, Somebody};

/// How a statement is given.
pub(crate) fn form_name(form: &str) -> &'static str {
    match form {
        "direct" => "quoted",
        "indirect" => "reported",
        "mixed" => "partly quoted",
        _ => "stated",
    }
}

/// What an actor is.
pub(crate) fn kind_name(kind: &str) -> &'static str {
    match kind {
        "person" => "person",
        "state" => "state",
        "organization" => "organisation",
        "group" => "group",
        "place" => "place",
        "document" => "document",
        _ => "actor",
    }
}

/// What an actor is, and where it belongs.
pub(crate) fn kind_and_country(somebody: &Somebody) -> String {
    let kind = kind_name(&somebody.kind);
    match &somebody.country {
        Some(country) => format!("{kind}, {country}"),
        None => kind.to_owned(),
    }
}

/// A sector of PLOVER, or the kind that stands for it where none is known.
pub(crate) fn sector_name(code: &str) -> &str {
    match code {
        "GOV" => "government",
        "MIL" => "armed forces",
        "LEG" => "legislature",
        "JUD" => "courts",
        "COP" => "police",
        "SPY" => "intelligence services",
        "PTY" => "party",
        "OPP" => "opposition",
        "REB" => "rebels",
        "PRM" => "paramilitaries",
        "IGO" => "international organisation",
        "EUR" => "European Union",
        "UNO" => "United Nations",
        "NGO" => "non-governmental organisation",
        "BUS" => "business",
        "MNC" => "multinational corporation",
        "JRN" => "media",
        "EDU" => "research, analysts",
        "REL" => "religion",
        "LAB" => "labour",
        "CVL" => "civilians",
        "SOC" => "civil society",
        "REF" => "refugees",
        "CRM" => "criminals",
        "ELI" => "former officials, elites",
        "UNK" => "unknown",
        "organization" => "organisation",
        other => other,
    }
}

/// Sectors of PLOVER, a space between, in words.
pub(crate) fn sectors(codes: &str) -> String {
    codes.split(' ').map(sector_name).collect::<Vec<_>>().join(", ")
}

/// What was done, in words between who did it and to whom; the verb is that of one or of several.
pub(crate) fn type_name(code: &str, n_actors: usize, n_recipients: usize) -> &str {
    let (one, several) = match code {
        "AGREE" => ("agrees with", "agree with"),
        "CONSULT" => ("meets", "meet"),
        "SUPPORT" => ("supports", "support"),
        "CONCEDE" => ("yields to", "yield to"),
        "COOPERATE" => ("cooperates with", "cooperate with"),
        "AID" => ("helps", "help"),
        "RETREAT" => ("withdraws before", "withdraw before"),
        "REQUEST" => ("asks", "ask"),
        "ACCUSE" => ("accuses", "accuse"),
        "REJECT" => ("refuses", "refuse"),
        "THREATEN" => ("threatens", "threaten"),
        "PROTEST" => ("protests against", "protest against"),
        "SANCTION" => ("sanctions", "sanction"),
        "MOBILIZE" => ("mobilises against", "mobilise against"),
        "COERCE" => ("coerces", "coerce"),
        "ASSAULT" => ("attacks", "attack"),
        "ALIGN" => ("is allied with", "are allied"),
        "RIVAL" => ("is a rival of", "are rivals"),
        other => (other, other),
    };
    let verb = if n_actors > 1 { several } else { one };
    // Where nothing follows, nothing is to be expected.
    match verb.rsplit_once(' ') {
        Some((verb, "with" | "to" | "before" | "against" | "of")) if n_recipients == 0 => verb,
        _ => verb,
    }
}

/// Whether an event happened.
pub(crate) fn status_name(code: &str) -> &str {
    match code {
        "called_for" => "called for",
        "ongoing" => "under way",
        other => other,
    }
}

/// A stance in a word, with the mark that stands for it; `None` where it is not clear.
pub(crate) fn stance(stance: Option<f64>) -> Option<(&'static str, &'static str)> {
    match stance {
        Some(stance) if stance >= CLEAR_STANCE => Some(("favourable", "+")),
        Some(stance) if stance <= -CLEAR_STANCE => Some(("critical", "−")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::type_name;

    #[test]
    fn verbs_agree_with_who_did_it() {
        let cases = [
            ("AGREE", 1, 1, "agrees with"),
            ("AGREE", 2, 0, "agree"),
            ("CONSULT", 2, 0, "meet"),
            ("ALIGN", 2, 0, "are allied"),
            ("ASSAULT", 1, 0, "attacks"),
            ("RETREAT", 1, 0, "withdraws"),
            ("OTHER", 1, 1, "OTHER"),
        ];
        for (code, n_actors, n_recipients, expected) in cases {
            assert_eq!(type_name(code, n_actors, n_recipients), expected, "{code}");
        }
    }
}

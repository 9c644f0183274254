//! Codes of the record in a reader's words.

use onrecord_store::Somebody;

/// From this on a stance is one; what lies below is neutral, as for the question of shifts.
const CLEAR: f64 = 0.25;

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

/// What was done, in a word between who did it and to whom.
pub(crate) fn type_name(code: &str) -> &str {
    match code {
        "AGREE" => "agrees with",
        "CONSULT" => "meets",
        "SUPPORT" => "supports",
        "CONCEDE" => "yields to",
        "COOPERATE" => "cooperates with",
        "AID" => "helps",
        "RETREAT" => "withdraws before",
        "REQUEST" => "asks",
        "ACCUSE" => "accuses",
        "REJECT" => "refuses",
        "THREATEN" => "threatens",
        "PROTEST" => "protests against",
        "SANCTION" => "sanctions",
        "MOBILIZE" => "mobilises against",
        "COERCE" => "coerces",
        "ASSAULT" => "attacks",
        "ALIGN" => "is allied with",
        "RIVAL" => "is a rival of",
        other => other,
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
        Some(stance) if stance >= CLEAR => Some(("favourable", "+")),
        Some(stance) if stance <= -CLEAR => Some(("critical", "−")),
        _ => None,
    }
}

//! As whom an actor appears in an article.

use onrecord_record::{Actor, Kind, MentionForm, Record};

use crate::fold::fold;

/// Everything by which an actor of an article is told from others of its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Capacity {
    /// The key under which it is brought together with others; `None`: it never is by its name.
    pub(crate) key: Option<String>,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) country: Option<String>,
    pub(crate) sector: Option<String>,
    pub(crate) organization: Option<String>,
    pub(crate) office: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) links: Option<String>,
    /// The link that decides who it is.
    pub(crate) link: Option<String>,
}

/// The capacity in which an actor appears in a record.
pub(crate) fn of(record: &Record, actor: &Actor) -> Capacity {
    let text = &record.article.text;
    let joined = |parts: Vec<&str>, gap: &str| (!parts.is_empty()).then(|| parts.join(gap));
    let mut roles: Vec<&str> = actor.roles.iter().map(|role| &text[role.span]).collect();
    roles.dedup();
    let organization = actor.organization.or(actor.roles.iter().find_map(|role| role.organization));
    let link = actor.links.iter().find(|(site, _)| site == "wikidata").or(actor.links.first());
    let mut capacity = Capacity {
        key: None,
        name: actor.name.clone(),
        kind: actor.kind,
        country: actor.country.map(|country| country.to_string()),
        sector: joined(actor.sectors.iter().map(|sector| sector.as_str()).collect(), " "),
        organization: organization.map(|id| record.actor(id).name.clone()),
        office: actor.office.clone(),
        role: joined(roles, " | "),
        links: (!actor.links.is_empty()).then(|| {
            let links = actor.links.iter().map(|(site, id)| (site.clone(), id.as_str().into()));
            serde_json::Value::Object(links.collect()).to_string()
        }),
        link: link.map(|(site, id)| format!("{site}:{id}")),
    };
    let is_named = actor
        .mentions
        .iter()
        .any(|mention| matches!(mention.form, MentionForm::Name | MentionForm::Metonym));
    if is_named || capacity.link.is_some() {
        capacity.key = key(&capacity);
    }
    capacity
}

/// The key of a name that says enough to bring articles together.
fn key(capacity: &Capacity) -> Option<String> {
    let folded = fold(&capacity.name);
    let is_person = capacity.kind == Kind::Person;
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let says_enough = match words.len() {
        0 => false,
        _ if capacity.link.is_some() => true,
        // A surname alone, or a first name: many bear it.
        1 if is_person => capacity.country.is_some() && capacity.role.is_some(),
        _ if is_person => true,
        // "Foreign Ministry": every country has one.
        _ => capacity.country.is_some() || !words.iter().all(|word| GENERIC.contains(word)),
    };
    if !says_enough {
        return None;
    }
    // "Helen J. Marchbank" is Helen Marchbank.
    let n_words = words.len();
    let kept = words.iter().enumerate().filter(|&(idx, word)| {
        !(is_person && idx > 0 && idx + 1 < n_words && word.chars().count() == 1)
    });
    let words: Vec<&str> = kept.map(|(_, &word)| word).collect();
    Some(format!("{} {}", if is_person { 'p' } else { 'o' }, words.join(" ")))
}

/// Words of which names of offices are made that every country has.
const GENERIC: &[&str] = &[
    "administration",
    "affairs",
    "agency",
    "air",
    "army",
    "armed",
    "assembly",
    "authorities",
    "bank",
    "cabinet",
    "central",
    "chamber",
    "coast",
    "command",
    "commission",
    "committee",
    "congress",
    "constitutional",
    "council",
    "court",
    "defence",
    "defense",
    "department",
    "directorate",
    "economy",
    "embassy",
    "energy",
    "federal",
    "finance",
    "for",
    "force",
    "forces",
    "foreign",
    "general",
    "government",
    "guard",
    "health",
    "high",
    "house",
    "interior",
    "internal",
    "justice",
    "lower",
    "military",
    "ministry",
    "national",
    "navy",
    "of",
    "office",
    "opposition",
    "parliament",
    "police",
    "presidency",
    "president",
    "prosecutor",
    "prosecutors",
    "public",
    "ruling",
    "party",
    "security",
    "senate",
    "service",
    "services",
    "staff",
    "state",
    "supreme",
    "trade",
    "union",
    "upper",
    "and",
    "border",
    "intelligence",
    "general's",
    "generals",
];

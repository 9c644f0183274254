//! Which mentions refer to the same actor.
//!
//! Mentions are taken in order; each joins the actor that the model's antecedent scores give the most
//! probability, or begins a new one (Lee et al. 2017, with an actor's mentions summed). Names come with
//! what is known of them: the same entry, words or acronym is the same actor, another entry or first name
//! is not. "He" and "she" are persons of that sex. The first person in a quotation waits for its speaker.

use std::ops::Range;

use jiff::civil::Date;
use onrecord_record::Kind;

use crate::face::Face;
use crate::found::{Found, FoundMention};
use crate::marks::{Looks, SpanKind};
use crate::names::{Known, Names, Sex};
use crate::page::Page;
use crate::surface::Quoted;

/// Probability that a name without anything in common with an actor's names needs to join it.
const BY_MODEL_ALONE: f32 = 0.7;

/// Probability of a name's second kind from which it is looked up as that too.
const IN_DOUBT: f32 = 0.1;

/// How far two mentions of a country differ in the probability of being a location where one is its state
/// and the other is not.
const PLACE_OR_STATE: f32 = 0.6;

/// Mentions that refer to the same actor.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cluster {
    /// In order.
    pub(crate) mentions: Vec<usize>,
    /// The entry of the knowledge base.
    pub(crate) known: Option<Known>,
    sex: Option<Sex>,
}

/// A mention as it is compared.
pub(crate) struct Card {
    pub(crate) face: Face,
    pub(crate) kind: Kind,
    /// Words of the name without titles, for a name.
    pub(crate) bare: Range<usize>,
    core: Vec<String>,
    known: Option<Known>,
    /// Probability that it is a location.
    place: f32,
    named: bool,
}

/// How two names compare.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Same,
    Unlike,
    Other,
}

/// The actors of a text, and the number of each mention's; `None` for a first person that waits.
pub(crate) fn clusters(
    page: &Page,
    text: &str,
    found: &Found,
    names: &impl Names,
    on: Option<Date>,
) -> (Vec<Cluster>, Vec<Option<usize>>, Vec<Card>) {
    let cards: Vec<Card> =
        found.mentions.iter().map(|m| Card::new(page, text, found, m, names, on)).collect();
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut cluster_of: Vec<Option<usize>> = vec![None; cards.len()];
    for (i, mention) in found.mentions.iter().enumerate() {
        if is_first_person(page, &cards[i], mention) {
            continue;
        }
        let (new, mut shares) = shares(mention, &cluster_of, clusters.len());
        for (share, cluster) in shares.iter_mut().zip(&clusters) {
            // Nothing refers to a part of itself: "his Russian counterpart" is not "Russian".
            if mention.form == SpanKind::Name {
                break;
            }
            let near = cluster.mentions.iter().rev().take(8);
            let mut words = near.map(|&j| &found.mentions[j].words);
            if words.any(|other| overlap(other, &mention.words)) {
                *share = f32::NEG_INFINITY;
            }
        }
        let choice = match mention.form {
            SpanKind::Name => of_name(&cards, i, &clusters, &shares),
            _ if let Some(state) = government_of(&cards, i, found, &clusters, &cluster_of) => {
                Some(state)
            }
            _ => of_other(&cards, i, new, &clusters, &shares, found),
        };
        let cluster = choice.unwrap_or_else(|| {
            clusters.push(Cluster::default());
            clusters.len() - 1
        });
        clusters[cluster].take(i, &cards[i], names);
        cluster_of[i] = Some(cluster);
    }
    (clusters, cluster_of, cards)
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// "I" and "we" of a quotation.
fn is_first_person(page: &Page, card: &Card, mention: &FoundMention) -> bool {
    let quoted = page.tokens[mention.words.start].quoted != Quoted::No;
    quoted && first_person(card).is_some()
}

/// Whether a mention is "I" (`false`) or "we" (`true`), in any case.
pub(crate) fn first_person(card: &Card) -> Option<bool> {
    match card.face.words.first().map(String::as_str) {
        Some("i" | "me" | "my" | "mine" | "myself") if card.face.words.len() == 1 => Some(false),
        Some("we" | "us" | "our" | "ours" | "ourselves") if card.face.words.len() == 1 => {
            Some(true)
        }
        _ => None,
    }
}

/// The probability of a new actor, and of each actor so far.
pub(crate) fn shares(
    mention: &FoundMention,
    cluster_of: &[Option<usize>],
    n_clusters: usize,
) -> (f32, Vec<f32>) {
    let sum = mention.antecedent.log_sum();
    let mut shares = vec![0.0; n_clusters];
    for (other, score) in mention.antecedent.iter() {
        if let Some(cluster) = cluster_of[other] {
            shares[cluster] += (score - sum).exp();
        }
    }
    ((mention.antecedent.nothing - sum).exp(), shares)
}

/// The actor that a name joins.
fn of_name(cards: &[Card], i: usize, clusters: &[Cluster], shares: &[f32]) -> Option<usize> {
    let relation = |cluster: &Cluster| {
        let named = cluster.mentions.iter().filter(|&&j| cards[j].named);
        let relations: Vec<Relation> = named.map(|&j| cards[i].relation(&cards[j])).collect();
        if relations.contains(&Relation::Unlike) {
            Relation::Unlike
        } else if relations.contains(&Relation::Same) {
            Relation::Same
        } else {
            Relation::Other
        }
    };
    let relations: Vec<Relation> = clusters.iter().map(relation).collect();
    let best = |of: Relation, floor: f32| {
        (0..clusters.len())
            .filter(|&c| relations[c] == of && shares[c] >= floor)
            .max_by(|&a, &b| shares[a].total_cmp(&shares[b]))
    };
    best(Relation::Same, 0.0).or_else(|| best(Relation::Other, BY_MODEL_ALONE))
}

/// The state whose government a nominal names: "the Japanese government", "the Russian side".
fn government_of(
    cards: &[Card],
    i: usize,
    found: &Found,
    clusters: &[Cluster],
    cluster_of: &[Option<usize>],
) -> Option<usize> {
    let words = &found.mentions[i].words;
    let governs = ["government", "side", "authorities", "leadership", "state"];
    if !cards[i].face.words.last().is_some_and(|last| governs.contains(&last.as_str())) {
        return None;
    }
    // What stands inside begins with it or after it, so that it may still lie ahead: names come with their cards.
    let state = |j: usize| cards[j].known.as_ref().filter(|known| known.kind == Kind::State);
    let inside = found
        .begin_in(words)
        .find(|&j| found.mentions[j].words.end < words.end && state(j).is_some())?;
    let id = state(inside)?.id;
    let same = |c: &usize| clusters[*c].known.as_ref().is_some_and(|known| known.id == id);
    cluster_of[inside].or_else(|| (0..clusters.len()).find(same))
}

/// The actor that a nominal or a pronoun joins.
fn of_other(
    cards: &[Card],
    i: usize,
    new: f32,
    clusters: &[Cluster],
    shares: &[f32],
    found: &Found,
) -> Option<usize> {
    let card = &cards[i];
    let sex = match card.face.words.first().map(String::as_str) {
        Some("he" | "him" | "his" | "himself") => Some(Sex::Male),
        Some("she" | "her" | "hers" | "herself") => Some(Sex::Female),
        _ => None,
    };
    let fits = |cluster: &Cluster| {
        let person = || kind_of(&cluster.mentions, found) == Kind::Person;
        card.face.looks != Looks::Pronoun
            || sex.is_none()
            || person() && cluster.sex.is_none_or(|other| Some(other) == sex)
    };
    let best = (0..clusters.len())
        .filter(|&c| fits(&clusters[c]))
        .max_by(|&a, &b| shares[a].total_cmp(&shares[b]).then(b.cmp(&a)))?;
    (shares[best] > new || sex.is_some() && shares[best] > 0.0).then_some(best)
}

/// What some mentions are, taken together.
pub(crate) fn kind_of(mentions: &[usize], found: &Found) -> Kind {
    let score = |kind: usize| -> f32 {
        mentions.iter().map(|&i| found.mentions[i].kinds[kind].max(1e-4).ln()).sum()
    };
    let best = (0..Kind::ALL.len()).max_by(|&a, &b| score(a).total_cmp(&score(b)));
    Kind::ALL[best.expect("there are kinds")]
}

impl Cluster {
    pub(crate) fn take(&mut self, mention: usize, card: &Card, names: &impl Names) {
        self.mentions.push(mention);
        if self.known.is_none() {
            self.known.clone_from(&card.known);
        }
        if self.sex.is_none() {
            self.sex = match card.face.words.first().map(String::as_str) {
                Some("he" | "him" | "his" | "himself") => Some(Sex::Male),
                Some("she" | "her" | "hers" | "herself") => Some(Sex::Female),
                _ if card.kind == Kind::Person && card.core.len() > 1 => names.sex(&card.core[0]),
                _ => None,
            };
        }
    }
}

impl Card {
    fn new(
        page: &Page,
        text: &str,
        found: &Found,
        mention: &FoundMention,
        names: &impl Names,
        on: Option<Date>,
    ) -> Card {
        let face = Face::new(page, text, &mention.words);
        let kind = Kind::ALL[(0..Kind::ALL.len())
            .max_by(|&a, &b| mention.kinds[a].total_cmp(&mention.kinds[b]))
            .expect("there are kinds")];
        let bare = match kind {
            Kind::Person => bare_name(found, &mention.words),
            _ => mention.words.clone(),
        };
        let core = Face::new(page, text, &bare).words;
        let place = mention.kinds[Kind::Place as usize];
        let named = mention.form == SpanKind::Name;
        let known = if mention.form == SpanKind::Name {
            known(page, text, mention, kind, names, on)
        } else {
            None
        };
        Card { face, kind, bare, core, known, place, named }
    }

    fn relation(&self, other: &Card) -> Relation {
        let is_state =
            |card: &Card| card.known.as_ref().is_some_and(|known| known.kind == Kind::State);
        if (is_state(self) || is_state(other)) && (self.place - other.place).abs() > PLACE_OR_STATE
        {
            return Relation::Other;
        }
        let (persons, same_words) =
            (self.kind == Kind::Person && other.kind == Kind::Person, self.core == other.core);
        if let (Some(a), Some(b)) = (&self.known, &other.known) {
            if a.id == b.id {
                return Relation::Same;
            }
            // Two countries are two; an organisation may have two entries.
            if a.kind == Kind::State && b.kind == Kind::State {
                return Relation::Unlike;
            }
        }
        if same_words || self.face.words == other.face.words {
            return Relation::Same;
        }
        if persons {
            return person_names(&self.core, &other.core);
        }
        if self.kind == Kind::Person || other.kind == Kind::Person {
            let (person, other) =
                if self.kind == Kind::Person { (self, other) } else { (other, self) };
            return if other.is_surname_of(person) { Relation::Same } else { Relation::Unlike };
        }
        if is_acronym(&self.core, &other.core) || is_acronym(&other.core, &self.core) {
            return Relation::Same;
        }
        let (short, long) = if self.core.len() < other.core.len() {
            (&self.core, &other.core)
        } else {
            (&other.core, &self.core)
        };
        let organizations = self.kind == Kind::Organization && other.kind == Kind::Organization;
        if organizations && long.len() > 1 && long.ends_with(short) {
            return Relation::Same;
        }
        Relation::Other
    }

    /// Whether it is a person's last name and no name that is known, whatever the model takes it for.
    fn is_surname_of(&self, person: &Card) -> bool {
        let [word] = &self.core[..] else { return false };
        person.core.len() > 1 && person.core.last() == Some(word) && self.known.is_none()
    }
}

/// The last name without titles that ends where a name does, or all of it: titles come first, and may hold names too
/// ("NATO Secretary General").
fn bare_name(found: &Found, words: &Range<usize>) -> Range<usize> {
    let from = found.names.partition_point(|name| name.words.start < words.start);
    let inside = found.names[from..].iter().map(|name| &name.words);
    let last = inside.take_while(|name| name.start < words.end && name.end <= words.end).last();
    last.filter(|name| name.end + 2 >= words.end).cloned().unwrap_or_else(|| words.clone())
}

/// The entry that a name stands for, of its likeliest kind or, where that is in doubt, of the next. Persons wait for their
/// fullest name.
fn known(
    page: &Page,
    text: &str,
    mention: &FoundMention,
    kind: Kind,
    names: &impl Names,
    on: Option<Date>,
) -> Option<Known> {
    let name = name_of(page, text, &mention.words);
    let of = |kind: Kind| {
        let acts = kind == Kind::Place && mention.metonym > 0.5;
        names.known(name, if acts { Kind::State } else { kind }, on)
    };
    let next = || {
        let others = Kind::ALL.iter().copied().filter(|&other| other != kind);
        let probability = |kind: Kind| mention.kinds[kind as usize];
        let next = others.max_by(|&a, &b| probability(a).total_cmp(&probability(b)))?;
        (next != Kind::Person && probability(next) > IN_DOUBT).then(|| of(next))?
    };
    if kind == Kind::Person { next() } else { of(kind).or_else(next) }
}

/// A name's words without an article before and a possessive after.
pub(crate) fn name_of<'a>(page: &Page, text: &'a str, words: &Range<usize>) -> &'a str {
    let name = &text[page.bytes(words)];
    let name = name.strip_suffix("'s").or(name.strip_suffix("’s")).unwrap_or(name);
    ["the ", "The ", "THE "].into_iter().find_map(|the| name.strip_prefix(the)).unwrap_or(name)
}

/// Looks persons up by the fullest of their names.
pub(crate) fn know_persons(
    page: &Page,
    text: &str,
    found: &Found,
    cards: &[Card],
    clusters: &mut [Cluster],
    names: &impl Names,
    on: Option<Date>,
) {
    for cluster in clusters.iter_mut().filter(|cluster| cluster.known.is_none()) {
        if kind_of(&cluster.mentions, found) != Kind::Person {
            continue;
        }
        let named = cluster.mentions.iter().filter(|&&i| found.mentions[i].form == SpanKind::Name);
        let fullest = named.map(|&i| &cards[i].bare).rev().max_by_key(|bare| bare.len());
        cluster.known =
            fullest.and_then(|bare| names.known(name_of(page, text, bare), Kind::Person, on));
    }
}

/// Two persons' names, first names first.
fn person_names(a: &[String], b: &[String]) -> Relation {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() == 1 {
        return if long.contains(&short[0]) { Relation::Same } else { Relation::Unlike };
    }
    let same_last = short.last() == long.last();
    let first = |x: &str, y: &str| x == y || x.chars().count() == 1 && y.starts_with(x);
    let same_first = first(&short[0], &long[0]) || first(&long[0], &short[0]);
    if same_last && same_first || short.iter().all(|word| long.contains(word)) {
        Relation::Same
    } else {
        Relation::Unlike
    }
}

/// Whether one word is made of the other's initials, small words left out or not.
fn is_acronym(short: &[String], long: &[String]) -> bool {
    let [acronym] = short else { return false };
    if acronym.len() < 2 || long.len() < 2 {
        return false;
    }
    let small = ["of", "the", "and", "for", "in", "on", "to", "-"];
    let initials = |all: bool| -> String {
        let words = long.iter().filter(|word| all || !small.contains(&word.as_str()));
        words.filter_map(|word| word.chars().next()).collect()
    };
    *acronym == initials(true) || *acronym == initials(false)
}

//! From mentions and clusters to actors: what each is, whose it is, what it is called and which offices it holds.

use std::ops::Range;

use onrecord_record::{Actor, ActorId, Kind, Mention, MentionForm, Role, Sector, Span, Text};

use crate::coreference::{Card, Cluster, kind_of, name_of};
use crate::countries::countries;
use crate::found::{Found, FoundMention, Links};
use crate::marks::SpanKind;
use crate::page::Page;
use crate::sectors::sectors_of;

/// Actors of clusters, in the order of their first mentions.
pub(crate) fn actors(
    page: &Page,
    text: &Text,
    found: &Found,
    clusters: &[Cluster],
    cluster_of: &[Option<usize>],
    cards: &[Card],
) -> Vec<Actor> {
    let kinds: Vec<Kind> = clusters
        .iter()
        .map(|cluster| {
            let read = kind_of(&cluster.mentions, found);
            match cluster.known.as_ref().map(|known| known.kind) {
                // A state's name may be its land's or its people's.
                Some(Kind::State) if matches!(read, Kind::Place | Kind::Group) => read,
                known => known.unwrap_or(read),
            }
        })
        .collect();
    let roles = roles(page, text, found, clusters, &kinds, cluster_of);
    let role_words: Vec<Vec<Range<usize>>> =
        roles.iter().map(|roles| roles.iter().map(|(words, _)| words.clone()).collect()).collect();
    let countries = countries(found, clusters, &role_words, cluster_of);
    let roles: Vec<Vec<Role>> =
        roles.into_iter().map(|roles| roles.into_iter().map(|(_, role)| role).collect()).collect();
    clusters
        .iter()
        .enumerate()
        .map(|(number, cluster)| {
            let mention = |&i: &usize| {
                let FoundMention { ref words, form, metonym, .. } = found.mentions[i];
                let form = match form {
                    SpanKind::Name if metonym > 0.5 && kinds[number] != Kind::Person => {
                        MentionForm::Metonym
                    }
                    SpanKind::Name => MentionForm::Name,
                    SpanKind::Pronoun => MentionForm::Pronoun,
                    _ => MentionForm::Nominal,
                };
                Mention { span: span(page, text, words), form }
            };
            let mentions: Vec<Mention> = cluster.mentions.iter().map(mention).collect();
            let said = |span: &Span| text[*span].to_lowercase();
            let words: Vec<String> = roles[number]
                .iter()
                .map(|role| said(&role.span))
                .chain(mentions.iter().map(|mention| said(&mention.span)))
                .collect();
            let known_sectors = cluster.known.as_ref().map(|known| known.sectors.clone());
            Actor {
                id: ActorId(number as u32),
                name: name(page, text, found, cluster, cards),
                kind: kinds[number],
                country: countries[number],
                sectors: known_sectors
                    .filter(|sectors| !sectors.is_empty())
                    .unwrap_or_else(|| sectors(kinds[number], &words)),
                organization: roles[number].iter().find_map(|role| role.organization),
                office: cluster.known.as_ref().and_then(|known| known.office.clone()),
                links: cluster.known.as_ref().map(|k| k.links.clone()).unwrap_or_default(),
                roles: roles[number].clone(),
                mentions,
            }
        })
        .collect()
}

fn sectors(kind: Kind, words: &[String]) -> Vec<Sector> {
    let found = sectors_of(words);
    match kind {
        Kind::State if found.is_empty() => vec![Sector::Government],
        Kind::Place | Kind::Document => Vec::new(),
        _ => found,
    }
}

/// Words of the page as a span of the text.
pub(crate) fn span(page: &Page, text: &Text, words: &Range<usize>) -> Span {
    let bytes = page.bytes(words);
    text.span(bytes.start, bytes.end).expect("words lie on character boundaries")
}

/// The knowledge base's name, else the longest name without titles, else the first mention's words.
fn name(page: &Page, text: &Text, found: &Found, cluster: &Cluster, cards: &[Card]) -> String {
    if let Some(known) = &cluster.known {
        return known.name.clone();
    }
    let named = cluster.mentions.iter().filter(|&&i| found.mentions[i].form == SpanKind::Name);
    let longest = named.map(|&i| &cards[i].bare).rev().max_by_key(|bare| bare.len());
    let words = longest.unwrap_or(&found.mentions[cluster.mentions[0]].words);
    name_of(page, text, words).to_owned()
}

/// The cluster that spans link to with the most probability; `None`: nothing has more.
pub(crate) fn likeliest<'a>(
    links: impl IntoIterator<Item = &'a Links>,
    cluster_of: &[Option<usize>],
    n_clusters: usize,
    may_be: impl Fn(usize) -> bool,
) -> Option<usize> {
    let (mut nothing, mut shares) = (0.0, vec![0.0; n_clusters]);
    for link in links {
        let sum = link.log_sum();
        nothing += (link.nothing - sum).exp();
        for (mention, score) in link.iter() {
            if let Some(cluster) = cluster_of[mention].filter(|&cluster| may_be(cluster)) {
                shares[cluster] += (score - sum).exp();
            }
        }
    }
    let best = (0..n_clusters).max_by(|&a, &b| shares[a].total_cmp(&shares[b]).then(b.cmp(&a)))?;
    (shares[best] > nothing).then_some(best)
}

/// Each cluster's roles.
fn roles(
    page: &Page,
    text: &Text,
    found: &Found,
    clusters: &[Cluster],
    kinds: &[Kind],
    cluster_of: &[Option<usize>],
) -> Vec<Vec<(Range<usize>, Role)>> {
    let mut out = vec![Vec::new(); clusters.len()];
    for role in &found.roles {
        let person = |cluster: usize| kinds[cluster] == Kind::Person;
        let holder = likeliest([&role.holder], cluster_of, clusters.len(), person);
        let Some(holder) = holder else { continue };
        let inside = found.mentions.iter().zip(cluster_of).find(|(mention, cluster)| {
            let within =
                role.words.start <= mention.words.start && mention.words.end <= role.words.end;
            within && cluster.is_some_and(|cluster| kinds[cluster] == Kind::Organization)
        });
        let organization = inside.and_then(|(_, cluster)| cluster.map(|c| ActorId(c as u32)));
        let span = span(page, text, &role.words);
        out[holder].push((role.words.clone(), Role { span, organization }));
    }
    out
}

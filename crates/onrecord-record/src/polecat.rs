//! Events in the columns of POLECAT (Halterman et al. 2023), tab-separated, a line for each event, actor and recipient.
//!
//! Columns that a record does not know (modes, coordinates, codes of the Correlates of War) are empty.

use crate::{ActorId, Event, EventType, Record, Span};

/// The column names. The last three are ours: whether it happened, on whose word, and the words that tell it.
pub const COLUMNS: [&str; 43] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
    "Status",
    "On the Word of",
    "Trigger",
];

/// The lines of a record's events, in their order.
///
/// Where neither party does it to the other, each is an actor and each after it a recipient. The date is the day that the
/// text gives, else the article's.
pub fn lines(record: &Record) -> Vec<String> {
    record.events.iter().flat_map(|event| of_event(record, event)).collect()
}

fn of_event(record: &Record, event: &Event) -> Vec<String> {
    let article = &record.article;
    let words = |span: Span| article.text[span].to_owned();
    let published = article.published.map(|day| day.to_string()).unwrap_or_default();
    let contexts: Vec<&str> = event.contexts.iter().map(|context| context.as_str()).collect();
    let before = [
        format!("{}-{}", &article.id.to_string()[..12], event.id),
        event.date.map_or(published.clone(), |date| date.start.to_string()),
        event.kind.to_string(),
        String::new(),
        event.kind.weight().to_string(),
        quad(event.kind).to_owned(),
        contexts.join(";"),
    ];
    let place = event.place.map(|id| record.actor(id));
    let mut after = vec![String::new(); 17];
    if let Some(place) = place {
        after[0].clone_from(&place.name);
        after[4] = place.country.map(|country| country.to_string()).unwrap_or_default();
        after[8] = words(place.mentions[0].span);
    }
    after[10] = article.outlet.clone().unwrap_or_default();
    after[11] = published;
    after[15] = article.language.clone().unwrap_or_default();
    after[16] = "onrecord/1".to_owned();
    let said = event.said.map(|id| record.statement(id));
    let word = said.map(|statement| match statement.speaker {
        Some(speaker) => record.actor(speaker.actor).name.clone(),
        None => statement.source.iter().map(|&span| words(span)).collect::<Vec<_>>().join(" "),
    });
    after.push(event.status.to_string());
    after.push(word.unwrap_or_default());
    after.push(event.trigger.iter().map(|&span| words(span)).collect::<Vec<_>>().join(" … "));
    let line = |(actor, recipient): (Option<ActorId>, Option<ActorId>)| {
        let cells = before.iter().cloned();
        let cells = cells.chain(party(record, actor)).chain(party(record, recipient));
        let cells = cells.chain(after.iter().cloned());
        let cells: Vec<String> = cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect();
        debug_assert_eq!(cells.len(), COLUMNS.len());
        cells.join("\t")
    };
    pairs(&event.actors, &event.recipients).into_iter().map(line).collect()
}

/// Who does it to whom, a pair a line; at least one.
fn pairs(actors: &[ActorId], recipients: &[ActorId]) -> Vec<(Option<ActorId>, Option<ActorId>)> {
    let pairs: Vec<_> = match recipients {
        [] => (0..actors.len())
            .flat_map(|i| actors[i + 1..].iter().map(move |&b| (Some(actors[i]), Some(b))))
            .collect(),
        _ => actors
            .iter()
            .flat_map(|&a| recipients.iter().map(move |&b| (Some(a), Some(b))))
            .collect(),
    };
    match pairs.is_empty() {
        true if recipients.is_empty() => vec![(actors.first().copied(), None)],
        true => recipients.iter().map(|&b| (None, Some(b))).collect(),
        false => pairs,
    }
}

/// The eight columns of an actor or a recipient.
fn party(record: &Record, id: Option<ActorId>) -> [String; 8] {
    let Some(actor) = id.map(|id| record.actor(id)) else { return Default::default() };
    let text = &record.article.text;
    let sectors: Vec<&str> = actor.sectors.iter().map(|sector| sector.as_str()).collect();
    let wikidata = actor.links.iter().find(|(site, _)| site == "wikidata");
    [
        actor.name.clone(),
        actor.country.map(|country| country.to_string()).unwrap_or_default(),
        String::new(),
        sectors.first().copied().unwrap_or_default().to_owned(),
        sectors.join(";"),
        actor.roles.first().map(|role| text[role.span].to_owned()).unwrap_or_default(),
        text[actor.mentions[0].span].to_owned(),
        wikidata.map(|(_, id)| id.clone()).unwrap_or_default(),
    ]
}

/// PLOVER's quad class of a type.
pub fn quad(kind: EventType) -> &'static str {
    match kind.weight() {
        2 => "material cooperation",
        1 => "verbal cooperation",
        -1 => "verbal conflict",
        _ => "material conflict",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_meets_whom_is_a_line_for_each_pair() {
        let ids: Vec<ActorId> = (0..3).map(ActorId).collect();
        let some = |i: usize| Some(ids[i]);
        let cases: [(&[ActorId], &[ActorId], Vec<_>); 6] = [
            (&ids, &[], vec![(some(0), some(1)), (some(0), some(2)), (some(1), some(2))]),
            (&ids[..1], &ids[1..], vec![(some(0), some(1)), (some(0), some(2))]),
            (&ids[..2], &ids[2..], vec![(some(0), some(2)), (some(1), some(2))]),
            (&ids[..1], &[], vec![(some(0), None)]),
            (&[], &ids[..2], vec![(None, some(0)), (None, some(1))]),
            (&[], &[], vec![(None, None)]),
        ];
        for (actors, recipients, expected) in cases {
            assert_eq!(pairs(actors, recipients), expected, "{actors:?} {recipients:?}");
        }
    }
}

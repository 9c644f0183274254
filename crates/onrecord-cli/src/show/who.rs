//! How actors are called on a line.

use onrecord::{Actor, ActorId, Record};

/// "Rasim Musabayov (AZE)": the name, and in brackets whose it is.
pub(super) fn with_side(record: &Record, id: ActorId) -> String {
    let actor = record.actor(id);
    match side(record, actor) {
        Some(side) if side != actor.name => format!("{} ({side})", actor.name),
        _ => actor.name.clone(),
    }
}

/// "Rasim Musabayov, MP and political analyst (AZE)": with the first capacity as printed, else the office
/// that the knowledge base gives.
pub(super) fn with_capacity(record: &Record, id: ActorId) -> String {
    let actor = record.actor(id);
    let text = &record.article.text;
    let printed = actor.roles.first().map(|role| text[role.span].to_owned());
    let mut out = actor.name.clone();
    if let Some(capacity) = printed.or_else(|| actor.office.clone()) {
        out += ", ";
        out += &capacity;
    }
    match side(record, actor) {
        Some(side) if side != actor.name => format!("{out} ({side})"),
        _ => out,
    }
}

/// The country, else the organisation by its shortest name in the text.
fn side(record: &Record, actor: &Actor) -> Option<String> {
    let organization = || {
        let organization = record.actor(actor.organization?);
        let named = organization.mentions.iter();
        let named = named.filter(|mention| mention.form == onrecord::MentionForm::Name);
        let shortest =
            named.map(|mention| &record.article.text[mention.span]).min_by_key(|n| n.len());
        Some(shortest.map_or_else(|| organization.name.clone(), str::to_owned))
    };
    actor.country.map(|country| country.to_string()).or_else(organization)
}

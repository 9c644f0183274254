//! Statements as marks: their stance, colour and words.

use onrecord_store::{CLEAR_STANCE, SaidRow};

use crate::day::written_or;

/// The colour of a stance.
pub(crate) fn class_of(stance: f64) -> &'static str {
    match stance {
        _ if stance >= CLEAR_STANCE => "cooperation",
        _ if stance <= -CLEAR_STANCE => "conflict",
        _ => "",
    }
}

/// The stance of a statement toward an actor.
pub(crate) fn stance_toward(said: &SaidRow, actor: i64) -> Option<f64> {
    said.about.iter().find(|about| about.actor == actor)?.stance.filter(|stance| stance.is_finite())
}

/// A statement in a line: `20 January 2026, Mila Tereny (+0.6): “We will share the water”`.
pub(crate) fn quoted(said: &SaidRow, toward: i64) -> String {
    let published = said.published.as_deref().map(written_or).unwrap_or_default();
    let speaker = said.speaker.as_deref().unwrap_or("somebody");
    let stance =
        stance_toward(said, toward).map_or(String::new(), |stance| format!(" ({stance:+.1})"));
    let words: String = said.words.chars().take(100).collect();
    let more = if words.len() < said.words.len() { "…" } else { "" };
    format!("{published}, {speaker}{stance}: {words}{more}")
}

//! Forms that ask a question.

use maud::{Markup, html};
use onrecord_store::Somebody;

use crate::asked::Asked;

/// A field of a form.
pub(crate) struct Field {
    name: &'static str,
    label: &'static str,
    kind: Kind,
    value: Option<String>,
}

enum Kind {
    Actor,
    Text,
    Day,
    Number,
    Choice(&'static [(&'static str, &'static str)]),
}

impl Field {
    /// An actor, whose name is suggested while it is typed.
    pub(crate) fn actor(
        name: &'static str,
        label: &'static str,
        value: Option<&Somebody>,
    ) -> Field {
        Field { name, label, kind: Kind::Actor, value: value.map(typed) }
    }

    /// An actor or anything else.
    pub(crate) fn name(asked: &Asked, name: &'static str, label: &'static str) -> Field {
        Field { kind: Kind::Actor, ..Field::text(asked, name, label) }
    }

    /// Any text.
    pub(crate) fn text(asked: &Asked, name: &'static str, label: &'static str) -> Field {
        Field { name, label, kind: Kind::Text, value: asked.query.get(name).map(str::to_owned) }
    }

    /// A number from 1 on.
    pub(crate) fn number(asked: &Asked, name: &'static str, label: &'static str) -> Field {
        Field { kind: Kind::Number, ..Field::text(asked, name, label) }
    }

    /// One of some values, with what they are called; the first one if none is given.
    pub(crate) fn choice(
        asked: &Asked,
        name: &'static str,
        label: &'static str,
        values: &'static [(&'static str, &'static str)],
    ) -> Field {
        Field { kind: Kind::Choice(values), ..Field::text(asked, name, label) }
    }

    /// The days between which articles were published.
    pub(crate) fn days(asked: &Asked) -> [Field; 2] {
        let day = |name, label| Field { kind: Kind::Day, ..Field::text(asked, name, label) };
        [day("since", "From"), day("until", "To")]
    }

    /// The field with its label.
    pub(crate) fn show(&self) -> Markup {
        let value = self.value.as_deref();
        html! {
            label {
                span { (self.label) }
                @match &self.kind {
                    Kind::Actor => input type="text" name=(self.name) value=[value] autocomplete="off"
                        data-suggest;,
                    Kind::Text => input type="text" name=(self.name) value=[value] autocomplete="off";,
                    // A month is a value too, which a browser's field for days does not take.
                    Kind::Day => input type=(if value.is_some_and(|day| day.len() < 10) { "text" } else { "date" })
                        name=(self.name) value=[value];,
                    Kind::Number => input type="number" min="1" name=(self.name) value=[value];,
                    Kind::Choice(values) => select name=(self.name) {
                        @for (code, name) in *values {
                            option value=(code) selected[value == Some(*code)] { (name) }
                        }
                    }
                }
            }
        }
    }
}

/// A form with some fields, which asks this page again.
pub(crate) fn form(asked: &Asked, fields: &[Field], button: &str) -> Markup {
    html! {
        form class="ask" action=(asked.path) {
            @for field in fields { (field.show()) }
            button { (button) }
        }
    }
}

/// What an analyst would type for an actor, with the number that tells it from others of its name.
fn typed(somebody: &Somebody) -> String {
    format!("{} #{}", somebody.name, somebody.id)
}

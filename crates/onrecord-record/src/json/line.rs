//! A line of JSON as it stands, before anything in it is believed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

type Str<'a> = Cow<'a, str>;
pub(super) type Points = [u32; 2];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line<'a> {
    #[serde(borrow)]
    pub(super) format: Str<'a>,
    #[serde(borrow)]
    pub(super) article: Article<'a>,
    #[serde(borrow, default)]
    pub(super) actors: Vec<Actor<'a>>,
    #[serde(borrow, default)]
    pub(super) statements: Vec<Statement<'a>>,
    #[serde(borrow, default)]
    pub(super) events: Vec<Event<'a>>,
    #[serde(borrow, default)]
    pub(super) notes: Vec<Note<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Article<'a> {
    #[serde(borrow)]
    pub(super) id: Str<'a>,
    #[serde(default)]
    pub(super) path: Option<String>,
    #[serde(default)]
    pub(super) url: Option<String>,
    #[serde(default)]
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) outlet: Option<String>,
    #[serde(default)]
    pub(super) authors: Vec<String>,
    #[serde(default)]
    pub(super) canonical_url: Option<String>,
    #[serde(default)]
    pub(super) section: Option<String>,
    #[serde(borrow, default)]
    pub(super) published: Option<Str<'a>>,
    #[serde(default)]
    pub(super) published_at: Option<String>,
    #[serde(borrow, default)]
    pub(super) updated: Option<Str<'a>>,
    #[serde(default)]
    pub(super) language: Option<String>,
    #[serde(default)]
    pub(super) origins: Pairs,
    pub(super) text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Actor<'a> {
    #[serde(borrow)]
    pub(super) id: Str<'a>,
    pub(super) name: String,
    #[serde(borrow)]
    pub(super) kind: Str<'a>,
    #[serde(borrow, default)]
    pub(super) country: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(super) sector: Vec<Str<'a>>,
    #[serde(borrow, default)]
    pub(super) organization: Option<Str<'a>>,
    #[serde(default)]
    pub(super) office: Option<String>,
    #[serde(default)]
    pub(super) links: BTreeMap<String, String>,
    #[serde(borrow, default)]
    pub(super) roles: Vec<Role<'a>>,
    #[serde(borrow)]
    pub(super) mentions: Vec<Mention<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Role<'a> {
    #[serde(borrow)]
    pub(super) title: Str<'a>,
    #[serde(borrow, default)]
    pub(super) organization: Option<Str<'a>>,
    pub(super) span: Points,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mention<'a> {
    pub(super) span: Points,
    #[serde(borrow)]
    pub(super) form: Str<'a>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Statement<'a> {
    #[serde(borrow)]
    pub(super) id: Str<'a>,
    #[serde(borrow)]
    pub(super) form: Str<'a>,
    pub(super) content: Vec<Points>,
    #[serde(default)]
    pub(super) source: Vec<Points>,
    #[serde(default)]
    pub(super) cue: Vec<Points>,
    #[serde(borrow, default)]
    pub(super) speaker: Option<Str<'a>>,
    #[serde(default)]
    pub(super) speaker_confidence: Option<f32>,
    #[serde(borrow, default)]
    pub(super) within: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(super) continues: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(super) about: Vec<About<'a>>,
    pub(super) confidence: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct About<'a> {
    #[serde(borrow)]
    pub(super) actor: Str<'a>,
    #[serde(default)]
    pub(super) stance: Option<f32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event<'a> {
    #[serde(borrow)]
    pub(super) id: Str<'a>,
    #[serde(borrow, rename = "type")]
    pub(super) kind: Str<'a>,
    pub(super) trigger: Vec<Points>,
    #[serde(borrow, default)]
    pub(super) actors: Vec<Str<'a>>,
    #[serde(borrow, default)]
    pub(super) recipients: Vec<Str<'a>>,
    #[serde(borrow, default)]
    pub(super) date: Option<EventDate<'a>>,
    #[serde(borrow, default)]
    pub(super) place: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(super) contexts: Vec<Str<'a>>,
    #[serde(borrow)]
    pub(super) status: Str<'a>,
    #[serde(borrow, default)]
    pub(super) said: Option<Str<'a>>,
    pub(super) confidence: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventDate<'a> {
    #[serde(borrow)]
    pub(super) start: Str<'a>,
    #[serde(borrow)]
    pub(super) end: Str<'a>,
    #[serde(default)]
    pub(super) span: Option<Points>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Note<'a> {
    #[serde(borrow)]
    pub(super) kind: Str<'a>,
    #[serde(default)]
    pub(super) span: Option<Points>,
    pub(super) message: String,
}

/// The pairs of an object, in the order in which they stand.
#[derive(Default)]
pub(super) struct Pairs(pub(super) Vec<(String, String)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Pairs, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Pairs;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object of strings")
            }

            fn visit_map<M: serde::de::MapAccess<'de>>(
                self,
                mut map: M,
            ) -> Result<Pairs, M::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

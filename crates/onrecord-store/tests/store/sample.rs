//! Records for tests, written with their spans marked in the text.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord_record::*;
use onrecord_store::Store;

/// The store of a test.
pub(crate) fn path(test: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("store").join(test).join("my.db")
}

/// An empty folder that is this test's own.
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("store").join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A new store with these records in it.
pub(crate) fn store(test: &str, records: &[Record]) -> Store {
    let mut store = Store::open(&folder(test).join("my.db")).unwrap();
    let added = store.add(records).unwrap();
    assert_eq!(added.new, records.len() as u64);
    store
}

/// A record under construction. Words are found in the text by their first occurrence.
pub(crate) struct Draft {
    record: Record,
    ids: BTreeMap<String, ActorId>,
}

/// An article of that day and outlet.
pub(crate) fn draft(outlet: &str, day: &str, text: &str) -> Draft {
    let mut article = Article::new(text);
    article.outlet = Some(outlet.to_owned());
    article.published = Some(day.parse().unwrap());
    article.title = Some(format!("{outlet} on {day}"));
    article.url =
        Some(format!("https://{}.example/{day}", outlet.replace(' ', "-").to_lowercase()));
    Draft { record: Record::empty(article), ids: BTreeMap::new() }
}

impl Draft {
    pub(crate) fn span(&self, words: &str) -> Span {
        let text = &self.record.article.text;
        let start =
            text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {:?}", text.as_str()));
        text.span(start, start + words.len()).unwrap()
    }

    /// An actor: `"Helen Marchbank"` mentioned by `words`, each by its name unless it begins in lower case.
    pub(crate) fn actor(mut self, name: &str, kind: Kind, country: &str, words: &[&str]) -> Draft {
        let id = ActorId(self.record.actors.len() as u32);
        let form = |words: &str| match words.chars().next() {
            Some(first) if first.is_lowercase() => MentionForm::Nominal,
            _ if kind == Kind::State && words != name => MentionForm::Metonym,
            _ => MentionForm::Name,
        };
        let mentions = words
            .iter()
            .map(|words| Mention { span: self.span(words), form: form(words) })
            .collect();
        self.record.actors.push(Actor {
            id,
            name: name.to_owned(),
            kind,
            country: Country::new(country),
            sectors: vec![],
            organization: None,
            office: None,
            links: vec![],
            roles: vec![],
            mentions,
        });
        self.ids.insert(name.to_owned(), id);
        self
    }

    pub(crate) fn person(self, name: &str, country: &str, role: &str) -> Draft {
        let mut draft = self.actor(name, Kind::Person, country, &[name]);
        if !role.is_empty() {
            let span = draft.span(role);
            draft.record.actors.last_mut().unwrap().roles.push(Role { span, organization: None });
        }
        draft
    }

    pub(crate) fn link(mut self, site: &str, id: &str) -> Draft {
        let actor = self.record.actors.last_mut().unwrap();
        actor.links.push((site.to_owned(), id.to_owned()));
        self
    }

    pub(crate) fn works_for(mut self, organization: &str) -> Draft {
        let organization = Some(self.ids[organization]);
        self.record.actors.last_mut().unwrap().organization = organization;
        self
    }

    /// A statement by an actor about others, `("Ostra", -0.5)`.
    pub(crate) fn said(
        mut self,
        speaker: &str,
        form: Form,
        words: &str,
        about: &[(&str, f32)],
    ) -> Draft {
        let statement = Statement {
            id: StatementId(self.record.statements.len() as u32),
            form,
            content: words.split(" … ").map(|part| self.span(part)).collect(),
            source: vec![self.span(speaker)],
            cue: vec![],
            speaker: Some(Speaker { actor: self.ids[speaker], confidence: 0.9 }),
            within: None,
            continues: None,
            about: about
                .iter()
                .map(|&(name, stance)| About { actor: self.ids[name], stance: Some(stance) })
                .collect(),
            confidence: 0.875,
        };
        self.record.statements.push(statement);
        self
    }

    /// An event, on the word of the last statement if `is_said`.
    pub(crate) fn event(
        mut self,
        kind: EventType,
        trigger: &str,
        (actors, recipients): (&[&str], &[&str]),
        date: &str,
        status: Status,
        is_said: bool,
    ) -> Draft {
        let ids = |names: &[&str]| names.iter().map(|&name| self.ids[name]).collect();
        let event = Event {
            id: EventId(self.record.events.len() as u32),
            kind,
            trigger: vec![self.span(trigger)],
            actors: ids(actors),
            recipients: ids(recipients),
            date: (!date.is_empty()).then(|| {
                let day: PartialDate = date.parse().unwrap();
                EventDate { start: day, end: day, span: None }
            }),
            place: None,
            contexts: vec![Context::Diplomatic],
            status,
            said: is_said.then(|| self.record.statements.last().unwrap().id),
            confidence: 0.5,
        };
        self.record.events.push(event);
        self
    }

    pub(crate) fn done(self) -> Record {
        self.record
    }
}

/// A small week between two countries that do not exist, in four outlets.
pub(crate) fn week() -> Vec<Record> {
    use EventType::*;
    use Status::*;
    let both: &[&str] = &["Ostra", "Belin"];
    let state = Kind::State;
    vec![
        draft("Khazar Review", "2026-01-20", "Ostra and Belin met in Port Sael. “We will share the water,” Mila Tereny, foreign minister of Ostra, said of Belin.")
            .actor("Ostra", state, "OST", &["Ostra"])
            .actor("Belin", state, "BEL", &["Belin"])
            .person("Mila Tereny", "OST", "foreign minister")
            .said("Mila Tereny", Form::Direct, "“We will share the water,”", &[("Belin", 0.6)])
            .event(Consult, "met", (both, &[]), "2026-01-19", Occurred, false)
            .done(),
        draft("Delta Post", "2026-01-21", "Port Sael hosted talks of Ostra and Belin, who met on Monday, the Ostra government said. “We will share all the water,” Mila Tereny said.")
            .actor("Ostra", state, "OST", &["Ostra", "Port Sael"])
            .actor("Belin", state, "BEL", &["Belin"])
            .person("Mila Tereny", "OST", "")
            .said("Mila Tereny", Form::Direct, "“We will share all the water,”", &[])
            .event(Consult, "met", (both, &[]), "2026-01-19", Occurred, false)
            .done(),
        draft("Belin Today", "2026-01-23", "Pavol Dresz, energy minister of Belin, accused Ostra of shelling a dam. “Ostra shelled us.” The army of Ostra denied shelling anything.")
            .actor("Belin", state, "BEL", &["Belin"])
            .actor("Ostra", state, "OST", &["Ostra"])
            .person("Pavol Dresz", "BEL", "energy minister")
            .actor("army of Ostra", Kind::Organization, "OST", &["army of Ostra"])
            .said("Pavol Dresz", Form::Direct, "“Ostra shelled us.”", &[("Ostra", -0.8)])
            .event(Assault, "shelled", (&["Ostra"], &["Belin"]), "2026-01-22", Occurred, true)
            .said("army of Ostra", Form::Indirect, "shelling anything", &[])
            .event(Assault, "shelling anything", (&["Ostra"], &["Belin"]), "2026-01-22", Denied, true)
            .done(),
        draft("Khazar Review", "2026-01-26", "Mila Tereny, foreign minister of Ostra, called Belin “a neighbour that lies”.")
            .actor("Ostra", state, "OST", &["Ostra"])
            .actor("Belin", state, "BEL", &["Belin"])
            .person("Mila Tereny", "OST", "foreign minister")
            .said("Mila Tereny", Form::Mixed, "“a neighbour that lies”", &[("Belin", -0.7)])
            .event(Accuse, "called", (&["Ostra"], &["Belin"]), "2026-01-26", Occurred, false)
            .done(),
    ]
}

//! A record to ask, and a desk that serves it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

use onrecord_desk::{Desk, Options, Stop};
use onrecord_record::{
    About, Actor, ActorId, Article, Country, Event, EventDate, EventId, EventType, Form, Kind,
    Mention, MentionForm, PartialDate, Record, Sector, Speaker, Statement, StatementId, Status,
};
use onrecord_store::{NoNames, Store};

/// A desk that is served until it is dropped.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    pub(crate) record: PathBuf,
    folder: PathBuf,
    stop: Stop,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    /// Serves some records, on a free port of this machine.
    pub(crate) fn of(records: &[Record]) -> Served {
        Served::with(records, Options::default())
    }

    /// Serves some records; the options' address is one of a free port.
    pub(crate) fn with(records: &[Record], options: Options) -> Served {
        static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let name = format!("onrecord-desk-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let record = folder.join("my.db");
        Store::open(&record).unwrap().add(records).unwrap();
        let address = SocketAddr::new(options.address.ip(), 0);
        let desk = Desk::open(&record, Arc::new(NoNames), Options { address, ..options }).unwrap();
        let (address, stop) = (desk.address(), desk.stop());
        let thread = Some(std::thread::spawn(|| desk.serve().unwrap()));
        Served { address, record, folder, stop, thread }
    }

    /// Asks for a path as a browser does.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[("Accept", "text/html")], "")
    }

    /// Asks for a path without saying what for.
    pub(crate) fn get_json(&self, path: &str) -> serde_json::Value {
        let answer = self.ask("GET", path, &[], "");
        serde_json::from_str(&answer.body)
            .unwrap_or_else(|e| panic!("{path}: {e}: {}", answer.body))
    }

    /// Sends a request with these headers, and a body.
    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let has_host = headers.iter().any(|(name, _)| *name == "Host");
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !has_host {
            request += &format!("Host: {}\r\n", self.address);
        }
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        if method == "POST" {
            request += &format!("Content-Length: {}\r\n", body.len());
        }
        self.send(format!("{request}\r\n{body}").as_bytes())
    }

    /// Sends bytes as they are.
    pub(crate) fn send(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        // A server that has read enough may close before all is written.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        Answer::new(&String::from_utf8_lossy(&answer))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.stop();
        self.thread.take().unwrap().join().unwrap();
        std::fs::remove_dir_all(&self.folder).unwrap();
    }
}

/// What a desk answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    fn new(answer: &str) -> Answer {
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.filter(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

/// An article to be written, with what is said in it.
pub(crate) struct Draft {
    record: Record,
}

impl Draft {
    pub(crate) fn new(text: &str) -> Draft {
        Draft { record: Record::empty(Article::new(text)) }
    }

    pub(crate) fn article(mut self, change: impl FnOnce(&mut Article)) -> Draft {
        change(&mut self.record.article);
        self
    }

    pub(crate) fn published(self, outlet: &str, day: &str) -> Draft {
        self.article(|article| {
            article.outlet = Some(outlet.to_owned());
            article.published = Some(day.parse().unwrap());
        })
    }

    /// An actor of this name, which the text has.
    pub(crate) fn actor(&mut self, name: &str, kind: Kind, country: &str) -> ActorId {
        let known = self.record.actors.iter().find(|actor| actor.name == name);
        if let Some(actor) = known {
            return actor.id;
        }
        let id = ActorId(self.record.actors.len() as u32);
        let span = self.span(name);
        self.record.actors.push(Actor {
            id,
            name: name.to_owned(),
            kind,
            country: Country::new(country),
            sectors: vec![Sector::Government],
            organization: None,
            office: None,
            links: Vec::new(),
            roles: Vec::new(),
            mentions: vec![Mention { span, form: MentionForm::Name }],
        });
        id
    }

    /// A statement: who, what, of whom and with which stance.
    pub(crate) fn said(mut self, speaker: &str, content: &str, about: &str, stance: f32) -> Draft {
        let actor = self.actor(speaker, Kind::Person, "AZE");
        let target = self.actor(about, Kind::State, "TUR");
        let (content, source) = (self.span(content), self.span(speaker));
        let is_quoted = self.record.article.text[content].starts_with('“');
        let id = StatementId(self.record.statements.len() as u32);
        self.record.statements.push(Statement {
            id,
            form: if is_quoted { Form::Direct } else { Form::Indirect },
            content: vec![content],
            source: vec![source],
            cue: Vec::new(),
            speaker: Some(Speaker { actor, confidence: 0.9 }),
            within: None,
            continues: None,
            about: vec![About { actor: target, stance: Some(stance) }],
            confidence: 0.9,
        });
        self
    }

    /// An event between two actors, on the outlet's word.
    pub(crate) fn event(
        mut self,
        kind: EventType,
        one: &str,
        trigger: &str,
        other: &str,
        day: &str,
    ) -> Draft {
        let actor = self.actor(one, Kind::State, "AZE");
        let recipient = self.actor(other, Kind::State, "TUR");
        let trigger = vec![self.span(trigger)];
        let day = PartialDate::day(day.parse().unwrap());
        self.record.events.push(Event {
            id: EventId(self.record.events.len() as u32),
            kind,
            trigger,
            actors: vec![actor],
            recipients: vec![recipient],
            date: Some(EventDate { start: day, end: day, span: None }),
            place: None,
            contexts: Vec::new(),
            status: Status::Occurred,
            said: None,
            confidence: 0.8,
        });
        self
    }

    pub(crate) fn record(self) -> Record {
        self.record
    }

    fn span(&self, words: &str) -> onrecord_record::Span {
        let text = &self.record.article.text;
        let start =
            text.as_str().find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
        text.span(start, start + words.len()).unwrap()
    }
}

/// Two articles of a week, in which two persons speak of a state.
pub(crate) fn week() -> Vec<Record> {
    let first = Draft::new(
        "Ostra and Talia sign\n\nOstra thanked Talia on Monday for the bridge.\n\n“Talia kept its word,” Ilka Tereny \
         said. Pavol Dresz said that Talia had broken the accord.",
    )
    .published("The Courier", "2026-01-21")
    .article(|article| {
        article.title = Some("Ostra and Talia sign".to_owned());
        article.url = Some("https://courier.example/sign".to_owned());
    })
    .said("Ilka Tereny", "“Talia kept its word,”", "Talia", 0.7)
    .said("Pavol Dresz", "that Talia had broken the accord", "Talia", -0.6)
    .event(EventType::Support, "Ostra", "thanked", "Talia", "2026-01-19");
    let second = Draft::new(
        "The bridge closes\n\n“Talia has betrayed us,” Ilka Tereny said. Ostra sanctioned Talia.",
    )
    .published("Daily Post", "2026-02-02")
    .article(|article| article.title = Some("The bridge closes".to_owned()))
    .said("Ilka Tereny", "“Talia has betrayed us,”", "Talia", -0.8)
    .event(EventType::Sanction, "Ostra", "sanctioned", "Talia", "2026-02-01");
    vec![first.record(), second.record()]
}

//! Reads a record from JSON: the inverse of writing it, and as strict.

use std::fmt;

use super::FORMAT;
use super::line::{self, Line, Points};
use crate::{
    About, Actor, ActorId, Article, Country, Event, EventDate, EventId, Mention, Note, Record,
    Role, Span, Speaker, Statement, StatementId, Text,
};

/// What was to be a record in JSON is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    field: String,
    problem: String,
}

impl Error {
    /// Where: `statements[3].content[0]`; empty if it is no JSON of this shape at all.
    pub fn field(&self) -> &str {
        &self.field
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field.as_str() {
            "" => f.write_str(&self.problem),
            field => write!(f, "{field}: {}", self.problem),
        }
    }
}

impl std::error::Error for Error {}

impl Record {
    /// The record that [`Record::to_json`] wrote so. Fields that may be null may be left out.
    ///
    /// # Errors
    /// If it is another format, has a field that this version does not know, an offset outside its
    /// text, a reference to nothing, or an id that is not the hash of the text.
    pub fn from_json(json: &str) -> Result<Record, Error> {
        let line: Line<'_> = serde_json::from_str(json)
            .map_err(|error| Error { field: String::new(), problem: error.to_string() })?;
        if line.format != FORMAT {
            return wrong("format", format!("{:?}, not {FORMAT:?}", line.format));
        }
        let reading = Reading {
            article: article(line.article)?,
            n_actors: line.actors.len(),
            n_statements: line.statements.len(),
        };
        let actors = each("actors", line.actors, |at, idx, actor| reading.actor(at, idx, actor))?;
        let statements = each("statements", line.statements, |at, idx, statement| {
            reading.statement(at, idx, statement)
        })?;
        let events = each("events", line.events, |at, idx, event| reading.event(at, idx, event))?;
        let notes = each("notes", line.notes, |at, _, note| reading.note(at, note))?;
        Ok(Record { article: reading.article, actors, statements, events, notes })
    }
}

/// The name of a field, spelled out only where something is wrong with it.
#[derive(Clone, Copy)]
struct At<'a> {
    list: &'a str,
    idx: usize,
}

impl At<'_> {
    fn wrong<T>(self, field: &str, problem: impl Into<String>) -> Result<T, Error> {
        wrong(&format!("{}[{}]{field}", self.list, self.idx), problem)
    }
}

fn wrong<T>(field: &str, problem: impl Into<String>) -> Result<T, Error> {
    Err(Error { field: field.to_owned(), problem: problem.into() })
}

fn each<T, U>(
    list: &str,
    items: Vec<T>,
    read: impl Fn(At<'_>, usize, T) -> Result<U, Error>,
) -> Result<Vec<U>, Error> {
    items.into_iter().enumerate().map(|(idx, item)| read(At { list, idx }, idx, item)).collect()
}

fn article(line: line::Article<'_>) -> Result<Article, Error> {
    if line.text.len() > Text::MAX_LEN {
        return wrong("article.text", "longer than 4 GiB");
    }
    let day = |field: &str, value: Option<std::borrow::Cow<'_, str>>| match value {
        None => Ok(None),
        Some(value) => match value.parse::<jiff::civil::Date>() {
            Ok(date) if date.to_string() == value => Ok(Some(date)),
            _ => wrong(field, format!("{value:?} is no date of the form 2026-01-23")),
        },
    };
    let mut article = Article::new(line.text);
    if article.id.to_string() != line.id {
        return wrong("article.id", "not the SHA-256 of article.text: one of them was changed");
    }
    article.path = line.path;
    article.url = line.url;
    article.title = line.title;
    article.outlet = line.outlet;
    article.authors = line.authors;
    article.canonical_url = line.canonical_url;
    article.section = line.section;
    article.published = day("article.published", line.published)?;
    article.published_at = line.published_at;
    article.updated = day("article.updated", line.updated)?;
    article.language = line.language;
    article.origins = line.origins.0;
    Ok(article)
}

/// What offsets and references are checked against.
struct Reading {
    article: Article,
    n_actors: usize,
    n_statements: usize,
}

impl Reading {
    fn actor(&self, at: At<'_>, idx: usize, line: line::Actor<'_>) -> Result<Actor, Error> {
        let id = ActorId(idx as u32);
        own_id(at, &line.id, id)?;
        if line.mentions.is_empty() {
            return at.wrong(".mentions", "an actor without a mention");
        }
        let role = |role: &line::Role<'_>| {
            let span = self.span(at, ".roles", role.span)?;
            if self.article.text[span] != role.title {
                return at.wrong(".roles", format!("{:?} does not stand at its span", role.title));
            }
            let organization = self.actor_id(at, ".roles", role.organization.as_deref())?;
            Ok(Role { span, organization })
        };
        let mention = |mention: &line::Mention<'_>| {
            let span = self.span(at, ".mentions", mention.span)?;
            Ok(Mention { span, form: code(at, ".mentions", &mention.form, CODES.mention)? })
        };
        let sector = |sector: &std::borrow::Cow<'_, str>| code(at, ".sector", sector, CODES.sector);
        let country = match line.country {
            None => None,
            Some(country) => Some(code(at, ".country", &country, Country::new)?),
        };
        Ok(Actor {
            id,
            name: line.name,
            kind: code(at, ".kind", &line.kind, CODES.kind)?,
            country,
            sectors: line.sector.iter().map(sector).collect::<Result<_, _>>()?,
            organization: self.actor_id(at, ".organization", line.organization.as_deref())?,
            office: line.office,
            links: line.links.into_iter().collect(),
            roles: line.roles.iter().map(role).collect::<Result<_, _>>()?,
            mentions: line.mentions.iter().map(mention).collect::<Result<_, _>>()?,
        })
    }

    fn statement(
        &self,
        at: At<'_>,
        idx: usize,
        line: line::Statement<'_>,
    ) -> Result<Statement, Error> {
        let id = StatementId(idx as u32);
        own_id(at, &line.id, id)?;
        if line.content.is_empty() {
            return at.wrong(".content", "a statement without content");
        }
        let speaker = match (
            self.actor_id(at, ".speaker", line.speaker.as_deref())?,
            line.speaker_confidence,
        ) {
            (None, None) => None,
            (Some(actor), confidence) => {
                let confidence = probability(at, ".speaker_confidence", confidence.unwrap_or(1.0))?;
                Some(Speaker { actor, confidence })
            }
            (None, Some(_)) => return at.wrong(".speaker_confidence", "there is no speaker"),
        };
        let about = |about: &line::About<'_>| {
            if about.stance.is_some_and(|stance| !(-1.0..=1.0).contains(&stance)) {
                return at.wrong(".about", "a stance is from -1 to 1");
            }
            let actor = self.actor_id(at, ".about", Some(&about.actor))?.expect("one was given");
            Ok(About { actor, stance: about.stance })
        };
        Ok(Statement {
            id,
            form: code(at, ".form", &line.form, CODES.form)?,
            content: self.spans(at, ".content", &line.content)?,
            source: self.spans(at, ".source", &line.source)?,
            cue: self.spans(at, ".cue", &line.cue)?,
            speaker,
            within: self.statement_id(at, ".within", line.within.as_deref())?,
            continues: self.statement_id(at, ".continues", line.continues.as_deref())?,
            about: line.about.iter().map(about).collect::<Result<_, _>>()?,
            confidence: probability(at, ".confidence", line.confidence)?,
        })
    }

    fn event(&self, at: At<'_>, idx: usize, line: line::Event<'_>) -> Result<Event, Error> {
        let id = EventId(idx as u32);
        own_id(at, &line.id, id)?;
        if line.trigger.is_empty() {
            return at.wrong(".trigger", "an event without a trigger");
        }
        let actors = |field: &str, actors: &[std::borrow::Cow<'_, str>]| {
            let id = |id: &std::borrow::Cow<'_, str>| {
                Ok(self.actor_id(at, field, Some(id))?.expect("one was given"))
            };
            actors.iter().map(id).collect::<Result<Vec<ActorId>, Error>>()
        };
        let date = match line.date {
            None => None,
            Some(date) => Some(EventDate {
                start: code(at, ".date.start", &date.start, |day| day.parse().ok())?,
                end: code(at, ".date.end", &date.end, |day| day.parse().ok())?,
                span: match date.span {
                    None => None,
                    Some(span) => Some(self.span(at, ".date.span", span)?),
                },
            }),
        };
        let contexts =
            line.contexts.iter().map(|context| code(at, ".contexts", context, CODES.context));
        Ok(Event {
            id,
            kind: code(at, ".type", &line.kind, CODES.event)?,
            trigger: self.spans(at, ".trigger", &line.trigger)?,
            actors: actors(".actors", &line.actors)?,
            recipients: actors(".recipients", &line.recipients)?,
            date,
            place: self.actor_id(at, ".place", line.place.as_deref())?,
            contexts: contexts.collect::<Result<_, _>>()?,
            status: code(at, ".status", &line.status, CODES.status)?,
            said: self.statement_id(at, ".said", line.said.as_deref())?,
            confidence: probability(at, ".confidence", line.confidence)?,
        })
    }

    fn note(&self, at: At<'_>, line: line::Note<'_>) -> Result<Note, Error> {
        let span = match line.span {
            None => None,
            Some(span) => Some(self.span(at, ".span", span)?),
        };
        let kind = code(at, ".kind", &line.kind, CODES.note)?;
        Ok(Note { kind, span, message: line.message })
    }

    fn span(&self, at: At<'_>, field: &str, points: Points) -> Result<Span, Error> {
        match self.article.text.span_of_points(points) {
            Some(span) => Ok(span),
            None => at.wrong(field, format!("{points:?} is empty or outside the text")),
        }
    }

    fn spans(&self, at: At<'_>, field: &str, points: &[Points]) -> Result<Vec<Span>, Error> {
        points.iter().map(|&points| self.span(at, field, points)).collect()
    }

    fn actor_id(
        &self,
        at: At<'_>,
        field: &str,
        id: Option<&str>,
    ) -> Result<Option<ActorId>, Error> {
        Ok(reference(at, field, id, 'a', self.n_actors)?.map(ActorId))
    }

    fn statement_id(
        &self,
        at: At<'_>,
        field: &str,
        id: Option<&str>,
    ) -> Result<Option<StatementId>, Error> {
        Ok(reference(at, field, id, 's', self.n_statements)?.map(StatementId))
    }
}

/// The lists of codes, by what they are codes of.
struct Codes {
    kind: fn(&str) -> Option<crate::Kind>,
    mention: fn(&str) -> Option<crate::MentionForm>,
    sector: fn(&str) -> Option<crate::Sector>,
    form: fn(&str) -> Option<crate::Form>,
    event: fn(&str) -> Option<crate::EventType>,
    status: fn(&str) -> Option<crate::Status>,
    context: fn(&str) -> Option<crate::Context>,
    note: fn(&str) -> Option<crate::NoteKind>,
}

const CODES: Codes = Codes {
    kind: crate::Kind::from_code,
    mention: crate::MentionForm::from_code,
    sector: crate::Sector::from_code,
    form: crate::Form::from_code,
    event: crate::EventType::from_code,
    status: crate::Status::from_code,
    context: crate::Context::from_code,
    note: crate::NoteKind::from_code,
};

fn code<T>(
    at: At<'_>,
    field: &str,
    code: &str,
    from: impl Fn(&str) -> Option<T>,
) -> Result<T, Error> {
    match from(code) {
        Some(value) => Ok(value),
        None => at.wrong(field, format!("{code:?} is not known")),
    }
}

fn own_id(at: At<'_>, found: &str, expected: impl fmt::Display) -> Result<(), Error> {
    let expected = expected.to_string();
    if found != expected {
        return at.wrong(".id", format!("{found:?} instead of {expected:?}"));
    }
    Ok(())
}

fn reference(
    at: At<'_>,
    field: &str,
    id: Option<&str>,
    letter: char,
    n_items: usize,
) -> Result<Option<u32>, Error> {
    let Some(id) = id else { return Ok(None) };
    let digits = id.strip_prefix(letter).filter(|digits| !digits.starts_with(['0', '+']));
    match digits.and_then(|digits| digits.parse::<u32>().ok()) {
        Some(number) if number as usize <= n_items => Ok(Some(number - 1)),
        _ => at.wrong(field, format!("{id:?} is not in this record")),
    }
}

fn probability(at: At<'_>, field: &str, value: f32) -> Result<f32, Error> {
    if !(0.0..=1.0).contains(&value) {
        return at.wrong(field, "a probability is from 0 to 1");
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record that has every field.
    const LINE: &str = concat!(
        r#"{"format":"onrecord/1","article":{"id":"9bc2d0a5f5a9e0b7","path":"a.txt","url":"https://a.example/1","#,
        r#""title":"Talks","outlet":"Khazar Review","authors":["A. B."],"canonical_url":null,"section":"World","#,
        r#""published":"2026-01-23","published_at":"2026-01-23T10:00:00+04:00","updated":null,"language":"en","#,
        r#""origins":{"url":"link","published":"json-ld"},"text":"“Да,” minister Rasim Tereny of Ostra said on Monday; Ostra denied it. 🙂"},"#,
        r#""actors":[{"id":"a1","name":"Rasim Tereny","kind":"person","country":"AZE","sector":["GOV","MIL"],"#,
        r#""organization":"a2","office":"minister","links":{"viaf":"1","wikidata":"Q1"},"#,
        r#""roles":[{"title":"minister","organization":"a2","span":[6,14]}],"mentions":[{"span":[15,27],"form":"name"}]},"#,
        r#"{"id":"a2","name":"Ostra","kind":"state","country":null,"sector":[],"organization":null,"office":null,"links":{},"#,
        r#""roles":[],"mentions":[{"span":[31,36],"form":"name"},{"span":[53,58],"form":"metonym"}]}],"#,
        r#""statements":[{"id":"s1","form":"direct","content":[[0,5]],"source":[[6,36]],"cue":[[37,41]],"speaker":"a1","#,
        r#""speaker_confidence":0.9,"within":null,"continues":null,"about":[{"actor":"a2","stance":-0.5}],"confidence":0.938},"#,
        r#"{"id":"s2","form":"indirect","content":[[66,68]],"source":[],"cue":[],"speaker":null,"speaker_confidence":null,"#,
        r#""within":"s1","continues":"s1","about":[],"confidence":0.5}],"#,
        r#""events":[{"id":"e1","type":"CONSULT","trigger":[[37,41]],"actors":["a1","a2"],"recipients":["a2"],"#,
        r#""date":{"start":"2026-01","end":"2026-01-20","span":[45,51]},"place":"a2","contexts":["energy"],"#,
        r#""status":"denied","said":"s2","confidence":0.25}],"#,
        r#""notes":[{"kind":"damaged","span":[70,71],"message":"m"}]}"#,
    );

    fn line() -> String {
        let text = LINE.split_once("\"text\":\"").unwrap().1.split_once('"').unwrap().0;
        LINE.replace("9bc2d0a5f5a9e0b7", &crate::ArticleId::of(text).to_string())
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let line = line();
        let record = Record::from_json(&line).unwrap();
        assert_eq!(record.to_json(), line);
        assert_eq!(Record::from_json(&record.to_json()).unwrap(), record);
        let empty = Record::empty(Article::new("A\u{9b}\n\u{0}"));
        assert_eq!(Record::from_json(&empty.to_json()).unwrap(), empty);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let cases = [
            ("onrecord/1", "onrecord/2", "format: \"onrecord/2\", not \"onrecord/1\""),
            ("denied it", "denies it", "article.id: not the SHA-256"),
            ("\"published\":\"2026-01-23\"", "\"published\":\"23.1.\"", "article.published: "),
            ("[15,27]", "[15,99]", "actors[0].mentions: [15, 99] is empty or outside the text"),
            ("[66,68]", "[68,68]", "statements[1].content: [68, 68]"),
            (
                "\"title\":\"minister\"",
                "\"title\":\"Minister\"",
                "actors[0].roles: \"Minister\" does",
            ),
            ("\"id\":\"s2\"", "\"id\":\"s3\"", "statements[1].id: \"s3\" instead of \"s2\""),
            ("\"speaker\":\"a1\"", "\"speaker\":\"a3\"", "statements[0].speaker: \"a3\" is not in"),
            ("\"speaker\":\"a1\"", "\"speaker\":\"a0\"", "statements[0].speaker: \"a0\" is not in"),
            ("\"within\":\"s1\"", "\"within\":\"a1\"", "statements[1].within: \"a1\" is not in"),
            ("CONSULT", "CHAT", "events[0].type: \"CHAT\" is not known"),
            ("\"end\":\"2026-01-20\"", "\"end\":\"2026-13\"", "events[0].date.end: \"2026-13\""),
            ("\"stance\":-0.5", "\"stance\":-1.5", "statements[0].about: a stance is"),
            ("0.938", "1.2", "statements[0].confidence: a probability"),
            ("\"kind\":\"person\"", "\"kind\":\"persona\"", "actors[0].kind: \"persona\""),
            ("\"section\"", "\"sectoin\"", "unknown field `sectoin`"),
            ("\"notes\":[", "\"notes\":[[", "expected"),
            ("{\"format\"", "{format", "key must be a string at line 1 column 2"),
        ];
        let mut failures = String::new();
        for (from, to, expected) in cases {
            let line = line();
            assert!(line.contains(from), "{from}");
            match Record::from_json(&line.replacen(from, to, 1)) {
                Err(error) if error.to_string().contains(expected) => {}
                result => failures += &format!("{from} → {to}: {result:?}\n"),
            }
        }
        assert!(failures.is_empty(), "{failures}");
    }
}

//! Records as they were added, read back from the file.

use onrecord_record::{
    About, Actor, ActorId, Article, ArticleId, Context, Country, Event, EventDate, EventId,
    EventType, Form, Kind, Mention, Note, NoteKind, PartialDate, Record, Role, Sector, Span,
    Speaker, Statement, StatementId, Status, Text,
};
use rusqlite::{Connection, Row};

use crate::error::{Error, Result};
use crate::store::Store;
use crate::words::{Part, mentions, points, points_of};

impl Store {
    /// Hands over every record, in the order in which they were added.
    ///
    /// # Errors
    /// If the file cannot be read, or holds something that is no record; or the first of `each`.
    pub fn records<E: From<Error>>(
        &self,
        mut each: impl FnMut(Record) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let _snapshot = self.snapshot()?;
        for id in article_ids(&self.db)? {
            each(record(&self.db, id)?)?;
        }
        Ok(())
    }
}

/// The numbers of all articles, in order.
pub(crate) fn article_ids(db: &Connection) -> Result<Vec<i64>> {
    let mut ids = db.prepare_cached("SELECT id FROM article NOT INDEXED ORDER BY id")?;
    let ids = ids.query_map([], |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// The record of an article.
pub(crate) fn record(db: &Connection, id: i64) -> Result<Record> {
    let (article, notes) = article(db, id)?;
    let [appearances, statements, events] = ranges(db, id)?;
    let stored =
        Stored { db, hash: article.id, text: &article.text, appearances, statements, events };
    let actors = stored.actors()?;
    let statements = stored.statements()?;
    let events = stored.events()?;
    let notes = stored.notes(notes.as_deref())?;
    Ok(Record { actors, statements, events, notes, article })
}

/// The numbers of an article's rows in another table.
#[derive(Clone, Copy)]
struct Range {
    first: i64,
    n: i64,
}

impl Range {
    /// As the bounds of a `BETWEEN`.
    fn bounds(self) -> [i64; 2] {
        [self.first, self.first + self.n - 1]
    }
}

/// Of an article's actors, statements and events.
fn ranges(db: &Connection, article: i64) -> Result<[Range; 3]> {
    let sql = "SELECT first_appearance, n_appearances, first_statement, n_statements, first_event, n_events \
               FROM article WHERE id = ?";
    let ranges = |row: &Row<'_>| {
        let range = |at: usize| -> rusqlite::Result<Range> {
            Ok(Range { first: row.get(at)?, n: row.get(at + 1)? })
        };
        Ok([range(0)?, range(2)?, range(4)?])
    };
    Ok(db.prepare_cached(sql)?.query_row([article], ranges)?)
}

fn article(db: &Connection, id: i64) -> Result<(Article, Option<String>)> {
    let mut statement = db.prepare_cached(
        "SELECT hash, url, path, title, outlet, authors, canonical_url, section, published, \
         published_at, updated, language, origins, notes, text FROM article WHERE id = ?",
    )?;
    let mut rows = statement.query([id])?;
    let row = rows.next()?.ok_or_else(|| Error::damaged(format!("article {id} is gone")))?;
    let text: String = row.get(14)?;
    let hash: String = row.get(0)?;
    let mut article = Article::new(text);
    if article.id.to_string() != hash {
        return Err(Error::record(hash, "its text is not the one that was added"));
    }
    let wrong = |field: &str| Error::record(&hash, format!("{field} cannot be read"));
    let day = |idx: usize, field: &str| -> Result<Option<jiff::civil::Date>> {
        let day: Option<String> = row.get(idx)?;
        day.map(|day| day.parse().map_err(|_| wrong(field))).transpose()
    };
    let json = |idx: usize| row.get::<_, Option<String>>(idx);
    article.url = row.get(1)?;
    article.path = row.get(2)?;
    article.title = row.get(3)?;
    article.outlet = row.get(4)?;
    if let Some(authors) = json(5)? {
        article.authors = serde_json::from_str(&authors).map_err(|_| wrong("authors"))?;
    }
    article.canonical_url = row.get(6)?;
    article.section = row.get(7)?;
    article.published = day(8, "published")?;
    article.published_at = row.get(9)?;
    article.updated = day(10, "updated")?;
    article.language = row.get(11)?;
    if let Some(origins) = json(12)? {
        article.origins = serde_json::from_str(&origins).map_err(|_| wrong("origins"))?;
    }
    Ok((article, row.get(13)?))
}

/// A probability from its column.
fn share(per_mille: u16) -> f32 {
    f32::from(per_mille) / 1000.0
}

/// The rows of one article.
struct Stored<'a> {
    db: &'a Connection,
    hash: ArticleId,
    text: &'a Text,
    appearances: Range,
    statements: Range,
    events: Range,
}

impl Stored<'_> {
    fn actors(&self) -> Result<Vec<Actor>> {
        let mut actors = Vec::new();
        let mut statement = self.db.prepare_cached(
            "SELECT appearance.id, name, kind, country, sector, office, links, organization_id, number, mentions \
             FROM appearance JOIN capacity ON capacity.id = appearance.capacity_id \
             WHERE appearance.id BETWEEN ? AND ? ORDER BY appearance.id",
        )?;
        let mut rows = statement.query(self.appearances.bounds())?;
        while let Some(row) = rows.next()? {
            let id = ActorId(actors.len() as u32);
            self.in_order(row.get(8)?, actors.len(), "actors")?;
            let appearance: i64 = row.get(0)?;
            let country: Option<String> = row.get(3)?;
            let country =
                country.map(|code| Country::new(&code).ok_or_else(|| self.wrong("country")));
            let links: Option<String> = row.get(6)?;
            let links = match links {
                None => Vec::new(),
                Some(links) => {
                    let links: serde_json::Map<String, serde_json::Value> =
                        serde_json::from_str(&links).map_err(|_| self.wrong("links"))?;
                    let text = |value: serde_json::Value| value.as_str().map(str::to_owned);
                    links.into_iter().filter_map(|(site, id)| Some((site, text(id)?))).collect()
                }
            };
            actors.push(Actor {
                id,
                name: row.get(1)?,
                kind: self.code(row, 2, Kind::from_code, "kind")?,
                country: country.transpose()?,
                sectors: self.codes(row, 4, Sector::from_code, "sector")?,
                organization: self.actor(row.get(7)?),
                office: row.get(5)?,
                links,
                roles: self.roles(appearance)?,
                mentions: self.mentions(row.get_ref(9)?.as_str_or_null().unwrap_or(Some("?")))?,
            });
        }
        self.all(self.appearances, actors.len(), "actors")?;
        Ok(actors)
    }

    fn roles(&self, appearance: i64) -> Result<Vec<Role>> {
        let sql =
            "SELECT start, end, organization_id FROM role WHERE appearance_id = ? ORDER BY number";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([appearance])?;
        let mut roles = Vec::new();
        while let Some(row) = rows.next()? {
            let span = self.span([row.get(0)?, row.get(1)?], "role")?;
            roles.push(Role { span, organization: self.actor(row.get(2)?) });
        }
        Ok(roles)
    }

    fn mentions(&self, column: Option<&str>) -> Result<Vec<Mention>> {
        let mentions = mentions(column).ok_or_else(|| self.wrong("mentions"))?;
        let mention = |(points, form)| Ok(Mention { span: self.span(points, "mentions")?, form });
        mentions.into_iter().map(mention).collect()
    }

    fn statements(&self) -> Result<Vec<Statement>> {
        let mut statements = Vec::new();
        let mut statement = self.db.prepare_cached(
            "SELECT id, form, content_start, content_end, source_start, source_end, cue_start, cue_end, more, \
             speaker_id, speaker_confidence, within_id, continues_id, confidence, number FROM statement \
             WHERE id BETWEEN ? AND ? ORDER BY id",
        )?;
        let mut rows = statement.query(self.statements.bounds())?;
        while let Some(row) = rows.next()? {
            let id = StatementId(statements.len() as u32);
            self.in_order(row.get(14)?, statements.len(), "statements")?;
            let confidence: Option<u16> = row.get(10)?;
            let spans = |start: usize, part: Part, field: &str| -> Result<Vec<Span>> {
                let points = points_of(row, [start, start + 1, 8], part)?;
                points.into_iter().map(|points| self.span(points, field)).collect()
            };
            statements.push(Statement {
                id,
                form: *Form::ALL.get(row.get::<_, usize>(1)?).ok_or_else(|| self.wrong("form"))?,
                content: spans(2, Part::Content, "content")?,
                source: spans(4, Part::Source, "source")?,
                cue: spans(6, Part::Cue, "cue")?,
                speaker: self
                    .actor(row.get(9)?)
                    .map(|actor| Speaker { actor, confidence: share(confidence.unwrap_or(0)) }),
                within: self.statement(row.get(11)?),
                continues: self.statement(row.get(12)?),
                about: self.about(row.get(0)?)?,
                confidence: share(row.get(13)?),
            });
        }
        self.all(self.statements, statements.len(), "statements")?;
        Ok(statements)
    }

    fn about(&self, statement: i64) -> Result<Vec<About>> {
        let sql = "SELECT appearance_id, stance FROM about WHERE statement_id = ? ORDER BY number";
        let mut statement_about = self.db.prepare_cached(sql)?;
        let mut rows = statement_about.query([statement])?;
        let mut about = Vec::new();
        while let Some(row) = rows.next()? {
            let actor = self.actor(row.get(0)?).ok_or_else(|| self.wrong("about"))?;
            about.push(About { actor, stance: row.get(1)? });
        }
        Ok(about)
    }

    fn events(&self) -> Result<Vec<Event>> {
        let mut events = Vec::new();
        let mut statement = self.db.prepare_cached(
            "SELECT id, type, status, trigger, start, end, date, place_id, contexts, said_id, confidence, \
             number FROM event WHERE id BETWEEN ? AND ? ORDER BY id",
        )?;
        let mut rows = statement.query(self.events.bounds())?;
        while let Some(row) = rows.next()? {
            let id = EventId(events.len() as u32);
            self.in_order(row.get(11)?, events.len(), "events")?;
            let event: i64 = row.get(0)?;
            let day = |idx: usize| -> Result<Option<PartialDate>> {
                let day: Option<String> = row.get(idx)?;
                day.map(|day| day.parse().map_err(|_| self.wrong("event.start"))).transpose()
            };
            let span: Option<String> = row.get(6)?;
            let span = points(span.as_deref()).first().copied();
            let span = span.map(|span| self.span(span, "event.date")).transpose()?;
            let date = day(4)?.zip(day(5)?).map(|(start, end)| EventDate { start, end, span });
            events.push(Event {
                id,
                kind: self.code(row, 1, EventType::from_code, "type")?,
                trigger: self.spans(row, 3, "trigger")?,
                actors: self.parties(event, 1)?,
                recipients: self.parties(event, 2)?,
                date,
                place: self.actor(row.get(7)?),
                contexts: self.codes(row, 8, Context::from_code, "contexts")?,
                status: self.code(row, 2, Status::from_code, "status")?,
                said: self.statement(row.get(9)?),
                confidence: share(row.get(10)?),
            });
        }
        self.all(self.events, events.len(), "events")?;
        Ok(events)
    }

    fn parties(&self, event: i64, part: i64) -> Result<Vec<ActorId>> {
        let sql =
            "SELECT appearance_id FROM event_actor WHERE event_id = ? AND part = ? ORDER BY number";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([event, part])?;
        let mut actors = Vec::new();
        while let Some(row) = rows.next()? {
            actors.push(self.actor(row.get(0)?).ok_or_else(|| self.wrong("event_actor"))?);
        }
        Ok(actors)
    }

    fn notes(&self, notes: Option<&str>) -> Result<Vec<Note>> {
        #[derive(serde::Deserialize)]
        struct Row {
            kind: String,
            span: Option<[u32; 2]>,
            message: String,
        }
        let Some(notes) = notes else { return Ok(Vec::new()) };
        let rows: Vec<Row> = serde_json::from_str(notes).map_err(|_| self.wrong("notes"))?;
        let note = |row: Row| {
            let span = row.span.map(|span| self.span(span, "notes")).transpose()?;
            let kind = NoteKind::from_code(&row.kind).ok_or_else(|| self.wrong("notes"))?;
            Ok(Note { kind, span, message: row.message })
        };
        rows.into_iter().map(note).collect()
    }

    /// The actor whose row this is.
    fn actor(&self, row: Option<i64>) -> Option<ActorId> {
        row.map(|row| ActorId((row - self.appearances.first) as u32))
    }

    fn statement(&self, row: Option<i64>) -> Option<StatementId> {
        row.map(|row| StatementId((row - self.statements.first) as u32))
    }

    fn all(&self, range: Range, n_found: usize, field: &str) -> Result<()> {
        if range.n != n_found as i64 {
            return Err(self.wrong(field));
        }
        Ok(())
    }

    fn in_order(&self, number: usize, n_before: usize, field: &str) -> Result<()> {
        if number != n_before + 1 {
            return Err(self.wrong(field));
        }
        Ok(())
    }

    fn span(&self, points: [u32; 2], field: &str) -> Result<Span> {
        self.text.span_of_points(points).ok_or_else(|| self.wrong(field))
    }

    fn spans(&self, row: &Row<'_>, idx: usize, field: &str) -> Result<Vec<Span>> {
        let column: Option<String> = row.get(idx)?;
        let points = points(column.as_deref());
        points.into_iter().map(|points| self.span(points, field)).collect()
    }

    fn code<T>(
        &self,
        row: &Row<'_>,
        idx: usize,
        from: impl Fn(&str) -> Option<T>,
        field: &str,
    ) -> Result<T> {
        let code: String = row.get(idx)?;
        from(&code).ok_or_else(|| self.wrong(field))
    }

    fn codes<T>(
        &self,
        row: &Row<'_>,
        idx: usize,
        from: impl Fn(&str) -> Option<T>,
        field: &str,
    ) -> Result<Vec<T>> {
        let codes: Option<String> = row.get(idx)?;
        let codes = codes.unwrap_or_default();
        let codes = codes.split(' ').filter(|code| !code.is_empty());
        codes.map(|code| from(code).ok_or_else(|| self.wrong(field))).collect()
    }

    fn wrong(&self, field: &str) -> Error {
        Error::record(self.hash, format!("{field} cannot be what was added"))
    }
}

//! Keeps the grouping of events up to date.

use onrecord_record::{EventType, PartialDate, Status};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Report, Window, key, window};
use crate::error::Result;
use crate::words::{cut, points};

/// Finds or makes the occurrence that a new report is of, and counts it there.
pub(crate) fn place(db: &Connection, report: &Report, status: Status) -> Result<i64> {
    let key = key(report);
    let window = window(report);
    let mut near: Vec<(i64, Option<Window>)> = match window {
        None => {
            let sql = "SELECT id FROM occurrence WHERE key = ? AND start IS NULL";
            let id = db.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?;
            id.map(|id| (id, None)).into_iter().collect()
        }
        Some(window) => near_ones(db, key, window)?,
    };
    let n_claimed = i64::from(matches!(status, Status::Occurred | Status::Ongoing));
    let n_denied = i64::from(status == Status::Denied);
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let Some((id, old)) = near.pop() else {
        let sql = "INSERT INTO occurrence(key, start, end, n_reports, n_claimed, n_denied) \
                   VALUES (?, ?, ?, 1, ?, ?)";
        let (start, end) = (day(window.map(|w| w.start)), day(window.map(|w| w.end)));
        return Ok(db
            .prepare_cached(sql)?
            .insert(params![key, start, end, n_claimed, n_denied])?);
    };
    let mut joined = window.zip(old).map(|(new, old)| new.join(old));
    db.prepare_cached(
        "UPDATE occurrence SET n_reports = n_reports + 1, n_claimed = n_claimed + ?, \
         n_denied = n_denied + ? WHERE id = ?",
    )?
    .execute(params![n_claimed, n_denied, id])?;
    for (other, window) in near {
        // The new report is the bridge between them.
        joined = joined.zip(window).map(|(one, other)| one.join(other));
        db.execute("UPDATE event SET occurrence_id = ? WHERE occurrence_id = ?", [id, other])?;
        db.execute(
            "UPDATE occurrence SET (n_reports, n_claimed, n_denied) = \
             (SELECT sum(n_reports), sum(n_claimed), sum(n_denied) FROM occurrence WHERE id IN (?1, ?2)) \
             WHERE id = ?1",
            [id, other],
        )?;
        db.execute("DELETE FROM occurrence WHERE id = ?", [other])?;
    }
    if joined != old {
        let (start, end) = (day(joined.map(|w| w.start)), day(joined.map(|w| w.end)));
        db.prepare_cached("UPDATE occurrence SET start = ?, end = ? WHERE id = ?")?
            .execute(params![start, end, id])?;
    }
    Ok(id)
}

/// Groups all reports of these events' keys anew, after one of their actors has become another.
pub(crate) fn regroup(db: &Connection, events: &[i64]) -> Result<()> {
    let mut all = std::collections::BTreeSet::new();
    for event in events {
        let mut siblings = db.prepare_cached(
            "SELECT id FROM event WHERE occurrence_id = (SELECT occurrence_id FROM event WHERE id = ?)",
        )?;
        let ids = siblings.query_map([event], |row| row.get::<_, i64>(0))?;
        all.extend(ids.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    for event in &all {
        let old: i64 = db
            .prepare_cached("SELECT occurrence_id FROM event WHERE id = ?")?
            .query_row([event], |row| row.get(0))?;
        db.prepare_cached("DELETE FROM occurrence WHERE id = ?")?.execute([old])?;
    }
    for &event in &all {
        let (report, status) = report(db, event)?;
        let id = place(db, &report, status)?;
        db.prepare_cached("UPDATE event SET occurrence_id = ? WHERE id = ?")?
            .execute([id, event])?;
    }
    Ok(())
}

/// A stored report.
fn report(db: &Connection, event: i64) -> Result<(Report, Status)> {
    let mut parties = db.prepare_cached(
        "SELECT event_actor.part, capacity.actor_id FROM event_actor \
         JOIN appearance ON appearance.id = event_actor.appearance_id \
         JOIN capacity ON capacity.id = appearance.capacity_id WHERE event_id = ? ORDER BY 2",
    )?;
    let parties: Vec<(i64, i64)> = parties
        .query_map([event], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let part =
        |part: i64| parties.iter().filter(|p| p.0 == part).map(|p| p.1).collect::<Vec<i64>>();
    let mut statement = db.prepare_cached(
        "SELECT event.type, event.status, event.start, event.end, capacity.actor_id, article.id, \
         article.published, event.trigger, article.text \
         FROM event JOIN article ON article.id = event.article_id \
         LEFT JOIN appearance ON appearance.id = event.place_id \
         LEFT JOIN capacity ON capacity.id = appearance.capacity_id WHERE event.id = ?",
    )?;
    let found = statement.query_row([event], |row| {
        let text = |idx: usize| row.get::<_, Option<String>>(idx);
        let day = |idx: usize| -> rusqlite::Result<Option<PartialDate>> {
            Ok(text(idx)?.and_then(|day| day.parse().ok()))
        };
        let status = text(1)?.and_then(|code| Status::from_code(&code)).unwrap_or(Status::Possible);
        let mut first = points(text(7)?.as_deref());
        first.truncate(1);
        let report = Report {
            kind: text(0)?
                .and_then(|code| EventType::from_code(&code))
                .unwrap_or(EventType::Consult),
            actors: part(1),
            recipients: part(2),
            dates: day(2)?.zip(day(3)?),
            place: row.get(4)?,
            word: last_word(&cut(row.get_ref(8)?.as_str()?, &first)),
            article: row.get(5)?,
            published: text(6)?.and_then(|day| day.parse().ok()),
        };
        Ok((report, status))
    })?;
    Ok(found)
}

/// The last word of a trigger, folded.
pub(crate) fn last_word(trigger: &str) -> String {
    let folded = crate::fold::fold(trigger);
    folded.rsplit(' ').next().unwrap_or("").to_owned()
}

/// Occurrences of this key whose windows meet this one.
fn near_ones(db: &Connection, key: i64, window: Window) -> Result<Vec<(i64, Option<Window>)>> {
    let sql =
        "SELECT id, start, end FROM occurrence WHERE key = ? AND start <= ? ORDER BY start DESC";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![key, window.reach().to_string()], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
    })?;
    let mut near = Vec::new();
    for row in rows {
        let (id, start, end) = row?;
        let (Ok(start), Ok(end)) = (start.parse(), end.parse()) else { continue };
        let old = Window { start, end };
        // Windows of one key lie apart, so that the first that is too far is the last to be looked at.
        if !old.meets(window) {
            break;
        }
        near.push((id, Some(old)));
    }
    Ok(near)
}

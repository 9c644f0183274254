//! What an answer is limited to.

use jiff::civil::Date;
use onrecord_record::Form;
use rusqlite::types::Value;

use crate::error::{Error, Result};
use crate::names::Names;
use crate::store::Store;

/// What statements or events are limited to. Names are resolved as by
/// [`Store::somebody`](crate::Store::somebody); all that is set has to hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Said by this actor.
    pub by: Option<String>,
    /// About this actor.
    pub about: Option<String>,
    /// Words that are in it: all of them in any order, `"a phrase"`, `beginn*`, `NOT word`, `OR`.
    pub words: Option<String>,
    /// Published on this day or later.
    pub since: Option<Date>,
    /// Published on this day or earlier.
    pub until: Option<Date>,
    /// Quoted, reported or both.
    pub form: Option<Form>,
    /// Published by this outlet; letter case does not matter.
    pub outlet: Option<String>,
    /// This many rows at most, those published last; `None`: all.
    pub limit: Option<u32>,
}

/// Conditions of a `WHERE`, with their values.
#[derive(Default)]
pub(super) struct Conditions {
    sql: Vec<String>,
    pub(super) values: Vec<Value>,
}

impl Conditions {
    pub(super) fn add(&mut self, sql: &str, value: impl Into<Value>) {
        self.sql.push(sql.to_owned());
        self.values.push(value.into());
    }

    /// ` WHERE …`, or nothing.
    pub(super) fn sql(&self) -> String {
        match self.sql.is_empty() {
            true => String::new(),
            false => format!(" WHERE {}", self.sql.join(" AND ")),
        }
    }
}

/// Appearances of an actor.
pub(super) const APPEARANCES: &str = "(SELECT appearance.id FROM capacity \
     JOIN appearance ON appearance.capacity_id = capacity.id WHERE capacity.actor_id = ?)";

impl Filter {
    /// As conditions on `statement` joined with `article`.
    pub(super) fn of_statements(&self, store: &Store, names: &dyn Names) -> Result<Conditions> {
        let mut conditions = Conditions::default();
        if let Some(words) = &self.words {
            let sql =
                "statement.id IN (SELECT rowid FROM statement_fts WHERE statement_fts MATCH ?)";
            conditions.add(sql, search(words)?);
        }
        if let Some(by) = &self.by {
            let by = store.somebody(by, names)?.id;
            conditions.add(&format!("statement.speaker_id IN {APPEARANCES}"), by);
        }
        if let Some(about) = &self.about {
            let about = store.somebody(about, names)?.id;
            let sql = format!(
                "statement.id IN (SELECT statement_id FROM about WHERE appearance_id IN {APPEARANCES})"
            );
            conditions.add(&sql, about);
        }
        if let Some(form) = self.form {
            conditions.add("statement.form = ?", form.as_str().to_owned());
        }
        self.of_articles(&mut conditions);
        Ok(conditions)
    }

    /// Adds the conditions on `article`.
    pub(super) fn of_articles(&self, conditions: &mut Conditions) {
        if let Some(since) = self.since {
            conditions.add("article.published >= ?", since.to_string());
        }
        if let Some(until) = self.until {
            conditions.add("article.published <= ?", until.to_string());
        }
        if let Some(outlet) = &self.outlet {
            conditions.add("article.outlet = ? COLLATE NOCASE", outlet.clone());
        }
    }

    /// The number of rows, as `LIMIT` takes it.
    pub(super) fn n_rows(&self) -> i64 {
        self.limit.map_or(-1, i64::from)
    }
}

/// Words as the full-text index takes them: what is not one of its operators is quoted, so that
/// hyphens, colons and apostrophes in it are only marks.
pub(crate) fn search(words: &str) -> Result<String> {
    let mut out: Vec<String> = Vec::new();
    let mut rest = words.trim();
    while !rest.is_empty() {
        if let Some(phrase) = rest.strip_prefix(['"', '“', '”']) {
            let end = phrase.find(['"', '”', '“']);
            let end = end.ok_or_else(|| Error::query("a phrase is not closed: add a `\"`"))?;
            out.push(quoted(&phrase[..end]));
            let closed = &phrase[end..];
            rest = closed.trim_start_matches(['"', '”', '“']).trim_start();
            continue;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let word = &rest[..end];
        rest = rest[end..].trim_start();
        out.push(match word.strip_suffix('*') {
            _ if matches!(word, "AND" | "OR" | "NOT") => word.to_owned(),
            Some(beginning) => format!("{}*", quoted(beginning)),
            None => quoted(word),
        });
    }
    match out.is_empty() {
        true => Err(Error::query("no words to look for")),
        false => Ok(out.join(" ")),
    }
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('"', ""))
}

#[cfg(test)]
mod tests {
    use super::search;

    #[test]
    fn words_are_searched_for_as_typed() {
        let cases = [
            ("water border", "\"water\" \"border\""),
            ("“mutual defence” clause", "\"mutual defence\" \"clause\""),
            ("nego* NOT talks", "\"nego\"* NOT \"talks\""),
            ("don't U-turn a:b", "\"don't\" \"U-turn\" \"a:b\""),
            ("(x", "\"(x\""),
        ];
        for (words, expected) in cases {
            assert_eq!(search(words).unwrap(), expected, "{words}");
        }
        for bad in ["", "  ", "\"open"] {
            assert!(search(bad).is_err(), "{bad:?}");
        }
    }
}

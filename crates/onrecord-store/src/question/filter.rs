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
    /// Said by somebody of this capacity, as [`By::Capacity`](crate::By::Capacity) counts: `GOV`, `MED`,
    /// or `person` where no sector is known.
    pub capacity: Option<String>,
    /// This many rows are passed over, for a next page of [`Store::said`](crate::Store::said) and
    /// [`Store::search`](crate::Store::search); other questions do not look at it.
    pub skip: u32,
    /// This many rows at most, those published last; `None`: all.
    pub limit: Option<u32>,
}

/// Conditions of a `WHERE` on statements and their articles, with their values.
#[derive(Default)]
pub(super) struct Conditions {
    sql: Vec<String>,
    pub(super) values: Vec<Value>,
    /// Whether articles are looked for first, and then all statements of each.
    is_by_article: bool,
}

impl Conditions {
    /// Conditions that choose articles rather than statements.
    pub(super) fn of_articles_first() -> Conditions {
        Conditions { is_by_article: true, ..Conditions::default() }
    }

    /// `statement` joined with `article`, in the order that has least to look at.
    pub(super) fn from(&self) -> &'static str {
        match self.is_by_article {
            true => {
                "article CROSS JOIN statement ON statement.id BETWEEN article.first_statement \
                 AND article.first_statement + article.n_statements - 1"
            }
            false => "statement CROSS JOIN article ON article.id = statement.article_id",
        }
    }

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

/// A form's number in the file.
pub(crate) fn form_code(form: Form) -> i64 {
    Form::ALL.iter().position(|&other| other == form).expect("all are in the list") as i64
}

/// The name of a form from its number; nothing for a number that is none's.
pub(super) fn form_of(code: i64) -> &'static str {
    usize::try_from(code).ok().and_then(|code| Form::ALL.get(code)).map_or("", |form| form.as_str())
}

/// What a capacity is counted as: its first sector, else its kind.
pub(super) const CAPACITY: &str =
    "ifnull(substr(capacity.sector, 1, instr(capacity.sector || ' ', ' ') - 1), capacity.kind)";

impl Filter {
    /// As conditions on `statement` joined with `article`.
    pub(super) fn of_statements(&self, store: &Store, names: &dyn Names) -> Result<Conditions> {
        let mut conditions = Conditions { is_by_article: self.is_wide(), ..Conditions::default() };
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
            conditions.add("statement.form = ?", form_code(form));
        }
        if let Some(capacity) = &self.capacity {
            // The plus has SQLite see of each statement whether its speaker is one: it would else look up the
            // statements of each of what may be half of all appearances.
            let sql = format!(
                "+statement.speaker_id IN (SELECT appearance.id FROM capacity CROSS JOIN appearance \
                 ON appearance.capacity_id = capacity.id WHERE {CAPACITY} = ?)"
            );
            conditions.add(&sql, capacity.clone());
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

    /// Whether nothing is asked of the statements but perhaps their days, form and outlet, which many have.
    pub(super) fn is_wide(&self) -> bool {
        self.by.is_none() && self.about.is_none() && self.words.is_none() && self.capacity.is_none()
    }

    /// Whether all statements are meant.
    pub(super) fn is_all(&self) -> bool {
        self.is_wide()
            && self.since.is_none()
            && self.until.is_none()
            && self.form.is_none()
            && self.outlet.is_none()
    }

    /// The number of rows, as `LIMIT` takes it.
    pub(super) fn n_rows(&self) -> i64 {
        self.limit.map_or(-1, i64::from)
    }
}

/// Words as the full-text index takes them: what is not one of its operators is quoted, so that
/// hyphens, colons and apostrophes in it are only marks.
pub(crate) fn search(words: &str) -> Result<String> {
    let quoted = |words: &str| format!("\"{}\"", words.replace('"', ""));
    let term = |term: Term<'_>| match term {
        Term::Operator(operator) => operator.to_owned(),
        Term::Words { words, is_beginning: true } => format!("{}*", quoted(words)),
        Term::Words { words, is_beginning: false } => quoted(words),
    };
    Ok(terms(words)?.into_iter().map(term).collect::<Vec<_>>().join(" "))
}

/// A part of a search.
pub(super) enum Term<'a> {
    /// AND, OR, NOT.
    Operator(&'a str),
    /// A word or a phrase, and whether it is only the beginning of one.
    Words { words: &'a str, is_beginning: bool },
}

/// A search in its parts.
pub(super) fn terms(words: &str) -> Result<Vec<Term<'_>>> {
    let mut terms = Vec::new();
    let mut rest = words.trim();
    while !rest.is_empty() {
        if let Some(phrase) = rest.strip_prefix(['"', '“', '”']) {
            let end = phrase.find(['"', '”', '“']);
            let end = end.ok_or_else(|| Error::query("a phrase is not closed: add a `\"`"))?;
            terms.push(Term::Words { words: &phrase[..end], is_beginning: false });
            let closed = &phrase[end..];
            rest = closed.trim_start_matches(['"', '”', '“']).trim_start();
            continue;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let word = &rest[..end];
        rest = rest[end..].trim_start();
        terms.push(match word.strip_suffix('*') {
            _ if matches!(word, "AND" | "OR" | "NOT") => Term::Operator(word),
            Some(words) => Term::Words { words, is_beginning: true },
            None => Term::Words { words: word, is_beginning: false },
        });
    }
    match terms.is_empty() {
        true => Err(Error::query("no words to look for")),
        false => Ok(terms),
    }
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

//! Full-text search over statements and articles, with counts by which a search can be narrowed.

use std::collections::BTreeMap;

use rusqlite::{Connection, params_from_iter};

use super::SaidRow;
use super::filter::{CAPACITY, Conditions, Filter, form_of};
use super::phrase::Search;
use super::snippet::{Piece, Sought};
use crate::error::Result;
use crate::names::Names;
use crate::store::Store;

/// Statements that are counted for the facets, those published last: enough to narrow a search by.
const COUNTED: usize = 10_000;

/// What more articles than this may have is looked for in those published last, until there is enough of it.
const MANY: u64 = 5_000;

/// Values of a facet.
const N_VALUES: usize = 20;

/// What a search found.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct SearchAnswer {
    /// How many statements there are.
    pub n_statements: u64,
    /// Those published last, `filter.limit` of them after `filter.skip`.
    pub statements: Vec<FoundStatement>,
    /// How many articles there are.
    pub n_articles: u64,
    /// Whether there may be more of them: a phrase whose words most articles have is looked for in the 5,000 of
    /// those that were published last.
    pub may_be_more_articles: bool,
    /// Those published last, `filter.limit` of them after `filter.skip`.
    pub articles: Vec<FoundArticle>,
    /// By what the statements can be narrowed.
    pub facets: Facets,
}

/// A statement that was found.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct FoundStatement {
    /// The statement.
    #[serde(flatten)]
    pub said: SaidRow,
    /// Its words, with those that were looked for marked.
    pub marked: Vec<Piece>,
}

/// An article that was found.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct FoundArticle {
    /// SHA-256 of its text.
    pub article: String,
    /// Its headline, with the words that were looked for marked.
    pub title: Vec<Piece>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// How many statements it has.
    pub n_statements: u64,
    /// Some of its text around the words that were looked for; its beginning if none were.
    pub snippet: Vec<Piece>,
}

/// How many of the statements have which speaker, form and so on; the most frequent values first.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Facets {
    /// How many statements were counted: all, or the 10,000 published last.
    pub counted: u64,
    /// Who speaks; statements without a named speaker are left out. [`Filter::by`] takes `#id`.
    pub speakers: Vec<Facet>,
    /// Whom they are about. [`Filter::about`] takes `#id`.
    pub about: Vec<Facet>,
    /// Outlets that are known.
    pub outlets: Vec<Facet>,
    /// direct, indirect, mixed.
    pub forms: Vec<Facet>,
    /// What the speakers do, for [`Filter::capacity`].
    pub capacities: Vec<Facet>,
    /// Months of publication in order of time, all of them.
    pub months: Vec<Facet>,
}

/// A value and how often it is met.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Facet {
    /// The value; an actor's name.
    pub value: String,
    /// The actor's number, if it is one.
    pub id: Option<i64>,
    /// Statements that have it.
    pub n: u64,
}

impl Store {
    /// Statements and articles with some words, with counts by which to narrow them. The articles are those
    /// whose headline or text has the words; only the filter's days and outlet hold for them too.
    ///
    /// # Errors
    /// As for [`Store::said`].
    pub fn search(&self, filter: &Filter, names: &dyn Names) -> Result<SearchAnswer> {
        let _snapshot = self.snapshot()?;
        let sought = Sought::new(filter.words.as_deref())?;
        let conditions = filter.of_statements(self, names)?;
        let (n_statements, matches) = match filter.is_wide() && filter.form.is_none() {
            true => (count(&self.db, &conditions)?, matches(&self.db, filter, &conditions)?),
            false => self.narrowed(filter, &conditions, names)?,
        };
        let page = matches.iter().skip(filter.skip as usize);
        let page = page.take(filter.limit.map_or(usize::MAX, |limit| limit as usize));
        let mut statements = Vec::new();
        for one in page {
            let said = self.statement(one.statement)?;
            statements.push(FoundStatement { marked: sought.mark(&said.words), said });
        }
        let facets = facets(&self.db, &matches[..matches.len().min(COUNTED)])?;
        let Articles { n: n_articles, may_be_more: may_be_more_articles, page } =
            article_page(&self.db, filter)?;
        let articles = articles(&self.db, &page, &sought)?;
        Ok(SearchAnswer {
            n_statements,
            statements,
            n_articles,
            may_be_more_articles,
            articles,
            facets,
        })
    }

    /// Statements that a speaker, words and so on narrow a search to: how many, and as many of those published last
    /// as are counted or shown.
    fn narrowed(
        &self,
        filter: &Filter,
        conditions: &Conditions,
        names: &dyn Names,
    ) -> Result<(u64, Vec<Match>)> {
        let everywhere = Filter { since: None, until: None, outlet: None, ..filter.clone() };
        let ids = numbers(&self.db, &everywhere.of_statements(self, names)?)?;
        // A few are put in order; of many, those published last are picked.
        if filter.is_wide() || ids.len() > n_looked_at(filter) {
            return latest(&self.db, filter, &ids);
        }
        let matches = matches(&self.db, filter, conditions)?;
        Ok((matches.len() as u64, matches))
    }
}

/// A statement as it is counted.
struct Match {
    statement: i64,
    capacity: Option<i64>,
    form: i64,
    outlet: Option<String>,
    published: Option<String>,
}

/// How many statements are counted or shown at most.
fn n_looked_at(filter: &Filter) -> usize {
    match filter.limit {
        Some(limit) => COUNTED.max(limit as usize + filter.skip as usize),
        None => usize::MAX,
    }
}

/// The statements under the conditions, those published last first, as many as are looked at.
fn matches(db: &Connection, filter: &Filter, conditions: &Conditions) -> Result<Vec<Match>> {
    let limit = i64::try_from(n_looked_at(filter)).unwrap_or(-1);
    let sql = format!(
        "SELECT statement.id, appearance.capacity_id, statement.form, article.outlet, article.published \
         FROM {} LEFT JOIN appearance ON appearance.id = statement.speaker_id{} \
         ORDER BY article.published DESC, statement.id DESC LIMIT {limit}",
        conditions.from(),
        conditions.sql()
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&conditions.values), |row| {
        Ok(Match {
            statement: row.get(0)?,
            capacity: row.get(1)?,
            form: row.get(2)?,
            outlet: row.get(3)?,
            published: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The numbers of all statements under conditions on statements, in order.
fn numbers(db: &Connection, conditions: &Conditions) -> Result<Vec<i64>> {
    let sql = format!("SELECT statement.id FROM statement{}", conditions.sql());
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&conditions.values), |row| row.get(0))?;
    let mut ids = rows.collect::<rusqlite::Result<Vec<i64>>>()?;
    ids.sort_unstable();
    Ok(ids)
}

/// Of many statements those in articles under the filter: how many, and those published last. Goes from article to
/// article, the last first: to put all statements in order would take seconds.
fn latest(db: &Connection, filter: &Filter, ids: &[i64]) -> Result<(u64, Vec<Match>)> {
    let n_wanted = n_looked_at(filter);
    let mut conditions = Conditions::default();
    filter.of_articles(&mut conditions);
    let sql = format!(
        "SELECT first_statement, n_statements, outlet, published FROM article{} \
         ORDER BY published DESC, id DESC",
        conditions.sql()
    );
    let mut articles = db.prepare_cached(&sql)?;
    let mut one = db.prepare_cached(
        "SELECT capacity_id, form FROM statement \
         LEFT JOIN appearance ON appearance.id = statement.speaker_id WHERE statement.id = ?",
    )?;
    let (mut n, mut matches) = (0, Vec::new());
    let mut rows = articles.query(params_from_iter(&conditions.values))?;
    while let Some(row) = rows.next()? {
        let first: i64 = row.get(0)?;
        let end = first + row.get::<_, i64>(1)?;
        let own = ids.partition_point(|&id| id < first)..ids.partition_point(|&id| id < end);
        n += own.len() as u64;
        for &statement in ids[own].iter().rev().take(n_wanted - matches.len()) {
            let (capacity, form) =
                one.query_row([statement], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let (outlet, published) = (row.get(2)?, row.get(3)?);
            matches.push(Match { statement, capacity, form, outlet, published });
        }
        // All articles are meant, so that all statements are.
        if matches.len() == n_wanted && conditions.values.is_empty() {
            return Ok((ids.len() as u64, matches));
        }
    }
    Ok((n, matches))
}

/// All statements of articles under the conditions, as they were counted when those came in.
fn count(db: &Connection, conditions: &Conditions) -> Result<u64> {
    let sql = format!("SELECT ifnull(sum(n_statements), 0) FROM article{}", conditions.sql());
    let mut statement = db.prepare_cached(&sql)?;
    Ok(statement.query_row(params_from_iter(&conditions.values), |row| row.get(0))?)
}

fn facets(db: &Connection, matches: &[Match]) -> Result<Facets> {
    let mut people = People::new(db);
    let mut about = db.prepare_cached(
        "SELECT capacity_id FROM about JOIN appearance ON appearance.id = about.appearance_id \
         WHERE statement_id = ?",
    )?;
    let (mut forms, mut outlets, mut months, mut capacities) =
        (Counts::new(), Counts::new(), Counts::new(), Counts::new());
    let (mut speakers, mut targets) = (BTreeMap::new(), BTreeMap::new());
    for one in matches {
        count_in(&mut forms, Some(form_of(one.form)));
        count_in(&mut outlets, one.outlet.as_deref());
        count_in(&mut months, one.published.as_deref().and_then(|day| day.get(..7)));
        if let Some(capacity) = one.capacity {
            let (actor, what) = people.of(capacity)?;
            count_in(&mut capacities, Some(what));
            *speakers.entry(actor).or_insert(0) += 1;
        }
        // Named twice by one statement, it is one statement about it.
        let mut named: Vec<i64> = Vec::new();
        let mut rows = about.query([one.statement])?;
        while let Some(row) = rows.next()? {
            let (actor, _) = people.of(row.get(0)?)?;
            if !named.contains(&actor) {
                named.push(actor);
                *targets.entry(actor).or_insert(0) += 1;
            }
        }
    }
    Ok(Facets {
        counted: matches.len() as u64,
        speakers: of_actors(db, speakers)?,
        about: of_actors(db, targets)?,
        outlets: most(outlets),
        forms: most(forms),
        capacities: most(capacities),
        months: months.into_iter().map(|(value, n)| Facet { value, id: None, n }).collect(),
    })
}

type Counts = BTreeMap<String, u64>;

fn count_in(counts: &mut Counts, value: Option<&str>) {
    let Some(value) = value else { return };
    match counts.get_mut(value) {
        Some(n) => *n += 1,
        None => {
            counts.insert(value.to_owned(), 1);
        }
    }
}

/// The values met most.
fn most(counts: Counts) -> Vec<Facet> {
    let mut facets: Vec<Facet> =
        counts.into_iter().map(|(value, n)| Facet { value, id: None, n }).collect();
    facets.sort_by_key(|facet| std::cmp::Reverse(facet.n));
    facets.truncate(N_VALUES);
    facets
}

fn of_actors(db: &Connection, counts: BTreeMap<i64, u64>) -> Result<Vec<Facet>> {
    let mut counts: Vec<(i64, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counts.truncate(N_VALUES);
    let mut name = db.prepare_cached("SELECT name FROM actor WHERE id = ?")?;
    let mut facets = Vec::new();
    for (id, n) in counts {
        facets.push(Facet { value: name.query_row([id], |row| row.get(0))?, id: Some(id), n });
    }
    Ok(facets)
}

/// Whose capacities are, and as what they count, each looked up once.
struct People<'a> {
    db: &'a Connection,
    known: BTreeMap<i64, (i64, String)>,
}

impl<'a> People<'a> {
    fn new(db: &'a Connection) -> People<'a> {
        People { db, known: BTreeMap::new() }
    }

    fn of(&mut self, capacity: i64) -> Result<(i64, &str)> {
        if !self.known.contains_key(&capacity) {
            let sql = format!("SELECT actor_id, {CAPACITY} FROM capacity WHERE id = ?");
            let found = self
                .db
                .prepare_cached(&sql)?
                .query_row([capacity], |row| Ok((row.get(0)?, row.get(1)?)))?;
            self.known.insert(capacity, found);
        }
        let (actor, what) = &self.known[&capacity];
        Ok((*actor, what))
    }
}

/// Articles as they are shown.
fn articles(db: &Connection, page: &[i64], sought: &Sought) -> Result<Vec<FoundArticle>> {
    let mut statement = db.prepare_cached(
        "SELECT hash, title, outlet, published, url, text, n_statements FROM article WHERE id = ?",
    )?;
    let article = |row: &rusqlite::Row<'_>| {
        Ok(FoundArticle {
            article: row.get(0)?,
            title: sought.mark(row.get_ref(1)?.as_str_or_null()?.unwrap_or("")),
            outlet: row.get(2)?,
            published: row.get(3)?,
            url: row.get(4)?,
            snippet: sought.snippet(row.get_ref(5)?.as_str()?),
            n_statements: row.get(6)?,
        })
    };
    page.iter().map(|id| Ok(statement.query_row([id], article)?)).collect()
}

/// The articles of a search.
struct Articles {
    n: u64,
    may_be_more: bool,
    /// The numbers of those of this page.
    page: Vec<i64>,
}

/// Articles with the words, under the filter's days and outlet.
fn article_page(db: &Connection, filter: &Filter) -> Result<Articles> {
    const LAST_FIRST: &str = "ORDER BY published DESC, id DESC";
    let mut conditions = Conditions::default();
    let search = filter.words.as_deref().map(Search::new).transpose()?;
    let mut n_with_words = None;
    if let Some(search) = &search {
        let matched = search.matched();
        let sql = "SELECT count(*) FROM article_fts WHERE article_fts MATCH ?";
        let n: u64 = db.prepare_cached(sql)?.query_row([&matched], |row| row.get(0))?;
        n_with_words = Some(n);
        // The plus has SQLite take articles in order and see whether each is one, instead of putting many in order.
        let plus = if n > MANY { "+" } else { "" };
        let sql = format!(
            "{plus}article.id IN (SELECT rowid FROM article_fts WHERE article_fts MATCH ?)"
        );
        conditions.add(&sql, matched);
    }
    filter.of_articles(&mut conditions);
    let values = || params_from_iter(&conditions.values);
    let (skip, limit) = (filter.skip, filter.n_rows());
    if let Some(search) = search.filter(Search::has_phrases) {
        let n_looked_through = if filter.limit.is_some() { MANY as i64 } else { -1 };
        let sql = format!(
            "SELECT id, title, text FROM article{} {LAST_FIRST} LIMIT {n_looked_through}",
            conditions.sql()
        );
        let mut statement = db.prepare_cached(&sql)?;
        let mut rows = statement.query(values())?;
        let (mut n_looked_at, mut found) = (0, Vec::new());
        while let Some(row) = rows.next()? {
            n_looked_at += 1;
            let title = row.get_ref(1)?.as_str_or_null().unwrap_or_default().unwrap_or("");
            if search.finds(title, row.get_ref(2)?.as_str().unwrap_or("")) {
                found.push(row.get(0)?);
            }
        }
        let page = found.iter().skip(skip as usize).take(limit as usize).copied().collect();
        let may_be_more = n_looked_at == n_looked_through;
        return Ok(Articles { n: found.len() as u64, may_be_more, page });
    }
    let is_everywhere = filter.since.is_none() && filter.until.is_none() && filter.outlet.is_none();
    let n = match n_with_words.filter(|_| is_everywhere) {
        Some(n) => n,
        None => {
            let sql = format!("SELECT count(*) FROM article{}", conditions.sql());
            db.prepare_cached(&sql)?.query_row(values(), |row| row.get(0))?
        }
    };
    let sql = format!(
        "SELECT id FROM article{} {LAST_FIRST} LIMIT {limit} OFFSET {skip}",
        conditions.sql()
    );
    let mut statement = db.prepare_cached(&sql)?;
    let page = statement.query_map(values(), |row| row.get(0))?;
    Ok(Articles { n, may_be_more: false, page: page.collect::<rusqlite::Result<_>>()? })
}

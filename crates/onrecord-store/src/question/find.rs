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
        let matches = matches(&self.db, filter, &conditions)?;
        let page = matches.iter().skip(filter.skip as usize);
        let page = page.take(filter.limit.map_or(usize::MAX, |limit| limit as usize));
        let mut statements = Vec::new();
        for one in page {
            let said = self.statement(one.statement)?;
            statements.push(FoundStatement { marked: sought.mark(&said.words), said });
        }
        let n_statements = match filter.is_wide() {
            true => count(&self.db, filter, &conditions)?,
            false => matches.len() as u64,
        };
        let facets = facets(&self.db, &matches[..matches.len().min(COUNTED)])?;
        let (n_articles, articles) = articles(&self.db, filter, &sought)?;
        Ok(SearchAnswer { n_statements, statements, n_articles, articles, facets })
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

/// The statements under the conditions, those published last first: all of them, or where nearly all
/// statements may be meant, as many as are counted or shown.
fn matches(db: &Connection, filter: &Filter, conditions: &Conditions) -> Result<Vec<Match>> {
    let n_shown = filter.limit.map(|limit| limit as usize + filter.skip as usize);
    let limit = match n_shown {
        Some(n_shown) if filter.is_wide() => n_shown.max(COUNTED) as i64,
        _ => -1,
    };
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

fn count(db: &Connection, filter: &Filter, conditions: &Conditions) -> Result<u64> {
    let sql = match filter.form {
        // Counted as articles came in.
        None => format!("SELECT ifnull(sum(n_statements), 0) FROM article{}", conditions.sql()),
        Some(_) => format!("SELECT count(*) FROM {}{}", conditions.from(), conditions.sql()),
    };
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

/// Articles with the words, under the filter's days and outlet; how many, and those of this page.
fn articles(db: &Connection, filter: &Filter, sought: &Sought) -> Result<(u64, Vec<FoundArticle>)> {
    let (n_articles, page) = article_page(db, filter)?;
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
    let mut articles = Vec::new();
    for id in page {
        articles.push(statement.query_row([id], article)?);
    }
    Ok((n_articles, articles))
}

/// How many articles there are, and the numbers of those of this page.
fn article_page(db: &Connection, filter: &Filter) -> Result<(u64, Vec<i64>)> {
    const LAST_FIRST: &str = "ORDER BY published DESC, id DESC";
    let mut conditions = Conditions::default();
    let search = filter.words.as_deref().map(Search::new).transpose()?;
    if let Some(search) = &search {
        let sql = "article.id IN (SELECT rowid FROM article_fts WHERE article_fts MATCH ?)";
        conditions.add(sql, search.matched());
    }
    filter.of_articles(&mut conditions);
    let values = || params_from_iter(&conditions.values);
    let (skip, limit) = (filter.skip, filter.n_rows());
    if let Some(search) = search.filter(Search::has_phrases) {
        let sql = format!("SELECT id, title, text FROM article{} {LAST_FIRST}", conditions.sql());
        let mut statement = db.prepare_cached(&sql)?;
        let mut rows = statement.query(values())?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let title = row.get_ref(1)?.as_str_or_null().unwrap_or_default().unwrap_or("");
            if search.finds(title, row.get_ref(2)?.as_str().unwrap_or("")) {
                found.push(row.get(0)?);
            }
        }
        let page = found.iter().skip(skip as usize).take(limit as usize).copied().collect();
        return Ok((found.len() as u64, page));
    }
    let sql = format!("SELECT count(*) FROM article{}", conditions.sql());
    let n_articles = db.prepare_cached(&sql)?.query_row(values(), |row| row.get(0))?;
    let sql = format!(
        "SELECT id FROM article{} {LAST_FIRST} LIMIT {limit} OFFSET {skip}",
        conditions.sql()
    );
    let mut statement = db.prepare_cached(&sql)?;
    let page = statement.query_map(values(), |row| row.get(0))?;
    Ok((n_articles, page.collect::<rusqlite::Result<_>>()?))
}

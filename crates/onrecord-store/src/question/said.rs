//! Who said what.

use rusqlite::params_from_iter;

use super::AboutRow;
use super::about::about;
use super::filter::{Conditions, Filter, form_of};
use crate::error::Result;
use crate::names::Names;
use crate::store::{HAS_HASH, Store};
use crate::words::{Part, Points, cut, points_of};

/// A statement with all that tells where it stands.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct SaidRow {
    /// Number of the statement in the file.
    pub statement: i64,
    /// Day of publication.
    pub published: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The speaker's name; `None` where the text names none.
    pub speaker: Option<String>,
    /// The speaker's number.
    pub speaker_id: Option<i64>,
    /// The speaker's titles in this article.
    pub role: Option<String>,
    /// direct, indirect or mixed.
    pub form: String,
    /// What was said, verbatim, parts joined by " … ".
    pub words: String,
    /// Whom it is about.
    pub about: Vec<AboutRow>,
    /// SHA-256 of the article's text.
    pub article: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Where the words stand, in code points of the article's text.
    pub content: Points,
    /// Probability that content and source are right.
    pub confidence: f64,
}

impl Store {
    /// Statements, those published last first.
    ///
    /// # Errors
    /// If a name is unknown or ambiguous, the words are no search, or the file cannot be read.
    pub fn said(&self, filter: &Filter, names: &dyn Names) -> Result<Vec<SaidRow>> {
        let _snapshot = self.snapshot()?;
        let conditions = filter.of_statements(self, names)?;
        let order = "article.published DESC, statement.id DESC";
        self.said_page(&conditions, order, filter.n_rows(), filter.skip)
    }

    /// Hands over every statement, in the order in which they were added.
    pub(crate) fn each_said(&self, mut each: impl FnMut(SaidRow) -> Result<()>) -> Result<()> {
        for article in crate::stored::article_ids(&self.db)? {
            let mut conditions = Conditions::of_articles_first();
            conditions.add("article.id = ?", article);
            let rows = self.said_where(&conditions, "statement.id", -1)?;
            rows.into_iter().try_for_each(&mut each)?;
        }
        Ok(())
    }

    /// The text of the article with this hash.
    pub(crate) fn text(&self, hash: &str) -> Result<String> {
        let sql = format!("SELECT text FROM article WHERE {HAS_HASH} LIMIT 1");
        Ok(self.db.prepare_cached(&sql)?.query_row([hash], |row| row.get(0))?)
    }

    /// Statements under conditions.
    pub(super) fn said_where(
        &self,
        conditions: &Conditions,
        order: &str,
        limit: i64,
    ) -> Result<Vec<SaidRow>> {
        self.said_page(conditions, order, limit, 0)
    }

    /// Statements under conditions, some passed over. The limit is applied before any text is read.
    fn said_page(
        &self,
        conditions: &Conditions,
        order: &str,
        limit: i64,
        skip: u32,
    ) -> Result<Vec<SaidRow>> {
        let sql = format!(
            "SELECT statement.id, article.published, article.outlet, actor.name, actor.id, \
             capacity.role, statement.form, article.text, article.hash, article.title, article.url, \
             statement.content_start, statement.content_end, statement.more, statement.confidence \
             FROM (SELECT statement.id AS id FROM {}{} ORDER BY {order} LIMIT {limit} OFFSET {skip}) AS chosen \
             JOIN statement ON statement.id = chosen.id JOIN article ON article.id = statement.article_id \
             LEFT JOIN appearance ON appearance.id = statement.speaker_id \
             LEFT JOIN capacity ON capacity.id = appearance.capacity_id \
             LEFT JOIN actor ON actor.id = capacity.actor_id ORDER BY {order}",
            conditions.from(),
            conditions.sql()
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&conditions.values))?;
        let mut said = Vec::new();
        while let Some(row) = rows.next()? {
            let content = points_of(row, [11, 12, 13], Part::Content)?;
            let statement = row.get(0)?;
            said.push(SaidRow {
                statement,
                published: row.get(1)?,
                outlet: row.get(2)?,
                speaker: row.get(3)?,
                speaker_id: row.get(4)?,
                role: row.get(5)?,
                form: form_of(row.get(6)?).to_owned(),
                words: cut(row.get_ref(7)?.as_str().unwrap_or(""), &content),
                about: about(&self.db, statement)?,
                article: row.get(8)?,
                title: row.get(9)?,
                url: row.get(10)?,
                content,
                confidence: row.get::<_, f64>(14)? / 1000.0,
            });
        }
        Ok(said)
    }
}

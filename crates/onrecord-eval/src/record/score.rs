//! Scores an article, and a corpus.

use anyhow::{Context, Result, ensure};

use super::figures::Figures;
use super::items::Items;
use super::{actors, events, gold, statements};
use crate::corpus::Corpus;
use crate::words::word_points;

/// The scores of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentScores {
    /// The document's name.
    pub document: String,
    /// What was counted in it.
    pub figures: Figures,
}

/// The scores of a corpus.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    /// Sorted by name.
    pub documents: Vec<DocumentScores>,
    /// Documents without a predicted record.
    pub missing: usize,
    /// The counts of all documents.
    pub total: Figures,
}

/// Scores records, one a document of the corpus and in its order.
///
/// # Errors
/// If the corpus is not of Desk XML, its annotation contradicts itself, or the predictions are not
/// as many as the documents.
pub fn score(corpus: &Corpus, predictions: &[Option<Items>]) -> Result<Scores> {
    let n_documents = corpus.documents.len();
    ensure!(predictions.len() == n_documents, "predictions for {n_documents} documents expected");
    let mut scores = Scores::default();
    for (document, predicted) in corpus.documents.iter().zip(predictions) {
        let name = &document.name;
        let desk = document.desk.as_ref();
        let desk = desk.with_context(|| format!("{name} is not Desk XML: it has no record"))?;
        let gold = gold::items(desk).with_context(|| name.clone())?;
        scores.missing += usize::from(predicted.is_none());
        let nothing = Items::default();
        let predicted = predicted.as_ref().unwrap_or(&nothing);
        let figures = score_article(&document.text, &gold, predicted);
        scores.total.add_all(&figures);
        scores.documents.push(DocumentScores { document: name.clone(), figures });
    }
    Ok(scores)
}

/// Scores the record of one text.
pub fn score_article(text: &str, gold: &Items, predicted: &Items) -> Figures {
    let words = word_points(text);
    let mut figures = Figures::default();
    let names = actors::score(&gold.actors, &predicted.actors, &mut figures);
    let (gold_said, said) = (&gold.statements, &predicted.statements);
    let gold_ids = statements::score(gold_said, said, &words, &names, &mut figures);
    events::score(&gold.events, &predicted.events, &words, (&names, &gold_ids), &mut figures);
    figures
}

impl Scores {
    /// The counts as CSV, a row a document under one line of column names.
    pub fn to_csv(&self) -> String {
        let mut csv = format!("document{}\n", Figures::csv_columns());
        for DocumentScores { document, figures } in &self.documents {
            csv += &format!("{}{}\n", crate::csv_field(document), figures.csv_fields());
        }
        csv
    }

    /// The figures as the last line of `score_record.py` has them.
    pub fn to_json(&self) -> String {
        let (articles, missing) = (self.documents.len(), self.missing);
        let members = self.total.json_members();
        format!("{{\"articles\": {articles}, \"missing\": {missing}{members}}}")
    }
}

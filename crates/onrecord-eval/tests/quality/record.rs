//! The scorer of whole records against `score_record.py`, and its floors.

use std::fs;
use std::path::Path;

use onrecord_eval::corpus::{Corpus, Shared};
use onrecord_eval::desk::DeskArticle;
use onrecord_eval::floors::{Measured, Quality, Update};
use onrecord_eval::record::{self, Items, Scores, gold, predicted};
use serde_json::Value;

use super::cases;

fn corpus() -> Corpus {
    Corpus::from_folder("record", &cases().join("record")).unwrap()
}

fn scored(only: Option<&str>) -> Scores {
    let mut corpus = corpus();
    corpus.documents.retain(|document| only.is_none_or(|name| name == document.name));
    let mut records = predicted::from_file(&cases().join("record.predictions.jsonl")).unwrap();
    let predictions = corpus.documents.iter().map(|document| records.remove(&document.name));
    record::score(&corpus, &predictions.collect::<Vec<_>>()).unwrap()
}

#[test]
fn figures_are_those_of_the_python_scorer() {
    let expected = fs::read_to_string(cases().join("expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let expected = &expected["record"];
    let mut failed = Vec::new();
    let mut check = |case: String, found: String, expected: &Value| {
        if found != *expected {
            failed.push(format!("{case}\n  found    {found}\n  expected {expected}"));
        }
    };
    let total = scored(None);
    check("JSON".to_owned(), total.to_json(), &expected["total"]["json"]);
    let table = expected["total"]["table"].as_array().unwrap();
    assert_eq!(total.total.to_string().lines().count(), table.len());
    for (line, expected) in total.total.to_string().lines().zip(table) {
        check("table".to_owned(), line.to_owned(), expected);
    }
    let documents = expected["documents"].as_object().unwrap();
    assert_eq!(documents.len(), 3);
    for (name, expected) in documents {
        check(name.clone(), scored(Some(name)).to_json(), expected);
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The gold as its own prediction has full marks, also through the shared corpora where they are.
#[test]
fn gold_scores_one() {
    let mut corpora = vec![corpus()];
    let shared = Shared::find(None);
    if shared.is_there() {
        corpora.extend(["desk-dev", "desk-real-dev"].map(|name| shared.open(name).unwrap()));
    }
    let oracle = |desk: &DeskArticle| gold::items(desk).unwrap();
    let mut failed = Vec::new();
    for corpus in corpora {
        let desk = corpus.documents.iter().map(|document| document.desk.as_ref().unwrap());
        let predictions: Vec<Option<Items>> = desk.map(|desk| Some(oracle(desk))).collect();
        let scores = record::score(&corpus, &predictions).unwrap();
        assert_eq!(scores.total.iter().count(), 20, "{}: figures", corpus.name);
        for (figure, counts) in scores.total.iter() {
            assert!(counts.gold > 0, "{}: nothing to find for {}", corpus.name, figure.name());
            if [counts.precision(), counts.recall(), counts.f1()] != [1.0; 3] {
                failed.push(format!("{}: {} {counts:?}", corpus.name, figure.name()));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn csv_has_a_row_a_document() {
    let csv = scored(None).to_csv();
    let rows: Vec<Vec<&str>> = csv.lines().map(|row| row.split(',').collect()).collect();
    let names: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    assert_eq!(names, ["document", "ferry", "mill", "silence"]);
    // Eleven figures of three counts, nine accuracies of two.
    assert!(rows.iter().all(|row| row.len() == 1 + 33 + 18), "{csv}");
    let whole = rows[0].iter().position(|column| *column == "whole.tp").unwrap();
    let counts: Vec<&[&str]> = rows[1..].iter().map(|row| &row[whole..whole + 3]).collect();
    assert_eq!(counts, [["1", "7", "6"], ["2", "2", "2"], ["0", "0", "0"]]);
}

#[test]
fn bad_predictions_are_named() {
    let cases = [
        ("{", "line 1"),
        (r#"{"actors": []}"#, "no article.path"),
        (r#"{"article": {"path": "a"}, "actors": {}}"#, "actors is no list"),
        (r#"{"article": {"path": "a"}, "actors": [{}]}"#, "without id"),
        (r#"{"article": {"path": "a"}, "events": [{"id": "e1", "trigger": [[1]]}]}"#, "not a span"),
        (r#"{"article": {"path": "a"}, "events": [{"id": "e1"}, {"id": "e1"}]}"#, "two events"),
    ];
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bad.predictions.jsonl");
    let mut failed = Vec::new();
    for (line, expected) in cases {
        fs::write(&path, line).unwrap();
        let found = predicted::from_file(&path).map_err(|error| format!("{error:#}"));
        if !found.as_ref().is_err_and(|error| error.contains(expected)) {
            failed.push(format!("{line}: {found:?}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn floors_of_records_hold_once_they_are_written() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("record-quality");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    let quality = Quality::at(&folder);
    let measured = |record: Option<Scores>| {
        let (corpus_digest, weights_digest) = ("c".to_owned(), "w".to_owned());
        let scores = super::scored("desk", None);
        vec![Measured { corpus: "desk-dev", corpus_digest, weights_digest, scores, record }]
    };
    let nothing = record::score(&corpus(), &[None, None, None]).unwrap();
    let (good, bad) = (measured(Some(scored(None))), measured(Some(nothing)));

    quality.update(&measured(None), Update::Raise).unwrap();
    assert_eq!(quality.check(&good).unwrap(), Vec::<String>::new(), "no floors of records yet");
    quality.update(&good, Update::Raise).unwrap();
    assert_eq!(quality.check(&good).unwrap(), Vec::<String>::new());
    let faults = quality.check(&bad).unwrap().join("\n");
    for expected in ["desk-dev, record: whole F1 0", "no speaker < floor", "record: - mill,"] {
        assert!(faults.contains(expected), "{expected} in\n{faults}");
    }
    let error = quality.update(&bad, Update::Raise).unwrap_err();
    assert!(format!("{error:#}").contains("--lower"), "{error:#}");
    quality.update(&bad, Update::Lower).unwrap();
    assert_eq!(quality.check(&bad).unwrap(), Vec::<String>::new());
}

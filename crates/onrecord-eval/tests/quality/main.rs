//! The scorers against those in Python, and the figures against `quality/`.

mod gap;
mod intake;
mod names;
mod record;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use onrecord_eval::attribution::{self, Scores};
use onrecord_eval::corpus::{Corpus, Shared};
use onrecord_eval::floors::{self, Measured, Quality, Update};
use onrecord_eval::gold::Document;
use onrecord_eval::predictions;
use serde_json::Value;

/// Cases of our own writing, and what the Python scorer printed for them (`expected.py`).
fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scorer")
}

fn scored(set: &str, only: Option<&str>) -> Scores {
    let mut corpus = Corpus::from_folder(set, &cases().join(set)).unwrap();
    corpus.documents.retain(|document: &Document| only.is_none_or(|name| name == document.name));
    let path = cases().join(format!("{set}.predictions.jsonl"));
    let predicted = predictions::from_file(&path, &corpus.documents).unwrap();
    attribution::score(&corpus, &predicted).unwrap()
}

#[test]
fn figures_are_those_of_the_python_scorer() {
    let expected = fs::read_to_string(cases().join("expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let mut failed = Vec::new();
    let mut check = |case: String, found: String, expected: &Value| {
        if found != *expected {
            failed.push(format!("{case}\n  found    {found}\n  expected {expected}"));
        }
    };
    for set in ["brat", "desk"] {
        let total = scored(set, None);
        check(format!("{set}, JSON"), total.to_json(), &expected[set]["total"]["json"]);
        let table = expected[set]["total"]["table"].as_array().unwrap();
        assert_eq!(total.total.to_string().lines().count(), table.len());
        for (line, expected) in total.total.to_string().lines().zip(table) {
            check(format!("{set}, table"), line.to_owned(), expected);
        }
        let documents = expected[set]["documents"].as_object().unwrap();
        let names: Vec<&str> = total.documents.iter().map(|d| d.document.as_str()).collect();
        assert_eq!(names, documents.keys().collect::<Vec<_>>(), "documents of {set}");
        for (name, expected) in documents {
            check(format!("{set}, {name}"), scored(set, Some(name)).to_json(), expected);
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn csv_rows_add_up_to_the_total() {
    let scores = scored("brat", None);
    let csv = scores.to_csv();
    let mut rows = csv.lines().map(|row| row.split(',').collect::<Vec<_>>());
    let columns = rows.next().unwrap();
    let mut sums = vec![0; columns.len() - 1];
    for row in rows {
        assert_eq!(row.len(), columns.len(), "{row:?}");
        for (sum, count) in sums.iter_mut().zip(&row[1..]) {
            *sum += count.parse::<usize>().unwrap();
        }
    }
    let total: Vec<usize> =
        scores.total.iter().flat_map(|(_, c)| [c.tp, c.predicted, c.gold]).collect();
    assert_eq!(sums, total);
}

#[test]
fn floors_are_lowered_only_on_request() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("quality");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    let quality = Quality::at(&folder);
    let measured = |scores: Scores| {
        let (corpus_digest, weights_digest) = ("c".to_owned(), "w".to_owned());
        vec![Measured { corpus: "desk-dev", corpus_digest, weights_digest, scores, record: None }]
    };
    let good = scored("desk", None);
    let mut bad = scored("desk", None);
    bad.total = scored("brat", None).total;
    bad.documents.pop();
    let (good, bad) = (measured(good), measured(bad));
    let fallen = good[0].scores.total.iter().zip(bad[0].scores.total.iter());
    assert!(fallen.into_iter().any(|((_, good), (_, bad))| bad.f1() < good.f1()));

    let error = quality.check(&good).unwrap_err();
    assert!(format!("{error:#}").contains("floors --update"), "{error:#}");
    quality.update(&good, Update::Raise).unwrap();
    assert_eq!(quality.check(&good).unwrap(), Vec::<String>::new());
    let faults = quality.check(&bad).unwrap().join("\n");
    assert!(faults.contains("< floor") && faults.contains("- harbour,"), "{faults}");

    let error = quality.update(&bad, Update::Raise).unwrap_err();
    assert!(format!("{error:#}").contains("--lower"), "{error:#}");
    assert_eq!(quality.check(&good).unwrap(), Vec::<String>::new(), "nothing was written");
    quality.update(&bad, Update::Lower).unwrap();
    assert_eq!(quality.check(&bad).unwrap(), Vec::<String>::new());
    quality.update(&good, Update::Raise).unwrap_err();

    let other = vec![Measured {
        weights_digest: "other".to_owned(),
        ..measured(scored("desk", None)).remove(0)
    }];
    assert!(quality.check(&other).unwrap().join("\n").contains("digest of the weights"));
}

/// The shared data; where there is none, says what that means. ONRECORD_REQUIRE_SHARED=1 makes its absence a failure.
fn shared(otherwise: &str) -> Option<Shared> {
    let shared = Shared::find(None);
    if shared.is_there() {
        return Some(shared);
    }
    let required = std::env::var_os("ONRECORD_REQUIRE_SHARED").is_some_and(|v| v == "1");
    assert!(!required, "ONRECORD_REQUIRE_SHARED=1, and no shared data");
    // Not `eprintln!`, which is held back from the output of a test that passes.
    let note = format!("no shared data: {otherwise}\n");
    io::stderr().write_all(note.as_bytes()).unwrap();
    None
}

/// Without the shared data only the digest of the weights is compared;
/// ONRECORD_REQUIRE_SHARED=1 makes that a failure.
#[test]
fn floors() {
    let quality = Quality::committed();
    let faults = match shared("the figures were NOT recomputed, only the weights' digest") {
        Some(shared) => floors::measure(&shared).and_then(|measured| quality.check(&measured)),
        None => floors::weights_digest().and_then(|digest| quality.check_weights(&digest)),
    };
    let faults = faults.unwrap_or_else(|error| panic!("{error:#}"));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

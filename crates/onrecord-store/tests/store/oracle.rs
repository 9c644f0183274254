//! Gold of the Desk corpus as records: `score_record.py --oracle` prints it with other ids, several
//! speakers and no confidences.

use std::path::{Path, PathBuf};
use std::process::Command;

use onrecord_record::{ArticleId, Context, Record, Sector};
use serde_json::{Value, json};

/// The folder that the project shares, if it is there; it has to be if ONRECORD_REQUIRE_SHARED is 1.
pub(crate) fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if shared.join("data/desk").is_dir() {
        return Some(shared);
    }
    assert!(
        std::env::var("ONRECORD_REQUIRE_SHARED").as_deref() != Ok("1"),
        "../shared is not there"
    );
    None
}

/// The gold records of a part of the corpus.
pub(crate) fn desk(shared: &Path, part: &str, folder: &Path) -> Vec<Record> {
    let out = folder.join(format!("{part}.jsonl"));
    let status = Command::new("python3")
        .arg(shared.join("bench/score_record.py"))
        .arg("--oracle")
        .args([&shared.join("data/desk").join(part), &out])
        .status()
        .expect("python3 runs");
    assert!(status.success());
    let lines = std::fs::read_to_string(out).expect("the script wrote it");
    lines.lines().map(record).collect()
}

/// A gold line as a record.
fn record(line: &str) -> Record {
    let mut value: Value = serde_json::from_str(line).expect("the script writes JSON");
    let text = value["article"]["text"].as_str().expect("a text").to_owned();
    value["article"]["id"] = json!(ArticleId::of(&text).to_string());
    let points: Vec<char> = text.chars().collect();
    let actors = value["actors"].as_array_mut().expect("a list");
    actors
        .retain(|actor| actor["mentions"].as_array().is_some_and(|mentions| !mentions.is_empty()));
    let ids: Vec<String> =
        actors.iter().map(|actor| actor["id"].as_str().expect("an id").to_owned()).collect();
    let new_id = |id: &Value| {
        let idx = ids.iter().position(|old| Some(old.as_str()) == id.as_str())?;
        Some(json!(format!("a{}", idx + 1)))
    };
    for (idx, actor) in actors.iter_mut().enumerate() {
        actor["id"] = json!(format!("a{}", idx + 1));
        // The gold has a few codes that the record has no name for.
        let known =
            |code: &Value| code.as_str().is_some_and(|code| Sector::from_code(code).is_some());
        actor["sector"].as_array_mut().expect("a list").retain(known);
        for role in actor["roles"].as_array_mut().into_iter().flatten() {
            let at = |end: usize| role["span"][end].as_u64().expect("an offset") as usize;
            role["title"] = json!(points[at(0)..at(1)].iter().collect::<String>());
            role["organization"] =
                role.get("organization").and_then(&new_id).unwrap_or(Value::Null);
        }
    }
    let statements = value["statements"].as_array_mut().expect("a list");
    let said: Vec<String> =
        statements.iter().map(|s| s["id"].as_str().expect("an id").to_owned()).collect();
    let new_said = |id: &Value| {
        let idx = said.iter().position(|old| Some(old.as_str()) == id.as_str())?;
        Some(json!(format!("s{}", idx + 1)))
    };
    for (idx, statement) in statements.iter_mut().enumerate() {
        statement["id"] = json!(format!("s{}", idx + 1));
        let speaker = statement["speaker"].get(0).or(Some(&statement["speaker"])).and_then(&new_id);
        statement["speaker"] = speaker.unwrap_or(Value::Null);
        statement["within"] = new_said(&statement["within"]).unwrap_or(Value::Null);
        statement["confidence"] = json!(1.0);
        let about = statement["about"].as_array().cloned().unwrap_or_default();
        let about = about.into_iter().filter_map(|mut about| {
            about["actor"] = new_id(&about["actor"])?;
            Some(about)
        });
        statement["about"] = about.collect();
    }
    for (idx, event) in value["events"].as_array_mut().expect("a list").iter_mut().enumerate() {
        event["id"] = json!(format!("e{}", idx + 1));
        event["confidence"] = json!(1.0);
        let known =
            |code: &Value| code.as_str().is_some_and(|code| Context::from_code(code).is_some());
        event["contexts"].as_array_mut().expect("a list").retain(known);
        for field in ["actors", "recipients"] {
            let ids = event[field].as_array().into_iter().flatten().filter_map(&new_id);
            event[field] = ids.collect::<Vec<_>>().into();
        }
        event["place"] = new_id(&event["place"]).unwrap_or(Value::Null);
        event["said"] = new_said(&event["said"]).unwrap_or(Value::Null);
    }
    Record::from_json(&value.to_string())
        .unwrap_or_else(|e| panic!("{}: {e}", value["article"]["path"]))
}

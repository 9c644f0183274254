//! The Desk corpus: each article has its own actors; those of one gold name have to come together again.

use std::collections::BTreeMap;

use onrecord_record::MentionForm;

use crate::oracle::{desk, shared};
use crate::sample::{folder, store};

#[test]
fn actors_cut_apart_by_article_come_together_again() {
    let Some(shared) = shared() else { return eprintln!("skipped: ../shared is not there") };
    let folder = folder("desk-gold");
    for part in ["train", "dev"] {
        let records = desk(&shared, part, &folder);
        let store = store(&format!("desk-{part}"), &records);
        assert_eq!(store.verify(|| {}).unwrap().problems, Vec::<String>::new());
        drop(store);
        let path = crate::sample::path(&format!("desk-{part}"));
        let db = rusqlite::Connection::open(path).unwrap();
        let mut statement = db
            .prepare(
                "SELECT capacity.actor_id FROM appearance JOIN capacity ON capacity.id = capacity_id \
                 JOIN article ON article.id = article_id WHERE hash = ? AND number = ?",
            )
            .unwrap();
        // (gold name, actor in the store) of each named actor of each article.
        let mut named: Vec<(&str, i64)> = Vec::new();
        for record in &records {
            for actor in &record.actors {
                if actor.mentions.iter().any(|mention| mention.form == MentionForm::Name) {
                    let key = (record.article.id.to_string(), actor.id.0 + 1);
                    let id = statement.query_row(key, |row| row.get(0)).unwrap();
                    named.push((&actor.name, id));
                }
            }
        }
        let pairs = |same: &dyn Fn(&(&str, i64)) -> String| -> u64 {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            named.iter().for_each(|one| *counts.entry(same(one)).or_default() += 1);
            counts.values().map(|n| n * (n - 1) / 2).sum()
        };
        let both = pairs(&|(name, id)| format!("{name} {id}")) as f64;
        let (gold, found) =
            (pairs(&|(name, _)| name.to_string()), pairs(&|(_, id)| id.to_string()));
        let (precision, recall) = (both / found as f64, both / gold as f64);
        let f1 = 2.0 * precision * recall / (precision + recall);
        println!(
            "desk {part}: {} named actors, {gold} pairs, P {precision:.4} R {recall:.4} F1 {f1:.4}",
            named.len()
        );
        assert!(f1 >= 0.95, "{f1}");
    }
}

//! Files that earlier versions made, one a schema: all of them open, verify and answer.
//!
//! `ONRECORD_GOLDEN=1 cargo test -p onrecord-store golden` writes the file of the present schema if there
//! is none; one that is there is never written again.

use std::fs;
use std::path::Path;

use onrecord_store::{Filter, NoNames, Store};

use crate::sample::{folder, week};

/// Every schema that was released, the present one last.
const SCHEMAS: [u32; 1] = [1];

#[test]
fn files_of_every_schema_are_brought_up_to_date() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let folder = folder("golden");
    for schema in SCHEMAS {
        let old = golden.join(format!("{schema}.sql"));
        if !old.exists() && std::env::var("ONRECORD_GOLDEN").as_deref() == Ok("1") {
            assert_eq!(Some(&schema), SCHEMAS.last(), "the file of an old schema is gone");
            fs::create_dir_all(&golden).unwrap();
            let new = folder.join("new.db");
            Store::open(&new).unwrap().add(&week()).unwrap();
            fs::write(&old, dump(&new)).unwrap();
        }
        let path = folder.join(format!("{schema}.db"));
        let sql = fs::read_to_string(&old).unwrap_or_else(|e| panic!("{}: {e}", old.display()));
        rusqlite::Connection::open(&path).unwrap().execute_batch(&sql).unwrap();
        let mut store = Store::open(&path).unwrap();
        assert_eq!(store.verify(|| {}).unwrap().problems, Vec::<String>::new(), "schema {schema}");
        store.verify_search().unwrap();
        assert_eq!(store.add(&week()).unwrap().known, 4, "schema {schema}");
        let answer = store.between("Ostra", "Belin", &Filter::default(), &NoNames).unwrap();
        assert_eq!((answer.events.len(), answer.statements.len()), (3, 0), "schema {schema}");
        assert_eq!(
            store.disputed(&Filter::default(), &NoNames).unwrap().len(),
            1,
            "schema {schema}"
        );
    }
}

/// A file as SQL that makes it again; the full-text indexes are made from the words.
fn dump(path: &Path) -> String {
    let db = rusqlite::Connection::open(path).unwrap();
    let pragma =
        |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
    let mut out = String::from("PRAGMA foreign_keys = 0;\n");
    for name in ["application_id", "user_version"] {
        out += &format!("PRAGMA {name} = {};\n", pragma(name));
    }
    let list = |sql: &str| -> Vec<(String, String)> {
        let mut statement = db.prepare(sql).unwrap();
        statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    };
    let shadow = "name GLOB '*_fts_*' OR name GLOB 'sqlite_*'";
    for (_, sql) in list(&format!(
        "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL AND NOT ({shadow}) ORDER BY rowid"
    )) {
        out += &format!("{sql};\n");
    }
    let tables = format!(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND NOT ({shadow}) AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid"
    );
    for (table, _) in list(&tables) {
        let columns: Vec<String> =
            list(&format!("SELECT name, name FROM pragma_table_info('{table}')"))
                .into_iter()
                .map(|c| c.0)
                .collect();
        let quoted: Vec<String> =
            columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
        for (row, _) in
            list(&format!("SELECT {}, '' FROM \"{table}\"", quoted.join(" || ', ' || ")))
        {
            out += &format!("INSERT INTO \"{table}\" VALUES ({row});\n");
        }
    }
    out += "INSERT INTO statement_fts(rowid, words) SELECT id, words FROM statement_words;\n";
    out += "INSERT INTO article_fts(rowid, title, text) SELECT id, title, text FROM article;\n";
    out
}

//! Files that earlier versions made, one a schema: all of them open, verify and answer.
//!
//! `ONRECORD_GOLDEN=1 cargo test -p onrecord-store golden` writes the file of the present schema if there
//! is none; one that is there is never written again.

use std::fs;
use std::path::Path;

use onrecord_store::{Filter, Format, NoNames, Store};

use crate::sample::{folder, week};

/// Every schema that was released, the present one last.
const SCHEMAS: [u32; 2] = [1, 2];

#[test]
fn files_of_every_schema_are_brought_up_to_date() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let folder = folder("golden");
    let mut new = Store::open(&folder.join("present.db")).unwrap();
    new.add(&week()).unwrap();
    let (present, expected) = (layout(&folder.join("present.db")), export(&new));
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
        let layout = layout(&path);
        for (found, expected) in layout.iter().zip(&present) {
            assert_eq!(found, expected, "schema {schema}");
        }
        assert_eq!(layout.len(), present.len(), "schema {schema}");
        assert_eq!(export(&store), expected, "schema {schema}");
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

/// The week has no statement in parts; schema 1 had its spans as text.
#[test]
fn statements_in_parts_come_out_of_schema_1_whole() {
    let path = folder("golden-parts").join("1.db");
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/1.sql");
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch(&fs::read_to_string(golden).unwrap()).unwrap();
    db.execute_batch(
        "UPDATE statement SET content = '0-5 6-9 10-15', cue = NULL, source = '1-2 20-33' WHERE id = 1;
         UPDATE statement SET content = '3-4', source = NULL, cue = '7-8 100-104 5-6' WHERE id = 2",
    )
    .unwrap();
    drop(db);
    drop(Store::open(&path).unwrap());
    let db = rusqlite::Connection::open(&path).unwrap();
    let sql = "SELECT content_start || '-' || content_end || ' ' || ifnull(source_start || '-' || source_end, '') \
               || ' ' || ifnull(cue_start || '-' || cue_end, '') || ' ' || ifnull(more, '') \
               FROM statement ORDER BY id LIMIT 2";
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let rows: Vec<String> = rows.map(Result::unwrap).collect();
    assert_eq!(
        rows,
        [
            r#"0-5 1-2  {"content":[[6,9],[10,15]],"source":[[20,33]]}"#,
            r#"3-4  7-8 {"cue":[[100,104],[5,6]]}"#
        ]
    );
    let words: String = db
        .query_row("SELECT words FROM statement_words WHERE id = 1", [], |row| row.get(0))
        .unwrap();
    assert_eq!(words, "Ostra … and … Belin");
}

/// Tables, indexes and views with their columns and comments, by name.
fn layout(path: &Path) -> Vec<String> {
    let db = rusqlite::Connection::open(path).unwrap();
    let sql = "SELECT sql FROM sqlite_master WHERE sql NOT NULL ORDER BY type, name";
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    // A table that was renamed has quotes around its name.
    let plain = |sql: String| {
        ["article", "statement", "appearance"].iter().fold(sql, |sql, table| {
            sql.replace(&format!("CREATE TABLE \"{table}\""), &format!("CREATE TABLE {table}"))
        })
    };
    rows.map(|sql| plain(sql.unwrap())).collect()
}

fn export(store: &Store) -> String {
    let mut out = Vec::new();
    store.export(Format::Jsonl, &mut out).unwrap();
    String::from_utf8(out).unwrap()
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

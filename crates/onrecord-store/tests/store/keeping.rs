//! What was added stays, whatever happens to the file.

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use onrecord_record::{Article, Record};
use onrecord_store::{Filter, Format, NoNames, Store};

use crate::sample::{draft, folder, store, week};

fn export(store: &Store, format: Format) -> String {
    let mut out = Vec::new();
    store.export(format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn jsonl(records: &[Record]) -> String {
    records.iter().map(|record| record.to_json() + "\n").collect()
}

/// A record with every optional field.
fn full() -> Record {
    let mut record =
        draft("Khazar Review", "2026-02-01", "🙂 “Да,” said Mila Tereny of the ministry.")
            .actor("the ministry", onrecord_record::Kind::Organization, "OST", &["the ministry"])
            .person("Mila Tereny", "OST", "")
            .link("viaf", "12")
            .link("wikidata", "Q1")
            .works_for("the ministry")
            .said("Mila Tereny", onrecord_record::Form::Direct, "“Да,”", &[("the ministry", 0.125)])
            .done();
    record.article.authors = vec!["A. B.".into(), "C “D”".into()];
    record.article.origins =
        vec![("published".into(), "json-ld".into()), ("authors".into(), "meta".into())];
    record.article.updated = Some("2026-02-02".parse().unwrap());
    record.article.published_at = Some("2026-02-01T10:00:00+04:00".into());
    record.article.section = Some("World".into());
    record.article.language = Some("en".into());
    record.article.canonical_url = Some("https://a.example/1".into());
    record.article.path = Some("a b.txt".into());
    let span = record.article.text.span(0, 4);
    let kind = onrecord_record::NoteKind::Damaged;
    record.notes.push(onrecord_record::Note { kind, span, message: "m".into() });
    record.statements[0].within = Some(onrecord_record::StatementId(0));
    record
}

#[test]
fn records_come_out_as_they_went_in() {
    let mut records = week();
    records.push(full());
    records.push(Record::empty(Article::new("")));
    let mut store = store("round", &records);
    assert_eq!(export(&store, Format::Jsonl), jsonl(&records));
    // Once more changes nothing.
    let again = store.add(&records).unwrap();
    assert_eq!((again.new, again.known), (0, 6));
    assert_eq!(export(&store, Format::Jsonl), jsonl(&records));
    let verified = store.verify(|| {}).unwrap();
    assert_eq!((verified.articles, verified.problems), (6, vec![]));
    store.verify_search().unwrap();
    store.settle().unwrap();
    store.verify_search().unwrap();
}

#[test]
fn one_text_at_two_addresses_is_two_articles_and_one_report() {
    let mut records = week();
    let mut copy = records[0].clone();
    copy.article.url = Some("https://agency.example/1".into());
    copy.article.outlet = Some("Agency".into());
    records.push(copy);
    let mut store = store("copies", &[]);
    let added = store.add(&records).unwrap();
    assert_eq!((added.new, added.copies), (5, 1));
    let answer = store.between("Ostra", "Belin", &Filter::default(), &NoNames).unwrap();
    assert_eq!((answer.events[0].reports, answer.events[0].independent), (3, 2));
}

/// So many words in an order that a seed decides, as if they were an article's.
fn words(seed: u64, n_words: usize) -> Vec<String> {
    let mut state = seed;
    let mut next = || {
        // Knuth's generator; its high bits are the random ones.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    (0..n_words).map(|_| format!("word{}", next() % 2000)).collect()
}

#[test]
fn copies_are_found_by_how_they_were_made() {
    const N: u64 = 100;
    let with_every = |n: usize, copy: &mut Vec<String>| {
        copy.iter_mut().step_by(n).for_each(|word| word.push('x'));
    };
    // What was done to an article of 400 words, and how many of 100 copies have to be found, at
    // least and at most.
    type Edit<'a> = &'a dyn Fn(&mut Vec<String>);
    let cases: [(&str, Edit, [u64; 2]); 6] = [
        ("every 100th word is another", &|copy| with_every(100, copy), [99, 100]),
        ("every 60th word is another", &|copy| with_every(60, copy), [95, 100]),
        ("40 words more", &|copy| copy.extend(words(999_999, 40)), [99, 100]),
        ("cut by a tenth", &|copy| copy.truncate(360), [99, 100]),
        ("cut by a third", &|copy| copy.truncate(267), [0, 0]),
        ("every 4th word is another", &|copy| with_every(4, copy), [0, 0]),
    ];
    let record = |words: &[String]| Record::empty(Article::new(words.join(" ")));
    let mut failures = Vec::new();
    for (case, edit, [least, most]) in cases {
        let originals: Vec<_> = (0..N).map(|seed| words(seed, 400)).collect();
        let records: Vec<_> = originals.iter().map(|words| record(words)).collect();
        let mut store = store("edited", &[]);
        assert_eq!(store.add(&records).unwrap().copies, 0, "texts that have nothing in common");
        let copies = originals.into_iter().map(|mut words| {
            edit(&mut words);
            record(&words)
        });
        let added = store.add(&copies.collect::<Vec<_>>()).unwrap();
        assert_eq!(added.new, N, "no copy is dropped");
        if !(least..=most).contains(&added.copies) {
            failures.push(format!("{case}: {} of {N}", added.copies));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// The answers that depend on what was joined across articles, without numbers that tell the order.
fn joined(store: &Store) -> String {
    let filter = Filter::default();
    let between = store.between("Ostra", "Belin", &filter, &NoNames).unwrap();
    let mut lines: Vec<String> = between
        .events
        .iter()
        .map(|e| format!("{} {:?} {:?} {} {}", e.r#type, e.start, e.end, e.reports, e.independent))
        .collect();
    let people = ["Mila Tereny", "Pavol Dresz", "Port Sael"];
    for name in people {
        let answer = store.actor(name, &filter, &NoNames).unwrap();
        let mut capacities: Vec<_> =
            answer.capacities.iter().map(|c| (&c.name, &c.role, c.articles)).collect();
        capacities.sort();
        lines.push(format!("{} {} {capacities:?}", answer.actor.name, answer.statements));
    }
    lines.sort();
    lines.join("\n")
}

#[test]
fn neither_the_order_nor_the_batches_matter() {
    let records = week();
    let expected = joined(&store("order", &records));
    let orders: [&[&[usize]]; 4] = [
        &[&[3, 2, 1, 0]],
        &[&[0], &[1], &[2], &[3]],
        &[&[2], &[3, 0], &[1]],
        &[&[1], &[0, 3], &[2]],
    ];
    for (idx, order) in orders.iter().enumerate() {
        let mut store = store(&format!("order{idx}"), &[]);
        for batch in *order {
            let batch: Vec<Record> = batch.iter().map(|&idx| records[idx].clone()).collect();
            store.add(&batch).unwrap();
        }
        assert_eq!(joined(&store), expected, "{order:?}");
        assert_eq!(store.verify(|| {}).unwrap().problems, Vec::<String>::new(), "{order:?}");
    }
}

/// A file of the week, closed.
fn file(test: &str) -> PathBuf {
    let path = folder(test).join("my.db");
    Store::open(&path).unwrap().add(&week()).unwrap();
    path
}

fn sql(path: &Path, sql: &str) {
    rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn a_changed_field_is_found() {
    let cases = [
        "UPDATE article SET text = replace(text, 'water', 'waters') WHERE id = 1",
        "UPDATE article SET outlet = 'Other' WHERE id = 2",
        "UPDATE statement SET content_end = content_end - 1 WHERE id = 1",
        "UPDATE statement SET content_end = 5000 WHERE id = 1",
        "UPDATE statement SET source_start = NULL WHERE id = 1",
        "UPDATE statement SET more = '{\"content\":[[1,2]]}' WHERE id = 1",
        "UPDATE article SET n_statements = 0 WHERE id = 1",
        "UPDATE article SET first_event = first_event + 1 WHERE id = 1",
        "UPDATE statement SET article_id = 2 WHERE id = 1",
        "UPDATE statement SET speaker_id = 2 WHERE id = 1",
        "UPDATE statement SET form = 7 WHERE id = 2",
        "UPDATE statement SET form = 'shouted' WHERE id = 2",
        "UPDATE appearance SET mentions = replace(mentions, '-', '0-') WHERE id = 3",
        "UPDATE appearance SET mentions = mentions || 'p' WHERE id = 3",
        "UPDATE appearance SET mentions = mentions || 'x' WHERE id = 3",
        "UPDATE appearance SET mentions = 7 WHERE id = 3",
        "UPDATE about SET stance = 0.9",
        "UPDATE event SET status = 'denied' WHERE id = 1",
        "UPDATE event SET start = '2026-13-01' WHERE id = 1",
        "UPDATE capacity SET name = 'Mila Terenyi' WHERE name = 'Mila Tereny'",
        "UPDATE occurrence SET n_reports = 9 WHERE id = 1",
        "UPDATE quoted SET n = n + 1",
        "DELETE FROM statement WHERE id = 3",
        "UPDATE appearance SET mentions = NULL WHERE id = 1",
        "DELETE FROM quoted",
        "DELETE FROM role",
        "INSERT INTO statement_fts(statement_fts, rowid, words) \
         VALUES ('delete', 1, '“We will share the water,”')",
    ];
    let original = file("drift");
    let mut failures = String::new();
    for (idx, change) in cases.iter().enumerate() {
        let path = original.with_file_name(format!("{idx}.db"));
        fs::copy(&original, &path).unwrap();
        sql(&path, &format!("PRAGMA foreign_keys = 0; {change}"));
        let verified = Store::open_to_read(&path).unwrap().verify(|| {}).unwrap();
        if verified.problems.is_empty() {
            failures += &format!("{change}\n");
        }
    }
    assert!(failures.is_empty(), "not found:\n{failures}");
}

#[test]
fn files_that_are_no_record_of_ours_are_refused() {
    let folder = folder("refused");
    let path = folder.join("text.db");
    fs::write(&path, "Not a database, but long enough to look like one.".repeat(40)).unwrap();
    let error = Store::open(&path).err().unwrap();
    assert!(error.to_string().ends_with("text.db: not a record made by `onrecord add`"), "{error}");

    let path = folder.join("other.db");
    sql(&path, "CREATE TABLE song(id INTEGER PRIMARY KEY)");
    let error = Store::open(&path).err().unwrap();
    assert!(error.to_string().contains("not a record"), "{error}");

    let path = file("newer");
    sql(&path, "PRAGMA user_version = 99");
    for error in [Store::open(&path).err().unwrap(), Store::open_to_read(&path).err().unwrap()] {
        assert!(error.is_newer() && error.to_string().contains("update onrecord"), "{error}");
    }

    let error = Store::open_to_read(&folder.join("gone.db")).err().unwrap();
    assert!(error.to_string().contains("check the path"), "{error}");
    assert!(!folder.join("gone.db").exists());
    assert!(Store::open(&folder.join("gone/my.db")).is_err());
}

#[test]
fn a_damaged_page_is_an_error_and_no_more() {
    let path = file("page");
    sql(&path, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
    let n_pages = fs::metadata(&path).unwrap().len() / 65_536;
    let mut n_found = 0;
    for page in 1..n_pages {
        let copy = path.with_file_name("copy.db");
        fs::copy(&path, &copy).unwrap();
        let mut file = fs::File::options().write(true).open(&copy).unwrap();
        file.seek(SeekFrom::Start(page * 65_536)).unwrap();
        file.write_all(&[0xA5; 65_536]).unwrap();
        drop(file);
        let found = match Store::open_to_read(&copy) {
            Err(_) => true,
            Ok(store) => match store.verify(|| {}) {
                Err(_) => true,
                Ok(verified) => !verified.problems.is_empty(),
            },
        };
        n_found += u64::from(found);
        // Adding to it fails or works, but never panics; asking neither.
        if let Ok(mut store) = Store::open(&copy) {
            let _ = store.add(&[full()]);
            let _ = store.said(&Filter::default(), &NoNames);
        }
    }
    assert_eq!(n_found, n_pages - 1);
}

#[test]
fn a_file_that_may_not_be_written_is_left_alone() {
    let path = file("read-only");
    let before = fs::read(&path).unwrap();
    let mut store = Store::open_to_read(&path).unwrap();
    let error = store.add(&[full()]).unwrap_err();
    assert!(error.is_read_only() && error.to_string().contains("may not be written"), "{error}");
    drop(store);
    assert!(fs::read(&path).unwrap() == before);
}

#[test]
fn of_two_writers_each_adds_what_the_other_did_not() {
    let path = folder("writers").join("my.db");
    let records = week();
    let all = |first: usize| {
        let mut store = Store::open(&path).unwrap();
        let mut new = 0;
        for n in 0..records.len() {
            new += store.add(&records[(first + n) % 4..][..1]).unwrap().new;
        }
        new
    };
    let n_new = std::thread::scope(|scope| {
        let other = scope.spawn(|| all(2));
        all(0) + other.join().unwrap()
    });
    assert_eq!(n_new, 4);
    let store = Store::open_to_read(&path).unwrap();
    assert_eq!(store.verify(|| {}).unwrap().problems, Vec::<String>::new());
    assert_eq!(joined(&store), joined(&self::store("writers-one", &records)));
}

/// Reads the table back with the library's own reader.
fn parquet_has_what_csv_has(store: &Store) {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let mut bytes = Vec::new();
    store.export(Format::Parquet, &mut bytes).unwrap();
    let path = folder("parquet").join("said.parquet");
    fs::write(&path, bytes).unwrap();
    let reader = SerializedFileReader::new(fs::File::open(&path).unwrap()).unwrap();
    let rows: Vec<serde_json::Value> =
        reader.get_row_iter(None).unwrap().map(|row| row_as_json(&row.unwrap())).collect();
    let mut said = store.said(&Filter::default(), &NoNames).unwrap();
    said.reverse();
    assert_eq!(rows.len(), said.len());
    for (row, said) in rows.iter().zip(&said) {
        let said = serde_json::to_value(said).unwrap();
        for field in [
            "statement",
            "outlet",
            "speaker",
            "role",
            "form",
            "words",
            "article",
            "title",
            "url",
            "published",
        ] {
            assert_eq!(row[field], said[field], "{field}");
        }
        assert_eq!(row["speaker_number"], said["speaker_id"]);
        assert_eq!(row["about"], said["about"]);
        let spans: Vec<_> =
            row["content"].as_array().unwrap().iter().map(|s| [&s["start"], &s["end"]]).collect();
        assert_eq!(serde_json::to_value(spans).unwrap(), said["content"]);
        assert_eq!(row["confidence"], said["confidence"]);
    }
}

fn row_as_json(row: &parquet::record::Row) -> serde_json::Value {
    let columns = row.get_column_iter();
    columns.map(|(name, field)| (name.clone(), field_as_json(field))).collect()
}

fn field_as_json(field: &parquet::record::Field) -> serde_json::Value {
    use parquet::record::Field;
    use serde_json::json;
    match field {
        Field::Null => json!(null),
        Field::Int(value) => json!(value),
        Field::Long(value) => json!(value),
        Field::Double(value) => json!(value),
        Field::Str(value) => json!(value),
        Field::Date(days) => {
            let day = jiff::civil::date(1970, 1, 1) + jiff::ToSpan::days(i64::from(*days));
            json!(day.to_string())
        }
        Field::Group(row) => row_as_json(row),
        Field::ListInternal(list) => list.elements().iter().map(field_as_json).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_format_has_what_it_should() {
    let store = store("formats", &week());
    let lines =
        |format: Format| export(&store, format).lines().map(str::to_owned).collect::<Vec<_>>();

    let csv = lines(Format::Csv);
    assert_eq!(csv.len(), 6);
    assert!(csv[1].starts_with("1,2026-01-20,Khazar Review,Mila Tereny,"), "{}", csv[1]);
    assert!(csv[1].contains("\"“We will share the water,”\",Belin (+0.6),"), "{}", csv[1]);

    let polecat = lines(Format::Polecat);
    let n_columns = polecat[0].split('\t').count();
    assert!(polecat.iter().all(|line| line.split('\t').count() == n_columns));
    assert_eq!(polecat.len(), 6);
    let assault: Vec<&str> = polecat[3].split('\t').collect();
    assert_eq!(assault[1..6], ["2026-01-22", "ASSAULT", "", "-2", "material conflict"]);
    assert_eq!((assault[7], assault[15], assault[41]), ("Ostra", "Belin", "Pavol Dresz"));

    parquet_has_what_csv_has(&store);

    let graphml = export(&store, Format::Graphml);
    assert_eq!((graphml.matches("<node ").count(), graphml.matches("<edge ").count()), (5, 6));
    assert_eq!(export(&store, Format::Gexf).matches("<edge ").count(), 6);

    for line in lines(Format::Annotation) {
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["type"], "Annotation");
        let quote = &value["target"][0]["selector"][1];
        assert!(quote["exact"].as_str().is_some_and(|words| !words.is_empty()), "{quote}");
    }
    let schemas: Vec<String> = lines(Format::Ftm)
        .iter()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["schema"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    for (schema, n) in [
        ("Person", 2),
        ("PublicBody", 2),
        ("Organization", 1),
        ("Article", 4),
        ("Documentation", 5),
        ("Event", 3),
    ] {
        assert_eq!(
            schemas.iter().filter(|found| *found == schema).count(),
            n,
            "{schema} in {schemas:?}"
        );
    }
}

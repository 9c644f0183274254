//! The whole way with the real model: what holds for any text.

use std::sync::OnceLock;
use std::thread;

use onrecord::{Article, Form, Reader, Record};

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(Reader::new)
}

fn read(text: &str) -> Record {
    reader().read(Article::new(text))
}

/// Texts of every script, balanced and not, and what breaks careless programs.
const ODD: &[&str] = &[
    "",
    "\n\n\r\n\t",
    "\u{feff}\u{200b}\u{0}\u{1}",
    "“",
    "”””“““«»„‚‘’‹›「」『』〝〟\"'",
    "“Open (said «he „and ‘she \"they.\n\n“Again\n\nno mark\n\n”",
    "「はい」と大臣は述べた。『いいえ』",
    "«Нет», — заявил министр. „Нет“, сказал он.",
    "قال الوزير: “لن نوافق” وأضاف «نعم».",
    "👨‍👩‍👧‍👦 “We 🏳️‍🌈 agree é́,” שלום said 𠀀𠮷.",
    "She sa\u{301}id tha\u{308}t “nai\u{308}ve 𝐁𝐨𝐥𝐝 words” were fine, the minister said.",
    "[CLS] he said [SEP] that [MASK] [UNK] was ##fine",
    "said said said said said said said said said said said said said said said said said",
];

#[test]
fn offsets_in_json_are_the_words() {
    let mut texts: Vec<String> = ODD.iter().map(|text| (*text).to_owned()).collect();
    texts.push(ODD.join("\n\n"));
    texts.push("🙂 é 漢 ".repeat(300) + "“We agree,” the minister said. " + &"𠀀é́ ".repeat(300));
    let mut n_statements = 0;
    for text in &texts {
        let record = read(text);
        let json: serde_json::Value = serde_json::from_str(&record.to_json()).unwrap();
        assert_eq!(json["article"]["text"], text.as_str());
        let chars: Vec<char> = text.chars().collect();
        for (statement, row) in record.statements.iter().zip(json["statements"].as_array().unwrap())
        {
            n_statements += 1;
            let parts = [
                (&statement.content, "content"),
                (&statement.source, "source"),
                (&statement.cue, "cue"),
            ];
            for (spans, name) in parts {
                let points = row[name].as_array().unwrap();
                assert_eq!(spans.len(), points.len());
                for (&span, at) in spans.iter().zip(points) {
                    let [start, end] = [0, 1].map(|i| at[i].as_u64().unwrap() as usize);
                    let sliced: String = chars[start..end].iter().collect();
                    assert_eq!(sliced, record.article.text[span], "{name} in {text:?}");
                }
            }
        }
    }
    assert!(n_statements > 5, "only {n_statements} statements to look at");
}

#[test]
fn the_same_record_whatever_else_is_read() {
    let article = include_str!("../../../examples/river-accord.txt");
    let alone = read(article).to_json();
    thread::scope(|scope| {
        for shift in 0..4 {
            let alone = &alone;
            scope.spawn(move || {
                for text in ODD.iter().cycle().skip(shift).take(ODD.len()) {
                    read(text);
                    assert_eq!(&read(article).to_json(), alone);
                }
            });
        }
    });
}

#[test]
fn many_short_paragraphs_and_one_long_line() {
    let short = read(&"She said no.\n".repeat(2_000));
    assert!(short.statements.len() > 1_000, "{}", short.statements.len());
    let long = read(&"The minister said it would rain. ".repeat(1_000));
    assert!(long.statements.len() > 500, "{}", long.statements.len());
}

#[test]
fn the_example_of_the_readme() {
    let record = read(include_str!("../../../examples/river-accord.txt"));
    let text = &record.article.text;
    let find = |words: &str| {
        let holds = |s: &&onrecord::Statement| s.content.iter().any(|&c| text[c].contains(words));
        record.statements.iter().find(holds).unwrap_or_else(|| panic!("nobody says {words:?}"))
    };
    let source =
        |s: &onrecord::Statement| s.source.iter().map(|&s| &text[s]).collect::<Vec<_>>().join(" ");

    let talked = find("we talked about water");
    assert_eq!((source(talked).as_str(), talked.form), ("Tereny", Form::Direct));
    assert_eq!(talked.content.len(), 2, "the quotation goes on after the cue");

    // Four paragraphs, one of them without a mark, and one statement.
    let running = find("A farmer does not need a river");
    for words in ["I have worked on nine", "That is not malice", "the gauges will not be there"] {
        assert_eq!(find(words).id, running.id, "{words}");
    }
    assert_eq!(source(running), "she");

    assert_eq!(source(find("the pledge was welcome")), "A spokesman for the energy ministry");
}

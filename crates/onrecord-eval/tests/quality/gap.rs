//! Pronouns: what a record answers, and how answers are counted.

use onrecord_eval::gap::{self, Counts};
use onrecord_eval::record::{Actor, Items, Mention};

const COLUMNS: &str =
    "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL";

/// Of four rows, two about women.
const ROWS: [&str; 4] = [
    "t-1\tMs Œuvre met Ada Vale, and she left.\tshe\t27\tŒuvre\t3\tTRUE\tAda Vale\t13\tFALSE\tu",
    "t-2\tJo Fenn told Kit Marsh of her plan.\tHer\t26\tJo Fenn\t0\tTRUE\tKit Marsh\t13\tFALSE\tu",
    "t-3\tOle Bø and Per Dahl saw that he won.\the\t29\tOle Bø\t0\tFALSE\tPer Dahl\t11\tTRUE\tu",
    "t-4\tAbe Roy and Max Lund saw his car.\this\t25\tAbe Roy\t0\tFALSE\tMax Lund\t12\tFALSE\tu",
];

fn rows() -> Vec<gap::Row> {
    gap::rows(&format!("{COLUMNS}\n{}\n", ROWS.join("\n")).replace("\tHer\t", "\ther\t")).unwrap()
}

#[test]
fn counts_are_those_of_the_scorer_of_gap() {
    let answers = [Some([true, false]), Some([false, true]), Some([true, true]), None::<[bool; 2]>];
    let scores = gap::score(&rows(), &answers).unwrap();
    let counts = |tp, fp, tn, r#fn| Counts {
        true_positives: tp,
        false_positives: fp,
        true_negatives: tn,
        false_negatives: r#fn,
    };
    assert_eq!(scores.missing, 1);
    assert_eq!(scores.feminine, counts(1, 1, 1, 1));
    assert_eq!(scores.masculine, counts(1, 1, 0, 2));
    assert_eq!(scores.overall, counts(2, 2, 1, 3));
    let printed = "Overall recall: 40.0 precision: 50.0 f1: 44.4\n\t\ttp 2\tfp 2\n\t\tfn 3\ttn 1\n\
                   Masculine recall: 33.3 precision: 50.0 f1: 40.0\n\t\ttp 1\tfp 1\n\t\tfn 2\ttn 0\n\
                   Feminine recall: 50.0 precision: 50.0 f1: 50.0\n\t\ttp 1\tfp 1\n\t\tfn 1\ttn 1\n\
                   Bias (F/M): 1.25\n";
    assert_eq!(scores.to_string(), printed);
    assert!(scores.to_json().contains("\"bias\":1.25"), "{}", scores.to_json());
    let tsv = gap::to_tsv(&rows(), &answers);
    assert_eq!(tsv, "t-1\tTRUE\tFALSE\nt-2\tFALSE\tTRUE\nt-3\tTRUE\tTRUE\n");
}

#[test]
fn a_pronoun_stands_for_a_name_of_the_same_actor() {
    let actor = |id: &str, mentions: &[(usize, usize, &str)]| Actor {
        id: id.to_owned(),
        mentions: (mentions.iter())
            .map(|&(start, end, form)| Mention { span: (start, end), form: Some(form.to_owned()) })
            .collect(),
        ..Actor::default()
    };
    let items = |actors: &[Actor]| Items { actors: actors.to_vec(), ..Items::default() };
    // In "Ms Œuvre met Ada Vale, and she left.": Œuvre 3–8, Ada Vale 13–21, she 27–30.
    let she = (27, 30, "pronoun");
    let cases: [(&str, Vec<Actor>, [bool; 2]); 7] = [
        ("nothing found", vec![], [false; 2]),
        ("no pronoun", vec![actor("a1", &[(3, 8, "name")])], [false; 2]),
        ("the same words", vec![actor("a1", &[(3, 8, "name"), she])], [true, false]),
        ("with a title", vec![actor("a1", &[(0, 8, "name"), she])], [true, false]),
        ("a part", vec![actor("a1", &[(17, 21, "name"), she])], [false, true]),
        ("a longer description", vec![actor("a1", &[(0, 21, "nominal"), she])], [false; 2]),
        (
            "the shortest around, and an actor for both",
            vec![
                actor("a1", &[(0, 21, "name"), (13, 21, "name")]),
                actor("a2", &[(0, 8, "name"), she]),
            ],
            [true, false],
        ),
    ];
    let row = &rows()[0];
    let mut failed = Vec::new();
    for (case, actors, expected) in cases {
        let found = row.answer(&items(&actors));
        if found != expected {
            failed.push(format!("{case}: {found:?}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn bad_rows_are_named() {
    let row = ROWS[0];
    let cases = [
        ("ID\tText\n".to_owned(), "columns"),
        (format!("{COLUMNS}\n{row}\textra\n"), "line 2: 12 columns"),
        (format!("{COLUMNS}\n{row}\n{row}\n"), "line 3: a second row t-1"),
        (format!("{COLUMNS}\n{}\n", row.replace("27", "26")), "she is not at 26"),
        (format!("{COLUMNS}\n{}\n", row.replace("27", "270")), "she is not at 270"),
        (format!("{COLUMNS}\n{}\n", row.replace("TRUE", "yes")), "neither TRUE nor FALSE"),
        (format!("{COLUMNS}\n{}\n", row.replace("\tshe\t", "\tleft\t")), "not a pronoun"),
    ];
    let mut failed = Vec::new();
    for (tsv, expected) in cases {
        let found = gap::rows(&tsv).map_err(|error| format!("{error:#}"));
        if !found.as_ref().is_err_and(|error| error.contains(expected)) {
            failed.push(format!("{expected}: {found:?}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

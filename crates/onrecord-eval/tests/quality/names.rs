//! Names: what tags say, what a record holds, and how the two are compared.

use onrecord_eval::names::{self, Sentence, bare_names};
use onrecord_eval::record::{Actor, Items, Mention, Role};

fn sentence(tokens: &str, tags: &str) -> Sentence {
    let list = |words: &str| -> Vec<String> { words.split(' ').map(str::to_owned).collect() };
    let line = serde_json::json!({"tokens": list(tokens), "tags": list(tags)});
    names::sentences(&line.to_string()).unwrap().remove(0)
}

/// The words of names in a text, each with its class.
fn words<'a>(
    text: &str,
    names: impl IntoIterator<Item = &'a ((usize, usize), usize)>,
) -> Vec<String> {
    let words = |&((start, end), class): &((usize, usize), usize)| {
        let words: String = text.chars().skip(start).take(end - start).collect();
        format!("{}: {words}", names::CLASSES[class].0)
    };
    names.into_iter().map(words).collect()
}

#[test]
fn tags_become_names() {
    let found = sentence(
        "In Łódź Ewa Zając left the Blue Front for the 2019 vote",
        "O B-location B-politician I-politician O O B-politicalparty I-politicalparty O O B-election I-election",
    );
    let expected = ["place-or-state: Łódź", "person: Ewa Zając", "organization: Blue Front"];
    assert_eq!(words(&found.text, &found.names), expected);
    assert_eq!(found.left_out.len(), 1);
    // An I- after another type begins a name.
    let found = sentence("Ewa Front", "B-person I-organisation");
    assert_eq!(words(&found.text, &found.names), ["person: Ewa", "organization: Front"]);
}

#[test]
fn bad_lines_are_named() {
    let cases = [
        ("{", "line 1"),
        (r#"{"tokens": ["a"]}"#, "no list of tags"),
        (r#"{"tokens": ["a"], "tags": []}"#, "1 tokens, 0 tags"),
        (r#"{"tokens": ["a"], "tags": ["B-spell"]}"#, "unknown type of name: spell"),
        (r#"{"tokens": ["a"], "tags": ["X"]}"#, "not a BIO tag: X"),
    ];
    let mut failed = Vec::new();
    for (line, expected) in cases {
        let found = names::sentences(line).map_err(|error| format!("{error:#}"));
        if !found.as_ref().is_err_and(|error| error.contains(expected)) {
            failed.push(format!("{line}: {found:?}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

const TEXT: &str = "The Łódź Council let Mayor Ewa Zając, head of Norland and the Blue Front speak";

/// An actor with mentions of these words by name, and these roles.
fn actor(kind: &str, mentions: &[&str], roles: &[&str]) -> Actor {
    let span = |words: &str| {
        let start = TEXT.find(words).map(|byte| TEXT[..byte].chars().count()).unwrap();
        (start, start + words.chars().count())
    };
    let mentions = mentions.iter();
    let roles = roles.iter();
    Actor {
        id: mentions.as_slice().concat(),
        kind: Some(kind.to_owned()),
        mentions: mentions
            .map(|words| Mention { span: span(words), form: Some("name".to_owned()) })
            .collect(),
        roles: roles
            .map(|title| Role { title: (*title).to_owned(), span: Some(span(title)) })
            .collect(),
        ..Actor::default()
    }
}

#[test]
fn names_are_bare() {
    let cases: [(Actor, &[&str]); 7] = [
        (actor("organization", &["The Łódź Council"], &[]), &["organization: Łódź Council"]),
        (actor("person", &["Mayor Ewa Zając"], &["Mayor"]), &["person: Ewa Zając"]),
        // What follows the second role is no name.
        (
            actor("person", &["Mayor Ewa Zając, head of Norland"], &["Mayor", "head"]),
            &["person: Ewa Zając, head of Norland"],
        ),
        (actor("state", &["Norland"], &[]), &["place-or-state: Norland"]),
        (actor("place", &["Łódź"], &[]), &["place-or-state: Łódź"]),
        (actor("group", &["the Blue Front"], &[]), &[]),
        (actor("document", &["Norland"], &[]), &[]),
    ];
    let mut failed = Vec::new();
    for (actor, expected) in cases {
        let items = Items { actors: vec![actor], ..Items::default() };
        let found = words(TEXT, &bare_names(TEXT, &items));
        if found != expected {
            failed.push(format!("{found:?}, not {expected:?}"));
        }
    }
    let mut nominal = actor("person", &["Mayor Ewa Zając"], &[]);
    nominal.mentions[0].form = Some("nominal".to_owned());
    let items = Items { actors: vec![nominal], ..Items::default() };
    assert!(bare_names(TEXT, &items).is_empty(), "a description is no name");
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn what_is_left_out_of_gold_is_not_judged() {
    let tags = "O B-organisation I-organisation O O B-politician I-politician O O B-misc O O \
                B-politicalparty I-politicalparty O";
    let sentence = sentence(TEXT, tags);
    assert_eq!(sentence.text, TEXT);
    let shifted = actor("organization", &["Łódź Council", "Council let"], &[]);
    let left_out = Actor {
        mentions: vec![Mention {
            span: *sentence.left_out.first().unwrap(),
            form: Some("name".to_owned()),
        }],
        ..actor("state", &["Norland"], &[])
    };
    let record = Items { actors: vec![shifted, left_out], ..Items::default() };
    let predicted = bare_names(TEXT, &record);
    let scores = names::score(&[sentence.clone(), sentence], &[Some(predicted), None]).unwrap();
    assert_eq!(scores.missing, 1);
    let found = scores.classes.map(|counts| (counts.tp, counts.predicted, counts.gold));
    assert_eq!(found, [(0, 0, 2), (1, 2, 4), (0, 0, 0)]);
    let total = scores.total();
    assert_eq!((total.tp, total.predicted, total.gold), (1, 2, 6));
    assert!(scores.to_json().ends_with("\"all\":{\"p\":0.5,\"r\":0.1667,\"f1\":0.25}}"));
    assert!(scores.to_string().ends_with("all            P 0.500  R 0.167  F1 0.250\n"));
}

//! Questions, over a small week that can be checked by eye.

use onrecord_record::Form;
use onrecord_store::{By, Filter, NoNames, SaidRow};

use crate::sample::{store, week};

fn words(rows: &[SaidRow]) -> Vec<&str> {
    rows.iter().map(|row| row.words.as_str()).collect()
}

#[test]
fn said_is_limited_by_all_that_is_asked() {
    let store = store("said", &week());
    let all = [
        "“a neighbour that lies”",
        "shelling anything",
        "“Ostra shelled us.”",
        "“We will share all the water,”",
        "“We will share the water,”",
    ];
    let filter = Filter::default;
    let some = |text: &str| Some(text.to_owned());
    let cases: Vec<(&str, Filter, &[usize])> = vec![
        ("everything", filter(), &[0, 1, 2, 3, 4]),
        ("by", Filter { by: some("mila TERENY"), ..filter() }, &[0, 3, 4]),
        ("about", Filter { about: some("Belin"), ..filter() }, &[0, 4]),
        ("about a metonym", Filter { about: some("Port Sael"), ..filter() }, &[2]),
        ("about a code", Filter { about: some("OST"), ..filter() }, &[2]),
        ("words", Filter { words: some("share water"), ..filter() }, &[3, 4]),
        ("phrase", Filter { words: some("\"share the water\""), ..filter() }, &[4]),
        ("beginning", Filter { words: some("shell*"), ..filter() }, &[1, 2]),
        ("not", Filter { words: some("share NOT all"), ..filter() }, &[4]),
        ("since", Filter { since: Some("2026-01-23".parse().unwrap()), ..filter() }, &[0, 1, 2]),
        ("until", Filter { until: Some("2026-01-20".parse().unwrap()), ..filter() }, &[4]),
        ("form", Filter { form: Some(Form::Indirect), ..filter() }, &[1]),
        ("outlet", Filter { outlet: some("khazar review"), ..filter() }, &[0, 4]),
        ("limit", Filter { limit: Some(2), ..filter() }, &[0, 1]),
        (
            "both",
            Filter {
                by: some("Mila Tereny"),
                about: some("Belin"),
                words: some("lies"),
                ..filter()
            },
            &[0],
        ),
    ];
    let mut failures = String::new();
    for (name, filter, expected) in cases {
        let expected: Vec<&str> = expected.iter().map(|&idx| all[idx]).collect();
        match store.said(&filter, &NoNames) {
            Ok(rows) if words(&rows) == expected => {}
            result => failures += &format!("{name}: {result:?}\n"),
        }
    }
    assert!(failures.is_empty(), "{failures}");
    let row = &store.said(&Filter { limit: Some(1), ..filter() }, &NoNames).unwrap()[0];
    assert_eq!(row.role.as_deref(), Some("foreign minister"));
    assert_eq!((row.about[0].name.as_str(), row.about[0].stance), ("Belin", Some(-0.7)));
    assert_eq!(
        (row.content.as_slice(), row.outlet.as_deref()),
        (&[[53, 76]][..], Some("Khazar Review"))
    );
}

#[test]
fn names_that_say_too_little_are_refused() {
    let store = store("names", &week());
    let said =
        |by: &str| store.said(&Filter { by: Some(by.to_owned()), ..Filter::default() }, &NoNames);
    let error = said("Nobody Here").unwrap_err();
    assert!(error.is_unknown_name(), "{error}");
    assert!(said("#1").is_ok());
    assert!(said("#99").unwrap_err().is_unknown_name());
}

#[test]
fn a_relation_has_its_events_statements_and_months() {
    let store = store("between", &week());
    let answer = store.between("Ostra", "BEL", &Filter::default(), &NoNames).unwrap();
    let events: Vec<_> = answer
        .events
        .iter()
        .map(|event| {
            (event.r#type.as_str(), event.reports, event.independent, event.statuses.len())
        })
        .collect();
    assert_eq!(events, [("CONSULT", 2, 2, 1), ("ASSAULT", 2, 2, 2), ("ACCUSE", 1, 1, 1)]);
    let month = &answer.months[0];
    assert_eq!((month.month.as_str(), month.cooperation, month.conflict), ("2026-01", 1, 2));
    assert!((month.balance - (1.0 - 2.0 - 1.0) / 3.0).abs() < 1e-9, "{}", month.balance);
}

#[test]
fn an_event_claimed_and_denied_is_disputed() {
    let store = store("disputed", &week());
    let rows = store.disputed(&Filter::default(), &NoNames).unwrap();
    assert_eq!(rows.len(), 1, "{rows:#?}");
    assert_eq!(
        (&rows[0].claimed_by[..], &rows[0].denied_by[..]),
        (&["Pavol Dresz".to_owned()][..], &["army of Ostra".to_owned()][..])
    );
}

#[test]
fn a_change_of_stance_is_a_shift() {
    let store = store("shifts", &week());
    let some = |text: &str| Some(text.to_owned());
    for filter in [
        Filter::default(),
        Filter { by: some("Mila Tereny"), ..Filter::default() },
        Filter { about: some("Belin"), ..Filter::default() },
    ] {
        let rows = store.shifts(&filter, &NoNames).unwrap();
        assert_eq!(rows.len(), 1, "{rows:#?}");
        let shift = &rows[0];
        assert_eq!((shift.speaker.as_str(), shift.toward.as_str()), ("Mila Tereny", "Belin"));
        assert_eq!((shift.from, shift.to), (0.6, -0.7));
        assert_eq!(shift.before.words, "“We will share the water,”");
        assert_eq!(shift.after.words, "“a neighbour that lies”");
    }
}

#[test]
fn speakers_are_compared_and_counted() {
    let store = store("compare", &week());
    let rows = store.compare("Belin", &Filter::default(), &NoNames).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].speaker.as_str(), rows[0].statements), ("Mila Tereny", 2));
    assert!((rows[0].stance.unwrap() + 0.05).abs() < 1e-9);
    assert_eq!(rows[0].latest.words, "“a neighbour that lies”");
    let topic = store.compare("water", &Filter::default(), &NoNames).unwrap();
    assert_eq!((topic.len(), topic[0].statements, topic[0].stance), (1, 2, None));

    let values = |by: By, filter: &Filter| -> Vec<(Option<String>, u64)> {
        let rows = store.sources(by, filter, &NoNames).unwrap();
        rows.into_iter().map(|row| (row.value, row.statements)).collect()
    };
    let some = |text: &str| Some(text.to_owned());
    // Counted from the tallies, and counted anew.
    for filter in [
        Filter::default(),
        Filter { since: Some("2000-01-01".parse().unwrap()), ..Filter::default() },
    ] {
        let by_speaker = [("Mila Tereny", 3), ("Pavol Dresz", 1), ("army of Ostra", 1)];
        assert_eq!(values(By::Speaker, &filter), by_speaker.map(|(name, n)| (some(name), n)));
        let by_country = [("OST", 4), ("BEL", 1)];
        assert_eq!(values(By::Country, &filter), by_country.map(|(name, n)| (some(name), n)));
        let by_outlet = [("Belin Today", 2), ("Khazar Review", 2), ("Delta Post", 1)];
        assert_eq!(values(By::Outlet, &filter), by_outlet.map(|(name, n)| (some(name), n)));
    }
}

#[test]
fn an_actor_has_its_capacities_and_why() {
    let store = store("actor", &week());
    let answer = store.actor("Mila Tereny", &Filter::default(), &NoNames).unwrap();
    let capacities: Vec<_> = answer
        .capacities
        .iter()
        .map(|c| (c.role.as_deref(), c.first.as_deref(), c.last.as_deref(), c.articles))
        .collect();
    assert_eq!(
        capacities,
        [
            (Some("foreign minister"), Some("2026-01-20"), Some("2026-01-26"), 2),
            (None, Some("2026-01-21"), Some("2026-01-21"), 1)
        ]
    );
    assert_eq!(answer.capacities[1].reason, "same name and country OST");
    assert_eq!((answer.statements, answer.said.len()), (3, 3));
}

#[test]
fn quotations_of_the_same_words_are_variants() {
    let store = store("variants", &week());
    let groups = store.variants(&Filter::default(), &NoNames).unwrap();
    assert_eq!(groups.len(), 1, "{groups:#?}");
    let differences: Vec<&str> = groups[0].variants.iter().map(|v| v.difference.as_str()).collect();
    assert_eq!(differences, ["“We will share the water,”", "“We will share {all} the water,”"]);
}

//! Who is brought together, who is kept apart, and what a person may overrule.

use onrecord_record::{Form, Kind, Record};
use onrecord_store::{Filter, NoNames, Store};

use crate::sample::{draft, store};

/// An article that names a person so, in this capacity, with a sentence of theirs.
fn article(n: usize, name: &str, country: &str, role: &str) -> Record {
    let text = format!("{name}, {role}, spoke on day {n}. “We met number {n}.”");
    let day = format!("2026-01-{:02}", n % 28 + 1);
    draft(&format!("Outlet {n}"), &day, &text)
        .person(name, country, role)
        .said(name, Form::Direct, &format!("“We met number {n}.”"), &[])
        .done()
}

/// In how many actors the articles of a name end up.
fn n_actors(test: &str, records: &[Record]) -> usize {
    let store = store(test, records);
    store.size().unwrap().actors as usize
}

/// Two people of one name, a pair a line: country and title of each. Countries are left out (-) where
/// the title alone has to tell.
const APART: &[(&str, &str, &str, &str)] = &[
    ("OST", "foreign minister", "BEL", "foreign minister"),
    ("OST", "member of parliament", "BEL", ""),
    ("OST", "", "BEL", ""),
    ("OST", "analyst", "BEL", "analyst"),
    ("OST", "footballer", "BEL", "striker"),
    ("OST", "energy minister", "OST", "footballer"),
    ("OST", "energy minister", "OST", "singer"),
    ("OST", "energy minister", "OST", "surgeon"),
    ("OST", "energy minister", "OST", "fisherman"),
    ("OST", "energy minister", "OST", "bishop"),
    ("OST", "energy minister", "OST", "journalist"),
    ("OST", "senator", "OST", "goalkeeper"),
    ("OST", "senator", "OST", "novelist"),
    ("OST", "senator", "OST", "police officer"),
    ("OST", "senator", "OST", "farmer"),
    ("OST", "colonel", "OST", "economist"),
    ("OST", "colonel", "OST", "archbishop"),
    ("OST", "colonel", "OST", "actress"),
    ("OST", "colonel", "OST", "judge"),
    ("OST", "general", "OST", "senator"),
    ("OST", "judge", "OST", "boxer"),
    ("OST", "judge", "OST", "teacher"),
    ("OST", "judge", "OST", "suspect"),
    ("OST", "prosecutor", "OST", "defendant"),
    ("OST", "professor of law", "OST", "driver"),
    ("OST", "analyst", "OST", "coach"),
    ("OST", "analyst", "OST", "sergeant"),
    ("OST", "reporter", "OST", "militant"),
    ("OST", "reporter", "OST", "banker"),
    ("OST", "editor", "OST", "miner"),
    ("OST", "banker", "OST", "rebel commander"),
    ("OST", "banker", "OST", "imam"),
    ("OST", "activist", "OST", "minister"),
    ("OST", "activist", "OST", "detective"),
    ("OST", "activist", "OST", "pilot"),
    ("OST", "mayor of Selm", "OST", "mayor of Karsk"),
    ("OST", "governor of Selm", "OST", "governor of Upper Karsk"),
    ("OST", "bishop of Selm", "OST", "bishop of Karsk"),
    ("OST", "editor of the Selm Times", "OST", "editor of Karsk Daily"),
    ("OST", "coach of Selm", "OST", "coach of Dynamo Karsk"),
    ("OST", "ambassador to Belin", "OST", "ambassador to Karsk"),
    ("OST", "rector of Selm University", "OST", "rector of the Karsk Academy"),
    ("-", "mayor of Selm", "-", "mayor of Karsk"),
    ("-", "foreign minister", "-", "goalkeeper"),
    ("-", "colonel", "-", "composer"),
    ("-", "doctor", "-", "senator"),
    ("-", "police chief", "-", "refugee"),
    ("-", "reporter", "-", "warlord"),
    ("-", "priest", "-", "swimmer"),
    ("-", "student", "-", "chancellor"),
];

#[test]
fn two_people_of_one_name_are_two() {
    assert_eq!(APART.len(), 50);
    let mut failures = String::new();
    for (idx, &(country, role, other_country, other_role)) in APART.iter().enumerate() {
        let records = [
            article(1, "Arman Selt", country, role),
            article(2, "Arman Selt", other_country, other_role),
        ];
        if n_actors(&format!("apart{idx}"), &records) != 2 {
            failures += &format!("{country} {role} = {other_country} {other_role}\n");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// One person, said so in two ways: name, country, title of each.
const TOGETHER: &[[&str; 6]] = &[
    ["Arman Selt", "OST", "foreign minister", "Arman Selt", "OST", "minister of foreign affairs"],
    ["Arman Selt", "OST", "foreign minister", "Arman Selt", "OST", ""],
    ["Arman Selt", "OST", "foreign minister", "Arman Selt", "-", "minister"],
    ["Arman Selt", "OST", "", "Arman Selt", "-", ""],
    ["Arman Selt", "-", "", "Arman Selt", "-", ""],
    ["Ármán Šelt", "OST", "senator", "ARMAN SELT", "OST", "senator"],
    ["Arman J. Selt", "OST", "senator", "Arman Selt", "OST", "senator"],
    ["Arman Selt", "OST", "senator", "Arman Selt", "OST", "leader of the opposition"],
    ["Arman Selt", "OST", "deputy foreign minister", "Arman Selt", "OST", "ambassador"],
    ["Arman Selt", "OST", "political analyst", "Arman Selt", "OST", "professor"],
    ["Arman Selt", "OST", "mayor of Selm", "Arman Selt", "OST", "Selm mayor"],
    ["Selt", "OST", "energy minister", "Selt", "OST", "energy minister"],
];

#[test]
fn one_person_named_in_two_ways_is_one() {
    let mut failures = String::new();
    for (idx, [name, country, role, other, other_country, other_role]) in
        TOGETHER.iter().enumerate()
    {
        let records =
            [article(1, name, country, role), article(2, other, other_country, other_role)];
        if n_actors(&format!("together{idx}"), &records) != 1 {
            failures += &format!("{:?}\n", TOGETHER[idx]);
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn whoever_could_be_either_is_neither() {
    let records = [
        article(1, "Arman Selt", "OST", "minister"),
        article(2, "Arman Selt", "BEL", "minister"),
        article(3, "Arman Selt", "-", ""),
        article(4, "Selt", "-", ""),
        article(5, "Selt", "-", ""),
    ];
    assert_eq!(n_actors("either", &records), 5);
}

#[test]
fn a_link_decides() {
    let linked = |n: usize, name: &str, id: &str| {
        let text = format!("{name} spoke on day {n}.");
        draft(&format!("Outlet {n}"), "2026-01-01", &text)
            .actor(name, Kind::State, "TUR", &[name])
            .link("iso3166", "TR")
            .link("wikidata", id)
            .done()
    };
    let records =
        [linked(1, "Turkey", "Q43"), linked(2, "Türkiye", "Q43"), linked(3, "Turkey", "Q99")];
    let store = store("link", &records);
    assert_eq!(store.size().unwrap().actors, 2);
    let answer = store.actor("Türkiye", &Filter::default(), &NoNames).unwrap();
    assert_eq!(answer.capacities.iter().map(|c| c.articles).sum::<u64>(), 2);
    assert!(answer.capacities.iter().any(|c| c.reason == "same wikidata:Q43"), "{answer:#?}");
}

#[test]
fn rulings_hold_for_what_comes_later() {
    let mut store = store(
        "rulings",
        &[
            article(1, "Arman Selt", "OST", "minister"),
            article(2, "Arman Selt", "OST", "singer"),
            article(3, "Arman Selt", "OST", "minister"),
        ],
    );
    let names = &NoNames;
    let error = store.somebody("Arman Selt", names).unwrap_err();
    assert!(
        error.is_ambiguous_name()
            && error.to_string().contains("#2 Arman Selt (person, OST, singer)"),
        "{error}"
    );
    let candidates = error.candidates();
    assert_eq!((candidates[1].id.as_str(), candidates.len()), ("#2", 2));
    assert_eq!(candidates[1].description, "Arman Selt (person, OST, singer)");
    let merged = store.merge("#1", "#2", Some("he sings"), names).unwrap();
    assert_eq!((merged.id, store.size().unwrap().actors), (1, 1));
    assert!(store.merge("#1", "#1", None, names).is_err());
    store
        .add(&[
            article(4, "Arman Selt", "OST", "singer"),
            article(5, "Arman Selt", "OST", "minister"),
        ])
        .unwrap();
    assert_eq!(store.actor("#1", &Filter::default(), names).unwrap().statements, 5);

    let hash = store
        .said(&Filter { words: Some("\"number 3\"".into()), ..Filter::default() }, names)
        .unwrap()[0]
        .article
        .clone();
    let split =
        store.split("#1", &[hash[..12].to_owned()], Some("another minister"), names).unwrap();
    let count = |store: &Store, id: i64| {
        store.actor(&format!("#{id}"), &Filter::default(), names).unwrap().statements
    };
    assert_eq!((count(&store, 1), count(&store, split.id)), (4, 1));
    store.add(&[article(6, "Arman Selt", "OST", "minister")]).unwrap();
    assert_eq!((count(&store, 1), count(&store, split.id)), (5, 1));
    assert_eq!(store.verify(|| {}).unwrap().problems, Vec::<String>::new());
    let reasons: Vec<String> = store
        .actor(&format!("#{}", split.id), &Filter::default(), names)
        .unwrap()
        .capacities
        .into_iter()
        .map(|c| c.reason)
        .collect();
    assert_eq!(reasons, ["ruling 2: split"]);
    assert!(store.split("#1", &["ffff".into()], None, names).is_err());
    assert!(store.split(&format!("#{}", split.id), &[hash], None, names).is_err());
}

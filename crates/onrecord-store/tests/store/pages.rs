//! What the pages of a desk ask, over the same small week.

use std::time::Instant;

use onrecord_record::Form;
use onrecord_store::{Facet, Filter, NoNames, Piece};

use crate::sample::{draft, store, week};

fn shown(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece.found {
        true => format!("[{}]", piece.words),
        false => piece.words.clone(),
    };
    pieces.iter().map(piece).collect()
}

fn counts(facets: &[Facet]) -> Vec<(&str, u64)> {
    facets.iter().map(|facet| (facet.value.as_str(), facet.n)).collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_search_has_statements_articles_and_facets() {
    let store = store("search", &week());
    let filter = Filter { words: some("shar* NOT dam"), ..Filter::default() };
    let answer = store.search(&filter, &NoNames).unwrap();
    let marked: Vec<String> = answer.statements.iter().map(|s| shown(&s.marked)).collect();
    assert_eq!(marked, ["“We will [share] all the water,”", "“We will [share] the water,”"]);
    assert_eq!((answer.n_statements, answer.n_articles), (2, 2));
    let article = &answer.articles[0];
    assert_eq!((article.outlet.as_deref(), article.n_statements), (Some("Delta Post"), 1));
    assert!(shown(&article.snippet).contains("“We will [share] all the water,”"), "{article:#?}");
    let facets = &answer.facets;
    assert_eq!(facets.counted, 2);
    assert_eq!(counts(&facets.speakers), [("Mila Tereny", 2)]);
    assert_eq!(counts(&facets.about), [("Belin", 1)]);
    assert_eq!(counts(&facets.outlets), [("Delta Post", 1), ("Khazar Review", 1)]);
    assert_eq!(counts(&facets.forms), [("direct", 2)]);
    assert_eq!(counts(&facets.capacities), [("person", 2)]);
    assert_eq!(counts(&facets.months), [("2026-01", 2)]);
}

#[test]
fn a_search_without_words_is_everything_page_by_page() {
    let store = store("browse", &week());
    let page = |skip: u32| {
        let filter = Filter { skip, limit: Some(2), ..Filter::default() };
        store.search(&filter, &NoNames).unwrap()
    };
    let said = store.said(&Filter::default(), &NoNames).unwrap();
    let mut paged = Vec::new();
    for skip in [0, 2, 4] {
        let answer = page(skip);
        assert_eq!((answer.n_statements, answer.n_articles, answer.facets.counted), (5, 4, 5));
        paged.extend(answer.statements.into_iter().map(|found| found.said));
    }
    assert_eq!(paged, said);
    assert_eq!(page(0).articles.len() + page(2).articles.len() + page(4).articles.len(), 4);
    assert!(shown(&page(0).articles[0].snippet).starts_with("Mila Tereny, foreign minister"));
    // Each facet narrows to as many as it says.
    for facet in &page(0).facets.speakers {
        let filter = Filter { by: Some(format!("#{}", facet.id.unwrap())), ..Filter::default() };
        assert_eq!(store.search(&filter, &NoNames).unwrap().n_statements, facet.n, "{facet:?}");
    }
    for facet in &page(0).facets.capacities {
        let filter = Filter { capacity: Some(facet.value.clone()), ..Filter::default() };
        assert_eq!(store.search(&filter, &NoNames).unwrap().n_statements, facet.n, "{facet:?}");
    }
}

#[test]
fn those_said_last_are_found_among_many() {
    // More than are put in order: 60 articles of 200 statements, not added in the order of their days.
    let article = |n: usize| {
        let day = format!("2026-01-{:02}", n * 7 % 28 + 1);
        let words = |k: usize| format!("“Water {n} {k}.”");
        let text: String = (0..200).map(|k| format!("{} Mila Tereny said. ", words(k))).collect();
        let outlet = ["Khazar Review", "Delta Post"][n % 2];
        let mut draft = draft(outlet, &day, &text).person("Mila Tereny", "OST", "");
        for k in 0..200 {
            let form = [Form::Direct, Form::Mixed][k % 2];
            draft = draft.said("Mila Tereny", form, &words(k), &[]);
        }
        draft.done()
    };
    let mut store = store("many", &(0..60).map(article).collect::<Vec<_>>());
    let all = Filter { limit: Some(30), ..Filter::default() };
    let words = Filter { words: some("water"), ..all.clone() };
    let day = "2026-01-09".parse().ok();
    let cases = [
        (words.clone(), 12_000),
        (Filter { skip: 390, ..words.clone() }, 12_000),
        (Filter { by: some("Mila Tereny"), ..words.clone() }, 12_000),
        (Filter { capacity: some("person"), ..all.clone() }, 12_000),
        (Filter { form: Some(Form::Direct), ..all.clone() }, 6_000),
        (Filter { until: day, ..words.clone() }, 6_000),
        (Filter { since: day, outlet: some("delta post"), ..words.clone() }, 3_000),
        (Filter { words: some("\"water 7\""), ..all }, 200),
    ];
    for (filter, n) in cases {
        let found = store.search(&filter, &NoNames).unwrap();
        let said: Vec<_> = found.statements.into_iter().map(|found| found.said).collect();
        assert_eq!(said, store.said(&filter, &NoNames).unwrap(), "{filter:?}");
        assert_eq!(found.n_statements, n, "{filter:?}");
    }
    // And no answer is waited for longer than one wants to.
    store.give_up_at(Some(Instant::now())).unwrap();
    assert!(store.search(&words, &NoNames).unwrap_err().is_given_up());
    store.give_up_at(None).unwrap();
    assert_eq!(store.search(&words, &NoNames).unwrap().n_articles, 60);
}

#[test]
fn who_is_quoted_beside_somebody() {
    let store = store("beside", &week());
    let beside = store.beside("Pavol Dresz", &Filter::default(), &NoNames).unwrap();
    let speakers: Vec<_> =
        beside.speakers.iter().map(|row| (row.speaker.name.as_str(), row.articles)).collect();
    assert_eq!((speakers, beside.n_articles), (vec![("army of Ostra", 1)], 1));
    let alone = store.beside("Mila Tereny", &Filter::default(), &NoNames).unwrap();
    assert_eq!((alone.speakers.len(), alone.n_articles), (0, 3));
}

#[test]
fn articles_are_searched_by_words_and_phrases() {
    let store = store("phrases", &week());
    let cases: [(&str, &[&str]); 9] = [
        ("dam", &["Belin Today"]),
        ("\"energy minister\"", &["Belin Today"]),
        ("\"minister energy\"", &[]),
        ("\"foreign minister\" NOT \"a neighbour\"", &["Khazar Review"]),
        ("ostra NOT \"foreign minister\"", &["Belin Today", "Delta Post"]),
        ("\"energy minister\" OR \"government said\"", &["Belin Today", "Delta Post"]),
        ("neighb*", &["Khazar Review"]),
        ("\"delta post\"", &["Delta Post"]),
        ("TÉRENY \"water mila\"", &["Delta Post", "Khazar Review"]),
    ];
    let mut failures = String::new();
    for (search, expected) in cases {
        let filter = Filter { words: some(search), ..Filter::default() };
        let answer = store.search(&filter, &NoNames).unwrap();
        let found: Vec<&str> =
            answer.articles.iter().map(|article| article.outlet.as_deref().unwrap()).collect();
        if found != expected || answer.n_articles != expected.len() as u64 {
            failures += &format!("{search}: {found:?}\n");
        }
    }
    assert!(failures.is_empty(), "{failures}");
    for bad in ["OR dam", "dam AND", "\"open"] {
        let filter = Filter { words: some(bad), ..Filter::default() };
        let error = store.search(&filter, &NoNames).unwrap_err();
        assert!(error.to_string().contains("the search cannot be understood"), "{error}");
    }
}

#[test]
fn an_article_is_found_by_its_hash_and_knows_its_numbers() {
    let mut records = week();
    let mut copy = records[0].clone();
    copy.article.url = Some("https://agency.example/1".into());
    copy.article.outlet = Some("Agency".into());
    records.push(copy);
    let store = store("article", &records);
    let hash = records[0].article.id.to_string();
    let answer = store.article(&hash[..8]).unwrap().unwrap();
    assert_eq!(answer.record.to_json(), records[0].to_json());
    assert_eq!((answer.actors.len(), answer.statements.len()), (3, 1));
    assert_eq!(answer.copies.len(), 1);
    assert_eq!(
        (answer.copies[0].outlet.as_deref(), answer.copies[0].is_first),
        (Some("Agency"), false)
    );
    let other = store.article(&records[1].article.id.to_string()).unwrap().unwrap();
    assert_eq!(other.occurrences, answer.occurrences, "both tell of one meeting");
    assert_eq!(other.actors[1], answer.actors[1], "Belin is one actor");
    for nothing in ["", "abc", "zzzzzzzzzz", "0000000000"] {
        assert!(store.article(nothing).unwrap().is_none(), "{nothing}");
    }
}

#[test]
fn a_network_has_the_ties_of_a_period() {
    let store = store("network", &week());
    let answer = store.network(&Filter::default(), &NoNames).unwrap();
    let name = |id: i64| answer.nodes.iter().find(|node| node.id == id).unwrap().name.as_str();
    let ties: Vec<_> = answer
        .edges
        .iter()
        .map(|edge| (name(edge.one), name(edge.other), edge.weight, edge.statements))
        .collect();
    assert_eq!(ties[0], ("Ostra", "Belin", 4, 0));
    let first = &answer.edges[0];
    assert_eq!(
        (first.verbal_cooperation, first.verbal_conflict, first.material_conflict),
        (2, 1, 1),
        "what is denied does not count"
    );
    let tereny = answer.edges.iter().find(|edge| name(edge.other) == "Mila Tereny").unwrap();
    assert_eq!((name(tereny.one), tereny.statements), ("Belin", 2));
    assert!((tereny.stance.unwrap() + 0.05).abs() < 1e-9);
    assert_eq!((answer.n_edges, answer.n_articles, answer.of_articles), (3, 4, 4));
    let late = Filter { since: Some("2026-01-24".parse().unwrap()), ..Filter::default() };
    assert_eq!(store.network(&late, &NoNames).unwrap().n_edges, 2);
    let about = Filter { about: some("Pavol Dresz"), limit: Some(1), ..Filter::default() };
    let answer = store.network(&about, &NoNames).unwrap();
    assert_eq!((answer.edges.len(), answer.n_edges, answer.of_articles), (1, 2, 1));
}

#[test]
fn months_count_articles_statements_and_events() {
    let mut records = week();
    records.push(draft("Delta Post", "2025-12-31", "Nothing was said.").done());
    let store = store("months", &records);
    let months = |filter: Filter| -> Vec<(String, u64, u64, u64)> {
        let rows = store.months(&filter, &NoNames).unwrap();
        rows.into_iter().map(|row| (row.month, row.articles, row.statements, row.events)).collect()
    };
    let row = |month: &str, a, s, e| (month.to_owned(), a, s, e);
    assert_eq!(months(Filter::default()), [row("2025-12", 1, 0, 0), row("2026-01", 4, 5, 5)]);
    let delta = Filter { outlet: some("delta post"), ..Filter::default() };
    assert_eq!(months(delta), [row("2025-12", 1, 0, 0), row("2026-01", 1, 1, 1)]);
    let water = Filter { words: some("water"), ..Filter::default() };
    assert_eq!(months(water), [row("2026-01", 2, 2, 0)]);
}

#[test]
fn names_are_suggested_by_their_beginning() {
    let store = store("suggest", &week());
    let suggested = |beginning: &str, limit: u32| -> Vec<String> {
        let found = store.suggest(beginning, limit).unwrap();
        found.into_iter().map(|one| one.name).collect()
    };
    assert_eq!(suggested("MILA t", 5), ["Mila Tereny"]);
    // Those quoted most come first.
    assert_eq!(suggested("p", 5), ["Pavol Dresz", "Ostra"]);
    assert_eq!(suggested("p", 1), ["Pavol Dresz"]);
    assert!(suggested("", 5).is_empty() && suggested("x", 5).is_empty());
}

//! The plots.

use std::fs;
use std::path::Path;

use onrecord_plot::{Links, Part, Plot, balance, network, nowhere, stance, timeline};

use crate::answers::*;
use crate::seen::Seen;

/// Every plot of some answers, by name; those of `years` years and `n_nodes` actors.
fn plots(n_years: i64, a_month: u64, n_nodes: i64, links: Links<'_>) -> Vec<(&'static str, Plot)> {
    let years = years(n_years, a_month);
    vec![
        ("balance", balance(&years, links)),
        ("timeline", timeline(&years, links)),
        (
            "stance",
            stance(&somebody(9, "Mila Tereny", "person"), &years.other, &years.statements, links),
        ),
        ("network", network(&web(n_nodes), links)),
    ]
}

/// A link for everything.
fn everywhere(part: Part<'_>) -> Option<String> {
    Some(match part {
        Part::Actor(actor) => format!("/actor/{}", actor.id),
        Part::Tie(edge) => format!("/relation?one={}&other={}", edge.one, edge.other),
        Part::Statement(said) => format!("/article/{}#s{}", said.article, said.statement),
        Part::Event(event) => format!("/event/{}", event.occurrence),
        Part::Days { since, until } => format!("?since={since}&until={until}"),
    })
}

#[test]
fn words_stand_apart_at_any_size() {
    let mut wrong = Vec::new();
    for (n_years, a_month, n_nodes) in
        [(1, 1, 3), (1, 8, 12), (3, 4, 40), (10, 3, 90), (30, 9, 250)]
    {
        for (name, plot) in plots(n_years, a_month, n_nodes, &everywhere) {
            let file = format!("{name}-{n_years}-years-{n_nodes}-actors.svg");
            write(&file, &plot.alone());
            let seen = Seen::new(&plot.to_svg());
            if !seen.touching().is_empty() {
                wrong.push(format!("{file}: {:?}", seen.touching()));
            }
            if !seen.sticking_out(720.0).is_empty() {
                wrong.push(format!("{file} sticks out: {:?}", seen.sticking_out(720.0)));
            }
            let n_bytes = plot.to_svg().len();
            if n_bytes > 250_000 {
                wrong.push(format!("{file}: {n_bytes} bytes"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn plots_say_what_they_show_and_style_nothing_by_themselves() {
    for (links, role) in [(&everywhere as Links<'_>, "group"), (&nowhere, "img")] {
        for (name, plot) in plots(2, 3, 20, links) {
            let svg = plot.to_svg();
            let start = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" role=\"{role}\" "
            );
            assert!(svg.starts_with(&start), "{name}: {svg}");
            let said =
                format!("<title>{}</title><desc>{}</desc>", plot.title(), plot.description());
            assert!(svg.contains(&said), "{name}");
            let seen = Seen::new(&svg);
            for (key, value) in &seen.attributes {
                assert!(!["style", "id"].contains(&key.as_str()), "{name}: {key}={value}");
            }
            assert!(seen.elements.iter().all(|element| element != "style" && element != "script"));
            assert_eq!(
                seen.elements.iter().any(|element| element == "a"),
                role == "group",
                "{name}"
            );
            let alone = Seen::new(&plot.alone());
            assert!(alone.texts().contains(&plot.title()), "{name}: {:?}", alone.texts());
            assert!(alone.elements.contains(&"style".to_owned()));
            assert_eq!(alone.touching(), [], "{name}");
        }
    }
}

#[test]
fn hostile_names_are_words() {
    let mut all = Vec::new();
    for hostile in HOSTILE {
        let mut answer = years(1, 2);
        answer.one.name = hostile.to_owned();
        for event in &mut answer.events {
            event.actors = vec![hostile.to_owned()];
            event.r#type = format!("CONSULT{hostile}");
        }
        answer.events.push(event(Some(hostile), hostile, &[hostile], 1));
        for said in &mut answer.statements {
            (said.words, said.speaker) = (hostile.repeat(20), Some(hostile.to_owned()));
        }
        let mut web = web(12);
        for node in &mut web.nodes {
            (node.name, node.country) = (hostile.to_owned(), Some(hostile.to_owned()));
        }
        let links = |_: Part<'_>| Some(format!("/search?q={hostile}"));
        all.push(balance(&answer, &links));
        all.push(timeline(&answer, &links));
        all.push(stance(&answer.one, &answer.other, &answer.statements, &links));
        all.push(network(&web, &links));
    }
    for (idx, plot) in all.iter().enumerate() {
        for svg in [plot.to_svg(), plot.alone()] {
            let seen = Seen::new(&svg);
            assert!(seen.elements.iter().all(|element| element != "script"), "{svg}");
            assert!(seen.attributes.iter().all(|(key, _)| !key.starts_with("on")), "{svg}");
            let is_forbidden =
                |c: char| c.is_control() && c != '\n' || c == '\u{FFFF}' || c == '\u{202E}';
            assert!(!svg.contains(is_forbidden), "{idx}: {svg}");
        }
    }
}

#[test]
fn links_are_escaped_and_never_scripts() {
    let svg = |links: Links<'_>| network(&web(3), links).to_svg();
    let found = svg(&everywhere);
    assert!(found.contains("<a href=\"/actor/2\">"), "{found}");
    assert!(found.contains("<a href=\"/relation?one=0&amp;other=1\" tabindex=\"-1\">"), "{found}");
    let found = svg(&|_| Some("javascript:alert(1)".to_owned()));
    assert!(!found.contains("javascript"), "{found}");
}

#[test]
fn nothing_to_draw_is_said() {
    let one = somebody(1, "Ostra", "state");
    let plots = [
        balance(&between(), &nowhere),
        timeline(&between(), &nowhere),
        stance(&one, &one, &[], &nowhere),
        network(&web(1), &nowhere),
    ];
    for plot in &plots {
        let seen = Seen::new(&plot.to_svg());
        assert_eq!(seen.texts(), [plot.description()]);
        Seen::new(&plot.alone());
    }
    // Days that are none, and statements about somebody else, are nothing.
    let mut answer = between();
    answer.months = vec![month("soon", 1, 1), month("2026-01", 0, 0)];
    answer.events = vec![event(None, "CONSULT", &["occurred"], 1)];
    assert!(balance(&answer, &nowhere).description().starts_with("No event"));
    assert!(timeline(&answer, &nowhere).description().starts_with("Nothing"));
    let about_others = [said("2026-01-20", "direct", "x", 77, Some(1.0))];
    assert!(stance(&one, &one, &about_others, &nowhere).description().starts_with("No statement"));
}

#[test]
fn one_point_is_drawn_in_its_month() {
    let mut answer = between();
    answer.months = vec![month("2026-01", 1, 0)];
    answer.events = vec![event(Some("2026-01-20"), "CONSULT", &["denied", "occurred"], 2)];
    answer.statements = vec![said("2026-01-20", "direct", "“We met.”", 2, Some(0.5))];
    let texts = |plot: &Plot| Seen::new(&plot.to_svg()).texts().join(" | ");
    let found = texts(&balance(&answer, &nowhere));
    assert_eq!(found, "cooperation | 1 | conflict | Jan | 2026");
    let plot = timeline(&answer, &nowhere);
    let expected = "20 January 2026: 1 event of cooperation, 0 of conflict, 1 statement.";
    assert_eq!(plot.description(), expected);
    let found = plot.to_svg();
    for words in [
        "20 January 2026: CONSULT, Ostra → Belin (denied, occurred; 2 independent reports)",
        "20 January 2026, Mila Tereny (+0.5): “We met.”",
        "disputed",
    ] {
        assert!(found.contains(words), "{words}: {found}");
    }
    let plot =
        stance(&somebody(9, "Mila Tereny", "person"), &answer.other, &answer.statements, &nowhere);
    assert_eq!(plot.title(), "Mila Tereny on Belin");
    let expected = "20 January 2026: 1 statement, 1 favourable, 0 critical, 0 neutral.";
    assert_eq!(plot.description(), expected);
}

#[test]
fn extreme_days_and_numbers_are_drawn() {
    let mut answer = between();
    answer.months =
        vec![month("0001-01", u32::MAX / 2, 0), month("2026-01", 1, 1), month("9998-12", 0, 7)];
    answer.events = vec![
        event(Some("0001-01-01"), "ASSAULT", &[], 0),
        event(Some("9998-12-31"), "AID", &["occurred"], usize::MAX / 2),
    ];
    answer.statements = vec![
        said("2026-01-20", "mixed", "x", 2, Some(f64::NAN)),
        said("2026-01-20", "mixed", "x", 1, Some(1e300)),
    ];
    for plot in [balance(&answer, &nowhere), timeline(&answer, &nowhere)] {
        let seen = Seen::new(&plot.to_svg());
        assert_eq!(seen.touching(), []);
        assert!(
            seen.attributes
                .iter()
                .all(|(_, value)| !value.contains("NaN") && !value.contains("inf"))
        );
    }
}

#[test]
fn a_large_network_is_named_and_drawn_the_same_each_time() {
    let answer = web(400);
    let (one, other) = (network(&answer, &everywhere), network(&answer, &everywhere));
    assert_eq!(one.to_svg(), other.to_svg());
    let seen = Seen::new(&one.to_svg());
    let n_links = seen.attributes.iter().filter(|(_, value)| value.starts_with("/actor/")).count();
    assert!((150..=200).contains(&n_links), "{n_links}");
    assert!(one.description().contains("Not drawn: "), "{}", one.description());
    assert!(seen.words.len() > 60, "{}", seen.words.len());
}

#[test]
fn those_of_most_weight_have_their_names() {
    let answer = web(150);
    let weight = |id: i64| -> u64 {
        let edges = answer.edges.iter().filter(|edge| edge.one == id || edge.other == id);
        edges.map(|edge| edge.weight).sum()
    };
    let mut nodes: Vec<_> = answer.nodes.iter().collect();
    nodes.sort_by_key(|node| std::cmp::Reverse(weight(node.id)));
    let seen = Seen::new(&network(&answer, &nowhere).to_svg());
    let missing = nodes[..8].iter().filter(|node| !seen.texts().contains(&node.name.as_str()));
    assert_eq!(missing.map(|node| &node.name).collect::<Vec<_>>(), Vec::<&String>::new());
}

/// Keeps a plot to be looked at.
fn write(name: &str, svg: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plots");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), svg).unwrap();
}

//! Answers of records that do not exist.

use onrecord_store::*;

/// Names that would be markup, if they were not escaped.
pub(crate) const HOSTILE: [&str; 5] = [
    "</text><script>alert(1)</script>",
    "\" onload=\"alert(1)",
    "a & b ' < c > ]]>",
    "\0\u{1b}[31m\u{FFFF}\u{202E}",
    "Министерство водных ресурсов и окружающей среды Остры 水資源部水資源部水資源部水資源部水資源部水資源部",
];

pub(crate) fn somebody(id: i64, name: &str, kind: &str) -> Somebody {
    Somebody { id, name: name.to_owned(), kind: kind.to_owned(), country: Some("OST".to_owned()) }
}

pub(crate) fn said(day: &str, form: &str, words: &str, about: i64, stance: Option<f64>) -> SaidRow {
    SaidRow {
        statement: 1,
        published: Some(day.to_owned()),
        outlet: Some("Khazar Review".to_owned()),
        speaker: Some("Mila Tereny".to_owned()),
        speaker_id: Some(9),
        role: None,
        form: form.to_owned(),
        words: words.to_owned(),
        about: vec![AboutRow { actor: about, name: "Belin".to_owned(), stance }],
        article: "0".repeat(64),
        title: None,
        url: None,
        content: vec![[0, 1]],
        confidence: 0.9,
    }
}

pub(crate) fn event(
    day: Option<&str>,
    kind: &str,
    statuses: &[&str],
    independent: usize,
) -> EventRow {
    EventRow {
        occurrence: 1,
        r#type: kind.to_owned(),
        actors: vec!["Ostra".to_owned()],
        recipients: vec!["Belin".to_owned()],
        start: day.map(str::to_owned),
        end: day.map(str::to_owned),
        statuses: statuses.iter().map(|status| (*status).to_owned()).collect(),
        reports: independent,
        independent,
        voices: vec![],
    }
}

pub(crate) fn month(month: &str, cooperation: u32, conflict: u32) -> Month {
    let balance = f64::from(cooperation) - f64::from(conflict);
    Month { month: month.to_owned(), cooperation, conflict, balance: balance.clamp(-2.0, 2.0) }
}

pub(crate) fn between() -> BetweenAnswer {
    let (one, other) = (somebody(1, "Ostra", "state"), somebody(2, "Belin", "state"));
    BetweenAnswer { one, other, months: vec![], events: vec![], statements: vec![] }
}

/// A number from another one, that looks like chance and is none.
pub(crate) fn drawn(n: u64) -> f64 {
    let mut x = n.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (x ^ (x >> 31)) as f64 / u64::MAX as f64
}

fn date(n_days: i64) -> String {
    let (year, of_year) = (2016 + n_days / 336, n_days % 336);
    format!("{year}-{:02}-{:02}", of_year / 28 + 1, of_year % 28 + 1)
}

/// Some years of a relation that goes well, and then does not.
pub(crate) fn years(n_years: i64, a_month: u64) -> BetweenAnswer {
    let kinds =
        ["COOPERATE", "CONSULT", "CONSULT", "SUPPORT", "ACCUSE", "REJECT", "SANCTION", "ASSAULT"];
    let statuses: [&[&str]; 5] =
        [&["occurred"], &["occurred"], &["ongoing"], &["planned"], &["denied", "occurred"]];
    let mut answer = between();
    for number in 0..n_years * 12 {
        let late = number as f64 / (n_years as f64 * 12.0);
        let mut row = month(&date(number * 28)[..7], 0, 0);
        for n in 0..a_month {
            let seed = number as u64 * 1000 + n * 10;
            let day = date(number * 28 + (drawn(seed) * 27.9) as i64);
            let kind = (late * 3.0 + drawn(seed + 1) * 5.0) as usize;
            *(if kind < 4 { &mut row.cooperation } else { &mut row.conflict }) += 1;
            let statuses = statuses[(drawn(seed + 2) * 5.0) as usize];
            let reports = 1 + (drawn(seed + 3).powi(4) * 9.0) as usize;
            answer.events.push(event(Some(&day), kinds[kind], statuses, reports));
            let stance = (1.0 - 2.0 * late + drawn(seed + 4) - 0.5).clamp(-1.0, 1.0);
            let stance = (drawn(seed + 5) > 0.2).then_some(stance);
            let form = if drawn(seed + 6) > 0.5 { "direct" } else { "indirect" };
            let about = if drawn(seed + 7) > 0.4 { 2 } else { 1 };
            let words = "“We will share the water of the Merren, as we always did,”";
            answer.statements.push(said(&day, form, words, about, stance));
        }
        if row.cooperation + row.conflict > 0 {
            answer.months.push(row);
        }
    }
    answer.events.push(event(None, "ALIGN", &["ongoing"], 1));
    answer
}

/// Actors in circles of friends, with ties between some.
pub(crate) fn web(n_nodes: i64) -> NetworkAnswer {
    let kinds = ["state", "person", "person", "organization", "group", "place"];
    let names =
        ["Ostra", "Mila Tereny", "Pavol Dresz", "Ministry of Water", "Farmers’ Union", "Port Sael"];
    let node = |id: i64| {
        let kind = (id % 6) as usize;
        somebody(
            id,
            &if id < 6 { names[kind].to_owned() } else { format!("{} {id}", names[kind]) },
            kinds[kind],
        )
    };
    let mut edges: Vec<NetworkEdge> = Vec::new();
    for id in 1..n_nodes {
        for n in 0..2 {
            let seed = (id * 10 + n) as u64;
            let other = if drawn(seed) < 0.6 {
                id / 7 * 6 / 6
            } else {
                (drawn(seed + 1) * id as f64) as i64
            };
            let (one, other) = (other.min(id), other.max(id));
            if one == other || edges.iter().any(|edge| (edge.one, edge.other) == (one, other)) {
                continue;
            }
            let weight = 1 + (drawn(seed + 2).powi(5) * 40.0) as u64;
            let mut edge = NetworkEdge { one, other, weight, ..NetworkEdge::default() };
            match (drawn(seed + 3) * 5.0) as u32 {
                0 => edge.verbal_cooperation = weight,
                1 => edge.material_cooperation = weight,
                2 => edge.verbal_conflict = weight,
                3 => edge.material_conflict = weight,
                _ => edge.statements = weight,
            }
            edges.push(edge);
        }
    }
    let n_edges = edges.len() as u64;
    NetworkAnswer {
        nodes: (0..n_nodes).map(node).collect(),
        edges,
        n_edges,
        n_articles: 40,
        of_articles: 40,
    }
}

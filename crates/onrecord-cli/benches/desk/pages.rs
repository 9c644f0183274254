//! The pages that are asked for.

/// A page, for many of what it shows.
pub(crate) struct Page {
    pub(crate) name: &'static str,
    pub(crate) paths: Vec<String>,
}

/// Words that news has.
const WORDS: [&str; 12] = [
    "water",
    "border",
    "election",
    "the president",
    "\"prime minister\"",
    "police",
    "nego*",
    "money OR bank",
    "war NOT peace",
    "school",
    "market",
    "court",
];

/// How many actors are asked for.
const N: usize = 20;

/// Different questions of a page.
const N_QUESTIONS: usize = 100;

/// All pages, of the actors and articles that the desk itself shows first.
pub(crate) fn pages(agent: &ureq::Agent, home: &str) -> Vec<Page> {
    let page = |path: &str| {
        let response = agent.get(format!("{home}{path}")).call();
        let mut response = response.unwrap_or_else(|error| panic!("{path}: {error}"));
        response.body_mut().read_to_string().expect("pages are UTF-8")
    };
    let actors = links(&page("/actors?limit=50"), "/actor/");
    let searches: Vec<String> =
        WORDS.iter().map(|words| format!("/search?words={}", encoded(words))).collect();
    let mut articles = Vec::new();
    for search in &searches {
        articles.extend(links(&page(&format!("{search}&show=articles")), "/article/"));
    }
    assert!(actors.len() >= 2 && !articles.is_empty(), "the desk shows too little");
    let each = |path: &dyn Fn(&str) -> String| -> Vec<String> {
        actors.iter().take(N).map(|id| path(&format!("%23{id}"))).collect()
    };
    let pairs = actors.windows(2).take(N);
    let pairs = pairs.map(|pair| format!("/between?one=%23{}&other=%23{}", pair[0], pair[1]));
    let pages = vec![
        Page { name: "start", paths: vec!["/".to_owned()] },
        Page { name: "search by words", paths: searches },
        Page { name: "search by speaker", paths: each(&|id| format!("/search?by={id}")) },
        Page { name: "search about", paths: each(&|id| format!("/search?about={id}")) },
        Page {
            name: "article",
            paths: articles.iter().take(N_QUESTIONS).map(|id| format!("/article/{id}")).collect(),
        },
        Page { name: "actors", paths: vec!["/actors".to_owned(), "/actors?name=ma".to_owned()] },
        Page {
            name: "actor",
            paths: actors.iter().take(N).map(|id| format!("/actor/{id}")).collect(),
        },
        Page { name: "relation", paths: pairs.collect() },
        Page { name: "compare", paths: each(&|id| format!("/compare?on={id}")) },
        Page { name: "network", paths: vec!["/network".to_owned()] },
        Page { name: "shifts", paths: vec!["/shifts".to_owned()] },
        Page { name: "disputes", paths: vec!["/disputes".to_owned()] },
        Page { name: "sources", paths: vec!["/sources".to_owned()] },
    ];
    pages.into_iter().map(varied).collect()
}

/// The page with as many different questions as are wanted: a desk may keep what it was asked before, so
/// that the same are asked for one row more each time.
fn varied(page: Page) -> Page {
    let one_more = |n: usize| {
        let path = &page.paths[n % page.paths.len()];
        match n / page.paths.len() {
            0 => path.clone(),
            round => {
                let mark = if path.contains('?') { '&' } else { '?' };
                format!("{path}{mark}limit={}", 25 + round)
            }
        }
    };
    Page { paths: (0..N_QUESTIONS).map(one_more).collect(), ..page }
}

/// What follows this beginning in the links of a page, each once, in their order.
fn links(page: &str, beginning: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for link in page.split("href=\"").skip(1) {
        let Some(rest) = link.strip_prefix(beginning) else { continue };
        let end = rest.find(['"', '#', '?', '&']).unwrap_or(rest.len());
        let id = rest[..end].to_owned();
        if !id.is_empty() && !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

fn encoded(words: &str) -> String {
    words
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'*' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

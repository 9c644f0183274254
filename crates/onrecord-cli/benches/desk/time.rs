//! How long pages take, and what they weigh.

use std::time::Instant;

use crate::pages::Page;

/// The times of a page.
pub(crate) struct Times {
    pub(crate) n: usize,
    /// Milliseconds, when each question is asked for the first time.
    pub(crate) first: (f64, f64),
    /// And when they are asked again, which a desk may have kept.
    pub(crate) again: (f64, f64),
    /// Bytes of the largest, as long as the desk makes it by itself.
    pub(crate) largest: usize,
}

/// Asks for all of a page's paths, and again; gives medians and 99th percentiles.
pub(crate) fn ask(agent: &ureq::Agent, home: &str, page: &Page) -> Times {
    let mut largest = 0;
    let mut round = || {
        let mut times = Vec::new();
        for path in &page.paths {
            let began = Instant::now();
            let body = get(agent, &format!("{home}{path}"));
            times.push(began.elapsed().as_secs_f64() * 1000.0);
            // A longer list than the desk shows by itself is nothing that a page weighs.
            if !path.contains("limit=") {
                largest = largest.max(body.len());
            }
        }
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        (at(0.5), at(0.99))
    };
    let (first, again) = (round(), round());
    Times { n: page.paths.len(), first, again, largest }
}

/// Whether a page answers at all.
pub(crate) fn is_there(agent: &ureq::Agent, url: &str) -> bool {
    agent.get(url).call().is_ok_and(|response| response.status() == 200)
}

/// Bytes of the style and the scripts that every page has.
pub(crate) fn weight_of_assets(agent: &ureq::Agent, home: &str) -> usize {
    let page = get(agent, &format!("{home}/"));
    let assets = page.split(['"', '\'']).filter(|word| word.starts_with("/assets/"));
    assets.map(|path| get(agent, &format!("{home}{path}")).len()).sum()
}

fn get(agent: &ureq::Agent, url: &str) -> String {
    let mut response = agent.get(url).call().unwrap_or_else(|error| panic!("{url}: {error}"));
    assert_eq!(response.status(), 200, "{url}");
    let body = response.body_mut().with_config().limit(64 << 20).read_to_string();
    body.unwrap_or_else(|error| panic!("{url}: {error}"))
}

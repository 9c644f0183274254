//! How long pages take, and what they weigh.

use std::time::Instant;

use crate::pages::Page;

/// Requests for a page at the least.
const N_REQUESTS: usize = 200;

/// The times of a page.
pub(crate) struct Times {
    pub(crate) n: usize,
    /// Milliseconds.
    pub(crate) median: f64,
    pub(crate) p99: f64,
    /// Bytes of the largest.
    pub(crate) largest: usize,
}

/// Asks for all of a page's paths, again and again.
pub(crate) fn ask(agent: &ureq::Agent, home: &str, page: &Page) -> Times {
    let mut times = Vec::new();
    let mut largest = 0;
    while times.len() < N_REQUESTS {
        for path in &page.paths {
            let began = Instant::now();
            let body = get(agent, &format!("{home}{path}"));
            times.push(began.elapsed().as_secs_f64() * 1000.0);
            largest = largest.max(body.len());
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    Times { n: times.len(), median: at(0.5), p99: at(0.99), largest }
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

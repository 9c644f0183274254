//! The desk's figures on a large record: how long each page takes, what it weighs, when it is first seen, and
//! how the desk bears many readers at once.
//!
//! ```text
//! cargo bench -p onrecord-store --bench years -- 50000 /tmp/years
//! cargo bench -p onrecord-cli --bench desk -- /tmp/years/years.db [SECONDS]
//! ```
//!
//! Asks each page a hundred questions over loopback, one after the other, and then the same again; prints the
//! median and the 99th percentile of the times from request to last byte; what the page and
//! its style and script weigh; and when headless Chromium first paints something of it. Then wrk
//! (Debian's package of that name) has 200 readers ask all those pages for SECONDS (60 unless told).
//! Exits with 1 if a figure is beyond its limit.

#[path = "../../tests/browser/browser.rs"]
#[allow(dead_code, reason = "tests do more with a browser")]
mod browser;
#[path = "../../tests/browser/desk.rs"]
#[allow(dead_code, reason = "tests make their records")]
mod desk;
#[path = "../../tests/browser/driver.rs"]
#[allow(dead_code, reason = "tests do more with a browser")]
mod driver;
mod load;
mod pages;
#[path = "../../tests/browser/set_up.rs"]
#[allow(dead_code, reason = "only tests check accessibility")]
mod set_up;
mod time;

use std::path::Path;
use std::process::ExitCode;

use browser::Browser;
use desk::Desk;
use serde_json::json;

/// The limits: milliseconds at the median and at the 99th percentile, kilobytes, milliseconds to the first paint.
const MEDIAN_MS: f64 = 60.0;
const P99_MS: f64 = 300.0;
const WEIGHT_KB: f64 = 300.0;
const PAINT_MS: f64 = 1000.0;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let Some(record) = args.first() else {
        println!("skipped: say which record, `-- RECORD [SECONDS]`");
        return ExitCode::SUCCESS;
    };
    let seconds: u32 = args.get(1).map_or(60, |seconds| seconds.parse().expect("seconds"));
    let desk = Desk::open(Path::new(record));
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build().into();
    let pages = pages::pages(&agent, &desk.home);
    let (pages, gone): (Vec<_>, Vec<_>) = pages
        .into_iter()
        .partition(|page| time::is_there(&agent, &format!("{}{}", desk.home, page.paths[0])));
    let mut is_good = gone.is_empty();
    gone.iter().for_each(|page| println!("no such page: {}", page.name));
    let shared = time::weight_of_assets(&agent, &desk.home);
    let browser = Browser::new(&desk.home);
    println!(
        "page, questions, median ms, p99 ms, again: median ms, p99 ms, most kB with style and script, first paint ms"
    );
    for page in &pages {
        let times = time::ask(&agent, &desk.home, page);
        browser.go(&page.paths[0]);
        let paint = first_paint(&browser);
        let weight = (times.largest + shared) as f64 / 1000.0;
        let ((median, p99), again) = (times.first, times.again);
        println!(
            "{}, {}, {median:.1}, {p99:.1}, {:.1}, {:.1}, {weight:.0}, {paint:.0}",
            page.name, times.n, again.0, again.1
        );
        is_good &= median <= MEDIAN_MS && p99 <= P99_MS;
        is_good &= weight <= WEIGHT_KB && paint <= PAINT_MS;
    }
    drop(browser);
    // Another desk, which has kept no answers yet.
    drop(desk);
    let desk = Desk::open(Path::new(record));
    is_good &= load::many_readers(&desk.home, desk.process.id(), &pages, seconds);
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Milliseconds from the beginning of the navigation to the first paint of any content.
fn first_paint(browser: &Browser) -> f64 {
    let script = "const done = arguments[arguments.length - 1]; \
        const paint = performance.getEntriesByName('first-contentful-paint')[0]; \
        if (paint) done(paint.startTime); \
        else new PerformanceObserver((list) => { \
            for (const entry of list.getEntriesByName('first-contentful-paint')) done(entry.startTime); \
        }).observe({ type: 'paint', buffered: true });";
    let paint = browser.run_until_done(script);
    paint.as_f64().unwrap_or_else(|| panic!("no paint: {}", json!(paint)))
}

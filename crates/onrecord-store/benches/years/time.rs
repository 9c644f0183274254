//! Time by the clock, and time in which this thread had a processor.

use std::time::Instant;

/// A moment of a thread.
pub(crate) struct Time {
    clock: Instant,
    processor: f64,
}

/// Seconds between two moments.
pub(crate) struct Spent {
    pub(crate) clock: f64,
    pub(crate) processor: f64,
}

impl Time {
    pub(crate) fn now() -> Time {
        Time { processor: processor(), clock: Instant::now() }
    }

    pub(crate) fn spent(&self) -> Spent {
        let clock = self.clock.elapsed().as_secs_f64();
        Spent { clock, processor: processor() - self.processor }
    }
}

/// Seconds that this thread ran, by Linux; elsewhere there is only the clock.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split(' ').next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.map_or(f64::NAN, |nanoseconds| nanoseconds / 1e9)
}

/// Seconds that all threads of this program ran, by Linux, in hundredths.
pub(crate) fn all_threads() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the program's name, which may hold anything: the 14th and 15th field of all.
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    let ticks: Option<Vec<f64>> = fields.skip(11).take(2).map(|field| field.parse().ok()).collect();
    ticks
        .filter(|ticks| ticks.len() == 2)
        .map_or(f64::NAN, |ticks| ticks.iter().sum::<f64>() / 100.0)
}

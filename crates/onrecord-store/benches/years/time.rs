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

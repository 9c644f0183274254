//! The progress bar on standard error.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that takes less gets no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts articles: shown only on a terminal, and once the work has taken a second.
pub(crate) struct Progress {
    bar: ProgressBar,
    began: Instant,
    is_shown: bool,
}

impl Progress {
    pub(crate) fn new(n_articles: usize) -> Progress {
        let style = ProgressStyle::with_template("{bar:40} {pos}/{len} articles, {eta} left")
            .expect("the template is well-formed");
        let bar =
            ProgressBar::with_draw_target(Some(n_articles as u64), ProgressDrawTarget::hidden());
        bar.set_style(style);
        Progress { bar, began: Instant::now(), is_shown: false }
    }

    /// Prints an article's output, with the bar out of the way.
    pub(crate) fn step<T>(&mut self, print: impl FnOnce() -> T) -> T {
        let result = self.bar.suspend(print);
        self.bar.inc(1);
        if !self.is_shown && self.began.elapsed() > PATIENCE {
            self.is_shown = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr()); // hidden if no terminal
        }
        result
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

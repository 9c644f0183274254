//! The progress bar on standard error.

use std::io::{IsTerminal, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that takes less gets no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows how much of the input has been read, and how many articles: only on a terminal, and once
/// the work has taken a second.
pub(crate) struct Progress {
    bar: ProgressBar,
    began: Instant,
    is_shown: bool,
    /// Bytes of the input.
    n_read: Arc<AtomicU64>,
    n_articles: u64,
}

/// Whether somebody can see a bar.
pub(crate) fn is_watched() -> bool {
    stderr().is_terminal()
}

impl Progress {
    /// A bar over `n_bytes`, of which `n_read` have been read; a counter if that is not known.
    pub(crate) fn new(n_bytes: Option<u64>, n_read: Arc<AtomicU64>) -> Progress {
        let template = match n_bytes {
            Some(_) => "{bar:40} {bytes}/{total_bytes}, {msg}, {eta} left",
            None => "{spinner} {msg}",
        };
        let style = ProgressStyle::with_template(template).expect("the template is well-formed");
        let bar = ProgressBar::with_draw_target(n_bytes, ProgressDrawTarget::hidden());
        bar.set_style(style);
        Progress { bar, began: Instant::now(), is_shown: false, n_read, n_articles: 0 }
    }

    /// Prints an article's output, with the bar out of the way.
    pub(crate) fn step<T>(&mut self, print: impl FnOnce() -> T) -> T {
        let result = self.bar.suspend(print);
        self.n_articles += 1;
        let articles = if self.n_articles == 1 { "article" } else { "articles" };
        self.bar.set_message(format!("{} {articles}", self.n_articles));
        self.bar.set_position(self.n_read.load(Ordering::Relaxed));
        if !self.is_shown && self.began.elapsed() > PATIENCE {
            self.is_shown = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr()); // hidden if no terminal
            self.bar.tick(); // else it would be seen with the next article only
        }
        result
    }

    /// Prints something else, with the bar out of the way.
    pub(crate) fn suspend(&mut self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }

    /// Takes the bar away.
    pub(crate) fn clear(&mut self) {
        self.bar.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

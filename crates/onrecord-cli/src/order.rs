//! Works on items in parallel and hands the results over in order.

use std::collections::VecDeque;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, mpsc};
use std::thread;

/// How many items a thread may be ahead of the last one that was handed over.
const AHEAD: usize = 4;

/// Calls `work` for each item on up to `n_threads` threads, and `emit` on this thread with the
/// item's label and result, in order and each as soon as it is the next.
///
/// Items are taken on this thread, at most [`AHEAD`] a thread ahead of the last that was emitted.
/// A panic in `work` is that item's result.
///
/// # Errors
/// The first that `emit` returns; nothing is begun after it.
pub(crate) fn in_order<L, I: Send, T: Send, E>(
    mut items: impl Iterator<Item = (L, I)>,
    n_threads: NonZero<usize>,
    work: impl Fn(I) -> T + Sync,
    mut emit: impl FnMut(L, thread::Result<T>) -> Result<(), E>,
) -> Result<(), E> {
    let n_threads = n_threads.get();
    let window = n_threads.saturating_mul(AHEAD);
    let (submit, jobs) = mpsc::channel();
    let jobs = Mutex::new(jobs);
    let (report, reports) = mpsc::channel();
    let worker = |report: mpsc::Sender<(usize, thread::Result<T>)>| {
        // A closure, so that the lock is free again before the work begins.
        let next = || jobs.lock().expect("nothing panics while it is held").recv();
        while let Ok((idx, item)) = next() {
            let result = catch_unwind(AssertUnwindSafe(|| work(item)));
            if report.send((idx, result)).is_err() {
                break;
            }
        }
    };
    thread::scope(|scope| {
        // Dropped at the end of this closure, whichever way: that ends the workers.
        let submit = submit;
        let reports = reports;
        let mut waiting: VecDeque<(L, Option<thread::Result<T>>)> = VecDeque::new();
        let (mut n_emitted, mut n_workers) = (0, 0);
        let mut is_over = false;
        loop {
            // What is ready goes out first: the next item may be long in coming.
            let mut ready = reports.try_recv().ok();
            if ready.is_none() && (is_over || waiting.len() == window) {
                if waiting.is_empty() {
                    return Ok(());
                }
                ready = Some(reports.recv().expect("`report` outlives this scope"));
            }
            if let Some((idx, result)) = ready {
                waiting[idx - n_emitted].1 = Some(result);
                while let Some((_, Some(_))) = waiting.front() {
                    let (label, result) = waiting.pop_front().expect("it was just looked at");
                    n_emitted += 1;
                    emit(label, result.expect("it was just looked at"))?;
                }
                continue;
            }
            let Some((label, item)) = items.next() else {
                is_over = true;
                continue;
            };
            submit.send((n_emitted + waiting.len(), item)).expect("`jobs` outlives this scope");
            waiting.push_back((label, None));
            // One article needs no more than one thread.
            if n_workers < n_threads {
                n_workers += 1;
                let report = report.clone();
                scope.spawn(|| worker(report));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    const TWO: NonZero<usize> = NonZero::new(2).unwrap();

    fn items(n: usize) -> impl Iterator<Item = (usize, usize)> {
        (0..n).map(|idx| (idx, idx))
    }

    #[test]
    fn results_come_in_order_whichever_is_ready_first() {
        // The first item is not done before the second is.
        let (done, wait) = mpsc::channel();
        let wait = Mutex::new(wait);
        let work = |idx: usize| {
            match idx {
                0 => wait.lock().unwrap().recv().unwrap(),
                1 => done.send(()).unwrap(),
                _ => {}
            }
            idx
        };
        let mut emitted = Vec::new();
        let result = in_order(items(100), TWO, work, |label, idx| {
            assert_eq!(Some(label), idx.as_ref().ok().copied());
            emitted.push(idx.unwrap());
            Ok::<(), ()>(())
        });
        assert_eq!(result, Ok(()));
        assert_eq!(emitted, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn workers_do_not_run_far_ahead() {
        let n_begun = AtomicUsize::new(0);
        let work = |idx| {
            n_begun.fetch_add(1, Ordering::SeqCst);
            idx
        };
        let mut furthest = 0;
        let result = in_order(items(10_000), TWO, work, |_, idx: thread::Result<usize>| {
            furthest = furthest.max(n_begun.load(Ordering::SeqCst) - idx.unwrap());
            Ok::<(), ()>(())
        });
        assert_eq!(result, Ok(()));
        assert!((1..=2 * AHEAD).contains(&furthest), "{furthest} items ahead");
    }

    #[test]
    fn an_error_of_emit_ends_the_work() {
        let n_begun = AtomicUsize::new(0);
        let work = |_| n_begun.fetch_add(1, Ordering::SeqCst);
        let mut n_emitted = 0;
        let result = in_order(items(10_000), TWO, work, |_, _| {
            n_emitted += 1;
            if n_emitted == 3 { Err("full") } else { Ok(()) }
        });
        assert_eq!(result, Err("full"));
        assert!(n_begun.into_inner() <= 3 + 2 * AHEAD);
    }

    #[test]
    fn a_panic_is_one_items_result() {
        let work = |idx| if idx == 1 { panic!("a test's panic") } else { idx };
        let mut oks = Vec::new();
        let result = in_order(items(4), TWO, work, |_, idx| {
            oks.push(idx.ok());
            Ok::<(), ()>(())
        });
        assert_eq!(result, Ok(()));
        assert_eq!(oks, [Some(0), None, Some(2), Some(3)]);
    }

    #[test]
    fn no_items_are_no_work() {
        let result = in_order(items(0), TWO, |_| (), |_, _| Err("emitted"));
        assert_eq!(result, Ok(()));
    }
}

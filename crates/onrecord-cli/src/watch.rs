//! `onrecord watch`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use onrecord_fetch::{Client, Known, State, look};
use onrecord_intake::{Document, Entry, Skipped, opml};

use crate::args::WatchArgs;
use crate::fetch::client;
use crate::input::explain;
use crate::progress::Progress;
use crate::run::Run;
use crate::tasks::{Task, task};

/// Reads what is new in the feeds, once or until it is stopped.
///
/// # Errors
/// If a list of feeds or the state cannot be read, or the state or the output cannot be written.
pub(crate) fn run(args: &WatchArgs) -> anyhow::Result<ExitCode> {
    let feeds = feeds(&args.feeds)?;
    let mut state = State::load(&args.state)?;
    let client = client(&args.web);
    let mut run = Run::new(&args.output, Progress::new(None, Arc::default()))?;
    loop {
        let began = Instant::now();
        for url in &feeds {
            let known = state.feeds.get(url).cloned().unwrap_or_default();
            let (entries, seen) = match look(&client, url, &known) {
                Ok(found) => found,
                Err(error) => {
                    run.complain(&format!("{url}: {error}"));
                    continue;
                }
            };
            // The oldest first, so that what follows on something comes after it.
            let new = entries.into_iter().rev();
            let mut tasks = new.map(|entry| page(&client, url, entry));
            run.read_all(&mut tasks)?;
            if run.is_closed() {
                return Ok(run.finish(&Skipped::default()));
            }
            // Only now: what was not printed is new the next time.
            state.feeds.insert(url.clone(), seen);
            state.save(&args.state)?;
        }
        if args.once {
            return Ok(run.finish(&Skipped::default()));
        }
        let pause = Duration::from_secs(60 * u64::from(args.every.get()));
        thread::sleep(pause.saturating_sub(began.elapsed()));
    }
}

/// The URLs of the feeds: those given, and those in the lists given.
fn feeds(args: &[String]) -> anyhow::Result<Vec<String>> {
    let mut urls = Vec::new();
    for arg in args {
        // A host's name may look like a file's, but then there is no such file.
        if !Path::new(arg).is_file() && (arg.contains("://") || !arg.ends_with(".opml")) {
            urls.push(arg.clone());
            continue;
        }
        let bytes = fs::read(arg).map_err(explain).with_context(|| arg.clone())?;
        urls.extend(opml(&bytes).with_context(|| arg.clone())?);
    }
    Ok(urls)
}

/// The page of an entry; if that cannot be had, what the feed itself tells.
fn page(client: &Client, feed: &str, entry: Entry) -> Task {
    let name = entry.url.clone().unwrap_or_else(|| feed.to_owned());
    let fetched = match &entry.url {
        Some(url) => client.get(url, &Known::default()).map_err(anyhow::Error::from),
        None => return Task { is_inside: true, ..task(Document::entry(name, entry), true) },
    };
    let document = fetched.and_then(|response| {
        let response = response.expect("nothing was known that could be unchanged");
        Ok(response.documents()?.next())
    });
    match document {
        Ok(Some(document)) => task(document, true),
        // The feed's own words are better than none.
        Ok(None) | Err(_) if entry.read().is_ok() => task(Document::entry(name, entry), true),
        Ok(None) => task(Document::entry(name, entry), true),
        Err(error) => Task { name, content: Err(error), is_inside: true },
    }
}

//! `onrecord fetch`.

use std::iter::Zip;
use std::process::ExitCode;
use std::slice::Iter;
use std::sync::Arc;
use std::time::Duration;

use onrecord_fetch::{Archive, Client, Error, Fetches, Options, Response};
use onrecord_intake::{Documents, Skipped};

use crate::args::{FetchArgs, WebArgs};
use crate::progress::Progress;
use crate::run::{Run, complain};
use crate::tasks::{Task, task};

/// Fetches the pages and prints their records, in the order given.
///
/// # Errors
/// If the output or the archive cannot be written; a closed pipe is no error.
pub(crate) fn run(args: &FetchArgs) -> anyhow::Result<ExitCode> {
    let archive = args.save.as_deref().map(Archive::create).transpose()?;
    let mut fetched = Fetched {
        fetches: args.urls.iter().zip(Fetches::new(client(&args.web), &args.urls, N_HOSTS)),
        archive,
        documents: None,
        skipped: Skipped::default(),
        failure: None,
    };
    let mut run = Run::new(&args.output, Progress::new(None, Arc::default()))?;
    run.read_all(&mut fetched)?;
    if let Some(failure) = fetched.failure {
        return Err(failure.into());
    }
    let code = run.finish(&fetched.skipped);
    if let Some(archive) = &fetched.archive {
        complain(&format!("kept in {}", archive.path().display()));
    }
    Ok(code)
}

pub(crate) fn client(args: &WebArgs) -> Client {
    Client::new(Options {
        allow_private: args.allow_private,
        delay: Duration::from_secs(args.delay.into()),
        ..Options::default()
    })
}

/// So many hosts are asked at the same time.
const N_HOSTS: usize = 8;

/// The articles at URLs.
struct Fetched<'a> {
    fetches: Zip<Iter<'a, String>, Fetches>,
    archive: Option<Archive>,
    documents: Option<Documents>,
    skipped: Skipped,
    /// Why the archive could not be written: then nothing more is fetched.
    failure: Option<Error>,
}

impl Fetched<'_> {
    fn keep(&mut self, response: Result<Response, Error>) -> anyhow::Result<Documents> {
        let response = response?;
        if let Some(archive) = &mut self.archive
            && let Err(failure) = archive.add(&response)
        {
            self.failure = Some(failure);
            return Err(anyhow::anyhow!("not read, because it cannot be kept"));
        }
        Ok(response.documents()?)
    }
}

impl Iterator for Fetched<'_> {
    type Item = Task;

    fn next(&mut self) -> Option<Task> {
        loop {
            if let Some(documents) = &mut self.documents {
                if let Some(document) = documents.next() {
                    return Some(task(document, false));
                }
                self.skipped.add(documents.skipped());
                self.documents = None;
            }
            if self.failure.is_some() {
                return None;
            }
            let (url, response) = self.fetches.next()?;
            match self.keep(response) {
                Ok(documents) => self.documents = Some(documents),
                Err(error) => {
                    return Some(Task { name: url.clone(), content: Err(error), is_inside: false });
                }
            }
        }
    }
}

//! The one thread that reads what was given, and writes what was read.

use std::cell::LazyCell;
use std::collections::VecDeque;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use onrecord::Reader;
use onrecord_fetch::{Client, Known};
use onrecord_intake::{Document, Documents, Fields, Options, Source};
use onrecord_record::Article;
use onrecord_store::Store;

use super::job::{Given, Job, Outcome};
use crate::guard::new_token;
use crate::problem::Problem;

/// Jobs that wait; more are refused.
const MAX_WAITING: usize = 16;

/// Jobs that can be looked at; of more, the oldest are forgotten.
const MAX_JOBS: usize = 100;

/// The largest page that is fetched.
const MAX_PAGE: u64 = 32 << 20;

/// The most time for an answer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// What was given to be added.
pub(crate) struct Adding {
    jobs: Mutex<VecDeque<Arc<Job>>>,
    /// `None` when the desk ends.
    sender: Option<SyncSender<(Arc<Job>, Vec<Given>)>>,
    is_ending: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Adding {
    /// Begins the thread, which ends when this is dropped: after the article that it is at.
    pub(crate) fn new(record: PathBuf, allow_private: bool) -> Adding {
        let (sender, receiver) = sync_channel(MAX_WAITING);
        let is_ending = Arc::new(AtomicBool::new(false));
        let mut writer =
            Writer { record, allow_private, reader: None, is_ending: Arc::clone(&is_ending) };
        let thread = Some(std::thread::spawn(move || writer.run(&receiver)));
        Adding { jobs: Mutex::default(), sender: Some(sender), is_ending, thread }
    }

    /// Takes things to be added. Gives the job's id.
    ///
    /// # Errors
    /// If too much is waiting already.
    pub(crate) fn add(&self, given: Vec<Given>) -> Result<String, Problem> {
        let id = new_token().map_err(|_| Problem::bug())?;
        let job = Arc::new(Job::new(id.clone(), given.len()));
        let sender = self.sender.as_ref().ok_or_else(Problem::busy)?;
        let sent = sender.try_send((Arc::clone(&job), given));
        sent.map_err(|_| Problem::busy())?;
        let mut jobs = self.jobs.lock().expect("nothing panics while it is held");
        if jobs.len() == MAX_JOBS {
            jobs.pop_front();
        }
        jobs.push_back(job);
        Ok(id)
    }

    /// The job with this id.
    pub(crate) fn job(&self, id: &str) -> Option<Arc<Job>> {
        let jobs = self.jobs.lock().expect("nothing panics while it is held");
        jobs.iter().find(|job| job.id == id).map(Arc::clone)
    }
}

impl Drop for Adding {
    fn drop(&mut self) {
        self.is_ending.store(true, Ordering::Relaxed);
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            // What it was at is written, and a panic was reported.
            let _ = thread.join();
        }
    }
}

struct Writer {
    record: PathBuf,
    allow_private: bool,
    /// Made when it is needed.
    reader: Option<Reader>,
    is_ending: Arc<AtomicBool>,
}

impl Writer {
    fn run(&mut self, receiver: &Receiver<(Arc<Job>, Vec<Given>)>) {
        while let Ok((job, given)) = receiver.recv() {
            self.work(&job, given);
            job.change(|state| {
                state.at = None;
                state.is_over = true;
            });
        }
    }

    fn work(&mut self, job: &Job, given: Vec<Given>) {
        let mut store = match Store::open(&self.record) {
            Ok(store) => store,
            Err(error) => return job.step("The record".to_owned(), refused(&error)),
        };
        // One for all of them, which remembers what their hosts ask for.
        let allow_private = self.allow_private;
        let client = LazyCell::new(|| client(allow_private));
        for one in given {
            if self.is_ending.load(Ordering::Relaxed) {
                return;
            }
            let name = one.name().to_owned();
            job.change(|state| state.at = Some(name.clone()));
            match one {
                Given::Text(article) => self.keep(job, &mut store, name, *article),
                Given::File { name, bytes } => {
                    let source = Source::file(name, Cursor::new(bytes));
                    let documents = Documents::new(source, Options::default());
                    self.read(job, &mut store, documents);
                }
                Given::Url(url) => match fetch(&client, &url) {
                    Ok(documents) => self.read(job, &mut store, documents),
                    Err(why) => job.step(url, Outcome::Failed(why)),
                },
            }
            job.change(|state| state.n_done += 1);
        }
        // What it learns makes questions faster; if it cannot, they are as fast as before.
        let _ = store.rest();
    }

    fn read(&mut self, job: &Job, store: &mut Store, documents: Documents) {
        let mut n_read = 0;
        for document in documents {
            n_read += 1;
            if self.is_ending.load(Ordering::Relaxed) {
                return;
            }
            self.read_one(job, store, document);
        }
        if n_read == 0 {
            let name = job.state().at.unwrap_or_default();
            job.step(name, Outcome::Failed("there is no article in it".to_owned()));
        }
    }

    fn read_one(&mut self, job: &Job, store: &mut Store, document: Document) {
        let origin = document.origin();
        let (name, is_inside) = (origin.to_string(), !origin.inner().is_empty());
        job.change(|state| state.at = Some(name.clone()));
        let read = catch_unwind(|| document.read(&Fields::default()).result);
        match read {
            Ok(Ok((article, _))) => self.keep(job, store, name, article),
            // A crawl has thousands of pages without text; that is no error of anyone's.
            Ok(Err(error)) if is_inside && !error.is_damaged() => {}
            Ok(Err(error)) => job.step(name, Outcome::Failed(error.to_string())),
            Err(_) => job.step(name, Outcome::Failed(BUG.to_owned())),
        }
    }

    fn keep(&mut self, job: &Job, store: &mut Store, name: String, article: Article) {
        let reader = self.reader.get_or_insert_with(Reader::new);
        let name = article.title.clone().unwrap_or(name);
        let hash = article.id.to_string();
        // Reading only looks at the reader.
        let read = catch_unwind(AssertUnwindSafe(|| reader.read(article)));
        let Ok(record) = read else {
            return job.step(name, Outcome::Failed(BUG.to_owned()));
        };
        let n_statements = record.statements.len();
        let outcome = match store.add(&[record]) {
            Ok(added) if added.new == 0 => Outcome::Known { hash },
            Ok(_) => Outcome::Added { hash, n_statements },
            Err(error) => refused(&error),
        };
        job.step(name, outcome);
    }
}

fn client(allow_private: bool) -> Client {
    Client::new(onrecord_fetch::Options {
        allow_private,
        timeout: TIMEOUT,
        max_wait: TIMEOUT,
        max_bytes: MAX_PAGE,
        ..onrecord_fetch::Options::default()
    })
}

fn fetch(client: &Client, url: &str) -> Result<Documents, String> {
    let why = |error: onrecord_fetch::Error| match error.is_private() {
        true => "its address is a private one, which this desk does not ask".to_owned(),
        false => error.to_string(),
    };
    let response = client.get(url, &Known::default()).map_err(why)?;
    response.expect("nothing was known that could be unchanged").documents().map_err(why)
}

const BUG: &str = "a bug in onrecord stopped the reading; please report it";

/// Why the record could not be written, without the names of files of this machine.
fn refused(error: &onrecord_store::Error) -> Outcome {
    eprintln!("onrecord serve: {error}");
    let why = match error {
        error if error.is_busy() => {
            "another program is writing to the record; try again when it is done"
        }
        error if error.is_full() => "no space is left for the record",
        error if error.is_read_only() => "the record may not be written",
        _ => "the record cannot be written; the terminal of this desk says why",
    };
    Outcome::Failed(why.to_owned())
}

//! `onrecord read`.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use onrecord_intake::Options;

use crate::args::ReadArgs;
use crate::input::Files;
use crate::progress::{self, Progress};
use crate::run::Run;
use crate::tasks::Tasks;

/// Reads the files and prints their records, in the order given.
///
/// # Errors
/// If the output cannot be written; a closed pipe is no error. Files that cannot be read are
/// reported on standard error, and make the exit code 1.
pub(crate) fn run(args: &ReadArgs) -> anyhow::Result<ExitCode> {
    let mut options = Options::default();
    for (fact, name) in &args.fields {
        let is_known = options.fields.set(fact, name.as_str());
        assert!(is_known, "the command line takes no others");
    }
    let n_read = Arc::new(AtomicU64::new(0));
    let mut tasks = Tasks::new(&args.files, options, args.offset, Arc::clone(&n_read));
    // Going through the folders twice is only worth it if somebody looks.
    let n_bytes = progress::is_watched().then(|| Files::n_bytes(&args.files)).flatten();
    let mut run = Run::new(&args.output, Progress::new(n_bytes, n_read))?;
    run.fields = tasks.fields().clone();
    run.read_all(&mut tasks)?;
    Ok(run.finish(tasks.skipped()))
}

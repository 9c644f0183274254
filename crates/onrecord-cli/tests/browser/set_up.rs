//! The browser, its driver and the accessibility checker: found, or installed where that can be done.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// What the tests need beside the desk.
pub(crate) struct Tools {
    pub(crate) chromedriver: PathBuf,
    pub(crate) chromium: PathBuf,
    /// The source of axe-core, as pages load it.
    pub(crate) axe: String,
}

/// The folder of these tests.
fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser")
}

/// The tools. Where one is missing `set-up` installs it, once for all tests of a run.
pub(crate) fn tools() -> &'static Tools {
    static TOOLS: OnceLock<Tools> = OnceLock::new();
    TOOLS.get_or_init(|| {
        let script = here().join("set-up");
        let done = Command::new("bash").arg(&script).output().expect("bash is there");
        assert!(
            done.status.success(),
            "The browser tests need chromium, chromedriver, npm and axe-core. This did not install them:\n\n    \
             {}\n\n{}",
            script.display(),
            String::from_utf8_lossy(&done.stderr)
        );
        let axe = here().join("node_modules/axe-core/axe.min.js");
        Tools {
            chromedriver: on_path("chromedriver"),
            chromium: on_path("chromium"),
            axe: fs::read_to_string(axe).expect("`set-up` installed it"),
        }
    })
}

fn on_path(program: &str) -> PathBuf {
    let path = std::env::var_os("PATH").expect("a shell sets it");
    let found = std::env::split_paths(&path).map(|folder| folder.join(program));
    found.into_iter().find(|path| path.is_file()).expect("`set-up` looked for it there")
}

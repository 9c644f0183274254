//! `docs/walk-through.md`: each command on the page prints what stands below it.
//!
//! `ONRECORD_UPDATE=1` writes the outputs into the page; look at the diff.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_walk_through_is_as_it_says() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("walk-through");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for entry in fs::read_dir(docs.join("walk-through")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    let page = fs::read_to_string(docs.join("walk-through.md")).unwrap();
    let mut found = String::new();
    let mut is_console = false;
    let mut n_commands = 0;
    for line in page.lines() {
        match line {
            "```console" => is_console = true,
            "```" => is_console = false,
            _ => {}
        }
        let command = line.strip_prefix("$ onrecord ").filter(|_| is_console);
        if let Some(command) = command {
            n_commands += 1;
            found += &format!("{line}\n{}", run(&folder, command));
        } else if !is_console || line == "```console" {
            found += line;
            found.push('\n');
        }
    }
    assert!(n_commands > 8);
    if std::env::var("ONRECORD_UPDATE").as_deref() == Ok("1") {
        fs::write(docs.join("walk-through.md"), &found).unwrap();
    }
    let differing = page.lines().zip(found.lines()).find(|(page, found)| page != found);
    assert!(page == found, "first difference: {differing:?}\n\nthe page should be:\n{found}");
}

/// What a command prints, its words as a shell would take them.
fn run(folder: &Path, command: &str) -> String {
    let mut args = Vec::new();
    for (idx, part) in command.split('"').enumerate() {
        match idx % 2 {
            0 => args.extend(part.split_whitespace().map(str::to_owned)),
            _ => args.push(part.to_owned()),
        }
    }
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(&args)
        .current_dir(folder)
        .env("ONRECORD_RECORD", "week.db")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

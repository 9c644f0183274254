//! What `onrecord plot` draws, in a browser.

use std::fs;
use std::process::Command;

use crate::browser::{Browser, Look};
use crate::desk::{folder, onrecord, repository};

#[test]
fn plots_can_be_seen_and_are_told() {
    let folder = folder("plots");
    let run = |command: &mut Command| {
        let output = command.current_dir(&folder).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let week = repository().join("docs/walk-through/week.jsonl");
    run(onrecord().args(["add", "--record", "my.db"]).arg(week));
    let pictures: [&[&str]; 4] = [
        &["between", "Ostra", "Belin"],
        &["balance", "Ostra", "Belin"],
        &["stance", "Mila Tereny", "Belin"],
        &["network"],
    ];
    let mut page =
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Plots</title>\
        <meta name=\"color-scheme\" content=\"light dark\"></head><body><main><h1>Plots</h1>"
            .to_owned();
    for picture in pictures {
        let svg = run(onrecord().args(["plot", "--record", "my.db"]).args(picture));
        let (_, svg) = svg.split_once('\n').expect("the first line is the declaration");
        page += svg;
    }
    page += "</main></body></html>";
    fs::write(folder.join("plots.html"), page).unwrap();

    let browser = Browser::new(&format!("file://{}", folder.display()));
    browser.go("/plots.html");
    assert_eq!(browser.count("svg[role=img]"), 4);
    for look in Look::ALL {
        browser.look(look);
        let faults = browser.faults();
        assert!(faults.is_empty(), "{}: {}", look.name(), faults.join("\n"));
        browser.picture(&format!("plots-{}", look.name()));
    }
    let words = browser.text();
    for expected in ["material cooperation", "Mila Tereny on Belin", "favourable", "Jan 2026"] {
        let found =
            words.contains(expected) || expected == "Jan 2026" && words.contains("January 2026");
        assert!(found, "{expected}: {words}");
    }
}

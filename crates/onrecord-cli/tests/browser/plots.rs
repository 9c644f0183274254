//! What `onrecord plot` draws, and what pages draw with the same code, in a browser.

use std::fs;
use std::path::Path;
use std::process::Command;

use onrecord_plot::{CSS, Part, network, timeline};
use onrecord_store::{Filter, NoNames, Store};

use crate::browser::{Browser, Look};
use crate::desk::{folder, onrecord, repository};

/// A record of a week of two countries in this folder, and a browser that looks at its files.
fn week(folder: &Path) -> Browser {
    let week = repository().join("docs/walk-through/week.jsonl");
    run(onrecord().args(["add", "--record", "my.db"]).arg(week).current_dir(folder));
    Browser::new(&format!("file://{}", folder.display()))
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Writes a page of plots and goes to it; no look of it may have a serious fault.
fn look_at(browser: &Browser, folder: &Path, name: &str, style: &str, plots: &[String]) {
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Plots</title>\
         <meta name=\"color-scheme\" content=\"light dark\"><style>{style}</style></head>\
         <body><main><h1>Plots</h1>{}</main></body></html>",
        plots.join("\n")
    );
    fs::write(folder.join(format!("{name}.html")), page).unwrap();
    for look in Look::ALL {
        browser.look(look);
        browser.go(&format!("/{name}.html"));
        let faults = browser.faults();
        assert!(faults.is_empty(), "{}: {}", look.name(), faults.join("\n"));
        browser.picture(&format!("{name}-{}", look.name()));
    }
}

#[test]
fn plots_can_be_seen_and_are_told() {
    let folder = folder("plots");
    let browser = week(&folder);
    let pictures: [&[&str]; 4] = [
        &["between", "Ostra", "Belin"],
        &["balance", "Ostra", "Belin"],
        &["stance", "Mila Tereny", "Belin"],
        &["network"],
    ];
    let draw = |picture: &&[&str]| {
        let plot = ["plot", "--record", "my.db"];
        let svg = run(onrecord().args(plot).args(*picture).current_dir(&folder));
        let (declaration, svg) = svg.split_once('\n').unwrap();
        assert_eq!(declaration, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        svg.to_owned()
    };
    let plots: Vec<String> = pictures.iter().map(draw).collect();
    look_at(&browser, &folder, "plots", "", &plots);
    assert_eq!(browser.count("svg[role=img]"), 4);
    let words = browser.text();
    for expected in ["material cooperation", "Mila Tereny on Belin", "favourable", "January 2026"] {
        assert!(words.contains(expected), "{expected}: {words}");
    }
}

#[test]
fn parts_of_plots_are_links_with_names() {
    let folder = folder("linked-plots");
    let browser = week(&folder);
    let store = Store::open_to_read(&folder.join("my.db")).unwrap();
    let filter = Filter::default();
    let between = store.between("Ostra", "Belin", &filter, &NoNames).unwrap();
    let links = |part: Part<'_>| {
        Some(match part {
            Part::Actor(actor) => format!("#actor-{}", actor.id),
            Part::Tie(edge) => format!("#tie-{}-{}", edge.one, edge.other),
            Part::Statement(said) => format!("#statement-{}", said.statement),
            Part::Event(event) => format!("#event-{}", event.occurrence),
            Part::Days { since, until } => format!("#{since}-{until}"),
        })
    };
    let plots = [
        timeline(&between, &links).to_svg(),
        network(&store.network(&filter, &NoNames).unwrap(), &links).to_svg(),
    ];
    look_at(&browser, &folder, "linked-plots", CSS, &plots);
    browser.look(Look::Light);
    assert_eq!(browser.count("svg[role=group]"), 2);
    // A name of the network is a part of its actor's link.
    browser.click(&browser.find_words(".plot a[href^='#actor-'] text", "Ostra"));
    assert!(browser.place().contains("#actor-"), "{}", browser.place());
    browser.click(&browser.find(".plot a[href^='#statement-'] circle"));
    assert!(browser.place().contains("#statement-"), "{}", browser.place());
}

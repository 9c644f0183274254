//! Articles are added in the browser, and found.

use std::fs;

use crate::browser::{Browser, Look};
use crate::desk::{Desk, folder};

/// An article of our own.
const TEXT: &str = "Mila Tereny, foreign minister of Ostra, spoke in Port Sael on Tuesday.\n\n\
    “We will open the upper gate of the Merren before the spring,” she told reporters. “Belin has nothing to fear.”";

/// Types a text into the form and sends it.
fn paste(browser: &Browser) {
    browser.go("/add");
    browser.type_in(&browser.find("textarea[name=text]"), TEXT);
    browser.type_in(&browser.find("input[name=title]"), "Ostra <b>opens</b> a gate");
    browser.type_in(&browser.find("input[name=outlet]"), "Khazar Review");
    browser.click(&browser.find_words("form button", "Read and add"));
}

/// Follows the link to the article that was added, and looks for what was said in it.
fn read_on(browser: &Browser) {
    browser.click(&browser.find("#progress:not([data-running]) .steps a"));
    assert!(browser.place().starts_with("/article/"), "{}", browser.place());
    let heading = browser.text_of(&browser.find("h1"));
    assert_eq!(heading, "Ostra <b>opens</b> a gate");
    let content = browser.text_of(&browser.find(".content"));
    assert!(content.contains("upper gate"), "{content}");
    browser.go("/search?words=gate");
    let said = browser.text_of(&browser.find(".said"));
    assert!(said.contains("before the spring") && said.contains("Mila Tereny"), "{said}");
}

#[test]
fn a_text_is_pasted_read_and_found() {
    let desk = Desk::empty("paste");
    let browser = Browser::new(&desk.home);
    // A desk that nothing was added to says how that is done.
    browser.go("/");
    assert!(browser.text().contains("Nothing is on record yet"), "{}", browser.text());
    browser.picture("empty");
    for look in Look::ALL {
        browser.look(look);
        browser.go("/add");
        let faults = browser.faults();
        assert!(faults.is_empty(), "{}: {}", look.name(), faults.join("\n"));
        assert_eq!(browser.overhang(), 0, "{}", look.name());
        browser.picture(&format!("add-{}", look.name()));
    }
    browser.look(Look::Light);
    paste(&browser);
    browser.find("#progress:not([data-running])");
    let faults = browser.faults();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    browser.picture("added");
    read_on(&browser);
    // The same once more is there already.
    paste(&browser);
    let steps = browser.text_of(&browser.find("#progress:not([data-running]) .steps"));
    assert!(steps.contains("was there already"), "{steps}");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_text_is_pasted_without_scripts() {
    let desk = Desk::empty("paste-no-script");
    let browser = Browser::without_scripts(&desk.home);
    paste(&browser);
    read_on(&browser);
}

#[test]
fn files_are_added_and_what_cannot_be_read_says_why() {
    let desk = Desk::empty("files");
    let files = folder("files-given");
    fs::write(files.join("gate.txt"), TEXT).unwrap();
    fs::write(files.join("photo.jpg"), b"\xff\xd8\xff\xe0\0\x10JFIF").unwrap();
    let browser = Browser::new(&desk.home);
    browser.go("/add");
    let paths = ["gate.txt", "photo.jpg"].map(|name| files.join(name).display().to_string());
    browser.type_in(&browser.find("input[name=files]"), &paths.join("\n"));
    browser.click(&browser.find("form:has(input[name=files]) button"));
    let steps = browser.text_of(&browser.find("#progress:not([data-running]) .steps"));
    assert!(steps.contains("2 statements") || steps.contains("1 statement"), "{steps}");
    assert!(steps.contains("photo.jpg: "), "{steps}");
    // A page of this machine is nothing that the desk fetches for anybody.
    browser.go("/add");
    browser.type_in(&browser.find("textarea[name=addresses]"), &format!("{}/", desk.home));
    browser.click(&browser.find("form:has(textarea[name=addresses]) button"));
    let refused = browser.text_of(&browser.find("#progress:not([data-running]) .failed"));
    assert!(refused.contains("private") || refused.contains("address"), "{refused}");
}

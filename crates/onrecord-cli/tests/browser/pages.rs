//! Each page, looked at by day, by night and on a phone.

use crate::browser::{Browser, Look};
use crate::desk::Desk;

/// Pages and words that stand on them; where in braces, the number of that actor, or the hash of that
/// article, is put.
const PAGES: &[(&str, &str, &[&str])] = &[
    ("start", "/", &["Who said what about whom", "Rasim Musabayov", "Speaker"]),
    ("search", "/search?words=water", &["water", "statements", "In the article"]),
    ("search-nothing", "/search?words=xyzzy", &["No statement has all of that"]),
    ("search-articles", "/search?words=water&show=articles", &["statements"]),
    ("article", "/article/{NATO}", &["Radmila Šekerinska", "Who is in it", "Caliber.Az"]),
    ("actors", "/actors", &["Rasim Musabayov"]),
    ("actor", "/actor?name=Musabayov", &["Rasim Musabayov", "Appears as", "Says"]),
    ("relations", "/between", &["A relation", "Ostra and Belin"]),
    (
        "relation",
        "/between?one=Ostra&other=Belin",
        &["Ostra and Belin", "Cooperation and conflict"],
    ),
    ("compare", "/compare?on=Azerbaijan", &["Who says what on", "Rasim Musabayov"]),
    ("network", "/network", &["Ostra", "Belin"]),
    ("shifts", "/shifts", &["Mila Tereny", "Belin"]),
    ("disputes", "/disputes", &["What is disputed", "Ostra"]),
    ("sources", "/sources", &["Who is quoted", "Rasim Musabayov"]),
    ("unknown", "/actor?name=Xyzzy", &["Xyzzy"]),
    ("no-page", "/nowhere", &["page"]),
];

#[test]
fn pages_look_right_and_have_no_serious_fault() {
    let Some(desk) = Desk::with_articles("pages") else { return };
    let browser = Browser::new(&desk.home);
    browser.go("/search?words=Šekerinska&show=articles");
    let article = browser.find(".found h2 a");
    let article = browser.attribute(&article, "href");
    let article = article.rsplit('/').next().expect("a path has an end").to_owned();
    let mut wrong = Vec::new();
    for (name, path, expected) in PAGES {
        let path = path.replace("{NATO}", &article);
        for look in Look::ALL {
            browser.look(look);
            browser.go(&path);
            let at = format!("{name} ({})", look.name());
            let text = browser.text();
            for words in expected.iter().filter(|words| !text.contains(**words)) {
                wrong.push(format!("{at}: {words:?} is not on it"));
            }
            if browser.count("h1") != 1 {
                wrong.push(format!("{at}: {} h1", browser.count("h1")));
            }
            if browser.overhang() > 0 {
                wrong.push(format!("{at}: {} px beyond the right edge", browser.overhang()));
            }
            wrong.extend(browser.faults().into_iter().map(|fault| format!("{at}: {fault}")));
            // A page that is not there is an error, and is meant to be.
            let complaints =
                browser.complaints().into_iter().filter(|_| !["no-page", "unknown"].contains(name));
            wrong.extend(complaints.map(|complaint| format!("{at}: {complaint}")));
            browser.picture(&format!("{name}-{}", look.name()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

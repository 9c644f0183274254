//! What a reader does who has never seen the desk.

use crate::browser::{Browser, ENTER, TAB};
use crate::desk::Desk;

/// The way that `docs/desk.md` describes.
#[test]
fn three_clicks_lead_from_the_start_page_to_the_sentence() {
    let Some(desk) = Desk::with_articles("three-clicks") else { return };
    let browser = Browser::new(&desk.home);
    browser.go("/");
    browser.click(&browser.find_words(".facet a", "Rasim Musabayov"));
    browser.click(&browser.find_words(".facet a", "Türkiye"));
    let said = browser.text();
    assert!(said.contains("an alliance with the Republic of Türkiye"), "{said}");
    let statement = browser.find_words(".said", "an alliance with the Republic of Türkiye");
    let words = browser.text_of(&statement);
    let links = browser.all(".said .in-article");
    let statements = browser.all(".said");
    let number = statements.iter().position(|other| browser.text_of(other) == words);
    browser.click(&links[number.expect("it is one of them")]);
    // The article is open at the sentence, which is marked, and can be seen.
    let place = browser.place();
    assert!(place.starts_with("/article/") && place.contains("#c"), "{place}");
    let sentence = browser.find(":target");
    let found = browser.text_of(&sentence);
    assert!(found.contains("an alliance with the Republic of Türkiye"), "{found}");
    let script = "const box = document.querySelector(':target').getBoundingClientRect(); \
        return box.top >= 0 && box.top < innerHeight";
    assert_eq!(browser.run(script, serde_json::json!([])), true, "it is out of sight");
    browser.picture("three-clicks");
}

#[test]
fn the_keyboard_is_enough() {
    let Some(desk) = Desk::with_articles("keyboard") else { return };
    let browser = Browser::new(&desk.home);
    browser.go("/actors");
    browser.press(&[TAB]);
    assert_eq!(browser.focused(), "a Skip to the content");
    browser.press(&[ENTER]);
    assert!(browser.place().ends_with("#content"), "{}", browser.place());
    // The next stop is in the content, and no longer in the navigation.
    browser.press(&[TAB]);
    let script = "return document.querySelector('main').contains(document.activeElement)";
    assert_eq!(browser.run(script, serde_json::json!([])), true, "{}", browser.focused());
    // The start page takes what is typed at once.
    browser.go("/");
    browser.press(&["c", "y", "b", "e", "r", ENTER]);
    browser.find(".said mark");
    assert!(browser.place().contains("words=cyber"), "{}", browser.place());
    // From a statement to its article.
    for _ in 0..200 {
        browser.press(&[TAB]);
        if browser.focused().starts_with("a In the article") {
            break;
        }
    }
    browser.press(&[ENTER]);
    browser.find("article.text");
    assert!(browser.place().starts_with("/article/"), "{}", browser.place());
}

#[test]
fn no_script_is_needed() {
    let Some(desk) = Desk::with_articles("no-script") else { return };
    let browser = Browser::without_scripts(&desk.home);
    browser.go("/");
    browser.type_in(&browser.find("#words"), "demining");
    browser.click(&browser.find_words("form.search button", "Search"));
    let said = browser.find(".said");
    let words = browser.text_of(&said);
    assert!(words.contains("demining") && words.contains("Musabayov"), "{words}");
    browser.click(&browser.find(".said .in-article"));
    assert!(browser.text_of(&browser.find(":target")).contains("demining"));
    browser.go("/");
    browser.click(&browser.find_words(".facet a", "Rasim Musabayov"));
    assert!(browser.place().starts_with("/search?by="), "{}", browser.place());
}

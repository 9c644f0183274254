//! A browser as a reader has it: goes to pages, looks, clicks, types.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::driver::{Driver, Element};

/// Keys as WebDriver writes them.
pub(crate) const TAB: &str = "\u{E004}";
pub(crate) const ENTER: &str = "\u{E007}";

/// A browser with one page.
pub(crate) struct Browser {
    driver: Driver,
    /// Where the desk is, without a slash at the end.
    home: String,
}

/// How a page is looked at.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Look {
    Light,
    Dark,
    Phone,
}

impl Look {
    pub(crate) const ALL: [Look; 3] = [Look::Light, Look::Dark, Look::Phone];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Look::Light => "light",
            Look::Dark => "dark",
            Look::Phone => "phone",
        }
    }
}

impl Browser {
    /// A browser that looks at a desk.
    pub(crate) fn new(home: &str) -> Browser {
        Browser { driver: Driver::start(json!({})), home: home.to_owned() }
    }

    /// One whose owner lets no page run scripts.
    pub(crate) fn without_scripts(home: &str) -> Browser {
        let preferences = json!({"profile.managed_default_content_settings.javascript": 2});
        Browser { driver: Driver::start(preferences), home: home.to_owned() }
    }

    /// Goes to a page of the desk.
    #[track_caller]
    pub(crate) fn go(&self, path: &str) {
        let url = format!("{}{path}", self.home);
        self.driver
            .post("/url", json!({"url": url}))
            .unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// Where it is, without the desk's address.
    pub(crate) fn place(&self) -> String {
        let url = self.driver.get("/url").expect("it is somewhere");
        let url = url.as_str().expect("a URL");
        url.strip_prefix(&self.home).unwrap_or(url).to_owned()
    }

    /// The first element that a selector finds, waited for.
    #[track_caller]
    pub(crate) fn find(&self, css: &str) -> Element {
        let found = self.driver.elements(css).into_iter().next();
        found.unwrap_or_else(|| panic!("no {css} on {}:\n{}", self.place(), self.text()))
    }

    /// All that a selector finds, once there is one.
    pub(crate) fn all(&self, css: &str) -> Vec<Element> {
        self.driver.elements(css)
    }

    /// How many there are now; none is waited for.
    pub(crate) fn count(&self, css: &str) -> u64 {
        let n = self.run("return document.querySelectorAll(arguments[0]).length", json!([css]));
        n.as_u64().expect("a number")
    }

    /// The link or button that says this, waited for.
    #[track_caller]
    pub(crate) fn find_words(&self, css: &str, words: &str) -> Element {
        let all = self.all(css);
        let found = all.iter().find(|element| self.text_of(element).contains(words));
        found.cloned().unwrap_or_else(|| {
            let texts: Vec<String> = all.iter().map(|element| self.text_of(element)).collect();
            panic!("no {css} with {words:?} on {}: {texts:?}", self.place())
        })
    }

    /// The text that can be seen of an element.
    pub(crate) fn text_of(&self, element: &Element) -> String {
        self.driver.of(element, "text")
    }

    /// An attribute as the page has it.
    pub(crate) fn attribute(&self, element: &Element, name: &str) -> String {
        self.driver.of(element, &format!("attribute/{name}"))
    }

    /// The text of the page that can be seen.
    pub(crate) fn text(&self) -> String {
        match self.driver.elements("body").first() {
            Some(body) => self.text_of(body),
            None => String::new(),
        }
    }

    #[track_caller]
    pub(crate) fn click(&self, element: &Element) {
        self.driver.to(element, "click", json!({}));
    }

    #[track_caller]
    pub(crate) fn type_in(&self, element: &Element, text: &str) {
        self.driver.to(element, "value", json!({"text": text}));
    }

    /// Presses keys, one after the other, wherever the focus is.
    pub(crate) fn press(&self, keys: &[&str]) {
        let presses = keys.iter().flat_map(|key| {
            [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})]
        });
        let presses: Vec<Value> = presses.collect();
        let body = json!({"actions": [{"type": "key", "id": "keyboard", "actions": presses}]});
        self.driver.post("/actions", body).expect("keys can be pressed");
    }

    /// Runs a script in the page. It gets `arguments`, and `return`s its answer.
    pub(crate) fn run(&self, script: &str, arguments: Value) -> Value {
        let body = json!({"script": script, "args": arguments});
        self.driver.post("/execute/sync", body).unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Runs a script that calls its last argument with its answer when it has one.
    pub(crate) fn run_until_done(&self, script: &str) -> Value {
        let body = json!({"script": script, "args": []});
        self.driver.post("/execute/async", body).unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// What has the focus: its tag and words.
    pub(crate) fn focused(&self) -> String {
        let script = "const at = document.activeElement; \
            return at.tagName.toLowerCase() + ' ' + (at.getAttribute('aria-label') || at.innerText || at.name || '')";
        self.run(script, json!([])).as_str().expect("a text").trim().to_owned()
    }

    /// What went wrong in pages since the last time: scripts that failed, what the desk's policy kept from
    /// being loaded, answers that were errors.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let log = self.driver.post("/se/log", json!({"type": "browser"})).expect("it keeps a log");
        let lines = log.as_array().expect("a list").iter();
        let severe = lines.filter(|line| line["level"] == "SEVERE");
        severe.map(|line| line["message"].to_string()).collect()
    }

    /// How far the page reaches beyond the window's right edge.
    pub(crate) fn overhang(&self) -> i64 {
        let script =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        self.run(script, json!([])).as_i64().expect("a number")
    }

    /// Looks at pages by day, by night, or on a phone.
    pub(crate) fn look(&self, look: Look) {
        let scheme = if look == Look::Dark { "dark" } else { "light" };
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.driver.chromium("Emulation.setEmulatedMedia", json!({"features": features}));
        let (width, height, scale) = match look {
            Look::Phone => (390, 844, 2),
            _ => (1280, 900, 1),
        };
        let is_phone = look == Look::Phone;
        let size = json!({"width": width, "height": height, "deviceScaleFactor": scale, "mobile": is_phone});
        self.driver.chromium("Emulation.setDeviceMetricsOverride", size);
    }

    /// Keeps a picture of the whole page in `screenshots` of the target folder.
    pub(crate) fn picture(&self, name: &str) {
        let metrics = self.driver.chromium("Page.getLayoutMetrics", json!({}));
        let size = &metrics["cssContentSize"];
        // A page of thousands of lines is seen well enough by its beginning.
        let height = size["height"].as_f64().unwrap_or(900.0).min(4000.0);
        let clip = json!({"x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1});
        let params = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
        let picture = self.driver.chromium("Page.captureScreenshot", params);
        let picture = picture["data"].as_str().expect("a picture");
        let folder = screenshots();
        fs::create_dir_all(&folder).expect("the target folder can be written");
        let bytes = BASE64_STANDARD.decode(picture).expect("base64");
        fs::write(folder.join(format!("{name}.png")), bytes).expect("the disk has room");
    }
}

fn screenshots() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("../screenshots")
}

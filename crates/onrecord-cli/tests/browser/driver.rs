//! Calls to chromedriver, as the WebDriver standard has them.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::set_up::tools;

/// A chromedriver with a session in a browser that nobody else has. Both end with it.
pub(crate) struct Driver {
    process: Child,
    agent: ureq::Agent,
    session: String,
}

/// The name under which WebDriver speaks of an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An element of a page.
#[derive(Clone, Debug)]
pub(crate) struct Element(String);

/// How long a page may take to load, and an element to appear.
const PATIENCE_MS: u64 = 10_000;

impl Driver {
    /// Starts both. `preferences` are Chromium's.
    pub(crate) fn start(preferences: Value) -> Driver {
        let tools = tools();
        let mut process = Command::new(&tools.chromedriver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let stdout = BufReader::new(process.stdout.take().expect("it is piped"));
        let port = stdout.lines().map_while(Result::ok).find_map(|line| {
            let port = line.split("started successfully on port ").nth(1)?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let port = port.expect("chromedriver says on which port it listens");
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .proxy(None);
        let mut driver = Driver {
            process,
            agent: config.build().into(),
            session: format!("http://127.0.0.1:{port}/session"),
        };
        // A profile of its own, empty, is what chromedriver makes by itself.
        let args = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            // A page that is still scrolling cannot be clicked.
            "--force-prefers-reduced-motion",
            "--window-size=1280,900",
        ];
        let options = json!({"binary": tools.chromium, "args": args, "prefs": preferences});
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
            "timeouts": {"implicit": PATIENCE_MS, "pageLoad": PATIENCE_MS, "script": 60_000},
        });
        let body = json!({"capabilities": {"alwaysMatch": capabilities}});
        let session = driver.post("", body).expect("a session begins");
        driver.session += "/";
        driver.session += session["sessionId"].as_str().expect("a session has an id");
        driver
    }

    /// A call that sends something. `Err` is what the driver says went wrong.
    pub(crate) fn post(&self, command: &str, body: Value) -> Result<Value, String> {
        let request = self.agent.post(format!("{}{command}", self.session));
        let response = request.content_type("application/json").send(body.to_string());
        answer(response)
    }

    /// A call that only asks.
    pub(crate) fn get(&self, command: &str) -> Result<Value, String> {
        answer(self.agent.get(format!("{}{command}", self.session)).call())
    }

    /// A call of Chromium's own protocol.
    pub(crate) fn chromium(&self, command: &str, params: Value) -> Value {
        let body = json!({"cmd": command, "params": params});
        self.post("/goog/cdp/execute", body).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// The elements that a selector finds.
    pub(crate) fn elements(&self, css: &str) -> Vec<Element> {
        let body = json!({"using": "css selector", "value": css});
        let found = self.post("/elements", body).unwrap_or_else(|error| panic!("{css}: {error}"));
        let id = |element: &Value| element[ELEMENT].as_str().map(|id| Element(id.to_owned()));
        found.as_array().expect("a list").iter().filter_map(id).collect()
    }

    /// A call about an element.
    pub(crate) fn of(&self, Element(id): &Element, what: &str) -> String {
        let value = self.get(&format!("/element/{id}/{what}"));
        let value = value.unwrap_or_else(|error| panic!("{what}: {error}"));
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    }

    /// Something done to an element.
    #[track_caller]
    pub(crate) fn to(&self, Element(id): &Element, what: &str, body: Value) {
        let done = self.post(&format!("/element/{id}/{what}"), body);
        done.unwrap_or_else(|error| panic!("{what}: {error}"));
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Ends the browser; the driver alone would leave it running.
        let _ = self.agent.delete(&self.session).call();
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn answer(
    response: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<Value, String> {
    let mut response = response.map_err(|error| error.to_string())?;
    let text = response.body_mut().with_config().limit(64 << 20).read_to_string();
    let text = text.map_err(|error| error.to_string())?;
    let mut body: Value = serde_json::from_str(&text).map_err(|_| text)?;
    let value = body["value"].take();
    match value.get("error").filter(|error| error.is_string()) {
        Some(error) => Err(format!("{error}: {}", value["message"])),
        None => Ok(value),
    }
}

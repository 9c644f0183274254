//! axe-core on a page.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::set_up::tools;

impl Browser {
    /// What axe-core finds wrong with the page that is serious or critical, a line a place.
    pub(crate) fn faults(&self) -> Vec<String> {
        // Not as a `<script>`, which the desk's policy forbids: a driver's script is not the page's.
        self.run(&tools().axe, json!([]));
        let script = "const done = arguments[arguments.length - 1]; \
            axe.run(document, {resultTypes: ['violations']}).then(result => done(result.violations), \
            error => done(String(error)))";
        let violations = self.run_until_done(script);
        let violations =
            violations.as_array().unwrap_or_else(|| panic!("axe failed: {violations}"));
        let is_serious = |violation: &&Value| {
            matches!(violation["impact"].as_str(), Some("serious" | "critical"))
        };
        let mut faults = Vec::new();
        for violation in violations.iter().filter(is_serious) {
            for node in violation["nodes"].as_array().into_iter().flatten() {
                faults.push(format!(
                    "{} ({}): {} {}",
                    violation["id"], violation["impact"], node["html"], node["failureSummary"]
                ));
            }
        }
        faults
    }
}

//! The arrows between crates: what each may lean on, and nothing else. `ARCHITECTURE.md` says why.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

/// Every crate of the workspace and all it depends on, outside tests.
const ARROWS: &[(&str, &[&str])] = &[
    ("onrecord-record", &["jiff", "serde", "serde_json", "sha2"]),
    ("onrecord-actors", &["fst", "jiff", "onrecord-record", "unicode-normalization"]),
    ("onrecord-compile", &[]),
    (
        "onrecord-intake",
        &[
            "aho-corasick",
            "brotli-decompressor",
            "chardetng",
            "csv",
            "encoding_rs",
            "flate2",
            "htmlize",
            "jiff",
            "mail-parser",
            "memchr",
            "onrecord-record",
            "pdf-extract",
            "quick-xml",
            "ruzstd",
            "serde",
            "serde_json",
            "unicode-normalization",
            "whatlang",
        ],
    ),
    (
        "onrecord-fetch",
        &[
            "flate2",
            "jiff",
            "onrecord-intake",
            "serde",
            "serde_json",
            "texting_robots",
            "ureq",
            "url",
        ],
    ),
    ("onrecord-extract", &["jiff", "onrecord-record", "unicode-general-category"]),
    (
        "onrecord-model",
        &[
            "onrecord-extract",
            "safetensors",
            "unicode-general-category",
            "unicode-normalization",
            "unicode_categories",
        ],
    ),
    (
        "onrecord",
        &["jiff", "onrecord-actors", "onrecord-extract", "onrecord-model", "onrecord-record"],
    ),
    (
        "onrecord-store",
        &[
            "jiff",
            "onrecord-record",
            "parquet",
            "rusqlite",
            "serde",
            "serde_json",
            "unicode-normalization",
        ],
    ),
    ("onrecord-plot", &["jiff", "onrecord-record", "onrecord-store"]),
    (
        "onrecord-desk",
        &[
            "axum",
            "csv",
            "getrandom",
            "hyper",
            "hyper-util",
            "jiff",
            "maud",
            "onrecord",
            "onrecord-fetch",
            "onrecord-intake",
            "onrecord-plot",
            "onrecord-record",
            "onrecord-store",
            "serde_json",
            "sha2",
            "subtle",
            "tokio",
            "tower-service",
            "url",
        ],
    ),
    (
        "onrecord-cli",
        &[
            "anstream",
            "anstyle",
            "anyhow",
            "clap",
            "glob",
            "indicatif",
            "jiff",
            "onrecord",
            "onrecord-actors",
            "onrecord-desk",
            "onrecord-fetch",
            "onrecord-intake",
            "onrecord-plot",
            "onrecord-record",
            "onrecord-store",
            "serde",
            "serde_json",
            "terminal_size",
            "unicode-width",
        ],
    ),
    ("onrecord-eval", &[]),
];

/// May lean on anything: not shipped.
const FREE: &[&str] = &["onrecord-compile", "onrecord-eval"];

#[test]
fn crates_lean_only_on_what_they_may() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version=1", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let packages = metadata["packages"].as_array().expect("a list of packages");
    let mut wrong = Vec::new();
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        let Some(allowed) = allowed.get(name) else {
            wrong.push(format!("{name} is not in the table"));
            continue;
        };
        for dependency in package["dependencies"].as_array().expect("a list of dependencies") {
            let to = dependency["name"].as_str().expect("a name");
            if dependency["kind"].is_null() && !FREE.contains(&name) && !allowed.contains(&to) {
                wrong.push(format!("{name} → {to}"));
            }
        }
    }
    assert_eq!(packages.len(), ARROWS.len(), "crates in the table that are gone");
    assert!(wrong.is_empty(), "arrows that should not be:\n{}", wrong.join("\n"));
}

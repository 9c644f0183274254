//! How well articles are found in web pages, against `quality/`.

use std::fs;
use std::path::Path;

use onrecord_eval::floors::Update;
use onrecord_eval::intake::{self, Extractor, Found, Measured, Quality};

use crate::shared;

/// The figures where the packs of pages are; ONRECORD_REQUIRE_SHARED=1 makes their absence a failure.
fn measured(extractor: Extractor) -> Option<Measured> {
    let shared = shared("the figures of web pages were NOT recomputed")?;
    Some(intake::measure(&shared, &[extractor]).unwrap_or_else(|error| panic!("{error:#}")))
}

#[test]
fn pages_are_read_as_well_as_committed() {
    let Some(measured) = measured(intake::OURS) else { return };
    let faults = Quality::committed().check(&measured);
    let faults = faults.unwrap_or_else(|error| panic!("{error:#}"));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_worse_extractor_is_below_the_floors() {
    let blind = Extractor { name: intake::OURS.name, extract: |_| Found::default() };
    let Some(measured) = measured(blind) else { return };
    let faults = Quality::committed().check(&measured).unwrap().join("\n");
    for floor in ["html-trafilatura: f1 0", "html-trafilatura: title 0", "html-scrapinghub: f1 0"] {
        assert!(faults.contains(floor), "no {floor}: {faults}");
    }
    assert!(faults.contains("rows differ in all"), "{faults}");

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("quality-intake");
    fs::create_dir_all(&folder).unwrap();
    for file in ["intake.csv", "intake.json"] {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../quality").join(file);
        fs::copy(committed, folder.join(file)).unwrap();
    }
    let quality = Quality::at(&folder);
    let error = quality.update(&measured, Update::Raise).unwrap_err();
    assert!(format!("{error:#}").contains("--lower"), "{error:#}");
    quality.update(&measured, Update::Lower).unwrap();
    assert_eq!(quality.check(&measured).unwrap(), Vec::<String>::new());
}

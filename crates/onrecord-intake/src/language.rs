//! Which language a text is in.

use whatlang::{Lang, detect};

/// Shorter texts, in characters that are letters, are not told apart: a headline is not enough.
const MIN_LETTERS: usize = 60;

/// As much of a text is looked at, in bytes.
const MAX_TEXT: usize = 16 << 10;

/// The ISO 639-1 code of the language of a text; `None` if it is too short to tell, or like none
/// of the languages known.
pub fn language(text: &str) -> Option<&'static str> {
    let text = &text[..text.floor_char_boundary(MAX_TEXT)];
    if text.chars().filter(|c| c.is_alphabetic()).count() < MIN_LETTERS {
        return None;
    }
    let found = detect(text)?;
    if !found.is_reliable() { None } else { code(found.lang()) }
}

/// ISO 639-1 for the 639-3 of the detector.
fn code(lang: Lang) -> Option<&'static str> {
    const CODES: &[(&str, &str)] = &[
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("eus", "eu"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    let at = CODES.binary_search_by_key(&lang.code(), |&(long, _)| long).ok()?;
    Some(CODES[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        let cases = [
            (
                "The ministers met in the capital on Friday, and said that they would meet again before the winter.",
                Some("en"),
            ),
            (
                "Die Minister trafen sich am Freitag in der Hauptstadt und sagten, sie würden sich vor dem Winter wiedersehen.",
                Some("de"),
            ),
            (
                "Les ministres se sont réunis vendredi dans la capitale et ont dit qu'ils se reverraient avant l'hiver.",
                Some("fr"),
            ),
            (
                "Los ministros de las dos ciudades se reunieron el viernes en la capital. Dijeron que nadie había ganado y que volverían a hablar del agua mañana.",
                Some("es"),
            ),
            (
                "Министры встретились в пятницу в столице и сказали, что снова встретятся до наступления зимы.",
                Some("ru"),
            ),
            ("Talks resume", None),
            ("", None),
            ("1234 5678 ... 0000 — — — 2026", None),
        ];
        let mut failures = Vec::new();
        for (text, expected) in cases {
            if language(text) != expected {
                failures.push(format!("{text:?}: {:?}", language(text)));
            }
        }
        assert!(failures.is_empty(), "{failures:#?}");
    }

    #[test]
    fn every_language_of_the_detector_has_a_code() {
        let without: Vec<&str> = Lang::all()
            .iter()
            .filter(|lang| code(**lang).is_none())
            .map(|lang| lang.code())
            .collect();
        assert!(without.is_empty(), "{without:?}");
    }
}

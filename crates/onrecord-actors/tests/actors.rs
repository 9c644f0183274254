//! What the embedded knowledge knows, and that it stands any text.

use jiff::civil::{Date, date};
use onrecord_actors::{Knowledge, Relation, Sex, fold, fold_expanded, skeleton};
use onrecord_record::Kind;

const DAY: Date = date(2026, 1, 23);

#[test]
fn words_stand_for_states() {
    use Relation::{Capital, Demonym, Seat};
    let cases = [
        ("Azerbaijani", "Azerbaijan", Demonym),
        ("Baku", "Azerbaijan", Capital),
        ("the Kremlin", "Russia", Seat),
        ("White House", "United States", Seat),
        ("Downing Street", "United Kingdom", Seat),
        ("Élysée", "France", Seat),
        ("Turkish", "Türkiye", Demonym),
        ("Turkey", "Türkiye", Relation::Alias),
        ("Czech Republic", "Czechia", Relation::Alias),
        ("Азербайджан", "Azerbaijan", Relation::Alias),
    ];
    let knowledge = Knowledge::embedded();
    let wrong: Vec<_> = cases
        .iter()
        .map(|(word, name, relation)| {
            let found = knowledge.state_of(word);
            (word, name, relation, found.map(|(id, how)| (knowledge.entry(id).name, how)))
        })
        .filter(|(_, name, relation, found)| *found != Some((**name, **relation)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn names_are_looked_up() {
    let cases = [
        ("NATO", "North Atlantic Treaty Organization"),
        ("the North Atlantic Alliance", "North Atlantic Treaty Organization"),
        ("Old Continent", "Europe"),
        ("WHO", "World Health Organization"),
        ("Mark Rutte", "Mark Rutte"),
        ("M. Rutte", "Mark Rutte"),
        ("Sahibə Qafarova", "Sahiba Gafarova"),
        ("Sahiba Qafarova", "Sahiba Gafarova"),
        ("Rasim Musabayov", "Rasim Musabayov"),
        ("Milli Mejlis", "Milli Majlis"),
    ];
    let knowledge = Knowledge::embedded();
    let wrong: Vec<_> = cases
        .iter()
        .map(|(name, wanted)| {
            let found = knowledge.look_up(name, Some(DAY));
            (name, wanted, found.first().map(|first| knowledge.entry(first.entry).name))
        })
        .filter(|(_, wanted, found)| *found != Some(**wanted))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn resolution_is_careful() {
    let knowledge = Knowledge::embedded();
    let cases: &[(&[&str], Kind, Option<&str>)] = &[
        (&["Baku"], Kind::State, Some("Azerbaijan")),
        (&["NATO"], Kind::Organization, Some("North Atlantic Treaty Organization")),
        (&["Mark Rutte", "Rutte"], Kind::Person, Some("Mark Rutte")),
        (&["Smith"], Kind::Person, None),
        (&["Ali"], Kind::Person, None),
        (&["Qwertz Asdfgh"], Kind::Person, None),
        (&[], Kind::Person, None),
        (&["", " "], Kind::State, None),
    ];
    let wrong: Vec<_> = cases
        .iter()
        .map(|(names, kind, wanted)| {
            let found = knowledge.resolve(names, *kind, Some(DAY));
            (names, wanted, found.map(|found| knowledge.entry(found.entry).name))
        })
        .filter(|(_, wanted, found)| found != *wanted)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn first_names_have_a_sex() {
    let knowledge = Knowledge::embedded();
    assert_eq!(knowledge.first_name_sex("Maria"), Some(Sex::Female));
    assert_eq!(knowledge.first_name_sex("Mohammed"), Some(Sex::Male));
    assert_eq!(knowledge.first_name_sex("Qwertz"), None);
}

#[test]
fn names_are_found_in_text() {
    let text = "Who met in Baku? The U.S. and NATO, the WHO said, asked us to wait.\n\nAl-Shabaab’s \
                men fled. TÜRKİYE did not.";
    let knowledge = Knowledge::embedded();
    let found: Vec<&str> = knowledge.find(text).map(|found| &text[found.range]).collect();
    assert_eq!(found, ["Baku", "U.S", "NATO", "WHO", "Al-Shabaab", "TÜRKİYE"]);
}

/// Pieces that make trouble: names, marks, scripts, ends of words and paragraphs.
const PIECES: &[&str] = &[
    "NATO",
    "U.",
    "S.",
    " ",
    "\n\n",
    "-",
    "’",
    "é",
    "e\u{301}",
    "İ",
    "ǅ",
    "日本",
    "Україна",
    "ا",
    "al-",
    "von der ",
    "Baku",
    "\u{0}",
    "\u{200d}",
    "😀",
    "St. ",
    "Türk",
    "iye",
    "ﬁ",
    "ß",
    "a",
];

#[test]
fn any_text_is_stood() {
    let knowledge = Knowledge::embedded();
    let mut state = 7u64;
    let mut next = |n: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % n
    };
    let mut n_found = 0;
    for _ in 0..3000 {
        let text: String = (0..next(12)).map(|_| PIECES[next(PIECES.len())]).collect();
        let mut end = 0;
        for found in knowledge.find(&text) {
            assert!(text.get(found.range.clone()).is_some(), "{text:?} {:?}", found.range);
            assert!(found.range.start >= end && !found.range.is_empty(), "{text:?}");
            end = found.range.end;
            n_found += 1;
        }
        knowledge.look_up(&text, Some(DAY));
        let _ = (skeleton(&fold(&text)), skeleton(&fold_expanded(&text)));
        let _ = knowledge.with_user_entries(&text);
    }
    assert!(n_found > 500, "{n_found}");
}

#[test]
fn users_entries_overrule() {
    let tsv = "name\taliases\tkind\tcountry\toffice\tsince\tuntil\n\
               # my desk\n\
               Baku Desk\tBaku|NATO\torganization\tOST\t\t\t\n\
               Lena Tereny\t\tperson\tOST\tForeign Minister\t2025-03\t\n";
    let knowledge = Knowledge::embedded().with_user_entries(tsv).unwrap();
    let found = knowledge.look_up("Baku", None);
    assert_eq!(found.len(), 1);
    assert_eq!(knowledge.entry(found[0].entry).name, "Baku Desk");
    let found = knowledge.resolve(&["L. Tereny"], Kind::Person, Some(DAY)).unwrap();
    assert_eq!(knowledge.entry(found.entry).offices_on(DAY)[0].0.title, "Foreign Minister");
}

#[test]
fn faults_of_users_entries_have_their_line() {
    let cases = [
        ("", 1),
        ("name\tcolour\n", 1),
        ("kind\n", 1),
        ("name\tkind\nA\tking\n", 2),
        ("name\tcountry\n\n# x\nA\tAzerbaijan\n", 4),
        ("name\tsince\nA\t2026\n", 2),
        ("name\toffice\tsince\nA\tMayor\tsoon\n", 2),
        ("name\nA\tB\n", 2),
        ("name\n.\n", 2),
        ("name\twikidata\nA\t227\n", 2),
        ("name\tsector\nA\tXXX\n", 2),
    ];
    let wrong: Vec<_> = cases
        .iter()
        .map(|(tsv, line)| {
            (tsv, line, Knowledge::embedded().with_user_entries(tsv).err().and_then(|e| e.line()))
        })
        .filter(|(_, line, found)| *found != Some(**line))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(Knowledge::from_file(b"ORACTOR1".to_vec()).is_err());
    assert!(Knowledge::from_file(vec![0; 100]).is_err());
}

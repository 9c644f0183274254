//! Whether actors are found by spellings that their sources do not list.
//!
//! The sample is drawn from the drafts that the committed file is made of, by a fixed step through
//! each kind, and each name is respelt by a rule of its own (not by the code that is measured).
//! Right is an entry of the same name and kind among the first three.

use std::fmt;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use jiff::civil::Date;
use onrecord_actors::{Draft, Knowledge};
use onrecord_record::Kind;

/// How many of each kind: persons in office, members of legislatures, states, organisations, places.
const SHARES: [usize; 5] = [150, 100, 100, 100, 50];

/// Respellings as newsrooms differ in them: what is written for what.
const RESPELT: &[(&str, &str)] = &[
    ("sh", "š"),
    ("ch", "č"),
    ("kh", "h"),
    ("zh", "ž"),
    ("yev", "iev"),
    ("sky", "skiy"),
    ("ov", "ow"),
    ("v", "w"),
    ("ou", "u"),
    ("oo", "u"),
    ("ks", "x"),
    ("x", "ks"),
    ("q", "g"),
    ("ph", "f"),
    ("ya", "ia"),
    ("ae", "ä"),
    ("ue", "ü"),
    ("oe", "ö"),
    ("mm", "m"),
    ("ss", "s"),
    ("ll", "l"),
    ("nn", "n"),
    ("k", "q"),
    ("y", "i"),
    ("u", "o"),
    ("e", "a"),
];

/// What was asked and found.
#[derive(Debug)]
pub struct Who {
    /// Names asked.
    pub n_asked: usize,
    /// Of these, found among the first three.
    pub n_found: usize,
    /// The spelling asked, the name and the first three found, of each miss.
    pub misses: Vec<(String, String, Vec<String>)>,
    /// To open the knowledge, in milliseconds.
    pub load_ms: f64,
    /// Size of the file in bytes.
    pub n_bytes: usize,
    /// Texts searched for names, in bytes a second and matches.
    pub find: Option<(f64, usize)>,
}

/// Draws, respells, looks up; and searches `text` for names.
pub fn measure(pack: &Path, own: &Path, text: &str) -> Result<Who> {
    let start = Instant::now();
    let knowledge = Knowledge::embedded();
    let load_ms = start.elapsed().as_secs_f64() * 1e3;
    let drafts = onrecord_compile::drafts(&onrecord_compile::Sources::read(pack, own)?)?;
    let mut who = Who {
        n_asked: 0,
        n_found: 0,
        misses: Vec::new(),
        load_ms,
        n_bytes: Knowledge::embedded_len(),
        find: None,
    };
    for (group, &share) in SHARES.iter().enumerate() {
        let members: Vec<&Draft> = drafts.iter().filter(|d| group_of(d) == Some(group)).collect();
        let mut asked = 0;
        for idx in 0..members.len() {
            // A step coprime to most lengths, so that the sample is spread over all.
            let draft = members[(idx * 7919 + 13) % members.len()];
            let Some(spelling) = respelt(draft, asked) else { continue };
            asked += 1;
            ask(knowledge, draft, &spelling, &mut who);
            if asked == share {
                break;
            }
        }
    }
    if !text.is_empty() {
        let start = Instant::now();
        let n_matches = knowledge.find(text).count();
        who.find = Some((text.len() as f64 / start.elapsed().as_secs_f64(), n_matches));
    }
    Ok(who)
}

fn group_of(draft: &Draft) -> Option<usize> {
    match draft.kind {
        Kind::Person if draft.rank > 3 => Some(0),
        Kind::Person => Some(1),
        Kind::State if draft.rank > 3 => Some(2),
        Kind::Organization if draft.rank > 1 => Some(3),
        Kind::Place if draft.rank > 2 => Some(4),
        _ => None,
    }
}

fn ask(knowledge: &Knowledge, draft: &Draft, spelling: &str, who: &mut Who) {
    who.n_asked += 1;
    // On a day in office, where one is known.
    let day: Option<Date> =
        draft.tenures.iter().filter_map(|t| t.2.or(t.1)).map(|date| date.first_day()).max();
    let found = knowledge.look_up(spelling, day);
    let first: Vec<_> = found.iter().take(3).map(|found| knowledge.entry(found.entry)).collect();
    if first.iter().any(|entry| entry.name == draft.name && entry.kind == draft.kind) {
        who.n_found += 1;
    } else {
        let names = first.iter().map(|entry| entry.name.to_owned()).collect();
        who.misses.push((spelling.to_owned(), draft.name.clone(), names));
    }
}

/// The name in a spelling that the source does not list, by one of three rules in turn.
fn respelt(draft: &Draft, turn: usize) -> Option<String> {
    let plain: String = draft.name.chars().map(without_mark).collect();
    let spelling = match turn % 3 {
        0 if plain != draft.name => plain,
        1 if draft.kind == Kind::Person => {
            let (first, rest) = draft.name.split_once(' ')?;
            format!("{}. {rest}", first.chars().next()?)
        }
        _ => {
            let lower = draft.name.to_lowercase();
            let (from, to) = RESPELT.iter().find(|(from, _)| lower.contains(from))?;
            lower.replacen(from, to, 1)
        }
    };
    let is_listed = draft.name == spelling
        || draft.names.iter().any(|name| name.text.eq_ignore_ascii_case(&spelling));
    (!is_listed && spelling.chars().count() > 4).then_some(spelling)
}

fn without_mark(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ă' | 'ā' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ě' | 'ē' | 'ė' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ő' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ű' | 'ū' | 'ů' => 'u',
        'č' | 'ć' | 'ç' => 'c',
        'š' | 'ş' | 'ś' | 'ș' => 's',
        'ž' | 'ź' | 'ż' => 'z',
        'ñ' | 'ń' | 'ň' => 'n',
        'ł' => 'l',
        'ğ' => 'g',
        'ý' => 'y',
        'ř' => 'r',
        c => c,
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (spelling, name, found) in &self.misses {
            writeln!(f, "missed  {spelling} for {name}; found {}", found.join(", "))?;
        }
        let share = self.n_found as f64 / self.n_asked.max(1) as f64;
        writeln!(f, "found   {}/{} = {share:.3}", self.n_found, self.n_asked)?;
        writeln!(f, "file    {} bytes, opened in {:.2} ms", self.n_bytes, self.load_ms)?;
        if let Some((speed, n_matches)) = self.find {
            writeln!(f, "find    {:.1} MB/s, {n_matches} matches", speed / 1e6)?;
        }
        Ok(())
    }
}

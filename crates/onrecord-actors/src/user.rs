//! A user's entries: a table with a header line, fields parted by tabs.

use onrecord_record::{Country, Kind, PartialDate, Sector};

use crate::builder::{Builder, Draft};
use crate::entry::{Relation, Source};
use crate::error::{Error, Kind as ErrorKind};

const COLUMNS: &[&str] =
    &["name", "aliases", "kind", "country", "sector", "office", "since", "until", "wikidata"];

/// Reads the table. Empty lines and lines that begin with `#` are passed over.
pub(crate) fn read(tsv: &str) -> Result<Builder, Error> {
    let tsv = tsv.strip_prefix('\u{feff}').unwrap_or(tsv);
    let mut lines =
        tsv.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'));
    let Some((header, no)) = lines.next() else {
        return Err(fault(1, "there is no header line; it names the columns, parted by tabs"));
    };
    let columns: Vec<&str> = header.split('\t').map(str::trim).collect();
    if let Some(unknown) = columns.iter().find(|column| !COLUMNS.contains(column)) {
        let known = COLUMNS.join(", ");
        return Err(fault(no, &format!("there is no column {unknown:?}; the columns are {known}")));
    }
    if !columns.contains(&"name") {
        return Err(fault(no, "the column \"name\" is missing"));
    }
    // Lines of one name are the offices of one actor.
    let mut drafts: Vec<Draft> = Vec::new();
    for (line, no) in lines {
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        if fields.len() > columns.len() {
            return Err(fault(
                no,
                &format!("{} fields under {} columns", fields.len(), columns.len()),
            ));
        }
        let get = |column: &str| {
            let idx = columns.iter().position(|known| *known == column);
            idx.and_then(|idx| fields.get(idx)).copied().unwrap_or("")
        };
        let draft = draft(&get).map_err(|message| fault(no, &message))?;
        match drafts.iter_mut().find(|known| known.name == draft.name && known.kind == draft.kind) {
            Some(known) => {
                known.tenures.extend(draft.tenures);
                known.names.extend(draft.names);
            }
            None => drafts.push(draft),
        }
    }
    let mut builder = Builder::default();
    drafts.into_iter().for_each(|draft| builder.add(draft));
    Ok(builder)
}

fn fault(line: usize, message: &str) -> Error {
    Error::new(ErrorKind::Line { line, message: message.to_owned() })
}

fn draft<'t>(get: &impl Fn(&str) -> &'t str) -> Result<Draft, String> {
    let name = get("name");
    if crate::fold(name).is_empty() {
        return Err("the name is empty".to_owned());
    }
    let kind = match get("kind") {
        "" => Kind::Person,
        code => Kind::from_code(code).ok_or_else(|| {
            let kinds: Vec<_> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
            format!("{code:?} is no kind; the kinds are {}", kinds.join(", "))
        })?,
    };
    let mut draft = Draft::new(name, kind, Source::User);
    draft.rank = 9;
    draft.country = match get("country") {
        "" => None,
        code => Some(Country::new(code).ok_or_else(|| {
            format!("{code:?} is no country; write its three capital letters, for example AZE")
        })?),
    };
    for code in get("sector").split('|').map(str::trim).filter(|code| !code.is_empty()) {
        let sector = Sector::from_code(code)
            .ok_or_else(|| format!("{code:?} is no sector; write its code, for example GOV"))?;
        draft.sectors.push(sector);
    }
    for alias in get("aliases").split('|').map(str::trim).filter(|alias| !alias.is_empty()) {
        draft.also(alias, Relation::Alias);
    }
    let date = |column: &str| -> Result<Option<PartialDate>, String> {
        match get(column) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|e| format!("{column}: {text:?} is {e}")),
        }
    };
    let (since, until) = (date("since")?, date("until")?);
    if !get("office").is_empty() {
        draft.tenures.push((get("office").to_owned(), since, until, Source::User));
    } else if since.is_some() || until.is_some() {
        return Err("since and until are the dates of an office, and there is none".to_owned());
    }
    if !get("wikidata").is_empty() {
        let number = get("wikidata").strip_prefix('Q').and_then(|digits| digits.parse().ok());
        draft.wikidata = number
            .ok_or_else(|| format!("{:?} is no Wikidata id such as Q227", get("wikidata")))?;
    }
    Ok(draft)
}

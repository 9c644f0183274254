//! The texts that articles are made from.

use std::fs;
use std::path::Path;
use std::process::Command;

use onrecord_record::*;

use crate::oracle;

/// PolNeAR train's articles with what can be made of their annotations, and Desk train's gold.
pub(crate) fn originals(shared: &Path, folder: &Path) -> Vec<Record> {
    let unpacked = folder.join("polnear");
    if !unpacked.is_dir() {
        fs::create_dir_all(&unpacked).expect("the folder can be written");
        let archive = shared.join("data/polnear.tar.xz");
        let status = Command::new("tar").arg("-xJf").arg(archive).arg("-C").arg(&unpacked).status();
        assert!(status.expect("tar runs").success());
    }
    let train = [unpacked.join("train"), unpacked.join("polnear/train")];
    let train = train.iter().find(|path| path.is_dir()).expect("the archive has a train part");
    let mut records = oracle::desk(shared, "train", folder);
    let mut names: Vec<_> = fs::read_dir(train.join("text"))
        .expect("it has texts")
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    names.sort();
    let mut annotations: Vec<_> = fs::read_dir(train.join("attributions"))
        .expect("it has annotations")
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    annotations.sort();
    for path in names {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let of_it = annotations.iter().find(|ann| {
            ann.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&stem))
        });
        let (Ok(text), Some(ann)) = (fs::read_to_string(&path), of_it) else { continue };
        let ann = fs::read_to_string(ann).expect("it can be read");
        records.push(record(text, &ann));
    }
    records
}

/// A record of an article with brat annotations. Who a source is, is guessed by its capitals.
fn record(text: String, ann: &str) -> Record {
    let mut record = Record::empty(Article::new(text));
    let text = record.article.text.clone();
    let mut spans: std::collections::BTreeMap<&str, Vec<Span>> = Default::default();
    for line in ann.lines().filter(|line| line.starts_with('T')) {
        let mut fields = line.split('\t');
        let (Some(id), Some(what)) = (fields.next(), fields.next()) else { continue };
        let Some((_, offsets)) = what.split_once(' ') else { continue };
        let parts = offsets.split(';').filter_map(|part| {
            let (start, end) = part.split_once(' ')?;
            text.span_of_points([start.parse().ok()?, end.parse().ok()?])
        });
        spans.insert(id, parts.collect());
    }
    let mut statements: Vec<(Vec<Span>, Vec<Span>, Vec<Span>)> = Vec::new();
    for line in ann.lines().filter(|line| line.starts_with('E')) {
        let arguments = line.split('\t').nth(1).unwrap_or("");
        let of = |role: &str| -> Vec<Span> {
            let arguments = arguments.split(' ').filter_map(|argument| argument.split_once(':'));
            let ours =
                arguments.filter(|(name, _)| name.trim_end_matches(char::is_numeric) == role);
            ours.flat_map(|(_, id)| spans.get(id).cloned().unwrap_or_default()).collect()
        };
        let (content, source, cue) = (of("Content"), of("Source"), of("Cue"));
        if !content.is_empty() {
            statements.push((content, source, cue));
        }
    }
    statements.sort();
    for (content, source, cue) in statements {
        let speaker = source.first().and_then(|&span| speaker(&mut record, &text, span));
        let is_direct = text[content[0]].starts_with(['“', '"']);
        let id = StatementId(record.statements.len() as u32);
        let about = record
            .actors
            .iter()
            .filter(|actor| {
                Some(actor.id) != speaker
                    && actor.mentions.iter().any(|m| content.iter().any(|c| c.contains(m.span)))
            })
            .map(|actor| About { actor: actor.id, stance: Some(stance(content[0].start(), id.0)) })
            .collect();
        record.statements.push(Statement {
            id,
            form: if is_direct { Form::Direct } else { Form::Indirect },
            content,
            source,
            cue,
            speaker: speaker.map(|actor| Speaker { actor, confidence: 0.9 }),
            within: None,
            continues: None,
            about,
            confidence: 0.9,
        });
    }
    for statement in record.statements.clone() {
        let (Some(speaker), Some(about), [cue, ..]) =
            (statement.speaker, statement.about.first(), &statement.cue[..])
        else {
            continue;
        };
        let n = statement.id.0 as usize;
        record.events.push(Event {
            id: EventId(record.events.len() as u32),
            kind: EventType::ALL[n % EventType::ALL.len()],
            trigger: vec![*cue],
            actors: vec![speaker.actor],
            recipients: vec![about.actor],
            date: None,
            place: None,
            contexts: vec![Context::Executive],
            status: Status::ALL[n % Status::ALL.len()],
            said: n.is_multiple_of(2).then_some(statement.id),
            confidence: 0.5,
        });
    }
    record
}

/// Some stance, different from statement to statement.
fn stance(place: usize, number: u32) -> f32 {
    ((place + number as usize * 7) % 21) as f32 / 10.0 - 1.0
}

/// The actor that is named by the capitals in a source, with all its mentions in the text.
fn speaker(record: &mut Record, text: &Text, source: Span) -> Option<ActorId> {
    let words = &text[source];
    let is_name = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word.len() > 2
            && !["The", "But", "And"].contains(word)
    };
    let run: Vec<&str> =
        words.split(' ').skip_while(|word| !is_name(word)).take_while(is_name).collect();
    let name = run.join(" ").trim_end_matches([',', '.', '\'', '’']).to_owned();
    if name.is_empty() {
        return None;
    }
    if let Some(actor) = record.actors.iter().find(|actor| actor.name == name) {
        return Some(actor.id);
    }
    let id = ActorId(record.actors.len() as u32);
    let found =
        text.match_indices(&name).filter_map(|(start, name)| text.span(start, start + name.len()));
    let mentions: Vec<Mention> =
        found.map(|span| Mention { span, form: MentionForm::Name }).collect();
    if mentions.is_empty() {
        return None;
    }
    record.actors.push(Actor {
        id,
        kind: if name.contains(' ') { Kind::Person } else { Kind::Organization },
        name,
        country: Country::new("USA"),
        sectors: vec![Sector::Government],
        organization: None,
        office: None,
        links: vec![],
        roles: vec![],
        mentions,
    });
    Some(id)
}

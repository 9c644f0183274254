//! Makes an article of another: other people, numbers and day, some paragraphs left out.

use onrecord_record::*;

/// A generator of the same numbers each time (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

/// People who are in the news, in this many; the first are in it most.
const N_PEOPLE: usize = 20_000;

pub(crate) const OUTLETS: [&str; 12] = [
    "Khazar Review",
    "Delta Post",
    "Selm Times",
    "Belin Today",
    "Ostra Herald",
    "Karsk Daily",
    "Port Sael News",
    "The Ferry",
    "Northern Wire",
    "Agency One",
    "The Ledger",
    "Harbour Gazette",
];

/// The name of a person by their place in the news.
pub(crate) fn person(n: usize) -> String {
    let syllables = [
        "ar", "bel", "dor", "en", "fi", "gar", "hel", "is", "ka", "lo", "mir", "nas", "or", "pel",
        "ras", "sel", "tor", "ul", "ven", "zam",
    ];
    let mut dice = Dice(n as u64 * 77 + 5);
    let mut word = |n_syllables: usize| {
        let word: String =
            (0..n_syllables).map(|_| syllables[dice.below(syllables.len())]).collect();
        word[..1].to_uppercase() + &word[1..]
    };
    format!("{} {}", word(2), word(3))
}

/// Variant `n` of an article.
pub(crate) fn variant(original: &Record, n: u64) -> Record {
    let mut dice = Dice(n);
    let old = original.article.text.as_str();
    let mut edits: Vec<(usize, usize, String)> = Vec::new();
    let mut at = 0;
    for paragraph in old.split_inclusive('\n') {
        if at > 0 && dice.below(5) == 0 {
            edits.push((at, at + paragraph.len(), String::new()));
        }
        at += paragraph.len();
    }
    let mut names = Vec::new();
    for actor in &original.actors {
        // Half of the people, by a harmonic law: number k is met 1/k as often as number 1.
        let share = dice.below(1 << 20) as f64 / f64::from(1 << 20);
        let place = ((N_PEOPLE as f64).powf(share)) as usize;
        let is_other = actor.kind == Kind::Person && dice.below(2) == 0;
        names.push(is_other.then(|| person(place)));
        if let Some(name) = names.last().and_then(Option::as_ref) {
            let named = actor.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
            edits.extend(
                named.map(|mention| (mention.span.start(), mention.span.end(), name.clone())),
            );
        }
    }
    for (idx, _) in old.match_indices(|c: char| c.is_ascii_digit()) {
        edits.push((idx, idx + 1, dice.below(10).to_string()));
    }
    // One edit a place: the widest one first begun.
    edits.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let mut new = String::with_capacity(old.len());
    let mut kept: Vec<(usize, usize, usize, usize)> = Vec::new();
    let mut done = 0;
    for (start, end, words) in edits {
        if start < done {
            continue;
        }
        new += &old[done..start];
        let begin = new.len();
        new += &words;
        kept.push((start, end, begin, new.len()));
        done = end;
    }
    new += &old[done..];
    let map = |byte: usize| {
        let before = kept.partition_point(|edit| edit.0 < byte);
        match before.checked_sub(1).map(|idx| kept[idx]) {
            None => byte,
            Some((_, end, begin, _)) if byte < end => begin,
            Some((_, end, _, end_new)) => byte - end + end_new,
        }
    };
    let mut article = Article::new(new);
    let day =
        jiff::civil::date(2021, 1, 1).saturating_add(jiff::ToSpan::days(dice.below(1826) as i64));
    article.published = Some(day);
    article.outlet = Some(OUTLETS[dice.below(OUTLETS.len())].to_owned());
    article.title = article.text.lines().next().map(|line| line.chars().take(90).collect());
    article.url = Some(format!("https://news.example/{day}/{n}"));
    let text = article.text.clone();
    let span = |span: Span| text.span(map(span.start()), map(span.end()));
    rebuild(original, article, &names, &span)
}

/// The original's record with its spans where they are now; what lost its words is left out.
fn rebuild(
    original: &Record,
    article: Article,
    names: &[Option<String>],
    span: &dyn Fn(Span) -> Option<Span>,
) -> Record {
    let spans =
        |spans: &[Span]| -> Vec<Span> { spans.iter().filter_map(|&old| span(old)).collect() };
    let mut record = Record::empty(article);
    let mut actor_ids: Vec<Option<ActorId>> = Vec::new();
    for (actor, name) in original.actors.iter().zip(names) {
        let moved = actor
            .mentions
            .iter()
            .filter_map(|m| Some(Mention { span: span(m.span)?, form: m.form }));
        let mentions: Vec<Mention> = moved.collect();
        let id = ActorId(record.actors.len() as u32);
        actor_ids.push((!mentions.is_empty()).then_some(id));
        if mentions.is_empty() {
            continue;
        }
        let roles = actor
            .roles
            .iter()
            .filter_map(|r| Some(Role { span: span(r.span)?, organization: None }));
        let roles = roles.collect();
        let name = name.clone().unwrap_or_else(|| actor.name.clone());
        record.actors.push(Actor {
            id,
            name,
            mentions,
            roles,
            organization: None,
            ..actor.clone()
        });
    }
    let actor = |id: ActorId| actor_ids[id.0 as usize];
    let mut said_ids: Vec<Option<StatementId>> = Vec::new();
    for statement in &original.statements {
        let content = spans(&statement.content);
        let id = StatementId(record.statements.len() as u32);
        said_ids.push((!content.is_empty()).then_some(id));
        if content.is_empty() {
            continue;
        }
        let speaker = statement.speaker.and_then(|s| Some(Speaker { actor: actor(s.actor)?, ..s }));
        let about =
            statement.about.iter().filter_map(|a| Some(About { actor: actor(a.actor)?, ..*a }));
        let about = about.collect();
        let (source, cue) = (spans(&statement.source), spans(&statement.cue));
        let (within, continues) = (None, None);
        record.statements.push(Statement {
            id,
            content,
            source,
            cue,
            speaker,
            about,
            within,
            continues,
            ..statement.clone()
        });
    }
    for event in &original.events {
        let trigger = spans(&event.trigger);
        if trigger.is_empty() {
            continue;
        }
        let id = EventId(record.events.len() as u32);
        let actors = event.actors.iter().filter_map(|&id| actor(id)).collect();
        let recipients = event.recipients.iter().filter_map(|&id| actor(id)).collect();
        let said = event.said.and_then(|id| said_ids[id.0 as usize]);
        // Days are those of the article, so that events are spread over the years.
        let date = event.date.and(record.article.published).map(PartialDate::day);
        let date = date.map(|day| EventDate { start: day, end: day, span: None });
        let place = event.place.and_then(actor);
        record.events.push(Event {
            id,
            trigger,
            actors,
            recipients,
            said,
            date,
            place,
            ..event.clone()
        });
    }
    record
}

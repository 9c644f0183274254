//! A hash of all that was read in an article, by which drift is found.
//!
//! The article's id vouches for its text only; this number vouches for every span, code, name and
//! number of its record. It guards against damage and edits, not against forgers.

use onrecord_record::{Record, Span};

/// The hash of everything in a record but its text.
pub(crate) fn digest(record: &Record) -> i64 {
    let mut hash = Hash(0x6f6e_7265_636f_7264);
    let article = &record.article;
    let optional = [
        &article.path,
        &article.url,
        &article.title,
        &article.outlet,
        &article.canonical_url,
        &article.section,
        &article.published_at,
        &article.language,
    ];
    optional.into_iter().for_each(|field| hash.optional(field.as_deref()));
    for day in [article.published, article.updated] {
        hash.optional(day.map(|day| day.to_string()).as_deref());
    }
    hash.list(&article.authors, |hash, author| hash.text(author));
    hash.list(&article.origins, |hash, (field, origin)| {
        hash.text(field);
        hash.text(origin);
    });
    let id = |id: Option<onrecord_record::ActorId>| id.map_or(0, |id| u64::from(id.0) + 1);
    let said = |id: Option<onrecord_record::StatementId>| id.map_or(0, |id| u64::from(id.0) + 1);
    hash.list(&record.actors, |hash, actor| {
        hash.text(&actor.name);
        hash.text(actor.kind.as_str());
        hash.optional(actor.country.as_ref().map(|country| country.as_str()));
        hash.list(&actor.sectors, |hash, sector| hash.text(sector.as_str()));
        hash.number(id(actor.organization));
        hash.optional(actor.office.as_deref());
        hash.list(&actor.links, |hash, (site, id)| {
            hash.text(site);
            hash.text(id);
        });
        hash.list(&actor.roles, |hash, role| {
            hash.span(role.span);
            hash.number(id(role.organization));
        });
        hash.list(&actor.mentions, |hash, mention| {
            hash.span(mention.span);
            hash.number(mention.form as u64);
        });
    });
    hash.list(&record.statements, |hash, statement| {
        hash.text(statement.form.as_str());
        for spans in [&statement.content, &statement.source, &statement.cue] {
            hash.list(spans, |hash, span| hash.span(*span));
        }
        hash.number(id(statement.speaker.map(|speaker| speaker.actor)));
        hash.share(statement.speaker.map_or(0.0, |speaker| speaker.confidence));
        hash.number(said(statement.within));
        hash.number(said(statement.continues));
        hash.list(&statement.about, |hash, about| {
            hash.number(id(Some(about.actor)));
            hash.number(u64::from(about.stance.is_some()));
            hash.share(about.stance.unwrap_or(0.0));
        });
        hash.share(statement.confidence);
    });
    hash.list(&record.events, |hash, event| {
        hash.text(event.kind.as_str());
        hash.text(event.status.as_str());
        hash.list(&event.trigger, |hash, span| hash.span(*span));
        for actors in [&event.actors, &event.recipients] {
            hash.list(actors, |hash, actor| hash.number(id(Some(*actor))));
        }
        hash.optional(event.date.map(|date| format!("{}/{}", date.start, date.end)).as_deref());
        event.date.and_then(|date| date.span).into_iter().for_each(|span| hash.span(span));
        hash.number(id(event.place));
        hash.list(&event.contexts, |hash, context| hash.text(context.as_str()));
        hash.number(said(event.said));
        hash.share(event.confidence);
    });
    hash.list(&record.notes, |hash, note| {
        hash.text(note.kind.as_str());
        note.span.into_iter().for_each(|span| hash.span(span));
        hash.text(&note.message);
    });
    hash.0 as i64
}

struct Hash(u64);

impl Hash {
    /// SplitMix64 over what came before and this.
    fn number(&mut self, value: u64) {
        let mut z = (self.0 ^ value).wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        self.0 = z ^ (z >> 31);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        for chunk in text.as_bytes().chunks(8) {
            let mut bytes = [0; 8];
            bytes[..chunk.len()].copy_from_slice(chunk);
            self.number(u64::from_le_bytes(bytes));
        }
    }

    fn optional(&mut self, text: Option<&str>) {
        self.number(u64::from(text.is_some()));
        text.into_iter().for_each(|text| self.text(text));
    }

    /// A number of three decimals.
    fn share(&mut self, value: f32) {
        self.number((f64::from(value) * 1000.0).round() as i64 as u64);
    }

    fn span(&mut self, span: Span) {
        self.number((span.start() as u64) << 32 | span.end() as u64);
    }

    fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Hash, &T)) {
        self.number(items.len() as u64);
        items.iter().for_each(|item| each(self, item));
    }
}

//! The table of pages.

use onrecord_store::{Names, Store};

use super::parameter::{self as p, Parameter};
use super::{actor, actors, article, between, compare, disputes, network, search, shifts, sources};
use crate::answer::Reply;
use crate::asked::Asked;
use crate::medium::Medium::{self, Atom, Csv, Html, Json};
use crate::problem::Problem;

/// A page: where it is, what it may be asked, and what answers.
pub(crate) struct Page {
    /// Its path; `{id}` stands for a part of it that varies.
    pub(crate) path: &'static str,
    /// What it answers, in a sentence.
    pub(crate) summary: &'static str,
    /// What may stand in its query.
    pub(crate) parameters: &'static [Parameter],
    /// The forms that it can be had in; a page for people first.
    pub(crate) media: &'static [Medium],
    /// Asks its question.
    pub(crate) ask: fn(&Asked, &Store, &dyn Names) -> Result<Reply, Problem>,
}

/// All forms of a page.
pub(crate) const MEDIA: &[Medium] = &[Html, Json, Csv, Atom];

/// The navigation: paths and names.
pub(crate) const PLACES: &[(&str, &str)] = &[
    ("/search", "Search"),
    ("/actors", "Actors"),
    ("/between", "Relation"),
    ("/compare", "Compare"),
    ("/network", "Network"),
    ("/shifts", "Shifts"),
    ("/disputes", "Disputes"),
    ("/sources", "Sources"),
    ("/add", "Add"),
];

/// All pages.
pub(crate) const PAGES: &[Page] = &[
    Page { path: "/", ..SEARCH },
    SEARCH,
    Page {
        path: "/article/{id}",
        summary: "An article with all that was read in it: the record of onrecord/1, with the numbers that \
                  its actors, statements and events have in the file.",
        parameters: &[],
        media: &[Html, Json],
        ask: article::ask,
    },
    Page {
        path: "/actors",
        summary: "Actors whose names begin so, those quoted most first; without a name, those quoted most.",
        parameters: &[p::BEGINNING, p::LIMIT],
        media: &[Html, Json, Csv],
        ask: actors::ask,
    },
    Page {
        path: "/actor",
        summary: "Leads to the page of an actor.",
        parameters: &[p::NAME],
        media: &[Html, Json],
        ask: actor::find,
    },
    Page {
        path: "/actor/{id}",
        summary: "An actor: in which capacities it appears, what it said and did, of whom it speaks and who \
                  speaks of it.",
        parameters: &[p::SINCE, p::UNTIL, p::OUTLET, p::LIMIT],
        media: MEDIA,
        ask: actor::ask,
    },
    Page {
        path: "/between",
        summary: "A relation: events to which two actors are parties, what they say of each other, and the balance \
                  of each month.",
        parameters: &[p::ONE, p::OTHER, p::SINCE, p::UNTIL, p::OUTLET, p::LIMIT],
        media: MEDIA,
        ask: between::ask,
    },
    Page {
        path: "/compare",
        summary: "Speakers side by side, on an actor or on words, those first who say most.",
        parameters: &[p::ON, p::FORM, p::SINCE, p::UNTIL, p::OUTLET, p::LIMIT],
        media: &[Html, Json, Csv],
        ask: compare::ask,
    },
    Page {
        path: "/network",
        summary: "Who has to do with whom in a period: by events between them, and by what one says of the other.",
        parameters: &[
            p::AROUND,
            p::KIND,
            p::TIES,
            p::WEIGHT,
            p::SINCE,
            p::UNTIL,
            p::OUTLET,
            p::LIMIT,
        ],
        media: &[Html, Json, Csv],
        ask: network::ask,
    },
    Page {
        path: "/shifts",
        summary: "Speakers whose stance toward an actor changed, the latest change first.",
        parameters: &[p::BY, p::ABOUT, p::SINCE, p::UNTIL, p::OUTLET, p::LIMIT],
        media: MEDIA,
        ask: shifts::ask,
    },
    Page {
        path: "/disputes",
        summary: "Events that are claimed on one word and denied on another, the latest first.",
        parameters: &[p::PARTY, p::SINCE, p::UNTIL, p::LIMIT],
        media: &[Html, Json, Csv],
        ask: disputes::ask,
    },
    Page {
        path: "/sources",
        summary: "Who is quoted how often.",
        parameters: &[
            p::COUNT,
            p::ABOUT,
            p::WORDS,
            p::FORM,
            p::SINCE,
            p::UNTIL,
            p::OUTLET,
            p::LIMIT,
        ],
        media: &[Html, Json, Csv],
        ask: sources::ask,
    },
];

const SEARCH: Page = Page {
    path: "/search",
    summary: "Statements and articles, those published last first, with counts by which they can be narrowed.",
    parameters: &[
        p::WORDS,
        p::BY,
        p::ABOUT,
        p::FORM,
        p::OUTLET,
        p::CAPACITY,
        p::SINCE,
        p::UNTIL,
        p::SHOW,
        p::LIMIT,
        p::SKIP,
    ],
    media: MEDIA,
    ask: search::ask,
};

impl Page {
    /// The paths under which it is found: one for each form, but where the ending is a part of what varies.
    pub(crate) fn routes(&self) -> Vec<String> {
        match self.path {
            "/" => vec!["/".to_owned()],
            path if self.varies() => vec![path.to_owned()],
            path => self.media.iter().map(|medium| format!("{path}{}", medium.ending())).collect(),
        }
    }

    fn varies(&self) -> bool {
        self.path.ends_with("{id}")
    }
}

/// The forms of the page at a path.
pub(crate) fn media_of(path: &str) -> &'static [Medium] {
    let is_it = |page: &&Page| match page.path.strip_suffix("{id}") {
        Some(beginning) => {
            path.strip_prefix(beginning).is_some_and(|id| !id.is_empty() && !id.contains('/'))
        }
        None => page.path == path,
    };
    PAGES.iter().find(is_it).map_or(&[Html], |page| page.media)
}

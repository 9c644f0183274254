//! What the classes and ids of elements say about them.
//!
//! Names are compared as words between hyphens ([`hyphenated`]), so that `articleBody`,
//! `article-body` and `article_body` are the same. The lists hold what publishers and their
//! systems (WordPress, Drupal, Blogger, TYPO3, Arc and others) write, no name of a single outlet;
//! they were tuned on the html-trafilatura pages.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::html::dom::{Attribute, Dom, NodeId};
use crate::html::tag::Tag;
use crate::html::text::hyphenated;

/// Words for which an element holds no part of the article.
#[rustfmt::skip] // a vertical list of words says no more
const BOILERPLATE: &[&str] = &[
    "-about-author", "-about-the-author", "-access-wall", "-ad-", "-adbox-", "-addthis",
    "-addtoany", "-ads-", "-adsbygoogle", "-advert", "-affiliate", "-also-read", "-also-like",
    "-alsoread", "-article-actions", "-article-info", "-article-links", "-article-meta",
    "-article-tags", "-article-tools", "-article-footer", "-author-", "-authorbox", "-authors-",
    "-autor-", "-back-to-top", "-banner-", "-bio-", "-bookmark", "-bottom-of-article",
    "-box-sharing", "-breadcrumb", "-btn-", "-button-", "-buttons-", "-byline", "-calendar-",
    "-caption", "-captions-", "-carousel", "-cat-links", "-category-", "-categories-", "-comment-",
    "-comments", "-commentlist", "-commenting", "-contact-box", "-cookie", "-copyright",
    "-credit-", "-credits-", "-cta-", "-date-", "-datum-", "-disclaimer", "-disqus", "-donat",
    "-download-", "-embed-", "-entry-footer", "-entry-meta", "-expandable-", "-feedback",
    "-fileunder", "-footer", "-follow-", "-form-", "-further-reading", "-gallery", "-galerie",
    "-gdpr", "-hatom-extra", "-hidden-", "-info-box", "-infobox", "-inline-promo",
    "-jp-post-flair", "-jp-relatedposts", "-jump-to", "-keywords", "-kommentar",
    "-language-switch", "-legal-", "-license", "-like-box", "-likes-", "-login-", "-mashsb",
    "-marginalia", "-metadata-", "-meta-", "-metainfo-", "-mw-editsection", "-toc-list-",
    "-table-of-contents", "-navbox", "-reflist-", "-catlinks-", "-modal-", "-more-from",
    "-more-stories", "-most-read", "-most-popular", "-mostread", "-nav-", "-navbar", "-navi-",
    "-navigation", "-navigator", "-news-ticker", "-newsletter", "-newsticker", "-next-post",
    "-nocomments", "-noprint-", "-no-print-", "-notification-", "-options-", "-outbrain",
    "-overlay-", "-page-links", "-pager-", "-pagination", "-paging-", "-paid-content-", "-partner",
    "-permalink-", "-phototitle", "-player-", "-playlist", "-plista", "-poll-", "-popular",
    "-popup", "-post-date", "-post-footer", "-post-info", "-post-links", "-post-meta", "-post-nav",
    "-post-tags", "-post-title-", "-posted-on", "-postmeta", "-postmetadata", "-prev-next",
    "-print-", "-profile-", "-promo", "-pubdate", "-publish-date", "-published-", "-pull-quote",
    "-pullquote", "-quiz-", "-rating", "-ratings-", "-rate-", "-read-more", "-read-next",
    "-readmore", "-recirc", "-recommend", "-register-", "-rel-links", "-related", "-reply-",
    "-respond-", "-rightcol-", "-rss-", "-screen-reader", "-search-", "-searchform", "-see-also",
    "-series-nav", "-shariff", "-share", "-sharing", "-sharedaddy", "-show-more", "-sidebar",
    "-side-bar-", "-sign-up", "-signup", "-similar", "-site-footer", "-skip-link", "-skip-to-",
    "-slide-", "-slider", "-slideshow", "-snippets-", "-social", "-sponsor", "-sr-only",
    "-storylink", "-subnav", "-submeta", "-subscribe-", "-subscription-", "-syndication", "-tabs-",
    "-tag-cloud", "-tag-links", "-tag-list", "-tagged", "-taglist", "-tags-", "-taboola",
    "-teaser", "-tab-bar-", "-timestamp", "-toolbar", "-tools-", "-toolbox-", "-top-stories",
    "-topics-", "-tracking", "-trackback", "-trending", "-tweet-button", "-upsell", "-utility",
    "-viral-", "-visually-hidden", "-visuallyhidden", "-vote-", "-votes-", "-warning-box",
    "-watch-next", "-weiterlesen", "-widget", "-wp-block-post-terms", "-yarpp", "-you-may",
];

/// Words that, next to those above, say that the element is the article after all, or all of the page.
#[rustfmt::skip] // a vertical list of words says no more
const NOT_BOILERPLATE: &[&str] = &[
    "-article-body-", "-articlebody", "-article-content-", "-article-text", "-articletext",
    "-entry-content", "-post-content", "-post-body", "-story-body", "-storybody", "-story-content",
    "-with-sidebar", "-has-sidebar", "-no-sidebar", "-widget-text-", "-left-sidebar-",
    "-right-sidebar-",
];

/// Words of what holds an article's text and little else.
#[rustfmt::skip] // a vertical list of words says no more
const BODY: &[&str] = &[
    "-article-body", "-articlebody", "-article-content", "-articlecontent", "-article-text",
    "-articletext", "-article-copy", "-article-main", "-artikel-text", "-artikeltext",
    "-artikel-content", "-article-detail", "-blog-content", "-blog-post-content", "-body-content",
    "-body-copy", "-body-text", "-bodycopy", "-bodytext", "-content-article", "-content-body",
    "-csc-textpic-text", "-content-text-", "-entry-content", "-entrytext", "-field-name-body",
    "-main-text-", "-news-body", "-news-content", "-news-text-", "-news-single-content",
    "-newsbody", "-page-content-", "-post-body", "-post-content", "-post-entry", "-post-text",
    "-postbody", "-postcontent", "-posttext", "-post-bodycopy", "-single-content", "-story-body",
    "-story-content", "-story-text", "-storybody", "-storycontent", "-storytext", "-story-main",
    "-text-content", "-the-content", "-thecontent",
];

/// Words of what stands between the headline and the text and belongs to the text.
#[rustfmt::skip] // a vertical list of words says no more
const LEAD: &[&str] = &[
    "-article-intro", "-article-lead", "-article-subheadline", "-article-teaser-",
    "-article-summary", "-chapo-", "-copete-", "-deck-", "-dek-", "-intro-", "-introduction-",
    "-lead-", "-lede-", "-leadtext-", "-page-intro-", "-standfirst", "-story-summary",
    "-subheadline-", "-subtitle-", "-sub-headline", "-sumario-", "-teaser-text-", "-teasertext-",
    "-bajada-", "-volanta-", "-vorspann-", "-anreisser-", "-abstract-",
];

/// Words of what holds an article.
const ARTICLE: &[&str] = &[
    "-article-",
    "-artikel-",
    "-beitrag-",
    "-blog-post-",
    "-blogpost-",
    "-entry-",
    "-hentry-",
    "-post-",
    "-single-",
    "-story-",
];

/// Words of what holds the page's main part.
#[rustfmt::skip] // a vertical list of words says no more
const MAIN: &[&str] = &[
    "-content-", "-content-main-", "-contentmain-", "-inhalt-", "-main-", "-main-column-",
    "-main-content-", "-maincontent-", "-middle-column-", "-page-content-", "-primary-", "-text-",
];

/// Words of readers' comments.
const COMMENTS: &[&str] = &[
    "-comments",
    "-comment-",
    "-commentlist",
    "-disqus",
    "-kommentar",
    "-respond-",
    "-reactions-",
    "-discussion-",
];

/// A list of words to look for.
pub(crate) struct Words(LazyLock<AhoCorasick>);

macro_rules! words {
    ($name:ident, $list:ident, $doc:literal) => {
        #[doc = $doc]
        pub(crate) static $name: Words = Words(LazyLock::new(|| automaton($list)));
    };
}

words!(SAYS_BOILERPLATE, BOILERPLATE, "Names of what is no part of an article.");
words!(SAYS_NOT_BOILERPLATE, NOT_BOILERPLATE, "Names that overrule those.");
words!(SAYS_LEAD, LEAD, "Names of what leads into an article's text.");
words!(SAYS_BODY, BODY, "Names of what holds an article's text.");
words!(SAYS_ARTICLE, ARTICLE, "Names of what holds an article.");
words!(SAYS_MAIN, MAIN, "Names of what holds the main part of a page.");
words!(SAYS_COMMENTS, COMMENTS, "Names of what holds comments.");

impl Words {
    /// Whether one of them is in hyphenated names.
    pub(crate) fn are_in(&self, names: &str) -> bool {
        names.len() > 2 && self.0.is_match(names)
    }
}

fn automaton(list: &[&str]) -> AhoCorasick {
    let builder = &mut AhoCorasick::builder();
    builder.kind(Some(AhoCorasickKind::DFA)).build(list).expect("a short list of short words")
}

/// The names of an element: its classes, id and role, hyphenated into `out`.
pub(crate) fn names(dom: &Dom, node: NodeId, out: &mut String) {
    out.clear();
    if dom.tag(node) == Tag::Text {
        return;
    }
    for attribute in [Attribute::Class, Attribute::Id, Attribute::Role, Attribute::Data] {
        if let Some(value) = dom.attribute(node, attribute) {
            hyphenated(&value[..value.floor_char_boundary(400)], out);
        }
    }
}

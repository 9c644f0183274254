//! Lines that pages put among paragraphs: calls to share, to read on, to subscribe, and what says
//! that an article is over.
//!
//! **Why they are believed.** They are as fixed as the names of classes, and shorter than paragraphs.
//! In English, German, French, Spanish, Italian, Portuguese, Dutch and Polish; tuned on the
//! html-trafilatura pages. **Known misses.** All other languages.

use crate::html::segments::ends_a_sentence;

/// Lines after which an article is over.
pub(crate) fn is_end(text: &str) -> bool {
    if text.len() > 100 {
        return false;
    }
    let lower = text.to_lowercase();
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric());
    #[rustfmt::skip] // a vertical list of words says no more
    const START: &[&str] = &[
        "related articles", "related posts", "related stories", "related coverage",
        "related content", "related topics", "related news", "more from", "more on this",
        "more stories", "you may also like", "you might also like", "recommended for you",
        "read next", "up next", "what to read next", "leave a reply", "leave a comment",
        "post a comment", "comments (", "join the discussion", "join the conversation",
        "about the author", "about author", "share this", "share on", "like this", "teilen mit",
        "gefällt mir", "diesen beitrag teilen", "artikel teilen", "kommentar verfassen",
        "kommentar schreiben", "schreibe einen kommentar", "kommentar hinterlassen",
        "kommentare zu", "ähnliche beiträge", "ähnliche artikel", "verwandte artikel",
        "verwandte themen", "verwandte beiträge", "weitere artikel", "weitere beiträge",
        "weitere meldungen", "weitere themen", "weitere nachrichten", "mehr zum thema",
        "mehr themen", "mehr zu diesem thema", "lesen sie auch", "lies auch", "auch interessant",
        "das könnte", "diese artikel könnten", "das thema könnte", "meistgelesen",
        "über den autor", "über die autorin", "zum autor", "zur autorin", "beitrags-navigation",
        "empfohlene beiträge", "articles liés", "sur le même sujet", "à lire aussi", "lire aussi",
        "voir aussi", "noticias relacionadas", "te puede interesar", "más noticias", "más sobre",
        "contenido relacionado", "leia também", "veja também", "leggi anche",
        "potrebbe interessarti", "articoli correlati", "lees ook", "czytaj także",
        "sign up for our", "subscribe to our", "zum newsletter", "newsletter abonnieren",
        "get the latest news", "follow us", "folgen sie uns", "filed under", "posted in", "tags:",
        "schlagwörter", "schlagworte", "kategorien",
    ];
    const WHOLE: &[&str] = &[
        "comments",
        "kommentare",
        "comentarios",
        "commentaires",
        "kontakt",
        "contact",
        "related",
        "topics",
        "tags",
        "newsletter",
        "mehr",
    ];
    START.iter().any(|start| lower.starts_with(start)) || WHOLE.contains(&lower)
}

/// Short lines that pages put between paragraphs: calls to share, to read on, to subscribe.
pub(crate) fn is_phrase(text: &str) -> bool {
    if text.len() > 300 {
        return false;
    }
    let lower = text.to_lowercase();
    #[rustfmt::skip] // a vertical list of words says no more
    const CALLS: &[&str] = &[
        "subscribe now", "subscribe to our", "sign up for our", "sign up to our",
        "get the latest news", "never miss", "follow us on", "for the latest stories",
        "for the latest news", "download our app", "download the app", "click here to",
        "to view the full story", "if you enjoyed", "support our", "all rights reserved",
        "you can unsubscribe", "jetzt abonnieren", "abonnieren sie", "folgen sie uns", "folge uns",
        "melden sie sich für", "síguenos en", "siguenos en", "suscríbete", "abonnez-vous",
        "iscriviti alla",
    ];
    if CALLS.iter().any(|call| lower.starts_with(call)) {
        return true;
    }
    if text.len() > 120 {
        return false;
    }
    #[rustfmt::skip] // a vertical list of words says no more
    const WHOLE: &[&str] = &[
        "advertisement", "anzeige", "werbung", "share", "tweet", "print", "email", "facebook",
        "twitter", "whatsapp", "read more", "more", "loading...", "teilen", "drucken",
        "kommentare", "comments", "tags", "related", "story continues below advertisement",
        "continue reading", "weiterlesen", "mehr", "menu", "close", "back to top", "nach oben",
        "publicité", "publicidad",
    ];
    #[rustfmt::skip] // a vertical list of words says no more
    const START: &[&str] = &[
        "read more:", "read also", "also read", "related:", "lesen sie auch", "lesen sie mehr",
        "lesen sie dazu", "mehr zum thema", "share this", "follow us", "sign up for",
        "subscribe to", "click here to", "image copyright", "photo:", "foto:", "bild:", "quelle:",
        "© ", "copyright ", "all rights reserved", "filed under", "posted in", "posted by",
        "posted on", "tagged ", "tags:", "kategorien:", "schlagwörter", "veröffentlicht in",
        "veröffentlicht am", "leave a comment", "leave a reply", "à lire aussi", "lire aussi",
        "leer más", "see also:", "more:", "watch:", "video:", "listen:", "advertisement",
    ];
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    WHOLE.contains(&lower)
        || START.iter().any(|start| lower.starts_with(start)) && !ends_a_sentence(text)
}

//! How well articles are found in web pages, ours and other extractors' figures by one scorer.
//!
//! Two sets: the pages of trafilatura's evaluation ([`Set::Trafilatura`]; our rules were tuned on
//! them) and the article-extraction-benchmark ([`Set::Scrapinghub`]; measuring only). Each measure
//! is the one that its set's authors use. With the feature `peers` other crates are scored too.

mod extractors;
mod measure;
mod pages;
mod score;

pub use extractors::{EXTRACTORS, Extractor, Found};
pub use measure::{Measured, measure};
pub use pages::{Page, Set};
pub use score::{Chunks, Fields, PageScore, Shingles, Total};

//! How well articles are found in web pages, ours and other extractors' figures by one scorer.
//!
//! Two sets: the pages of trafilatura's evaluation ([`Set::Trafilatura`]; our rules were tuned on
//! them) and the article-extraction-benchmark ([`Set::Scrapinghub`]; measuring only). Each measure
//! is the one that its set's authors use. `bench/peers` scores other crates by them.

mod extractors;
mod measure;
mod pages;
mod quality;
mod score;

pub use extractors::{Extractor, Found, OURS};
pub use measure::{Measured, Row, measure};
pub use pages::{Page, Set, digest};
pub use quality::Quality;
pub use score::{Chunks, Fields, PageScore, Shingles, Total};

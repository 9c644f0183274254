//! What an analyst asks of the file. Each question is a method of [`Store`](crate::Store) and gives
//! plain rows in a stated order.

mod about;
mod actor;
mod article;
mod beside;
mod between;
mod compare;
mod disputed;
mod filter;
mod find;
mod months;
mod network;
mod occurrences;
mod phrase;
mod said;
mod shifts;
mod snippet;
mod sources;
mod variants;

pub use about::AboutRow;
pub use actor::{ActorAnswer, CapacityRow};
pub use article::{ArticleAnswer, CopyRow};
pub use beside::{BesideAnswer, BesideRow};
pub use between::{BetweenAnswer, Month};
pub use compare::CompareRow;
pub use disputed::DisputedRow;
pub use filter::Filter;
pub(crate) use filter::{form_code, search};
pub use find::{Facet, Facets, FoundArticle, FoundStatement, SearchAnswer};
pub use months::MonthRow;
pub use network::{NetworkAnswer, NetworkEdge};
pub use occurrences::{EventRow, Voice};
pub use said::SaidRow;
pub use shifts::{CLEAR_STANCE, ShiftRow};
pub use snippet::Piece;
pub use sources::{By, SourceRow};
pub use variants::{Variant, VariantGroup};

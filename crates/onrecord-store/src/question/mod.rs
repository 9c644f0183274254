//! What an analyst asks of the file. Each question is a method of [`Store`](crate::Store) and gives
//! plain rows in a stated order.

mod about;
mod actor;
mod between;
mod compare;
mod disputed;
mod filter;
mod occurrences;
mod said;
mod shifts;
mod sources;
mod variants;

pub use about::AboutRow;
pub use actor::{ActorAnswer, CapacityRow};
pub use between::{BetweenAnswer, Month, weight};
pub use compare::CompareRow;
pub use disputed::DisputedRow;
pub use filter::Filter;
pub(crate) use filter::search;
pub use occurrences::{EventRow, Voice};
pub use said::SaidRow;
pub use shifts::ShiftRow;
pub use sources::{By, SourceRow};
pub use variants::{Variant, VariantGroup};

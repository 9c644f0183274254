//! Why a weights file is refused.

use std::fmt;

/// A weights file that this version cannot run.
#[derive(Debug)]
pub struct Error(Kind);

#[derive(Debug)]
pub(crate) enum Kind {
    /// Not a safetensors file; what its parser says.
    Container(String),
    /// Another format than [`crate::weights::FORMAT`].
    Format(Option<String>),
    /// A tensor that should be there.
    Missing(String),
    /// A tensor of another type or shape than expected.
    Shape { name: String, found: String, expected: String },
    /// Sizes that the kernels have no tiles for.
    Size { name: &'static str, found: usize, multiple_of: usize },
    /// A vocabulary without `[UNK]`, not UTF-8, or of another length than its embeddings.
    Vocabulary(&'static str),
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Self(kind)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "weights file: ")?;
        match &self.0 {
            Kind::Container(why) => write!(f, "not safetensors: {why}"),
            Kind::Format(None) => write!(f, "no format number in its metadata"),
            Kind::Format(Some(found)) => {
                write!(f, "format {found}, this version reads {}", crate::weights::FORMAT)
            }
            Kind::Missing(name) => write!(f, "no tensor {name}"),
            Kind::Shape { name, found, expected } => {
                write!(f, "tensor {name} is {found}, expected {expected}")
            }
            Kind::Size { name, found, multiple_of } => {
                write!(f, "{name} is {found}, not a multiple of {multiple_of}")
            }
            Kind::Vocabulary(why) => write!(f, "vocabulary {why}"),
        }
    }
}

impl std::error::Error for Error {}

//! Secrets: made at random, compared in constant time, never kept as they are.

use std::fmt::Write;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::error::{Error, Kind, Result};

/// A secret's hash, so that comparing tells nothing of its length either.
pub(crate) struct Secret([u8; 32]);

impl Secret {
    pub(crate) fn of(secret: &str) -> Secret {
        Secret(Sha256::digest(secret.as_bytes()).into())
    }

    /// Whether it is this one. Takes the same time for any guess of one length.
    pub(crate) fn is(&self, guess: &str) -> bool {
        Secret::of(guess).0.ct_eq(&self.0).into()
    }

    /// A text that only who has the secret can tell. Two hashes, one around the other: what is hashed once
    /// could be continued.
    pub(crate) fn sign(&self, text: &str) -> String {
        let inner = Sha256::new().chain_update(self.0).chain_update(text).finalize();
        hexadecimal(&Sha256::new().chain_update(self.0).chain_update(inner).finalize())
    }
}

/// A new secret of 256 bits.
///
/// # Errors
/// If the system has no random numbers.
pub fn new_token() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| Error::new(Kind::Random))?;
    Ok(hexadecimal(&bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        write!(out, "{byte:02x}").expect("a string takes everything");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_itself_only() {
        let secret = Secret::of("correct horse battery");
        assert!(secret.is("correct horse battery"));
        for guess in ["", "correct horse batter", "correct horse battery ", "Correct horse battery"]
        {
            assert!(!secret.is(guess), "{guess}");
        }
        assert_ne!(secret.sign("a"), secret.sign("b"));
        assert_ne!(new_token().unwrap(), new_token().unwrap());
    }
}

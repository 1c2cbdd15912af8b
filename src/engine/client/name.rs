//! Names of producers, consumers and data sets, checked where they come in.

use std::fmt;
use std::rc::Rc;

/// A client's or data set's name: 1 to 128 of `a-z A-Z 0-9 _ . -`, as a registered consumer's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientName(Rc<str>);

impl ClientName {
    /// The name of a text; `None` if it has other characters, none or too many.
    pub fn new(text: &str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
        let fits = (1..=128).contains(&text.len()) && text.bytes().all(allowed);
        fits.then(|| Self(text.into()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClientName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

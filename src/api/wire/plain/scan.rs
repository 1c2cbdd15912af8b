//! Plain JSON, from its first byte to its last: objects, lists, and texts without an escape.

use crate::api::json::first_special;

/// What is left of a body. Everything here answers `None` where the body is not plain.
pub struct Scan<'a>(&'a [u8]);

impl<'a> Scan<'a> {
    /// A whole body.
    pub fn new(body: &'a [u8]) -> Self {
        Self(body)
    }

    /// Reads an object that is not empty: `member` reads the value of each name.
    pub fn object(
        &mut self,
        mut member: impl FnMut(&mut Self, &'a [u8]) -> Option<()>,
    ) -> Option<()> {
        self.sign(b'{')?;
        loop {
            let name = self.bytes()?;
            self.sign(b':')?;
            member(self, name)?;
            if self.ends(b'}')? {
                return Some(());
            }
        }
    }

    /// Reads a list that is not empty: `item` reads each value.
    pub fn list(&mut self, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.sign(b'[')?;
        loop {
            item(self)?;
            if self.ends(b']')? {
                return Some(());
            }
        }
    }

    /// Reads a text.
    pub fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    /// Reads the bytes of a text, which may be no text.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        self.sign(b'"')?;
        let (text, rest) = self.0.split_at_checked(first_special(self.0)?)?;
        // A backslash or a control character would be the other two.
        self.0 = rest.strip_prefix(b"\"")?;
        Some(text)
    }

    /// Makes sure that nothing follows.
    pub fn end(&mut self) -> Option<()> {
        self.next().is_none().then_some(())
    }

    /// Whether a list or an object ends here, or goes on behind a comma.
    fn ends(&mut self, end: u8) -> Option<bool> {
        match self.next()? {
            b',' => Some(false),
            sign => (sign == end).then_some(true),
        }
    }

    fn sign(&mut self, expected: u8) -> Option<()> {
        (self.next()? == expected).then_some(())
    }

    /// Takes the next byte that is not white.
    #[inline]
    fn next(&mut self) -> Option<u8> {
        loop {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
        }
    }
}

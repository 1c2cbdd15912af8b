//! The outside of a link: version, codec, base64url and check.

use super::BadLink;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use md5::{Digest, Md5};

/// What stands before the first `:`.
pub const VERSION: &str = "1";
/// The most characters of a link; a file that holds one may be as long.
pub const LENGTH_MAX: usize = 4 << 20;
/// Bytes of the check.
const CHECK: usize = 4;

/// How the run of a link is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// As it is.
    Plain,
    /// In raw deflate, RFC 1951.
    Deflate,
}

/// A run on its way into a link or out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// How.
    pub codec: Codec,
    /// What.
    pub bytes: Vec<u8>,
}

/// Whether what stands after the `#` of an address is meant to be a link: it begins with a version.
pub fn is_link(text: &str) -> bool {
    let text = text.trim().trim_start_matches('#');
    let version = text.split_once(':').or_else(|| text.split_once("%3A")).map(|parts| parts.0);
    version.is_some_and(|version| {
        !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit())
    })
}

impl Packed {
    /// The link, without the `#`.
    pub fn write(&self) -> String {
        let mut bytes = vec![self.codec as u8];
        bytes.extend_from_slice(&self.bytes);
        let check = Md5::digest(&bytes);
        bytes.extend_from_slice(&check[..CHECK]);
        let mut link = format!("{VERSION}:");
        URL_SAFE_NO_PAD.encode_string(&bytes, &mut link);
        link
    }

    /// Reads a link, with or without the `#`. Signs that a sentence around it left at its end do no
    /// harm.
    ///
    /// # Errors
    ///
    /// [`BadLink::Newer`], [`BadLink::Altered`] and [`BadLink::TooLong`].
    pub fn read(link: &str) -> Result<Self, BadLink> {
        if link.len() > LENGTH_MAX {
            return Err(BadLink::TooLong);
        }
        let text = link.trim().trim_start_matches('#');
        let parts = text.split_once(':').or_else(|| text.split_once("%3A"));
        let (version, text) = parts.ok_or(BadLink::Altered)?;
        if version != VERSION {
            let is_version = version.bytes().all(|byte| byte.is_ascii_digit());
            return Err(if is_version { BadLink::Newer } else { BadLink::Altered });
        }
        let is_own = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let text = text.trim_end_matches(|c: char| !is_own(c));
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadLink::Altered)?;
        let at = bytes.len().checked_sub(CHECK).ok_or(BadLink::Altered)?;
        let (whole, check) = bytes.split_at(at);
        if Md5::digest(whole)[..CHECK] != *check {
            return Err(BadLink::Altered);
        }
        let (codec, bytes) = whole.split_first().ok_or(BadLink::Altered)?;
        let codec = match codec {
            0 => Codec::Plain,
            1 => Codec::Deflate,
            _ => return Err(BadLink::Newer),
        };
        Ok(Self { codec, bytes: bytes.to_vec() })
    }
}

//! Server-side encryption: which key new records are stored under.

use std::rc::Rc;

/// Whether a stream encrypts. Records stored while it does carry `KMS` for ever.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Encryption {
    /// The KMS key; `None` while the stream does not encrypt.
    pub key_id: Option<Rc<str>>,
}

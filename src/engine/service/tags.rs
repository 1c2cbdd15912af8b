//! Tags of streams and consumers.

use std::collections::BTreeMap;
use std::rc::Rc;

/// Tags by key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tags(pub BTreeMap<Rc<str>, Rc<str>>);

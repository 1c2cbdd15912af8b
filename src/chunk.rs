//! Code that is loaded when it is first needed, so that the first view of a page waits for less.
//!
//! A [`Chunk`] is a table of functions, made by the macro [`chunk!`](crate::chunk!). Where the
//! build cuts it out (`--cfg split`, as `./dev` does for the page), whatever only this table leads
//! to is no part of the page's wasm but of a file of its own. Everywhere else, natively and in a
//! build by other means, a chunk is there from the beginning, and nothing has to know.
//!
//! A chunk stays away only as long as *nothing else* names what is in it: one other call, a
//! `derive(Debug)` that is used, a row in a table of the first view brings it back.

use std::fmt;
#[cfg(split)]
use std::{future::Future, pin::Pin, sync::OnceLock};

/// A table of functions that may not be here yet.
pub struct Chunk<T: 'static> {
    #[cfg(not(split))]
    table: &'static T,
    #[cfg(split)]
    table: OnceLock<&'static T>,
    #[cfg(split)]
    fetch: Fetch<T>,
}

/// How a chunk's file is fetched and started.
#[cfg(split)]
pub type Fetch<T> = fn() -> Pin<Box<dyn Future<Output = Result<&'static T, Unloaded>>>>;

/// A chunk could not be loaded; asking again tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unloaded;

impl fmt::Display for Unloaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a part of the program could not be loaded")
    }
}

impl std::error::Error for Unloaded {}

#[cfg(split)]
impl From<wasm_split_helpers::SplitLoaderError> for Unloaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

impl<T> Chunk<T> {
    /// What the macro makes of a table that is always there.
    #[cfg(not(split))]
    #[doc(hidden)]
    pub const fn new(table: &'static T) -> Self {
        Self { table }
    }

    /// What the macro makes of a table that has to be fetched.
    #[cfg(split)]
    #[doc(hidden)]
    pub const fn new(fetch: Fetch<T>) -> Self {
        Self { table: OnceLock::new(), fetch }
    }

    /// The table, if it is here.
    pub fn get(&self) -> Option<&'static T> {
        #[cfg(not(split))]
        return Some(self.table);
        #[cfg(split)]
        return self.table.get().copied();
    }

    /// The table, once it is here. Any number of callers may wait at once; a failure is not kept.
    #[cfg_attr(not(split), expect(clippy::unused_async, reason = "there is nothing to wait for"))]
    pub async fn load(&self) -> Result<&'static T, Unloaded> {
        #[cfg(not(split))]
        return Ok(self.table);
        #[cfg(split)]
        {
            if let Some(table) = self.get() {
                return Ok(table);
            }
            let table = (self.fetch)().await?;
            Ok(self.table.get_or_init(|| table))
        }
    }
}

impl<T> fmt::Debug for Chunk<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunk").field("is_here", &self.get().is_some()).finish()
    }
}

/// Declares a [`Chunk`]: its documentation and name, in brackets the name of its file, and the
/// table. Several tables may share a file.
///
/// ```
/// shardlab::chunk! {
///     /// What only few visitors ask for.
///     static RARE(rare): fn(u64) -> u64 = |number| number * 2;
/// }
///
/// assert_eq!(RARE.get().map(|double| double(21)), Some(42));
/// ```
#[macro_export]
macro_rules! chunk {
    ($(#[$doc:meta])* $vis:vis static $name:ident($file:ident): $table:ty = $value:expr;) => {
        $(#[$doc])*
        $vis static $name: $crate::chunk::Chunk<$table> = {
            static TABLE: $table = $value;
            #[cfg(split)]
            {
                #[::wasm_split_helpers::wasm_split($file, fallible)]
                fn fetch() -> Result<&'static $table, $crate::chunk::Unloaded> {
                    Ok(&TABLE)
                }
                $crate::chunk::Chunk::new(|| Box::pin(fetch()))
            }
            #[cfg(not(split))]
            $crate::chunk::Chunk::new(&TABLE)
        };
    };
}

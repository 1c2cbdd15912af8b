//! Links and files of runs and of the data lab's answers: packed and unpacked, by the browser's own
//! deflate where it has one.

use super::fetch::Unfetched;
use super::page;
use js_sys::{Function, Promise, Reflect, Uint8Array};
use shardlab::chunk::Unloaded;
use shardlab::share::link::{BYTES_MAX, BadLink, Codec, Packed, Run};
use shardlab::sizing::REPORT;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What the file of a run begins with.
pub const FILE_HEAD: &str = "shardlab-run ";
/// What the file of an answer of the data lab begins with.
pub const REPORT_HEAD: &str = "shardlab-answer ";
/// The most characters of a link that travels everywhere: messengers cut longer ones.
pub const LINK_MAX: usize = 2_000;

/// Why a run cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Its link is none.
    Bad(BadLink),
    /// Something that it needs is not there.
    Unfetched(Unfetched),
}

impl Trouble {
    /// A part of the program is not there.
    pub fn of_chunk(why: Unloaded) -> Self {
        Self::Unfetched(Unfetched::of_chunk(why))
    }
}

/// A run as a link that is as short as can be.
pub async fn short(run: &Run) -> String {
    packed(run.pack()).await.write()
}

/// Bytes in as few as can be.
pub async fn packed(bytes: Vec<u8>) -> Packed {
    match by_browser("shardlabDeflate", &bytes).await {
        Some(Ok(bytes)) => Packed { codec: Codec::Deflate, bytes },
        Some(Err(())) | None => Packed { codec: Codec::Plain, bytes },
    }
}

/// The run of a link.
pub async fn opened(link: &str) -> Result<Run, Trouble> {
    let packed = Packed::read(link).map_err(Trouble::Bad)?;
    Run::unpack(&unpacked(packed).await?).map_err(Trouble::Bad)
}

/// The bytes that were packed.
pub async fn unpacked(packed: Packed) -> Result<Vec<u8>, Trouble> {
    match packed.codec {
        Codec::Plain => Ok(packed.bytes),
        Codec::Deflate => match by_browser("shardlabInflate", &packed.bytes).await {
            Some(Ok(bytes)) => Ok(bytes),
            Some(Err(())) => Err(Trouble::Bad(BadLink::Senseless)),
            None => {
                let unfetched = Unfetched::new("#1:…", "no DecompressionStream".to_owned());
                Err(Trouble::Unfetched(unfetched))
            }
        },
    }
}

/// The link in the page's address, if there is meant to be one.
pub fn of_page() -> Option<String> {
    let hash = page::window().location().hash().ok()?;
    shardlab::share::link::is_link(&hash).then_some(hash)
}

/// The link of an answer in the page's address, if there is meant to be one.
pub fn report_of_page() -> Option<String> {
    let hash = page::window().location().hash().ok()?;
    hash.trim_start_matches('#').starts_with(REPORT).then_some(hash)
}

/// The link in a file, if it is the file of a run.
pub fn of_file(bytes: &[u8]) -> Option<String> {
    after(FILE_HEAD, bytes)
}

/// The link in a file, if it is the file of an answer.
pub fn report_of_file(bytes: &[u8]) -> Option<String> {
    after(REPORT_HEAD, bytes)
}

fn after(head: &str, bytes: &[u8]) -> Option<String> {
    let rest = bytes.strip_prefix(head.as_bytes())?;
    let line = rest.split(|byte| *byte == b'\n').next()?;
    String::from_utf8(line.to_vec()).ok()
}

/// Has a function of `boot.js` make bytes out of bytes; `None` if there is none.
async fn by_browser(name: &str, bytes: &[u8]) -> Option<Result<Vec<u8>, ()>> {
    let function = Reflect::get(&js_sys::global(), &name.into()).ok()?;
    let function = function.dyn_into::<Function>().ok()?;
    let most = JsValue::from(u32::try_from(BYTES_MAX).unwrap_or(u32::MAX));
    let promise = function.call2(&JsValue::NULL, &Uint8Array::from(bytes), &most).ok()?;
    let made = JsFuture::from(promise.unchecked_into::<Promise>()).await;
    Some(made.map(|made| Uint8Array::new(&made).to_vec()).map_err(|_| ()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_run_is_known_by_its_head() {
        assert_eq!(of_file(b"shardlab-run 1:abc\nwhatever").as_deref(), Some("1:abc"));
        assert_eq!(of_file(b"key,time\n1,2"), None);
        let answer = b"shardlab-answer sizing=1:abc\n";
        assert_eq!(report_of_file(answer).as_deref(), Some("sizing=1:abc"));
        assert_eq!((of_file(answer), report_of_file(b"shardlab-run 1:abc")), (None, None));
    }
}

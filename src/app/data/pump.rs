//! A file from the disk through somebody's hands, in pieces so small that the page goes on.
//!
//! The work is done on the page's own thread, some milliseconds at a time, and in between the
//! browser draws and listens. A worker would need a second copy of the program. While one slice is
//! worked on, the next one is read.

use crate::app::page;
use js_sys::{Promise, Uint8Array};
use shardlab::sizing::Turns;
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, MessageChannel};

/// Bytes that are asked of the browser at once.
const SLICE: u32 = 1 << 20;
/// Bytes that are handed on at once: about a millisecond of work.
const PIECE: usize = 64 << 10;
/// Work between two breaths of the page, in milliseconds: a third of a frame, so that one is still
/// in time where others take half of the machine.
const WORK_MILLIS: f64 = 5.0;

/// Whether more is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// It is.
    More,
    /// It is not.
    Enough,
}

/// Hands a file to `take`, piece by piece, until it says that it is enough or the file ends.
///
/// # Errors
///
/// What the browser says if it cannot read on.
pub async fn pump(
    file: &File,
    breath: &Breath,
    mut take: impl AsyncFnMut(&[u8]) -> Wish,
) -> Result<(), String> {
    let size = file.size();
    let mut room = vec![0; PIECE];
    let (mut at, mut next) = (0.0, slice(file, 0.0)?);
    while at < size {
        let bytes = Uint8Array::new(&next.await.map_err(said)?);
        if bytes.length() == 0 {
            return Err("0 bytes".to_owned());
        }
        at += f64::from(bytes.length());
        next = slice(file, at)?;
        let mut from = 0;
        while from < bytes.length() {
            let until = bytes.length().min(from + u32::try_from(PIECE).unwrap_or(u32::MAX));
            let piece = &mut room[..(until - from) as usize];
            bytes.subarray(from, until).copy_to(piece);
            if take(piece).await == Wish::Enough {
                return Ok(());
            }
            from = until;
            breath.take().await;
        }
    }
    Ok(())
}

/// The first bytes of a file.
///
/// # Errors
///
/// What the browser says if it cannot read it.
pub async fn head(file: &Blob, bytes: usize) -> Result<Vec<u8>, String> {
    let end = u32::try_from(bytes).map_or(f64::MAX, f64::from);
    let part = file.slice_with_f64_and_f64(0.0, end.min(file.size())).map_err(said)?;
    let buffer = JsFuture::from(part.array_buffer()).await.map_err(said)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Begins to read a slice.
fn slice(file: &File, at: f64) -> Result<JsFuture, String> {
    let part = file.slice_with_f64_and_f64(at, at + f64::from(SLICE)).map_err(said)?;
    Ok(JsFuture::from(part.array_buffer()))
}

/// What a JavaScript error says.
pub fn said(error: JsValue) -> String {
    let error = error.dyn_into::<js_sys::Error>();
    error.map_or_else(|error| format!("{error:?}"), |error| String::from(error.message()))
}

/// Lets the browser do what it has to, now and then. Timers would wait for four milliseconds at
/// least, messages do not.
pub struct Breath {
    channel: MessageChannel,
    /// When it is time again.
    due: Cell<f64>,
}

impl Breath {
    /// Before the first breath.
    pub fn new() -> Result<Self, String> {
        let channel = MessageChannel::new().map_err(said)?;
        Ok(Self { channel, due: Cell::new(page::millis() + WORK_MILLIS) })
    }

    /// Breaths for long work: of one type, so that the work is there once.
    pub fn turns(&self) -> Turns<impl AsyncFn()> {
        Turns::new(async || self.take().await)
    }

    /// Waits for the browser, if it is time.
    pub async fn take(&self) {
        if page::millis() >= self.due.get() {
            self.rest().await;
        }
    }

    /// Waits for the browser: whatever was begun is drawn before anything else is.
    pub async fn rest(&self) {
        let Self { channel, due } = self;
        let promise = Promise::new(&mut |done, _| channel.port1().set_onmessage(Some(&done)));
        // Nothing is sent that could not be.
        if channel.port2().post_message(&JsValue::NULL).is_ok() {
            let _ = JsFuture::from(promise).await;
        }
        due.set(page::millis() + WORK_MILLIS);
    }
}

impl Drop for Breath {
    fn drop(&mut self) {
        self.channel.port1().close();
    }
}

//! Files that are dropped on the page, for `file://` in lines.

use super::listener::Listener;
use super::page;
use js_sys::Uint8Array;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, File};
use yew::prelude::*;

/// What became of a file that was dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// Its name and what is in it.
    Read(String, Rc<[u8]>),
    /// It has more bytes than [`BYTES_MAX`].
    TooLarge(String),
    /// The browser could not read it; a folder, for example.
    Unreadable(String),
}

/// The most bytes of a file: no record is larger.
pub const BYTES_MAX: u32 = 10 << 20;

/// Takes files as long as the page is mounted.
#[hook]
pub fn use_dropping(on_dropped: &Callback<Dropped>) {
    let on_dropped = on_dropped.clone();
    use_effect_with((), move |()| {
        let document = page::document();
        // Without this a browser would leave the page to show the file.
        let over = Listener::on(&document, "dragover", |event| event.prevent_default());
        let drop_ = Listener::on(&document, "drop", move |event| {
            event.prevent_default();
            for file in files(event) {
                let on_dropped = on_dropped.clone();
                yew::platform::spawn_local(async move { on_dropped.emit(read(&file).await) });
            }
        });
        move || drop((over, drop_))
    });
}

fn files(event: Event) -> Vec<File> {
    let data = event.unchecked_into::<DragEvent>().data_transfer();
    let Some(list) = data.and_then(|data| data.files()) else { return Vec::new() };
    (0..list.length()).filter_map(|place| list.get(place)).collect()
}

async fn read(file: &File) -> Dropped {
    let name = file.name();
    if file.size() > f64::from(BYTES_MAX) {
        return Dropped::TooLarge(name);
    }
    match JsFuture::from(file.array_buffer()).await {
        Ok(buffer) => Dropped::Read(name, Uint8Array::new(&buffer).to_vec().into()),
        Err(_) => Dropped::Unreadable(name),
    }
}

//! Files that are dropped on the page: for `file://` in lines, runs, and for the data lab.

use super::linking;
use super::listener::Listener;
use super::once::use_once;
use super::page;
use super::panel::Panel;
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
    /// They have more bytes than [`BYTES_MAX`] each.
    TooLarge(Vec<File>),
    /// They are meant for the data lab: that is open, or what is in them are answers of it.
    Data(Vec<File>),
    /// The browser could not read it; a folder, for example.
    Unreadable(String),
}

impl Dropped {
    fn is_any(&self) -> bool {
        !matches!(self, Self::Data(files) | Self::TooLarge(files) if files.is_empty())
    }
}

/// The most bytes of a file: no record is larger.
pub const BYTES_MAX: u32 = 10 << 20;

/// Takes files as long as the page is mounted. `on_run` is asked first whether a file is a run, or
/// one that a run lacks.
#[hook]
pub fn use_dropping(on_run: &Callback<Rc<[u8]>, bool>, on_dropped: &Callback<Dropped>) {
    let (on_run, on_dropped) = (on_run.clone(), on_dropped.clone());
    use_once(|| {
        let document = page::document();
        // Without this a browser would leave the page to show the file.
        let over = Listener::on(&document, "dragover", |event| event.prevent_default());
        let drop_ = Listener::on(&document, "drop", move |event| {
            event.prevent_default();
            let lab = Some(Panel::Data).filter(|lab| lab.is_open());
            let (on_run, on_dropped) = (on_run.clone(), on_dropped.clone());
            let files = files(event);
            yew::platform::spawn_local(async move {
                let (mut data, mut large) = (Vec::new(), Vec::new());
                for file in files {
                    match sorted(file, lab, &on_run).await {
                        Some(Dropped::Data(files)) => data.extend(files),
                        Some(Dropped::TooLarge(files)) => large.extend(files),
                        other => other.into_iter().for_each(|dropped| on_dropped.emit(dropped)),
                    }
                }
                let together = [Dropped::Data(data), Dropped::TooLarge(large)];
                together.into_iter().filter(Dropped::is_any).for_each(|dropped| {
                    on_dropped.emit(dropped);
                });
            });
        });
        (over, drop_)
    });
}

/// The files of a drop.
fn files(event: Event) -> Vec<File> {
    let data = event.unchecked_into::<DragEvent>().data_transfer();
    let Some(list) = data.and_then(|data| data.files()) else { return Vec::new() };
    (0..list.length()).filter_map(|place| list.get(place)).collect()
}

/// What a file is for, if the data lab is open or not; `None` if it was a run.
async fn sorted(
    file: File,
    lab: Option<Panel>,
    on_run: &Callback<Rc<[u8]>, bool>,
) -> Option<Dropped> {
    if file.size() > f64::from(BYTES_MAX) {
        let files = vec![file];
        return Some(if lab.is_some() { Dropped::Data(files) } else { Dropped::TooLarge(files) });
    }
    let name = file.name();
    let Ok(buffer) = JsFuture::from(file.array_buffer()).await else {
        return Some(Dropped::Unreadable(name));
    };
    let bytes: Rc<[u8]> = Uint8Array::new(&buffer).to_vec().into();
    if on_run.emit(Rc::clone(&bytes)) {
        return None;
    }
    let is_data = lab.is_some() || linking::report_of_file(&bytes).is_some();
    Some(if is_data { Dropped::Data(vec![file]) } else { Dropped::Read(name, bytes) })
}

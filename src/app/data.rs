//! The data lab: a file of the visitor's own goes through a survey, here in the browser, and an
//! answer says which stream it needs.

mod answer;
mod charts;
mod code;
mod figures;
mod form;
mod give;
mod lab;
mod pump;
mod replay;
mod sheet;
mod tables;
mod wishes;

use super::choice::view_choice;
use super::fetch;
use super::handing::Handing;
use super::linking;
use super::session::Session;
use crate::text::Language;
use crate::text::data as words;
use figures::percent_of;
use form::view_form;
use lab::{Lab, Stage, State, Why};
use shardlab::insight::pricing::Prices;
use shardlab::scene::words::{bytes, grouped};
use shardlab::share::link::BadLink;
use shardlab::sizing::{Packing, Progress, Tables, Unreadable};
use sheet::Sheet;
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{File, HtmlInputElement};
use wishes::view_wishes;
use yew::prelude::*;

/// What the data lab is given.
#[derive(Clone, Properties)]
pub struct DataProps {
    /// The language of its words.
    pub language: Language,
    /// The world; the same one for ever.
    pub session: Rc<RefCell<Session>>,
    /// What AWS charges, or what the viewer says.
    pub prices: Prices,
    /// What was handed to it, and what it keeps.
    pub handing: Handing,
    /// Enters lines.
    pub on_enter: Callback<Vec<String>>,
}

/// The session and the ways to it stay what they were when the page started.
impl PartialEq for DataProps {
    fn eq(&self, other: &Self) -> bool {
        (self.language, self.prices) == (other.language, other.prices)
            && self.handing == other.handing
    }
}

/// Data sets of the page, to try the lab with.
const SAMPLES: [&str; 2] = ["earthquakes.csv", "flights.csv"];

shardlab::chunk! {
    /// The data lab, in a file of its own: few visitors come with data.
    pub static DATA(data): fn(DataProps) -> Html = |props| html! { <DataLab ..props /> };
}

impl DataProps {
    fn text(&self) -> &'static words::Data {
        self.language.of(&words::ALL)
    }

    /// The lab, which outlives the panel.
    fn lab(&self) -> Lab {
        let mut kept = self.handing.kept.borrow_mut();
        let there = kept.as_ref().and_then(|kept| kept.downcast_ref::<Lab>().cloned());
        there.unwrap_or_else(|| {
            let lab = Lab::default();
            *kept = Some(Rc::new(lab.clone()) as Rc<dyn Any>);
            if let Some(link) = linking::report_of_page() {
                lab.open_link(link);
            }
            lab
        })
    }
}

/// The panel.
#[component]
fn DataLab(props: &DataProps) -> Html {
    let text = props.text();
    let lab = props.lab();
    let update = use_force_update();
    use_effect_with((), {
        let lab = lab.clone();
        move |()| {
            lab.watch(Some(Callback::from(move |()| update.force_update())));
            move || lab.watch(None)
        }
    });
    use_effect_with(props.handing.last.0, {
        let (lab, last) = (lab.clone(), props.handing.last.clone());
        move |_| lab.take_up(&last)
    });
    use_effect_with(props.prices, {
        let lab = lab.clone();
        move |prices| {
            let wishes = lab.state().wishes;
            lab.wish(shardlab::sizing::Wishes { prices: *prices, ..wishes });
        }
    });
    let state = lab.state();
    let form = state.file.as_ref().and_then(|opened| opened.form.clone());
    html! {
        <div class="data sheet">
            { view_door(props, &lab) }
            { view_files(&lab, &state, text) }
            if let Some(form) = &form {
                { view_form(&lab, &state, form, text) }
                { view_wishes(&lab, &state, text) }
            }
            { view_stage(props, &lab, &state) }
        </div>
    }
}

/// Where files come in.
fn view_door(props: &DataProps, lab: &Lab) -> Html {
    let text = props.text();
    let onchange = {
        let lab = lab.clone();
        Callback::from(move |event: Event| {
            let field = event.target_unchecked_into::<HtmlInputElement>();
            if let Some(files) = field.files() {
                lab.open_first((0..files.length()).filter_map(|place| files.get(place)).collect());
            }
            // The same file may be chosen once more.
            field.set_value("");
        })
    };
    let sample = |name: &'static str| {
        let lab = lab.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            let lab = lab.clone();
            yew::platform::spawn_local(async move {
                let text = fetch::text(&format!("data/{name}")).await.unwrap_or_default();
                let parts = js_sys::Array::of1(&text.into());
                if let Ok(file) = File::new_with_str_sequence(&parts, name) {
                    lab.open_first(Rc::new([file]));
                }
            });
        });
        html! { <button type="button" {onclick}>{ name }</button> }
    };
    html! {
        <section class="data__door">
            <h2 class="sheet__name">{ text.title }</h2>
            <p>{ text.intro }</p>
            <label class="data__file">
                <span>{ text.choose }</span>
                <input type="file" multiple=true {onchange} />
            </label>
            <p class="data__row">
                <span class="sheet__note">{ text.samples }</span>
                { for SAMPLES.map(sample) }
            </p>
        </section>
    }
}

/// Which of several files is surveyed.
fn view_files(lab: &Lab, state: &State, text: &words::Data) -> Html {
    let files = Rc::clone(&state.files);
    if files.len() < 2 {
        return html! {};
    }
    let names: Vec<String> = files.iter().map(File::name).collect();
    let is_open = |file: &File| state.file.as_ref().is_some_and(|opened| opened.file == *file);
    let chosen = files.iter().position(is_open).unwrap_or(0);
    let lab = lab.clone();
    let on_choose = Callback::from(move |place: usize| {
        files.get(place).into_iter().for_each(|file| lab.open(file.clone()));
    });
    html! { <p class="data__row">{ view_choice(text.several, &names, chosen, on_choose) }</p> }
}

fn view_stage(props: &DataProps, lab: &Lab, state: &State) -> Html {
    let text = props.text();
    let name = state.file.as_ref().map_or_else(String::new, |opened| opened.file.name());
    let size = state.file.as_ref().map_or(0.0, |opened| opened.file.size());
    match &state.stage {
        Stage::Empty => html! {},
        Stage::Opening => html! { <p role="status">{ (text.opening)(&name) }</p> },
        Stage::Failed(why) => {
            html! { <p class="data__failed" role="alert">{ said(why, &name, text) }</p> }
        }
        Stage::Reading(progress) => view_progress(lab, progress, size, text),
        Stage::Done(answer) => {
            let (panel, lab, answer) = (props.clone(), lab.clone(), Rc::clone(answer));
            html! { <Sheet {panel} {lab} {answer} name={name} {size} /> }
        }
    }
}

fn view_progress(lab: &Lab, progress: &Progress, size: f64, text: &words::Data) -> Html {
    let text = &text.progress;
    let all = whole(size);
    let told = (text.told)(
        &percent_of(progress.bytes, all),
        &bytes(progress.bytes),
        &bytes(all),
        &grouped(progress.records),
        &grouped(progress.keys),
    );
    let onclick = {
        let lab = lab.clone();
        Callback::from(move |_: MouseEvent| lab.stop())
    };
    html! {
        <div class="data__progress">
            <progress max={all.to_string()} value={progress.bytes.to_string()}
                aria-label={text.label} />
            <p>{ told }</p>
            <button type="button" {onclick}>{ text.stop }</button>
        </div>
    }
}

/// Bytes of a file, which the browser tells as a float.
fn whole(size: f64) -> u64 {
    format!("{size:.0}").parse().unwrap_or(0)
}

/// What a stream of a file may be called.
fn stem(name: &str) -> AttrValue {
    let stem = name.split('.').next().unwrap_or_default();
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let stem: String = stem.chars().filter(|c| is_allowed(*c)).take(64).collect();
    if stem.is_empty() { "data".into() } else { stem.into() }
}

/// Why nothing is open.
fn said(why: &Why, name: &str, text: &words::Data) -> String {
    let unreadable = |place: usize, what: &str| (text.unreadable[place])(what);
    match why {
        Why::Browser(why) => (text.broken)(name, why),
        Why::Report(bad) => {
            let place = match bad {
                Some(BadLink::Newer) => 0,
                Some(BadLink::Altered) => 1,
                Some(BadLink::TooLong) => 2,
                Some(BadLink::Senseless) => 3,
                None => 4,
            };
            text.give.no_report[place].to_owned()
        }
        Why::Form(Unreadable::Empty) => unreadable(0, name),
        Why::Form(Unreadable::HeaderOnly) => unreadable(1, name),
        Why::Form(Unreadable::Packed(packing)) => {
            let how = match packing {
                Packing::Gzip => "gzip",
                Packing::Zip => "ZIP",
                Packing::Zstd => "Zstandard",
                Packing::Bzip2 => "bzip2",
                Packing::Xz => "xz",
            };
            unreadable(2, how)
        }
        Why::Form(Unreadable::Tables(tables)) => {
            let what = match tables {
                Tables::Parquet => "Parquet",
                Tables::Avro => "Avro",
                Tables::Orc => "ORC",
                Tables::Sqlite => "SQLite",
            };
            unreadable(3, what)
        }
        Why::Form(Unreadable::JsonDocument) => unreadable(4, name),
        Why::Form(Unreadable::Binary) => unreadable(5, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_called_after_files() {
        let names = ["orders.2026.csv", "내 파일.csv", "a b(1).ndjson", ""].map(stem);
        assert_eq!(names, ["orders", "data", "ab1", "data"]);
        assert_eq!(whole(1e9), 1_000_000_000);
    }
}

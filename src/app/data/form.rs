//! What the file is: how its rows are read, and which columns have the key and the time.

use super::lab::{Lab, State};
use crate::app::choice::view_choice;
use crate::text::data as words;
use shardlab::scene::words::bytes;
use shardlab::sizing::{Choice, Column, ColumnKind, Encoding, Form, Header, Shape};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What rows may be, in the order of the words; another delimiter is only shown.
const SHAPES: [Shape; 7] = [
    Shape::Csv { delimiter: b',' },
    Shape::Csv { delimiter: b';' },
    Shape::Csv { delimiter: b'\t' },
    Shape::Csv { delimiter: b'|' },
    Shape::Csv { delimiter: 0 },
    Shape::Ndjson,
    Shape::Plain,
];
const OTHER: usize = 4;
/// Columns that are shown with their first values.
const COLUMNS: usize = 40;

/// The file and its columns.
pub fn view_form(lab: &Lab, state: &State, form: &Form, text: &'static words::Data) -> Html {
    let (Some(opened), Some(choice)) = (&state.file, state.choice) else { return html! {} };
    let text = &text.form;
    let encoding = match form.encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le => "UTF-16 LE",
        Encoding::Utf16Be => "UTF-16 BE",
    };
    let on_key = {
        let lab = lab.clone();
        Callback::from(move |key| lab.choose(Choice { key, ..choice }))
    };
    let on_time = {
        let lab = lab.clone();
        Callback::from(move |time| lab.choose(Choice { time, ..choice }))
    };
    let size = bytes(super::whole(opened.file.size()));
    html! {
        <section class="data__form">
            <h2 class="sheet__name">{ text.title }</h2>
            <p>{ format!("{}: {size}, {encoding}", opened.file.name()) }</p>
            <div class="data__fields">
                { view_shape(lab, form, text) }
                { view_column(text.key, text.no_key, form, choice.key, &on_key) }
                { view_column(text.time, text.no_time, form, choice.time, &on_time) }
            </div>
            { view_header(lab, form, text) }
            <details class="data__columns">
                <summary>{ text.columns }</summary>
                <div class="sheet__scroll" tabindex="0" role="region" aria-label={text.columns}>
                    <table class="sheet__table">
                        <thead><tr>
                            { for text.heads.map(|head| html! { <th scope="col">{ head }</th> }) }
                        </tr></thead>
                        <tbody>
                            { for form.columns.iter().take(COLUMNS)
                                .map(|column| view_row(column, text)) }
                        </tbody>
                    </table>
                </div>
            </details>
        </section>
    }
}

fn view_shape(lab: &Lab, form: &Form, text: &'static words::Form) -> Html {
    let known = SHAPES.iter().position(|shape| *shape == form.shape).unwrap_or(OTHER);
    let offered: Vec<usize> =
        (0..SHAPES.len()).filter(|place| *place != OTHER || known == OTHER).collect();
    let names: Vec<&str> = offered.iter().map(|place| text.shapes[*place]).collect();
    let chosen = offered.iter().position(|place| *place == known).unwrap_or(0);
    let lab = lab.clone();
    let on_choose = Callback::from(move |place: usize| {
        if let Some(place) = offered.get(place).filter(|place| **place != OTHER) {
            lab.read_as(Some(SHAPES[*place]), None);
        }
    });
    view_choice(text.shape, &names, chosen, on_choose)
}

fn view_column(
    name: &'static str,
    none: &'static str,
    form: &Form,
    chosen: Option<u32>,
    on_choose: &Callback<Option<u32>>,
) -> Html {
    let mut names = vec![none];
    names.extend(form.columns.iter().map(|column| &*column.name));
    let chosen = chosen.map_or(0, |place| place as usize + 1);
    let on_choose = on_choose
        .reform(|place: usize| place.checked_sub(1).and_then(|place| u32::try_from(place).ok()));
    view_choice(name, &names, chosen, on_choose)
}

fn view_header(lab: &Lab, form: &Form, text: &'static words::Form) -> Html {
    let Shape::Csv { .. } = form.shape else { return html! {} };
    let (lab, shape) = (lab.clone(), form.shape);
    let onchange = Callback::from(move |event: Event| {
        let is_there = event.target_unchecked_into::<HtmlInputElement>().checked();
        let header = if is_there { Header::Present } else { Header::Absent };
        lab.read_as(Some(shape), Some(header));
    });
    html! {
        <label class="data__check">
            <input type="checkbox" checked={form.header == Header::Present} {onchange} />
            { text.header }
        </label>
    }
}

fn view_row(column: &Column, text: &words::Form) -> Html {
    let kind = match column.kind {
        ColumnKind::Time => 0,
        ColumnKind::Number => 1,
        ColumnKind::Text => 2,
        ColumnKind::Empty => 3,
    };
    html! {
        <tr>
            <th scope="row">{ column.name.clone() }</th>
            <td>{ text.kinds[kind] }</td>
            <td>{ column.samples.join(" · ") }</td>
        </tr>
    }
}

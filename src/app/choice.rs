//! One of a few things, chosen from a list.

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A list with a name, of which one is chosen.
pub fn view_choice<Name: AsRef<str>>(
    name: &'static str,
    options: &[Name],
    chosen: usize,
    on_choose: Callback<usize>,
) -> Html {
    let onchange = Callback::from(move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(place) = select.and_then(|select| usize::try_from(select.selected_index()).ok())
        {
            on_choose.emit(place);
        }
    });
    let option = |(place, name): (usize, &Name)| {
        html! { <option selected={place == chosen}>{ name.as_ref().to_owned() }</option> }
    };
    html! {
        <label class="choice">
            { name }
            <select {onchange}>{ for options.iter().enumerate().map(option) }</select>
        </label>
    }
}

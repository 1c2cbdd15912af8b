//! The prices, to be changed. By itself, because what is being typed must not be drawn anew with
//! every look at the world.

use crate::app::money::{nanos, price};
use crate::app::store::Action;
use crate::text::Language;
use crate::text::cost as words;
use shardlab::insight::pricing::{AS_OF, HOUR, PRICES, Prices, REGION};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the prices are given.
#[derive(Properties)]
pub struct PriceListProps {
    /// The language of its words.
    pub language: Language,
    /// The prices.
    pub prices: Prices,
    /// Sets them.
    pub on_action: Callback<Action>,
}

/// An action means the same for ever.
impl PartialEq for PriceListProps {
    fn eq(&self, other: &Self) -> bool {
        (self.language, self.prices) == (other.language, other.prices)
    }
}

/// A list of prices behind a summary that says of when and where they are.
#[component]
pub fn PriceList(props: &PriceListProps) -> Html {
    let text = props.language.of(&words::ALL);
    let prices = props.prices;
    let on_action = &props.on_action;
    let row = |place: usize| {
        let of = &PRICES[place];
        let (plan, line) = (text.plans[of.plan as usize], text.lines[of.line as usize]);
        let on_action = on_action.clone();
        let onchange = move |event: Event| {
            let field = event.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
            if let Some(typed) = field.and_then(|field| nanos(&field.value())) {
                let mut changed = prices;
                changed.0[place] = typed;
                on_action.emit(Action::Price(changed));
            }
        };
        html! {
            <tr>
                <td>{ plan }</td>
                <td>{ line }</td>
                <td>
                    <input class="cost__price" type="text" inputmode="decimal"
                        pattern=r"\d{0,6}(\.\d{1,9})?" required=true
                        aria-label={format!("{plan}, {line}, US$")}
                        value={price(prices.0[place])} {onchange} />
                </td>
                <td>{ unit(of.per) }</td>
            </tr>
        }
    };
    html! {
        <details class="cost__prices">
            <summary>{ (text.prices)(REGION, AS_OF) }</summary>
            <table class="sheet__table">
                <thead><tr>
                    { for text.price_columns.map(|name| html! { <th scope="col">{ name }</th> }) }
                </tr></thead>
                <tbody>{ for (0..PRICES.len()).map(row) }</tbody>
            </table>
            <button type="button" onclick={on_action.reform(|_| Action::Price(Prices::default()))}>
                { text.reset }
            </button>
        </details>
    }
}

/// What a price is for, as AWS writes it.
fn unit(per: u64) -> &'static str {
    match per {
        HOUR => "h",
        1_000_000 => "1,000,000",
        0..=0x4000_0000 => "GB",
        _ => "GB-month",
    }
}

//! The simulated clock.

use crate::text::Language;
use yew::prelude::*;

/// What the clock shows.
#[derive(PartialEq, Properties)]
pub struct ClockProps {
    /// The language of its words.
    pub language: Language,
    /// The simulated date and time.
    pub now: AttrValue,
    /// Simulated time since the run began.
    pub elapsed: AttrValue,
}

/// The clock.
#[component]
pub fn Clock(props: &ClockProps) -> Html {
    let text = &props.language.text().clock;
    html! {
        <div class="clock" role="group" aria-label={text.label}>
            <span class="clock__now">{ props.now.clone() }</span>
            <span class="clock__elapsed">{ (text.elapsed)(&props.elapsed) }</span>
        </div>
    }
}

//! The simulated clock.

use super::readout::Readout;
use crate::text::Language;
use yew::prelude::*;

/// The clock: the date and time, and how long the run has lasted.
pub fn view_clock(language: Language, readout: &Readout) -> Html {
    let text = &language.text().clock;
    html! {
        <div class="clock" role="group" aria-label={text.label}>
            <span class="clock__now">{ readout.now.clone() }</span>
            <span class="clock__elapsed">{ (text.elapsed)(&readout.elapsed) }</span>
        </div>
    }
}

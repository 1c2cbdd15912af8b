//! The simulated clock.

use super::readout::Readout;
use crate::text::Language;
use yew::prelude::*;

/// The clock: the date and time, how long the run has lasted, and how fast time passes if that is
/// not as it was asked for.
pub fn view_clock(language: Language, readout: &Readout) -> Html {
    let text = &language.text().clock;
    let remark = match readout.true_speed {
        _ if readout.is_skipping || readout.is_looking_ahead => text.skipping.to_owned(),
        Some(speed) => (text.true_speed)(&speed.to_string()),
        None => String::new(),
    };
    html! {
        <div class="clock" role="group" aria-label={text.label}>
            <span class="clock__now">{ readout.now.clone() }</span>
            <span class="clock__elapsed">{ (text.elapsed)(&readout.elapsed) }</span>
            <span class="clock__remark">{ remark }</span>
        </div>
    }
}

//! What the stream shall do: numbers that the advice goes by.

use super::figures::{decimal, thousandths};
use super::lab::{Lab, State};
use crate::text::data as words;
use shardlab::sizing::{Choice, Wishes};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A number that can be set: the least and the most, in thousandths, how it is read from the
/// wishes and set in them.
struct Field {
    least: u64,
    most: u64,
    get: fn(&Wishes) -> u64,
    set: fn(&mut Wishes, u64),
}

/// In the order of the words; the largest record stands between them, as it is no wish.
const FIELDS: [Field; 6] = [
    Field {
        least: 0,
        most: 1_000_000,
        get: |wishes| u64::from(wishes.shared) * 1_000,
        set: |wishes, value| wishes.shared = whole(value),
    },
    Field {
        least: 0,
        most: 50_000,
        get: |wishes| u64::from(wishes.fan_out) * 1_000,
        set: |wishes, value| wishes.fan_out = whole(value),
    },
    Field {
        least: 24_000,
        most: 8_760_000,
        get: |wishes| u64::from(wishes.retention_hours) * 1_000,
        set: |wishes, value| wishes.retention_hours = whole(value),
    },
    Field {
        least: 1,
        most: 1_000_000_000,
        get: |wishes| wishes.speed_thousandths,
        set: |wishes, value| wishes.speed_thousandths = value,
    },
    Field {
        least: 0,
        most: 90_000,
        get: |wishes| u64::from(wishes.headroom_permille) * 100,
        set: |wishes, value| {
            wishes.headroom_permille = u32::try_from(value / 100).unwrap_or(u32::MAX);
        },
    },
    Field {
        least: 1_000,
        most: 87_600_000,
        get: |wishes| u64::from(wishes.hours) * 1_000,
        set: |wishes, value| wishes.hours = whole(value),
    },
];
/// The places of the field of speed, and of the one of hours: of files with and without times.
const SPEED: usize = 3;
const HOURS: usize = 5;

fn whole(thousandths: u64) -> u32 {
    u32::try_from(thousandths / 1_000).unwrap_or(u32::MAX)
}

/// The fields behind a summary.
pub fn view_wishes(lab: &Lab, state: &State, text: &'static words::Data) -> Html {
    let Some(choice) = state.choice else { return html! {} };
    let text = &text.wishes;
    let [shared, fan_out, retention, speed, headroom, record, hours] = text.fields;
    let names = [shared, fan_out, retention, speed, headroom, hours];
    let left_out = if choice.time.is_some() { HOURS } else { SPEED };
    let fields = (0..FIELDS.len()).filter(|place| *place != left_out);
    let wish = |place: usize| {
        let field = &FIELDS[place];
        let wishes = state.wishes;
        let lab = lab.clone();
        let value = (field.get)(&wishes);
        let on_number = Callback::from(move |value| {
            let mut wishes = wishes;
            (field.set)(&mut wishes, value);
            lab.wish(wishes.sound());
        });
        view_number(names[place], [field.least, field.most], value, &on_number)
    };
    let on_record = {
        let lab = lab.clone();
        Callback::from(move |value| {
            lab.choose(Choice { record_kib_max: whole(value), ..choice });
        })
    };
    let kib = u64::from(choice.record_kib_max) * 1_000;
    html! {
        <details class="data__wishes">
            <summary>{ text.title }</summary>
            <div class="data__fields">
                { for fields.map(wish) }
                { view_number(record, [1_024_000, 10_240_000], kib, &on_record) }
            </div>
        </details>
    }
}

/// A number; what is none, or out of its range, is taken back.
fn view_number(
    name: &'static str,
    [least, most]: [u64; 2],
    value: u64,
    on_number: &Callback<u64>,
) -> Html {
    let on_number = on_number.clone();
    let onchange = Callback::from(move |event: Event| {
        let field = event.target_unchecked_into::<HtmlInputElement>();
        let typed = thousandths(&field.value()).unwrap_or(value).clamp(least, most);
        field.set_value(&decimal(typed));
        if typed != value {
            on_number.emit(typed);
        }
    });
    html! {
        <label class="data__number">
            <span>{ name }</span>
            <input type="text" inputmode="decimal" autocomplete="off" value={decimal(value)}
                {onchange} />
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_can_be_set_and_is_read_again() {
        for field in &FIELDS {
            for value in [field.least, field.most] {
                let mut wishes = Wishes::default();
                (field.set)(&mut wishes, value);
                assert_eq!((field.get)(&wishes.sound()), value);
            }
        }
    }
}

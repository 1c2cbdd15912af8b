//! What the stream shall do: numbers that the advice goes by.

use super::figures::{decimal, thousandths};
use super::lab::{Lab, State};
use crate::text::data as words;
use Number::{Large, Small};
use shardlab::sizing::{Choice, Wishes};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A number that can be set.
struct Field {
    /// The least and the most, in thousandths.
    range: [u64; 2],
    /// Thousandths that one is worth.
    unit: u64,
    /// Where it is.
    at: fn(&mut Wishes) -> Number<'_>,
}

enum Number<'a> {
    Small(&'a mut u32),
    Large(&'a mut u64),
}

/// In the order of the words; the largest record stands between them, as it is no wish.
const FIELDS: [Field; 6] = [
    Field { range: [0, 1_000_000], unit: 1_000, at: |wishes| Small(&mut wishes.shared) },
    Field { range: [0, 50_000], unit: 1_000, at: |wishes| Small(&mut wishes.fan_out) },
    Field {
        range: [24_000, 8_760_000],
        unit: 1_000,
        at: |wishes| Small(&mut wishes.retention_hours),
    },
    Field { range: [1, 1_000_000_000], unit: 1, at: |wishes| Large(&mut wishes.speed_thousandths) },
    Field { range: [0, 90_000], unit: 100, at: |wishes| Small(&mut wishes.headroom_permille) },
    Field { range: [1_000, 87_600_000], unit: 1_000, at: |wishes| Small(&mut wishes.hours) },
];

impl Field {
    /// In thousandths.
    fn get(&self, mut wishes: Wishes) -> u64 {
        match (self.at)(&mut wishes) {
            Small(number) => u64::from(*number) * self.unit,
            Large(number) => *number * self.unit,
        }
    }

    fn set(&self, wishes: &mut Wishes, thousandths: u64) {
        let value = thousandths / self.unit;
        match (self.at)(wishes) {
            Small(number) => *number = u32::try_from(value).unwrap_or(u32::MAX),
            Large(number) => *number = value,
        }
    }
}

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
        let value = field.get(wishes);
        let on_number = Callback::from(move |value| {
            let mut wishes = wishes;
            field.set(&mut wishes, value);
            lab.wish(wishes.sound());
        });
        view_number(names[place], field.range, value, &on_number)
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
            for value in field.range {
                let mut wishes = Wishes::default();
                field.set(&mut wishes, value);
                assert_eq!(field.get(wishes.sound()), value);
            }
        }
    }
}

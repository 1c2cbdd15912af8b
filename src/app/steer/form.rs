//! The forms of the panel, as tables: what each asks for, and the line that it stands for.

use super::field::{COUNT, Field, Kind};
use shardlab::engine::service::account::Account;
use shardlab::engine::service::stream::Stream;
use std::rc::Rc;
use yew::AttrValue;

/// A form.
pub struct Form {
    /// What the line begins with.
    pub(super) head: fn(&Given) -> &'static str,
    /// What follows.
    pub(super) parts: &'static [Part],
    /// What the line ends in.
    tail: &'static str,
    /// Whether there must be a stream first.
    pub place: Place,
}

/// Whether a form is about the chosen stream.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It is.
    Stream,
    /// It is not.
    Anywhere,
}

/// A part of a line. A flag that is a hyphen alone is not written, and neither is its value; one
/// that ends in `=` or begins with `:` is joined to what stands beside it.
pub(super) struct Part {
    pub(super) flag: &'static str,
    pub(super) field: Field,
    /// Only if another field has one of these values.
    when: Option<(Field, &'static [&'static str])>,
}

/// What was filled in, for the line.
pub struct Given<'a> {
    /// The values of the fields, in the order of [`Field`].
    pub values: &'a Values,
    /// The chosen stream.
    pub stream: Option<&'a Stream>,
    /// Whose it is.
    pub account: &'a Account,
}

/// The values of the fields, in the order of [`Field`].
pub type Values = Rc<[AttrValue; COUNT]>;

/// What every field says at first.
pub fn first_values() -> Values {
    let mut values = [const { AttrValue::Static("") }; COUNT];
    for form in FORMS {
        for part in form.parts {
            if let Some(value) = values.get_mut(part.field as usize) {
                *value = AttrValue::Static(part.field.row().0);
            }
        }
    }
    Rc::new(values)
}

impl Given<'_> {
    /// The value of a field.
    pub fn value(&self, field: Field) -> AttrValue {
        let stream = || self.stream.map_or_else(String::new, |stream| stream.name.to_string());
        match field {
            Field::Stream => stream().into(),
            Field::Arn => {
                self.stream.map_or_else(String::new, |stream| stream.name.arn(self.account)).into()
            }
            field => self.values[field as usize].clone(),
        }
    }
}

impl Form {
    /// The fields that are asked for now, in order.
    pub fn fields<'a>(&'a self, given: &'a Given) -> impl Iterator<Item = Field> + 'a {
        let parts = self.parts.iter().filter(|part| part.is_used(given));
        parts.map(|part| part.field).filter(|field| (*field as usize) < COUNT)
    }

    /// The line that it stands for.
    pub fn line(&self, given: &Given) -> String {
        let mut line = (self.head)(given).to_owned();
        for part in self.parts.iter().filter(|part| part.flag != "-" && part.is_used(given)) {
            let joint = if part.flag.starts_with(':') { "" } else { " " };
            let gap =
                if part.flag.is_empty() || part.flag.ends_with(['=', ':']) { "" } else { " " };
            line = [&line, joint, part.flag, gap, &given.value(part.field)].concat();
        }
        line + self.tail
    }

    /// The first field whose value does not do, with what would.
    pub fn wrong(&self, given: &Given) -> Option<(Field, Wrong)> {
        self.fields(given).find_map(|field| {
            let value = given.value(field);
            let wrong = match field.row().1 {
                Kind::Number(min, max) => {
                    let number = value.parse().ok().filter(|number| (min..=max).contains(number));
                    number.is_none().then_some(Wrong::Range(min, max))
                }
                Kind::Text(check) => check(&value).err().map(Wrong::Text),
                Kind::Choice(_) => None,
                Kind::Producer | Kind::Consumer => value.is_empty().then_some(Wrong::Nobody),
            };
            wrong.map(|wrong| (field, wrong))
        })
    }
}

/// Why a value does not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It must be a whole number between these.
    Range(u64, u64),
    /// What the console says.
    Text(String),
    /// There is none to choose.
    Nobody,
}

impl Part {
    pub(super) fn is_used(&self, given: &Given) -> bool {
        self.when.is_none_or(|(field, values)| values.contains(&&*given.value(field)))
    }
}

const fn part(flag: &'static str, field: Field) -> Part {
    Part { flag, field, when: None }
}

const fn part_if(
    flag: &'static str,
    field: Field,
    other: Field,
    values: &'static [&'static str],
) -> Part {
    Part { flag, field, when: Some((other, values)) }
}

const STREAM: Part = part("--stream-name", Field::Stream);

/// The forms by section: streams, producers, consumers, faults; the shards have one of their own.
pub const SECTIONS: [std::ops::Range<usize>; 4] = [0..7, 7..9, 9..11, 11..13];

/// All forms, in the order of their words.
pub const FORMS: &[Form; 13] = &[
    Form {
        head: |_| "aws kinesis create-stream",
        parts: &[
            part("--stream-name", Field::NewStream),
            part("--stream-mode-details StreamMode=", Field::Mode),
            part_if("--shard-count", Field::Shards, Field::Mode, &["PROVISIONED"]),
        ],
        tail: "",
        place: Place::Anywhere,
    },
    Form {
        head: |_| "aws kinesis update-shard-count",
        parts: &[STREAM, part("--target-shard-count", Field::Target)],
        tail: " --scaling-type UNIFORM_SCALING",
        place: Place::Stream,
    },
    Form {
        head: |given| {
            let hours = given.stream.map_or(0, |stream| stream.retention_hours);
            match given.value(Field::Hours).parse::<u32>() {
                Ok(wanted) if wanted < hours => "aws kinesis decrease-stream-retention-period",
                _ => "aws kinesis increase-stream-retention-period",
            }
        },
        parts: &[STREAM, part("--retention-period-hours", Field::Hours)],
        tail: "",
        place: Place::Stream,
    },
    Form {
        head: |_| "aws kinesis update-stream-mode",
        parts: &[
            part("--stream-arn", Field::Arn),
            part("--stream-mode-details StreamMode=", Field::Mode),
        ],
        tail: "",
        place: Place::Stream,
    },
    Form {
        head: |given| match &*given.value(Field::Switch) {
            "start" => "aws kinesis start-stream-encryption",
            _ => "aws kinesis stop-stream-encryption",
        },
        parts: &[part("-", Field::Switch), STREAM, part("--key-id", Field::KmsKey)],
        tail: " --encryption-type KMS",
        place: Place::Stream,
    },
    Form {
        head: |given| match &*given.value(Field::Switch) {
            "start" => "aws kinesis enable-enhanced-monitoring",
            _ => "aws kinesis disable-enhanced-monitoring",
        },
        parts: &[part("-", Field::Switch), STREAM, part("--shard-level-metrics", Field::Metric)],
        tail: "",
        place: Place::Stream,
    },
    Form {
        head: |_| "aws kinesis delete-stream",
        parts: &[STREAM],
        tail: " --enforce-consumer-deletion",
        place: Place::Stream,
    },
    Form {
        head: |_| "lab producer",
        parts: &[
            part("", Field::NewProducer),
            part("--stream", Field::Stream),
            part("--rate", Field::Rate),
            part("--record-size", Field::Size),
            part("--keys", Field::Keys),
            part_if(":", Field::KeyCount, Field::Keys, &["zipf", "uniform", "sequence"]),
            part_if(":", Field::Exponent, Field::Keys, &["zipf"]),
            part_if(":", Field::Key, Field::Keys, &["one"]),
            part("--api", Field::Api),
            part_if("--batch", Field::Batch, Field::Api, &["put-records"]),
            part("--retry", Field::Retry),
        ],
        tail: "",
        place: Place::Stream,
    },
    Form {
        head: |_| "lab producer",
        parts: &[part("", Field::Producer)],
        tail: " --stop",
        place: Place::Anywhere,
    },
    Form {
        head: |_| "lab consumer",
        parts: &[
            part("", Field::NewConsumer),
            part("--stream", Field::Stream),
            part("--mode", Field::Reads),
            part_if("--every", Field::Every, Field::Reads, &["shared"]),
            part("--from", Field::From),
        ],
        tail: "",
        place: Place::Stream,
    },
    Form {
        head: |_| "lab consumer",
        parts: &[part("", Field::Consumer)],
        tail: " --stop",
        place: Place::Anywhere,
    },
    Form {
        head: |_| "lab fault lost-acks",
        parts: &[part("--producer", Field::Producer), part("--share", Field::Share)],
        tail: "",
        place: Place::Anywhere,
    },
    Form { head: |_| "lab fault off", parts: &[], tail: "", place: Place::Anywhere },
];

#[cfg(test)]
mod tests {
    use super::*;
    use shardlab::console::Console;

    /// Every form as it is at first is a line that is taken; every choice, too.
    #[test]
    fn every_form_stands_for_a_line_that_is_taken() {
        let mut console = Console::default();
        for line in [
            "aws kinesis create-stream --stream-name clicks --shard-count 1",
            "aws kinesis create-stream --stream-name other --shard-count 1",
        ] {
            console.enter(line);
        }
        let until = console.simulation().now() + std::time::Duration::from_mins(1);
        console.advance_within(until, u64::MAX);
        console.enter("lab producer web --stream other --rate 1/s");
        console.enter("lab consumer search --stream other");
        let mut lines = 0;
        for form in FORMS {
            let mut variants = vec![first_values()];
            for part in form.parts.iter().filter(|part| (part.field as usize) < COUNT) {
                let Kind::Choice(words) = part.field.row().1 else { continue };
                for word in words {
                    let mut values = (*first_values()).clone();
                    values[part.field as usize] = AttrValue::Static(word);
                    variants.push(Rc::new(values));
                }
            }
            for values in variants {
                let mut values = (*values).clone();
                values[Field::Producer as usize] = "web".into();
                values[Field::Consumer as usize] = "search".into();
                let (values, world) = (Rc::new(values), console.clone());
                let service = world.simulation().service();
                let (stream, account) = (service.streams().next(), &service.settings().account);
                let given = Given { values: &values, stream, account };
                assert_eq!(form.wrong(&given), None);
                let line = form.line(&given);
                let output = console.clone().enter(&line);
                let is_said_by_service = output.status == 254;
                assert!(output.status == 0 || is_said_by_service, "{line}\n{output:?}");
                lines += 1;
            }
        }
        assert!(lines > 30, "{lines}");
    }

    #[test]
    fn a_value_out_of_range_is_told() {
        let mut values = (*first_values()).clone();
        values[Field::Hours as usize] = "12".into();
        let values = Rc::new(values);
        let account = Account::default();
        let given = Given { values: &values, stream: None, account: &account };
        assert_eq!(FORMS[2].wrong(&given), Some((Field::Hours, Wrong::Range(24, 8_760))));
        assert_eq!(FORMS[8].wrong(&given), Some((Field::Producer, Wrong::Nobody)));
    }
}

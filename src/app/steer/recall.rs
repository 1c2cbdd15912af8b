//! A form that names somebody who is there begins with what was last said of them, so that one
//! value can be changed and the others stay.

use super::field::{COUNT, Kind};
use super::form::{Form, Given, Values};
use std::rc::Rc;
use yew::AttrValue;

impl Form {
    /// The values after lines such as `lab producer web --rate 5/s`, where `who` is the form's own
    /// beginning with the name in it. Later lines count more; what none of them says stays.
    pub fn recalled<'a>(
        &self,
        who: &str,
        given: &Given,
        lines: impl IntoIterator<Item = &'a str>,
    ) -> Values {
        let mut values = Rc::clone(given.values);
        for line in lines {
            let rest = line.trim().strip_prefix(who);
            if let Some(rest) = rest.filter(|rest| rest.starts_with(' ')) {
                let words: Vec<&str> = rest.split_whitespace().collect();
                self.recall_line(&words, given, &mut values);
            }
        }
        values
    }

    fn recall_line(&self, words: &[&str], given: &Given, values: &mut Values) {
        // What is left of a value whose first part has been taken: `500:1.2` of `zipf:500:1.2`.
        let mut left = "";
        for part in self.parts {
            let is_own = (part.field as usize) < COUNT && !part.flag.is_empty();
            if !is_own || !part.is_used(&Given { values, ..*given }) {
                continue;
            }
            if part.flag != ":" {
                let at = words.iter().position(|word| *word == part.flag);
                left = at.and_then(|at| words.get(at + 1)).copied().unwrap_or("");
            }
            let is_choice = matches!(part.field.row().1, Kind::Choice(_));
            let (value, rest) = match left.split_once(':') {
                Some((first, rest)) if is_choice || part.flag == ":" => (first, rest),
                _ => (left, ""),
            };
            left = rest;
            if !value.is_empty() {
                let value = AttrValue::from(value.to_owned());
                Rc::make_mut(values)[part.field as usize] = value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::field::Field;
    use super::super::form::{FORMS, first_values};
    use super::*;
    use shardlab::engine::service::account::Account;

    #[test]
    fn what_was_said_of_a_producer_makes_its_line_again() {
        let mut values = (*first_values()).clone();
        values[Field::NewProducer as usize] = "web".into();
        let (values, account) = (Rc::new(values), Account::default());
        let given = Given { values: &values, stream: None, account: &account };
        let lines = [
            "lab producer web --stream clicks --rate 2500/s --record-size 512B \
             --keys zipf:40:1.5 --api put-records --batch 50 --retry backoff:10",
            "lab producer webcam --rate 1/s",
            "lab wait 5s",
            "lab producer web --rate poisson:900/s",
        ];
        let values = FORMS[7].recalled("lab producer web", &given, lines);
        let line = FORMS[7].line(&Given { values: &values, ..given });
        assert_eq!(
            line,
            "lab producer web --stream  --rate poisson:900/s --record-size 512B \
             --keys zipf:40:1.5 --api put-records --batch 50 --retry backoff"
        );
        let given = Given { values: &values, ..given };
        let one =
            FORMS[7].recalled("lab producer web", &given, ["lab producer web --keys one:hot"]);
        assert_eq!(one[Field::Keys as usize], "one");
        assert_eq!(one[Field::Key as usize], "hot");
        assert_eq!(one[Field::Rate as usize], "poisson:900/s");
    }
}

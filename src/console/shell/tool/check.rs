//! `test` and `[ … ]`: comparisons for `if` and `while`.

use super::call::{Answer, Call};

/// `[ … ]`
pub fn bracket(call: &Call<'_>) -> Result<Answer, String> {
    match call.arguments.split_last() {
        Some((last, arguments)) if last == "]" => check(arguments),
        _ => Err("missing `]'".to_owned()),
    }
}

/// `test …`
pub fn test(call: &Call<'_>) -> Result<Answer, String> {
    check(call.arguments)
}

fn check(arguments: &[String]) -> Result<Answer, String> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    holds(&words).map(|holds| Answer::status(u8::from(!holds)))
}

fn holds(words: &[&str]) -> Result<bool, String> {
    Ok(match words {
        [] => false,
        [word] | ["-n", word] => !word.is_empty(),
        ["-z", word] => word.is_empty(),
        [left, "=" | "==", right] => left == right,
        [left, "!=", right] => left != right,
        [left, operator, right] if operator.starts_with('-') => {
            let (left, right) = (number(left)?, number(right)?);
            match *operator {
                "-eq" => left == right,
                "-ne" => left != right,
                "-lt" => left < right,
                "-le" => left <= right,
                "-gt" => left > right,
                "-ge" => left >= right,
                other => return Err(unknown(other)),
            }
        }
        ["!", rest @ ..] => !holds(rest)?,
        [operator, _] if operator.starts_with('-') => return Err(unknown(operator)),
        _ => {
            let why = "too many arguments: join tests with && and ||, and quote the variables";
            return Err(why.to_owned());
        }
    })
}

fn number(text: &str) -> Result<i64, String> {
    text.trim().parse().map_err(|_| format!("{text}: integer expression expected"))
}

fn unknown(operator: &str) -> String {
    format!("{operator} is not part of this console; there are = != -z -n -eq -ne -lt -le -gt -ge")
}

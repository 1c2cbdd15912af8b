//! The names of the API as the command line writes them.

use crate::api::model::Param;

/// `StreamName` as the command line writes it: `stream-name`.
pub fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    let mut was_lower = false;
    for char in name.chars() {
        if char.is_ascii_uppercase() && was_lower {
            kebab.push('-');
        }
        was_lower = char.is_ascii_lowercase() || char.is_ascii_digit();
        kebab.push(char.to_ascii_lowercase());
    }
    kebab
}

/// The option that sets a parameter: `--stream-name`.
pub fn option_name(param: &Param) -> String {
    format!("--{}", kebab(param.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_computed() {
        for (name, option) in [
            ("StreamARN", "stream-arn"),
            ("MaxRecordSizeInKiB", "max-record-size-in-ki-b"),
            ("WarmThroughputMiBps", "warm-throughput-mi-bps"),
            ("GetShardIterator", "get-shard-iterator"),
        ] {
            assert_eq!(kebab(name), option);
        }
    }
}

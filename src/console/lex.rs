//! The words of a line that is one command, for whoever wants the words alone.

use super::shell::{ShellError, words_of};

/// The words of `line`; none if it is empty or a comment. Variables are empty.
///
/// ```
/// use shardlab::console::lex::words;
///
/// let line = r#"aws kinesis put-record --data={\"Data\":\"1\"} --partition-key 'key 1' # one"#;
/// let words = words(line).expect("nothing is left open");
/// assert_eq!(words[3..], [r#"--data={"Data":"1"}"#, "--partition-key", "key 1"]);
/// ```
pub fn words(line: &str) -> Result<Vec<String>, ShellError> {
    words_of(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(line: &str) -> Vec<String> {
        words(line).expect("a line of plain words")
    }

    #[test]
    fn words_are_separated_by_blanks_and_comments_end_the_line() {
        assert_eq!(split("  lab\twait  10s # ten seconds"), ["lab", "wait", "10s"]);
        assert_eq!(split("a\u{a0}b"), ["a", "b"]);
        assert_eq!(split("a#b"), ["a#b"]);
        for nothing in ["# nothing", "", "\n\n", "\r\n"] {
            assert_eq!(split(nothing), [""; 0]);
        }
    }

    #[test]
    fn quotes_keep_blanks_and_join_with_what_they_touch() {
        assert_eq!(split(r#"--a='x y'"z" ''"#), ["--a=x yz", ""]);
        assert_eq!(split(r#""a\"b\n\\" 'a\"b'"#), [r#"a"b\n\"#, r#"a\"b"#]);
        assert_eq!(split("'주문 번호'"), ["주문 번호"]);
        assert_eq!(split("\"a\nb\""), ["a\nb"]);
    }

    #[test]
    fn backslashes_quote_one_sign_and_continue_lines() {
        assert_eq!(split(r#"--data={\"Data\":\"1\"}"#), [r#"--data={"Data":"1"}"#]);
        assert_eq!(split("aws \\\n  kinesis\\\n-x"), ["aws", "kinesis-x"]);
        assert_eq!(split("aws \\\r\n  kinesis"), ["aws", "kinesis"]);
        assert_eq!(split("a \\\n"), ["a"]);
        assert_eq!(
            split("a \\| 5$ '$(b) | c' --x=y *"),
            ["a", "|", "5$", "$(b) | c", "--x=y", "*"]
        );
    }
}

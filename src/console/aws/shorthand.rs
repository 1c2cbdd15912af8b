//! The AWS command line's shorthand: `Data=aGVsbG8=,PartitionKey=a`, `env=dev,team=x`.
//!
//! Read first: <https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html>.

use serde_json::{Map, Value as Json};

/// Reads one shorthand value, which is always a structure or a map; the error is the command
/// line's own, with a caret under the place.
pub fn parse(text: &str) -> Result<Json, String> {
    let mut parser = Parser { text: text.chars().collect(), at: 0 };
    let mut object = Map::new();
    loop {
        let start = parser.at;
        let (key, value) = parser.pair()?;
        if object.contains_key(&key) {
            return Err(parser.duplicate(&key, start));
        }
        object.insert(key, value);
        if parser.at >= parser.text.len() {
            return Ok(Json::Object(object));
        }
        parser.expect(',')?;
    }
}

struct Parser {
    text: Vec<char>,
    at: usize,
}

impl Parser {
    fn pair(&mut self) -> Result<(String, Json), String> {
        let key = self.key();
        self.expect('=')?;
        let value = match self.peek() {
            None => Json::String(String::new()),
            Some('[') => self.list()?,
            Some('{') => self.braces()?,
            Some(_) => self.values()?,
        };
        Ok((key, value))
    }

    fn key(&mut self) -> String {
        let is_key = |char: char| char.is_ascii_alphanumeric() || "-_.#/:".contains(char);
        self.take_while(is_key)
    }

    /// A value, or several between commas. A comma after which no further value can stand begins
    /// the next pair.
    fn values(&mut self) -> Result<Json, String> {
        let mut values = vec![self.value()?];
        self.skip_blanks();
        while self.peek() == Some(',') {
            self.expect(',')?;
            match self.further_value() {
                Ok(value) => values.push(value),
                Err(error) if self.peek().is_none() => return Err(error),
                Err(_) => {
                    let comma = self.text[..=self.at].iter().rposition(|char| *char == ',');
                    self.at = comma.expect("a comma was passed");
                    break;
                }
            }
        }
        if values.len() == 1 { Ok(values.remove(0)) } else { Ok(Json::Array(values)) }
    }

    /// A value after a comma that ends at the next comma or with the text.
    fn further_value(&mut self) -> Result<Json, String> {
        let value = match self.peek() {
            Some(quote @ ('\'' | '"')) => self.quoted(quote)?,
            Some(first) if is_start(first) => self.bare(&['=', ',', '\'', '"']),
            _ => return Err(self.expected("<second>", "<none>")),
        };
        self.skip_blanks();
        match self.peek() {
            None | Some(',') => Ok(Json::String(value)),
            Some(other) => Err(self.expected(",", &other.to_string())),
        }
    }

    /// A quoted text, or a bare one up to the next comma, quote or closing bracket.
    fn value(&mut self) -> Result<Json, String> {
        let value = match self.peek() {
            Some(quote @ ('\'' | '"')) => self.quoted(quote)?,
            Some(first) if is_start(first) => self.bare(&[',', '\'', '"', ']', '}']),
            _ => String::new(),
        };
        Ok(Json::String(value))
    }

    /// What stands before any of `ends`, with `\,` for a comma.
    fn bare(&mut self, ends: &[char]) -> String {
        let mut value = String::new();
        while let Some(char) = self.peek() {
            match char {
                '\\' if self.text.get(self.at + 1) == Some(&',') => {
                    self.at += 1;
                    value.push(',');
                }
                char if ends.contains(&char) => break,
                char => value.push(char),
            }
            self.at += 1;
        }
        value.trim_end().to_owned()
    }

    fn quoted(&mut self, quote: char) -> Result<String, String> {
        let start = self.at;
        self.at += 1;
        let mut value = String::new();
        while let Some(char) = self.peek() {
            self.at += 1;
            match char {
                '\\' if self.peek().is_some_and(|next| next == quote || next == '\\') => {
                    value.extend(self.peek());
                    self.at += 1;
                }
                char if char == quote => return Ok(value),
                char => value.push(char),
            }
        }
        self.at = start;
        let name = if quote == '"' { "<double quoted>" } else { "<singled quoted>" };
        Err(self.expected(name, "<none>"))
    }

    fn list(&mut self) -> Result<Json, String> {
        self.expect('[')?;
        let mut items = Vec::new();
        while self.peek() != Some(']') {
            items.push(self.inner()?);
            self.next_inner(']')?;
        }
        self.at += 1;
        Ok(Json::Array(items))
    }

    fn braces(&mut self) -> Result<Json, String> {
        self.expect('{')?;
        let mut object = Map::new();
        while self.peek() != Some('}') {
            let key = self.key();
            self.expect('=')?;
            let value = self.inner()?;
            object.insert(key, value);
            self.next_inner('}')?;
        }
        self.at += 1;
        Ok(Json::Object(object))
    }

    fn inner(&mut self) -> Result<Json, String> {
        match self.peek() {
            Some('[') => self.list(),
            Some('{') => self.braces(),
            _ => self.value(),
        }
    }

    fn next_inner(&mut self, close: char) -> Result<(), String> {
        self.skip_blanks();
        if self.peek() == Some(close) { Ok(()) } else { self.expect(',') }
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        self.skip_blanks();
        match self.peek() {
            Some(char) if char == wanted => {
                self.at += 1;
                self.skip_blanks();
                Ok(())
            }
            Some(char) => Err(self.expected(&wanted.to_string(), &char.to_string())),
            None => Err(self.expected(&wanted.to_string(), "EOF")),
        }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn take_while(&mut self, is_part: impl Fn(char) -> bool) -> String {
        let rest = self.text[self.at..].iter();
        let taken: String = rest.take_while(|char| is_part(**char)).collect();
        self.at += taken.chars().count();
        taken
    }

    fn skip_blanks(&mut self) {
        self.take_while(|char| char.is_ascii_whitespace());
    }

    fn expected(&self, wanted: &str, found: &str) -> String {
        let place = self.place(self.at);
        format!("Expected: '{wanted}', received: '{found}' for input:\n{place}")
    }

    fn duplicate(&self, key: &str, at: usize) -> String {
        let place = self.place(at);
        format!(
            "Second instance of key \"{key}\" encountered for input:\n{place}\n\
             This is often because there is a preceding \",\" instead of a space."
        )
    }

    /// The text with a caret under the place.
    fn place(&self, at: usize) -> String {
        let line_start = self.text[..at].iter().rposition(|char| *char == '\n');
        let blanks = at - line_start.map_or(0, |start| start + 1);
        let next = self.text[at..].iter().position(|char| *char == '\n');
        let (line, rest) = self.text.split_at(next.map_or(self.text.len(), |next| at + next));
        let (line, rest): (String, String) = (line.iter().collect(), rest.iter().collect());
        format!("{line}\n{}^{rest}", " ".repeat(blanks))
    }
}

/// Whether a bare value can begin with it.
fn is_start(char: char) -> bool {
    !char.is_whitespace() && !matches!(char, '"' | '\'' | ',' | '=' | '[' | '{')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pairs_become_a_structure() {
        for (text, value) in [
            ("StreamMode=ON_DEMAND", json!({"StreamMode": "ON_DEMAND"})),
            ("Data=aGVsbG8=,PartitionKey=a", json!({"Data": "aGVsbG8=", "PartitionKey": "a"})),
            ("env=dev, team=x", json!({"env": "dev", "team": "x"})),
            ("a='x, y',b=\"z\"", json!({"a": "x, y", "b": "z"})),
            ("a=x\\,y", json!({"a": "x,y"})),
            ("a=b,c,d=e", json!({"a": ["b", "c"], "d": "e"})),
            ("a=", json!({"a": ""})),
            ("a=,b=1", json!({"a": "", "b": "1"})),
            ("a=[b,c],d={e=f}", json!({"a": ["b", "c"], "d": {"e": "f"}})),
            ("a=b=c,d=e", json!({"a": "b=c", "d": "e"})),
            ("a=b,\"c\"", json!({"a": ["b", "c"]})),
            ("a=b,c ,d=값", json!({"a": ["b", "c"], "d": "값"})),
        ] {
            assert_eq!(parse(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_is_missing_is_shown_with_a_caret() {
        assert_eq!(
            parse("foo").expect_err("no value"),
            "Expected: '=', received: 'EOF' for input:\nfoo\n   ^"
        );
        assert_eq!(
            parse("").expect_err("nothing"),
            "Expected: '=', received: 'EOF' for input:\n\n^"
        );
        assert_eq!(
            parse("Data=a,Data=b").expect_err("twice the same"),
            "Second instance of key \"Data\" encountered for input:\nData=a,Data=b\n       ^\n\
             This is often because there is a preceding \",\" instead of a space."
        );
        for (text, found) in [
            ("a=b,", "Expected: '<second>', received: '<none>'"),
            ("a=b,,c", "Expected: '=', received: 'EOF'"),
            ("a=b\"c", "Expected: ',', received: '\"'"),
            ("a=b,c d=e", "Expected: '=', received: 'd'"),
            ("a=b,'c'=d", "Expected: '=', received: '''"),
            ("a='b", "Expected: '<singled quoted>', received: '<none>'"),
            ("a=[b", "Expected: ',', received: 'EOF'"),
            ("a={b", "Expected: '=', received: 'EOF'"),
            ("키=값", "Expected: '=', received: '키'"),
        ] {
            let error = parse(text).expect_err("not shorthand");
            assert!(error.starts_with(found), "{text}: {error}");
        }
    }
}

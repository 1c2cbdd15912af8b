//! The project's Rust files, and their code without comments and texts.

use std::fs;
use std::path::Path;

/// What stands before the name of a module that only tests are built with.
const FOR_TESTS: &str = "\n#[cfg(test)]\nmod ";

/// One Rust file.
pub struct Source {
    /// From the package's folder, with `/` on every system.
    pub path: String,
    /// What it holds.
    pub text: String,
    /// Whether it is a module that only tests are built with.
    pub is_for_tests: bool,
}

impl Source {
    /// Every Rust file of the package, by path.
    pub fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut sources = Vec::new();
        for folder in ["benches", "examples", "src", "tests"] {
            collect(root, &root.join(folder), &mut sources);
        }
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        assert!(sources.iter().any(|source| source.path == "src/lib.rs"), "no sources found");
        let for_tests: Vec<String> = sources.iter().flat_map(Self::modules_for_tests).collect();
        for source in &mut sources {
            source.is_for_tests = for_tests.contains(&source.path);
        }
        sources
    }

    /// The lines with their numbers, as editors count them.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// The part above the unit tests, which stand last in a file.
    pub fn above_tests(&self) -> &str {
        if self.is_for_tests {
            return "";
        }
        let has_body =
            |at: &usize| self.text[*at..].lines().nth(2).is_some_and(|line| line.contains('{'));
        let mut modules = self.text.match_indices(FOR_TESTS).map(|(at, _)| at);
        &self.text[..modules.find(has_body).unwrap_or(self.text.len())]
    }

    /// The files beside this one that only tests are built with.
    fn modules_for_tests(&self) -> Vec<String> {
        let folder = self.path.trim_end_matches(".rs");
        let names = self.text.split(FOR_TESTS).skip(1).filter_map(|rest| rest.lines().next());
        let outside = names.filter_map(|line| line.strip_suffix(';'));
        outside.map(|name| format!("{folder}/{name}.rs")).collect()
    }
}

fn collect(root: &Path, folder: &Path, sources: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            collect(root, &path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let inside = path.strip_prefix(root).expect("a path below the package's folder");
            let text = fs::read_to_string(&path).expect("a readable file");
            let path = inside.to_string_lossy().replace('\\', "/");
            sources.push(Source { path, text, is_for_tests: false });
        }
    }
}

/// A word or a sign of code, with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// A whole word, `::`, or one other character.
    pub text: &'a str,
    /// Counted from 1.
    pub line: usize,
}

/// Splits code into tokens and drops comments, texts, characters and lifetimes.
pub fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < code.len() {
        let rest = &code[at..];
        let skipped = comment(rest).or_else(|| quoted(rest)).or_else(|| tick(rest));
        let length = skipped.unwrap_or_else(|| word(rest));
        let text = &rest[..length];
        if skipped.is_none() && !text.trim().is_empty() {
            tokens.push(Token { text, line });
        }
        line += text.matches('\n').count();
        at += length;
    }
    tokens
}

/// The length of the word or sign that opens the code.
fn word(code: &str) -> usize {
    let letters =
        code.len() - code.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
    let sign =
        if code.starts_with("::") { 2 } else { code.chars().next().map_or(0, char::len_utf8) };
    if letters > 0 { letters } else { sign }
}

/// The length of the comment that opens the code.
fn comment(code: &str) -> Option<usize> {
    if code.starts_with("//") {
        return Some(code.find('\n').unwrap_or(code.len()));
    }
    code.strip_prefix("/*")?;
    let mut depth = 0_u32;
    let mut at = 0;
    while let Some(mark) = code.get(at..at + 2) {
        match mark {
            "/*" => depth += 1,
            "*/" => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return Some(at);
        }
    }
    Some(code.len())
}

/// The length of the text literal that opens the code: `"…"`, `b"…"`, `r#"…"#`.
fn quoted(code: &str) -> Option<usize> {
    let unprefixed = code.trim_start_matches(['b', 'c', 'r']);
    let raw = code[..code.len() - unprefixed.len()].contains('r');
    let body = if raw { unprefixed.trim_start_matches('#') } else { unprefixed };
    let hashes = unprefixed.len() - body.len();
    let inside = body.strip_prefix('"')?;
    let start = code.len() - inside.len();
    if raw {
        let end = format!("\"{}", "#".repeat(hashes));
        return Some(inside.find(&end).map_or(code.len(), |found| start + found + end.len()));
    }
    let mut escaped = false;
    for (index, byte) in inside.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(start + index + 1),
            _ => {}
        }
    }
    Some(code.len())
}

/// The length of the character literal or lifetime that opens the code.
fn tick(code: &str) -> Option<usize> {
    let inside = code.strip_prefix('\'')?;
    if let Some(escape) = inside.strip_prefix('\\') {
        let first = escape.chars().next().map_or(0, char::len_utf8);
        let end = escape[first..].find('\'').unwrap_or(0);
        return Some(2 + first + end + 1);
    }
    let first = inside.chars().next().map_or(0, char::len_utf8);
    if inside[first..].starts_with('\'') { Some(1 + first + 1) } else { Some(1 + word(inside)) }
}

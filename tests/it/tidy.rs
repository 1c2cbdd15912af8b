//! House rules that neither the compiler nor clippy keeps. Each complaint says what to do.

mod layers;
mod source;

use source::Source;
use std::io::Write;

/// From here on a file gets a warning, and from `LINES_MAX` on the test fails.
const LINES_SOFT: usize = 400;
const LINES_MAX: usize = 600;

/// Characters in a line; rustfmt leaves comments and long texts alone.
const COLUMNS: usize = 100;

/// Collects the complaints about every file and fails with all of them at once.
fn check(complaints: impl Fn(&Source) -> Vec<String>) {
    let found = Source::all().iter().flat_map(complaints).collect::<Vec<_>>();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// Complains about each line that the rule finds wanting.
fn check_lines(is_bad: impl Fn(&Source, &str) -> bool, advice: &str) {
    check(|source| {
        let bad = source.lines().filter(|(_, line)| is_bad(source, line));
        bad.map(|(number, _)| format!("{}:{number}: {advice}", source.path)).collect()
    });
}

#[test]
fn layers_use_only_what_is_below_them() {
    check(layers::violations);
}

#[test]
fn lines_fit_on_the_screen() {
    let is_bad = |_: &Source, line: &str| line.chars().count() > COLUMNS && !is_unbreakable(line);
    check_lines(is_bad, "longer than 100 columns; break the line");
}

/// Whether a line holds a link, or a row of a table in documentation.
fn is_unbreakable(line: &str) -> bool {
    let text = line.trim_start();
    line.contains("://") || text.starts_with("//! |") || text.starts_with("/// |")
}

#[test]
fn files_open_with_what_they_are() {
    check(|source| {
        let opens = source.text.starts_with("//! ");
        let complaint = || format!("{}:1: open with `//!` and one sentence", source.path);
        (!opens).then(complaint).into_iter().collect()
    });
}

#[test]
fn modules_have_names() {
    check(|source| {
        let nameless = source.path.ends_with("/mod.rs");
        let complaint = || format!("{}:1: call it after its folder, beside it", source.path);
        nameless.then(complaint).into_iter().collect()
    });
}

#[test]
fn nothing_is_left_to_do() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let is_bad = |_: &Source, line: &str| marks.iter().any(|mark| line.contains(mark));
    check_lines(is_bad, "do it now, or open an issue and take the mark out");
}

#[test]
fn colors_live_in_the_style_sheets() {
    check(|source| {
        let lines = source.above_tests().lines().zip(1..);
        let bad = lines.filter(|(line, _)| source.path.starts_with("src/") && has_color(line));
        let advice = "a color; make it a custom property in www/css/tokens.css";
        bad.map(|(_, number): (_, usize)| format!("{}:{number}: {advice}", source.path)).collect()
    });
}

/// Whether a line holds `#` with six or eight hexadecimal digits, or a color function.
fn has_color(line: &str) -> bool {
    let is_hex = |after: &str| {
        let digits = after.chars().take_while(char::is_ascii_hexdigit).count();
        let goes_on = after[digits..].starts_with(|next: char| next.is_alphanumeric());
        matches!(digits, 6 | 8) && !goes_on
    };
    let functions = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch("];
    line.split('#').skip(1).any(is_hex) || functions.iter().any(|name| line.contains(name))
}

#[test]
fn colors_are_told_from_other_signs() {
    for color in ["\"#11aaFF\"", "fill: #11aaff80;", "\"rgb(1, 2, 3)\""] {
        assert!(has_color(color), "{color}");
    }
    for other in ["#[derive(Debug)]", "issue #123456789", "r#\"x\"#", "a#b", "#defaults"] {
        assert!(!has_color(other), "{other}");
    }
}

#[test]
fn files_stay_readable() {
    for source in Source::all() {
        let (path, lines) = (&source.path, source.text.lines().count());
        if (LINES_SOFT + 1..=LINES_MAX).contains(&lines) {
            // Straight to the terminal: the output of a test that passes is not shown.
            let warning = format!("warning: {path} has {lines} lines; better below {LINES_SOFT}");
            writeln!(std::io::stderr(), "{warning}").expect("a terminal or a pipe");
        }
    }
    check(|source| {
        let lines = source.text.lines().count();
        let complaint = || format!("{}:1: {lines} lines; split it by its parts", source.path);
        (lines > LINES_MAX).then(complaint).into_iter().collect()
    });
}

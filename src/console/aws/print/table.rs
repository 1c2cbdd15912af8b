//! `--output table`: boxes, one under the other, as wide as the widest.

use serde_json::{Map, Value as Json};

use super::width::width;
use crate::console::aws::python;
use crate::engine::sorted::sort_shared;

/// Wider tables turn rows that stand alone into columns.
const TERMINAL_WIDTH: i64 = 80;

/// Prints an answer under the operation's name; nothing if it is empty. The error is an answer
/// that has no table.
pub fn print(title: &str, value: &Json) -> Result<String, String> {
    let mut table = Table { sections: Vec::new() };
    table.build(Some(title), value, 0)?;
    Ok(table.render())
}

struct Table {
    sections: Vec<Section>,
}

/// A box of its own.
#[derive(Default)]
struct Section {
    title: String,
    /// How many boxes it is in.
    depth: usize,
    columns: Option<usize>,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    /// The widest cell of each column.
    widths: Vec<i64>,
}

type Built = Result<(), String>;

impl Table {
    fn build(&mut self, title: Option<&str>, value: &Json, depth: usize) -> Built {
        if is_nothing(value) {
            return Ok(());
        }
        if let Some(title) = title {
            self.begin(title, depth);
        }
        match value {
            Json::Array(items) if items[0].is_object() => {
                self.build_rows(items, depth, title.unwrap_or_default())
            }
            Json::Array(items) => items.iter().try_for_each(|item| self.build_item(item)),
            Json::Object(members) => self.build_object(members, depth),
            _ => Ok(()),
        }
    }

    fn begin(&mut self, title: &str, depth: usize) {
        self.sections.push(Section { title: title.to_owned(), depth, ..Section::default() });
    }

    fn build_item(&mut self, item: &Json) -> Built {
        match item {
            Json::Array(cells) if cells.iter().any(is_nested) => self.build(None, item, 0),
            Json::Array(cells) => self.row(cells.iter().map(python::str).collect()),
            Json::Object(members) => self.row(members.keys().cloned().collect()),
            scalar => self.row(vec![python::str(scalar)]),
        }
    }

    fn build_object(&mut self, members: &Map<String, Json>, depth: usize) -> Built {
        let (scalars, nested) = names([members].into_iter());
        let cells = || scalars.iter().map(|name| python::str(&members[*name])).collect();
        match &scalars[..] {
            [] => {}
            [only] => self.row(vec![(*only).clone(), python::str(&members[*only])])?,
            _ => {
                self.header(&scalars);
                self.row(cells())?;
            }
        }
        for name in nested {
            self.build(Some(name), &members[name], depth + 1)?;
        }
        Ok(())
    }

    fn build_rows(&mut self, items: &[Json], depth: usize, title: &str) -> Built {
        if !items.iter().all(Json::is_object) {
            return Err("string indices must be integers, not 'str'".to_owned());
        }
        let (scalars, nested) = names(items.iter().filter_map(Json::as_object));
        self.header(&scalars);
        for (index, item) in items.iter().enumerate() {
            if index > 0 && !nested.is_empty() {
                self.begin(title, depth);
                self.header(&scalars);
            }
            let cell = |name: &&String| item.get(*name).map_or_else(String::new, python::str);
            self.row(scalars.iter().map(cell).collect())?;
            for name in &nested {
                if let Some(value) = item.get(*name) {
                    self.build(Some(name), value, depth + 1)?;
                }
            }
        }
        Ok(())
    }

    fn header(&mut self, names: &[&String]) {
        if let Some(section) = self.sections.last_mut() {
            section.headers = names.iter().map(|name| (*name).clone()).collect();
            section.columns.get_or_insert(names.len());
            let headers = std::mem::take(&mut section.headers);
            section.widen(&headers);
            section.headers = headers;
        }
    }

    fn row(&mut self, cells: Vec<String>) -> Built {
        let Some(section) = self.sections.last_mut() else { return Ok(()) };
        let (columns, found) = (*section.columns.get_or_insert(cells.len()), cells.len());
        if columns != found {
            return Err(format!("Row should have {columns} elements, instead it has {found}"));
        }
        section.widen(&cells);
        section.rows.push(cells);
        Ok(())
    }

    fn render(mut self) -> String {
        let widest = |sections: &[Section]| sections.iter().map(Section::total).max().unwrap_or(0);
        let mut width = widest(&self.sections);
        if width > TERMINAL_WIDTH {
            self.sections.iter_mut().for_each(Section::turn);
            width = widest(&self.sections);
        }
        let mut out = String::new();
        if !self.sections.is_empty() {
            fill(&mut out, '-', width);
            out.push('\n');
        }
        for section in &self.sections {
            section.render(&mut out, width);
        }
        out
    }
}

impl Section {
    fn widen(&mut self, cells: &[String]) {
        self.widths.resize(self.widths.len().max(cells.len()), 0);
        for (widest, cell) in self.widths.iter_mut().zip(cells) {
            *widest = (*widest).max(width(cell));
        }
    }

    /// Both edges of the boxes around.
    fn outer(&self) -> i64 {
        i64::try_from(2 * self.depth).unwrap_or_default()
    }

    fn total(&self) -> i64 {
        let columns: i64 = self.widths.iter().map(|width| width + 4).sum();
        (width(&self.title) + 2).max(columns + 2) + self.outer()
    }

    /// A row that stands alone becomes rows of a name and a value.
    fn turn(&mut self) {
        if self.rows.len() != 1 || self.headers.is_empty() {
            return;
        }
        let (headers, row) = (std::mem::take(&mut self.headers), self.rows.remove(0));
        self.widths.clear();
        for (header, cell) in headers.into_iter().zip(row) {
            let pair = vec![header, cell];
            self.widen(&pair);
            self.rows.push(pair);
        }
    }

    /// The widths of the columns in a box so wide: in proportion, rounded, then evened out.
    fn columns(&self, width: i64) -> Vec<i64> {
        let total: i64 = self.widths.iter().map(|width| width + 4).sum();
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            reason = "the real one computes with fractions; no table is so wide"
        )]
        let scale = |column: &i64| {
            let factor = width as f64 / total as f64;
            (factor * (column + 4) as f64).round_ties_even() as i64
        };
        let mut columns: Vec<i64> = self.widths.iter().map(scale).collect();
        let count = columns.len();
        let mut over = columns.iter().sum::<i64>() - width;
        while over != 0 && count > 0 {
            for index in 0..count {
                if over > 0 {
                    columns[index] -= 1;
                    over -= 1;
                } else {
                    columns[count - 1 - index] += 1;
                    over += 1;
                }
                if over == 0 {
                    break;
                }
            }
        }
        columns
    }

    fn render(&self, out: &mut String, width_of_all: i64) {
        let inner = width_of_all - self.outer();
        if !self.title.is_empty() {
            self.line(out, &centered(&self.title, inner, "|"));
            if self.headers.is_empty() && self.rows.is_empty() {
                self.rule(out, &[inner]);
            }
        }
        let columns = self.columns(inner);
        let edge = |index: usize| if index == 0 { "|" } else { "" };
        if !self.headers.is_empty() {
            self.rule(out, &columns);
            let cells = self.headers.iter().zip(&columns).enumerate();
            let cells = cells.map(|(index, (cell, width))| centered(cell, *width, edge(index)));
            self.line(out, &cells.collect::<String>());
        }
        if self.rows.is_empty() || columns.is_empty() {
            return;
        }
        self.rule(out, &columns);
        for row in &self.rows {
            let cells = row.iter().zip(&columns).enumerate();
            let cells = cells.map(|(index, (cell, width))| left(cell, *width, edge(index)));
            self.line(out, &cells.collect::<String>());
        }
        self.rule(out, &columns);
    }

    fn rule(&self, out: &mut String, columns: &[i64]) {
        let mut line = String::new();
        for (index, column) in columns.iter().enumerate() {
            let edge = i64::from(index == 0);
            fill(&mut line, '+', edge);
            fill(&mut line, '-', column - 1 - edge);
            line.push('+');
        }
        self.line(out, &line);
    }

    fn line(&self, out: &mut String, line: &str) {
        let outer = "|".repeat(self.depth);
        out.extend([&outer, line, &outer, "\n"]);
    }
}

/// A text in the middle of a box, with its right edge and perhaps its left one.
fn centered(text: &str, length: i64, edge: &str) -> String {
    let own = width(text);
    let before = length / 2 - own / 2 - 1;
    let mut out = edge.to_owned();
    fill(&mut out, ' ', before);
    out.push_str(text);
    fill(&mut out, ' ', length - 1 - (width(edge) + before + own));
    out.push('|');
    out
}

/// A text at the left of a box, two blanks from its edge if there is room.
fn left(text: &str, length: i64, edge: &str) -> String {
    let (own, edge_width) = (width(text), width(edge));
    let padding = if length > own + 2 + edge_width { 2 } else { 0 };
    let mut out = edge.to_owned();
    fill(&mut out, ' ', padding);
    out.push_str(text);
    fill(&mut out, ' ', length - (edge_width + padding + own) - 1);
    out.push('|');
    out
}

fn fill(out: &mut String, char: char, count: i64) {
    out.extend(std::iter::repeat_n(char, usize::try_from(count).unwrap_or_default()));
}

/// The names of the scalar members of some objects, and of the others, both sorted.
fn names<'a>(
    objects: impl Iterator<Item = &'a Map<String, Json>>,
) -> (Vec<&'a String>, Vec<&'a String>) {
    let (mut scalars, mut nested) = (Vec::new(), Vec::new());
    for (name, value) in objects.flatten() {
        if is_nested(value) { &mut nested } else { &mut scalars }.push(name);
    }
    for names in [&mut scalars, &mut nested] {
        sort_shared(names);
        names.dedup();
    }
    (scalars, nested)
}

fn is_nested(value: &Json) -> bool {
    value.is_array() || value.is_object()
}

/// Whether there is nothing to show: also zero and `false`, as the real one has it.
fn is_nothing(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) => true,
        Json::Bool(true) => false,
        Json::Number(number) => number.as_f64() == Some(0.0),
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(members) => members.is_empty(),
    }
}

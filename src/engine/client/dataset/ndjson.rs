//! NDJSON texts: a JSON object a line.

use super::{Format, Found, lines};
use serde_json::{Map, Value};

/// The rows of a text: its lines that are objects.
pub(super) fn find_rows(text: &str) -> Found {
    let (mut columns, mut rows, mut malformed) = (Vec::new(), Vec::new(), Vec::new());
    for (row, line) in lines(text).filter(|(_, line)| !line.trim().is_empty()) {
        match object(line) {
            Some(object) => {
                if rows.is_empty() {
                    columns = object.keys().cloned().collect();
                }
                rows.push(row);
            }
            None => malformed.push(row.line),
        }
    }
    Found { format: Format::Ndjson(cells), columns, rows, malformed }
}

/// Some cells of a row: texts without their quotes, other values as JSON writes them.
fn cells(row: &str, columns: &[&str]) -> Vec<Option<String>> {
    let object = object(row).unwrap_or_default();
    let cell = |column: &&str| match object.get(*column)? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    columns.iter().map(cell).collect()
}

fn object(line: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(line).ok()
}

//! `--output text`: values between tabs, one line an object, members in the order of their names.

use crate::api::letters::upper;
use serde_json::{Map, Value as Json};

use crate::console::aws::python;
use crate::engine::sorted::sort_shared;

/// Appends an answer.
pub fn print(out: &mut String, value: &Json) {
    write(out, value, None, None);
}

/// `label` is the name of the member that holds the value, `columns` the members that the objects
/// of a list share.
fn write(out: &mut String, value: &Json, label: Option<&str>, columns: Option<&[&String]>) {
    match value {
        Json::Object(members) => write_object(out, members, label, columns),
        Json::Array(items) => write_list(out, items, label),
        scalar => line(out, &[python::str(scalar)]),
    }
}

fn write_list(out: &mut String, items: &[Json], label: Option<&str>) {
    if items.iter().any(Json::is_object) {
        let objects = items.iter().filter_map(Json::as_object);
        let scalars = objects.flatten().filter(|(_, value)| !is_nested(value));
        let mut columns: Vec<&String> = scalars.map(|(name, _)| name).collect();
        sort_shared(&mut columns);
        columns.dedup();
        for item in items {
            write(out, item, label, Some(&columns));
        }
        return;
    }
    let scalars: Vec<String> =
        items.iter().filter(|item| !is_nested(item)).map(python::str).collect();
    match label.map(upper) {
        Some(label) => scalars.into_iter().for_each(|item| line(out, &[label.clone(), item])),
        None if !scalars.is_empty() => line(out, &scalars),
        None => {}
    }
    for item in items.iter().filter(|item| is_nested(item)) {
        write(out, item, label, None);
    }
}

fn write_object(
    out: &mut String,
    members: &Map<String, Json>,
    label: Option<&str>,
    columns: Option<&[&String]>,
) {
    let mut names: Vec<&String> = members.keys().collect();
    sort_shared(&mut names);
    let is_column = |name: &&String| match columns {
        Some(columns) => columns.contains(name),
        None => !is_nested(&members[*name]),
    };
    let (scalars, nested): (Vec<_>, Vec<_>) = names.into_iter().partition(is_column);
    let shown = columns.unwrap_or(&scalars);
    let mut cells: Vec<String> = label.map(upper).into_iter().collect();
    cells.extend(
        shown.iter().map(|name| members.get(name.as_str()).map_or_else(String::new, python::str)),
    );
    if !shown.is_empty() {
        line(out, &cells);
    }
    for name in nested {
        write(out, &members[name], Some(name), None);
    }
}

fn is_nested(value: &Json) -> bool {
    value.is_array() || value.is_object()
}

fn line(out: &mut String, cells: &[String]) {
    out.push_str(&cells.join("\t"));
    out.push('\n');
}

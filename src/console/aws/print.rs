//! Answers in the forms of `--output`, asked a `--query` first.
//!
//! Byte for byte what the real command line prints of the same answer on a terminal of 80 columns
//! without colors.

mod table;
mod text;
mod width;
mod yaml;

use serde_json::{Map, Value as Json};

use super::json;
use super::query::Query;
use crate::api::model::Pages;
pub use yaml::read_scalar;

/// A form of answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Four spaces, members in the order of the model.
    #[default]
    Json,
    /// Values between tabs, members in the order of their names.
    Text,
    /// Boxes.
    Table,
    /// YAML, members in the order of their names.
    Yaml,
    /// A list of YAML for every page.
    YamlStream,
}

impl Format {
    /// Every form by its name.
    pub const ALL: [(&'static str, Self); 5] = [
        ("json", Self::Json),
        ("text", Self::Text),
        ("table", Self::Table),
        ("yaml", Self::Yaml),
        ("yaml-stream", Self::YamlStream),
    ];

    /// The form called `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|row| row.0 == name).map(|row| row.1)
    }
}

/// How answers are printed.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// The form.
    pub format: Format,
    /// What is asked of the answer.
    pub query: Option<Query>,
}

/// What the service answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its pages, as they came; one unless it was read page by page.
    pub pages: Vec<Json>,
    /// How they are joined, if it was read page by page.
    pub joined: Option<&'static Pages>,
    /// What goes on where `--max-items` ended it.
    pub resume: Option<String>,
}

impl Answer {
    /// An answer that came as one.
    pub fn one(answer: Json) -> Self {
        Self { pages: vec![answer], joined: None, resume: None }
    }
}

/// Prints what an operation answered. The error is a query that cannot be asked of it, or an
/// answer that the form cannot show.
pub fn print(operation: &str, answer: &Answer, style: &Style) -> Result<String, String> {
    match style.format {
        Format::Json => Ok(json::json(&ask(style, whole(answer))?)),
        Format::Yaml => Ok(yaml::print(&ask(style, whole(answer))?)),
        Format::Table => table::print(operation, &ask(style, whole(answer))?),
        Format::Text => {
            let mut out = String::new();
            for page in text_pages(answer) {
                text::print(&mut out, &ask(style, page)?);
            }
            Ok(out)
        }
        Format::YamlStream => {
            let mut out = String::new();
            for page in &answer.pages {
                let page = ask(style, page.clone())?;
                let is_left_out = answer.joined.is_none() && is_bare(&page);
                if !is_left_out {
                    out.push_str(&yaml::print(&Json::Array(vec![page])));
                }
            }
            Ok(out)
        }
    }
}

/// Why a query that printed next to nothing may have found nothing.
pub fn hint(answer: &Answer, style: &Style, printed: &str) -> Option<String> {
    const NOTHING: [&str; 6] = ["null\n", "None\n", "[]\n", "\n", "- null\n", ""];
    let query = style.query.as_ref().filter(|_| NOTHING.contains(&printed))?;
    let whole = whole(answer);
    super::hint::of_query(query, &whole, &query.search(&whole).ok()?)
}

/// Whether it is an object without members: what operations without an output answer.
fn is_bare(value: &Json) -> bool {
    value.as_object().is_some_and(Map::is_empty)
}

fn ask(style: &Style, value: Json) -> Result<Json, String> {
    match &style.query {
        Some(query) => query.search(&value),
        None => Ok(value),
    }
}

/// All pages as one: the joined members, then the others of the first page.
fn whole(answer: &Answer) -> Json {
    let Some(pages) = answer.joined else {
        return answer.pages.first().cloned().unwrap_or_default();
    };
    let mut whole = Json::Object(Map::new());
    for page in &answer.pages {
        for path in pages.results {
            match (at(page, path), at_mut(&mut whole, path)) {
                (Some(Json::Array(items)), Some(Json::Array(all))) => {
                    all.extend_from_slice(items);
                }
                (Some(Json::Null) | None, _) => {}
                (Some(value), _) => set(&mut whole, path, value.clone()),
            }
        }
    }
    for path in pages.rest {
        set(&mut whole, path, first_of(answer, path));
    }
    if let Some(token) = &answer.resume {
        set(&mut whole, &["NextToken"], Json::from(token.as_str()));
    }
    whole
}

/// What text is made of: each page with its joined members, the first one with the others too.
fn text_pages(answer: &Answer) -> Vec<Json> {
    let Some(pages) = answer.joined else { return answer.pages.clone() };
    let mut texts = Vec::new();
    for (index, page) in answer.pages.iter().enumerate() {
        let mut shown = Json::Object(Map::new());
        for path in pages.rest.iter().filter(|_| index == 0) {
            set(&mut shown, path, first_of(answer, path));
        }
        for path in pages.results {
            set(&mut shown, path, at(page, path).cloned().unwrap_or_default());
        }
        texts.push(shown);
    }
    if let Some(token) = &answer.resume {
        texts.push(serde_json::json!({"NextToken": {"NextToken": token}}));
    }
    texts
}

fn first_of(answer: &Answer, path: &[&str]) -> Json {
    answer.pages.first().and_then(|page| at(page, path)).cloned().unwrap_or_default()
}

/// The value at the end of a path of members.
pub fn at<'a>(value: &'a Json, path: &[&str]) -> Option<&'a Json> {
    path.iter().try_fold(value, |value, name| value.get(name))
}

/// The same, to change it.
pub fn at_mut<'a>(value: &'a mut Json, path: &[&str]) -> Option<&'a mut Json> {
    path.iter().try_fold(value, |value, name| value.get_mut(name))
}

/// Sets the value at the end of a path, making the objects on the way.
pub fn set(object: &mut Json, path: &[&str], value: Json) {
    let place = path.iter().fold(object, |value, name| {
        if !value.is_object() {
            *value = Json::Object(Map::new());
        }
        &mut value[*name]
    });
    *place = value;
}

//! Data sets: fetched and read, as much of them as is asked for.

use super::fetch::{self, Unfetched};
use super::scenario;
use super::session::Data;
use shardlab::engine::client::dataset::Dataset;
use shardlab::engine::client::name::ClientName;
use std::rc::Rc;

/// How much of a data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The first rows, which the build has cut off.
    Head,
    /// All of it.
    Whole,
}

/// Fetches and reads data sets.
pub async fn datasets(names: &[String], extent: Extent) -> Result<Vec<Data>, Unfetched> {
    let mut datasets = Vec::new();
    for name in names.iter().filter(|name| scenario::is_file_name(name)) {
        datasets.push(dataset(name, extent).await?);
    }
    Ok(datasets)
}

/// Fetches and reads a data set.
async fn dataset(name: &str, extent: Extent) -> Result<Data, Unfetched> {
    let file = match extent {
        Extent::Head => format!("data/{name}.head.csv"),
        Extent::Whole => format!("data/{name}.csv"),
    };
    let text = fetch::text(&file).await?;
    match (ClientName::new(name), Dataset::read_csv(&text)) {
        (Some(name), Ok(data)) => Ok((name, Rc::new(data))),
        (None, _) => Err(Unfetched::new(&file, "not a name".to_owned())),
        (_, Err(error)) => Err(Unfetched::new(&file, error.to_string())),
    }
}

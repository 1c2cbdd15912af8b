//! The work that begins a visit: what a scenario or a run needs is fetched and handed to the
//! session.

use super::handover::{load, take_over};
use super::run::Given;
use super::state::{Source, State};
use crate::app::datasets::{Extent, datasets};
use crate::app::fetch;
use crate::app::linking::{self, Trouble};
use crate::app::links::LINKS;
use crate::app::page;
use crate::app::saved;
use crate::app::scenario::{self, Scenario};
use crate::app::session::{Session, Turn, travel};
use std::cell::RefCell;
use std::rc::Rc;

/// Begins with what a source says, or says why it cannot.
pub async fn begin(session: Rc<RefCell<Session>>, source: Source, given: Rc<Given>) -> State {
    let (link, source) = match source {
        Source::Page => match (saved::link(), linking::of_page()) {
            (None, Some(link)) => (Some(link), Source::Link),
            (saved, _) => (saved, Source::LastVisit),
        },
        Source::LastVisit => (saved::link(), source),
        Source::Link => (linking::of_page(), source),
        Source::File(ref link) => (Some(link.to_string()), source),
        Source::Scenario => (None, source),
    };
    let is_saved = source == Source::LastVisit;
    let outcome = match link {
        Some(link) => open(&session, link, source, &given).await,
        None => begin_scenario(&session).await,
    };
    match outcome {
        Ok(state) => state,
        // Nobody can mend what a browser has kept wrongly.
        Err(Trouble::Bad(_)) if is_saved => {
            saved::forget();
            let outcome = match linking::of_page() {
                Some(link) => open(&session, link, Source::Link, &given).await,
                None => begin_scenario(&session).await,
            };
            outcome.unwrap_or_else(State::of_trouble)
        }
        Err(trouble) => State::of_trouble(trouble),
    }
}

/// Opens the run of a link, once what reads links is here.
async fn open(
    session: &Rc<RefCell<Session>>,
    link: String,
    source: Source,
    given: &Rc<Given>,
) -> Result<State, Trouble> {
    let links = LINKS.load().await.map_err(Trouble::of_chunk)?;
    (links.open)(Rc::clone(session), link, source, Rc::clone(given)).await
}

/// Fetches the scenario that the page's address names, or the first one if there is none of that
/// name, then the data that it replays.
async fn begin_scenario(session: &RefCell<Session>) -> Result<State, Trouble> {
    let asked = page::parameter("scenario").filter(|name| scenario::is_file_name(name));
    let mut name = asked.unwrap_or_else(|| scenario::DEFAULT.to_owned());
    let text = loop {
        match fetch::text(&format!("scenarios/{name}.txt")).await {
            // That there is none of that name is told by `address.js`.
            Err(unfetched) if unfetched.is_absent() && name != scenario::DEFAULT => {
                scenario::DEFAULT.clone_into(&mut name);
            }
            fetched => break fetched.map_err(Trouble::Unfetched)?,
        }
    };
    let scenario = Scenario::parse(&text);
    let (after, names) = (page::instant(), scenario.data_sets());
    // The first view of the page: what it replays comes in two parts.
    let is_first = name == scenario::DEFAULT && after.is_none();
    let extent = if is_first { Extent::Head } else { Extent::Whole };
    let datasets = datasets(&names, extent).await.map_err(Trouble::Unfetched)?;
    let mut begun = match extent {
        Extent::Head => Session::with_heads(datasets),
        Extent::Whole => Session::with_data(datasets),
    };
    for line in &scenario.lines {
        begun.queue(line, Turn::After);
    }
    load(scenario.lines.iter().map(String::as_str), begun.console()).await?;
    if after.is_some() {
        travel::load().await.map_err(Trouble::of_chunk)?;
    }
    take_over(session, begun, after);
    Ok(State::Ready(Rc::new(scenario)))
}

//! The data as records of a stream here: all of it, or the part around its peak.

use super::DataProps;
use super::figures::{decimal, time};
use super::lab::{Answer, Lab, Stage};
use super::pump::{self, Breath, Wish, pump};
use crate::app::dropping::BYTES_MAX;
use crate::app::session::Session;
use crate::text::data as words;
use shardlab::engine::client::name::ClientName;
use shardlab::engine::service::names::StreamName;
use shardlab::engine::time::Instant;
use shardlab::scene::words::grouped;
use shardlab::sizing::{
    Build, Choice, Excerpt, Form, Part, Report, around_peak, commands, is_replayable, sniff,
};
use std::rc::Rc;
use web_sys::{Blob, File, Url};
use yew::prelude::*;

/// What is replayed.
#[derive(Properties)]
pub struct ReplayProps {
    /// What the whole panel is given.
    pub panel: DataProps,
    /// What is open.
    pub lab: Lab,
    /// What the stream is called.
    pub name: AttrValue,
}

/// The lab and the session stay the same.
impl PartialEq for ReplayProps {
    fn eq(&self, other: &Self) -> bool {
        (&self.panel, &self.name) == (&other.panel, &other.name)
    }
}

/// Bytes of an excerpt that is written anew: quotes and cells come to what was counted.
const REWRITTEN_BYTES: u32 = BYTES_MAX / 3 * 2;

/// The button, and what it comes to.
#[component]
pub fn Replay(props: &ReplayProps) -> Html {
    let text = &props.panel.text().give;
    let note = use_state_eq(|| None::<String>);
    let made = use_state(|| None::<Made>);
    let onclick = {
        let (panel, lab) = (props.panel.clone(), props.lab.clone());
        let (name, note, made) = (props.name.clone(), note.setter(), made.setter());
        Callback::from(move |_: MouseEvent| {
            let (panel, lab, name, note) = (panel.clone(), lab.clone(), name.clone(), note.clone());
            let made = made.clone();
            note.set(Some(panel.text().give.reading.to_owned()));
            yew::platform::spawn_local(async move {
                let (said, file) = replay(&panel, &lab, &name).await;
                note.set(Some(said));
                made.set(file);
            });
        })
    };
    html! {
        <section class="data__replay">
            <button type="button" class="data__go" {onclick}>{ text.replay }</button>
            <p class="sheet__note">{ text.replay_note }</p>
            <p role="status">{ (*note).clone() }</p>
            if let Some(made) = &*made {
                <p class="data__row">
                    <a href={made.address.clone()} download={made.name.clone()}>
                        { (text.excerpt)(&made.name) }
                    </a>
                    <span class="sheet__note">{ text.excerpt_note }</span>
                </p>
            }
        </section>
    }
}

/// A file that was made of the data, and can be downloaded as long as this is kept: who opens a
/// link to the run is asked for it.
struct Made {
    name: String,
    address: String,
}

impl Made {
    fn new(name: String, bytes: &[u8]) -> Option<Self> {
        let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
        let blob = Blob::new_with_u8_array_sequence(&parts).ok()?;
        Some(Self { name, address: Url::create_object_url_with_blob(&blob).ok()? })
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        // It is known as long as this is there.
        let _ = Url::revoke_object_url(&self.address);
    }
}

/// Enters the lines, says what they replay, and makes a file of it if it is another one than the
/// visitor's.
async fn replay(panel: &DataProps, lab: &Lab, name: &str) -> (String, Option<Made>) {
    let text = &panel.text().give;
    let nothing = |said: String| (said, None);
    let (opened, choice, answer) = {
        let state = lab.state();
        let Stage::Done(answer) = &state.stage else { return nothing(String::new()) };
        (state.file.clone(), state.choice, Rc::clone(answer))
    };
    let (Some(opened), Some(choice)) = (opened, choice) else { return nothing(String::new()) };
    let Some(form) = opened.form else { return nothing(String::new()) };
    let taken = taken(&opened.file, &opened.head, &form, choice, &answer).await;
    let Taken { part, stretch, whose } = match taken {
        Ok(taken) => taken,
        Err(why) => return nothing((panel.text().broken)(&opened.file.name(), &why)),
    };
    if part.rows == 0 {
        return nothing(text.no_part.to_owned());
    }
    let stream = free(&panel.session.borrow(), name);
    let said = said(&part, stretch, &opened.file, &stream, text);
    let file = file_name(&opened.file.name());
    let file = panel.session.borrow_mut().add_file(&file, part.bytes.as_slice().into());
    panel.on_enter.emit(lines(&answer.report, &part, &file, &stream));
    let made = match whose {
        Whose::Visitors => None,
        Whose::Ours => Made::new(file, &part.bytes),
    };
    (said, made)
}

/// What is replayed.
struct Taken {
    part: Part,
    /// From and before which times, if not from all.
    stretch: Option<[Instant; 2]>,
    whose: Whose,
}

/// Whose file is replayed.
enum Whose {
    /// That of the visitor, as it is.
    Visitors,
    /// One that was made of it.
    Ours,
}

/// What is replayed of a file: as it is, if it can be read so and is small, else an excerpt.
async fn taken(
    file: &File,
    head: &[u8],
    form: &Form,
    choice: Choice,
    answer: &Answer,
) -> Result<Taken, String> {
    let name =
        |place: Option<u32>| form.columns.get(place? as usize).map(|column| column.name.clone());
    let (key, time) = (name(choice.key), name(choice.time));
    let is_small = file.size() <= f64::from(BYTES_MAX);
    if is_small && is_replayable(form, choice) && begins_with(head, &[&key, &time]) {
        let bytes = pump::head(file, BYTES_MAX as usize).await?;
        let rows = answer.report.facts.total.records;
        let part = Part { bytes, rows, key, time, is_rewritten: false };
        return Ok(Taken { part, stretch: None, whose: Whose::Visitors });
    }
    let most = if is_replayable(form, choice) { BYTES_MAX } else { REWRITTEN_BYTES };
    let stretch = answer.findings.as_ref().and_then(|findings| around_peak(findings, most.into()));
    let mut excerpt = Excerpt::new(form, choice, stretch, BYTES_MAX as usize);
    let take = async |piece: &[u8]| {
        excerpt.feed(piece);
        if excerpt.is_full() { Wish::Enough } else { Wish::More }
    };
    pump(file, &Breath::new()?, take).await?;
    Ok(Taken { part: excerpt.finish(), stretch, whose: Whose::Ours })
}

/// Whether the first row of a file has columns of these names: a replay knows no others.
fn begins_with(head: &[u8], names: &[&Option<String>]) -> bool {
    let mut lines = head.split_inclusive(|byte| *byte == b'\n');
    let is_blank = |line: &&[u8]| line.trim_ascii().is_empty();
    let Some(first) = lines.find(|line| !is_blank(line)) else { return false };
    if !first.trim_ascii().starts_with(b"{") {
        return true;
    }
    sniff(first).is_ok_and(|form| {
        let is_there = |name: &str| form.columns.iter().any(|column| column.name == name);
        names.iter().all(|name| name.as_deref().is_none_or(is_there))
    })
}

fn said(
    part: &Part,
    stretch: Option<[Instant; 2]>,
    file: &File,
    stream: &str,
    text: &words::Give,
) -> String {
    let rows = grouped(part.rows);
    let is_small = file.size() <= f64::from(BYTES_MAX);
    let mut said = vec![(text.entered)(stream)];
    match stretch {
        Some([from, until]) => said.push((text.part)(&time(from), &time(until), &rows)),
        None if !is_small => said.push((text.first)(&rows)),
        None => {}
    }
    if part.is_rewritten {
        said.push(text.rewritten.to_owned());
    }
    said.join(" ")
}

/// The lines that create the stream and put the rows.
fn lines(report: &Report, part: &Part, file: &str, stream: &str) -> Vec<String> {
    let advice = &report.advice;
    let build = Build::Even(advice.shards);
    let mut lines = commands(advice, stream, build, report.record_kib_max);
    let key = part.key.as_ref().map_or(String::new(), |key| format!(" --key {}", quoted(key)));
    let pace = match &part.time {
        Some(column) => {
            let speed = decimal(advice.wishes.speed_thousandths);
            format!(" --time {} --speed {speed}", quoted(column))
        }
        None => format!(" --rate {}/s", advice.rates.mean.load.records.max(1)),
    };
    lines.push(format!("lab replay {stream} --data {file} --stream {stream}{key}{pace}"));
    lines
}

/// A word of a line.
fn quoted(word: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !word.is_empty() && word.chars().all(is_bare) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// The name of a file, as lines may have it.
fn file_name(name: &str) -> String {
    let is_allowed = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let name: String = name.chars().filter(is_allowed).take(100).collect();
    if ClientName::new(&name).is_some() { name } else { "data".to_owned() }
}

/// A name that no stream and no producer has.
fn free(session: &Session, name: &str) -> String {
    let (service, clients) = (session.simulation().service(), session.simulation().clients());
    let is_free = |name: &String| {
        StreamName::new(name).is_some_and(|name| service.stream_named(&name).is_err())
            && clients.producers().all(|producer| producer.name().to_string() != *name)
    };
    let numbered = (2..1_000).map(|number| format!("{name}-{number}"));
    [name.to_owned()].into_iter().chain(numbered).find(is_free).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shardlab::console::Console;
    use shardlab::sizing::{Survey, Wishes, advice};
    use std::time::Duration;

    #[test]
    fn words_are_quoted_where_a_shell_would_part_them() {
        assert_eq!(
            ["user", "user id", "it's", ""].map(quoted),
            ["user", "'user id'", r"'it'\''s'", "''"]
        );
        assert_eq!(["a b.csv", "내.csv", "내"].map(file_name), ["ab.csv", ".csv", "data"]);
    }

    #[test]
    fn a_first_object_has_to_have_the_columns() {
        let (user, at) = (Some("user".to_owned()), Some("at".to_owned()));
        let head = b"\n{\"user\":\"a\",\"at\":1}\n{\"other\":1}\n";
        assert!(begins_with(head, &[&user, &at]));
        assert!(!begins_with(b"{\"at\":1}\n{\"user\":\"a\",\"at\":1}\n", &[&user, &at]));
        assert!(begins_with(b"user,at\n", &[&user, &None]));
    }

    #[test]
    fn the_lines_put_every_row_into_the_stream_that_is_advised() {
        let file = b"user id,at\nann,1700000000\nbob,1700000000\nann,1700000001\n";
        let form = sniff(file).expect("it is a CSV file");
        let choice = Choice::of(&form);
        let mut survey = Survey::new(&form, choice);
        survey.feed(file);
        let findings = survey.finish();
        let advice = advice(&findings, &Wishes { retention_hours: 48, ..Wishes::default() });
        let report = Report::of(&form, choice, &findings, &advice);
        let names = [Some("user id".to_owned()), Some("at".to_owned())];
        let [key, time] = names;
        let part = Part { bytes: file.to_vec(), rows: 3, key, time, is_rewritten: false };
        let mut console = Console::default();
        console.add_file("clicks.csv", part.bytes.clone());
        for line in lines(&report, &part, "clicks.csv", "clicks") {
            let output = console.enter(&line);
            assert_eq!(output.status, 0, "{line}: {output:?}");
            let until = console.simulation().now() + output.wait.unwrap_or_default();
            console.advance_within(until + Duration::from_secs(5), u64::MAX);
        }
        let stream = console.simulation().service().streams().next().expect("a stream");
        let records: u64 = stream.shards().iter().map(|shard| shard.log.tip()).sum();
        assert_eq!((stream.name.to_string().as_str(), records), ("clicks", 3));
    }
}

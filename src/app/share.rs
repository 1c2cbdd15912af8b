//! The panel that hands the run on: as a link, as a file, and inside of other pages.

use super::autosave::clock_of;
use super::copied::Copied;
use super::fetch;
use super::linking::{self, FILE_HEAD, LINK_MAX};
use super::page;
use super::session::Session;
use super::stage::Controls;
use crate::text::Language;
use crate::text::share as words;
use shardlab::scene::words::grouped;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What the panel is given.
#[derive(Clone, Properties)]
pub struct ShareProps {
    /// The language of its words.
    pub language: Language,
    /// The world; the same one for ever.
    pub session: Rc<RefCell<Session>>,
    /// What a link says besides the lines.
    pub controls: Controls,
}

/// A link is of the instant at which it was made: time alone does not renew it.
impl PartialEq for ShareProps {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language && self.controls.theme == other.controls.theme
    }
}

/// What is handed on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Made {
    /// The link, without the address before it and the `#`.
    link: AttrValue,
    /// The names of the files that whoever opens it needs.
    files: String,
}

/// A place where a snippet can be pasted: its name, notes by language, and the snippet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Host {
    name: String,
    notes: [String; Language::ALL.len()],
    snippet: String,
}

/// The snippets, a text file.
const SNIPPETS: &str = "embed/snippets.txt";
/// The height of an embedded picture, in CSS pixels.
const HEIGHT: &str = "420";

shardlab::chunk! {
    /// The panel, fetched when it is first shown.
    pub static SHARE(panels): fn(ShareProps) -> Html = |props| html! { <Share ..props /> };
}

/// The panel.
#[component]
fn Share(props: &ShareProps) -> Html {
    let text = props.language.of(&words::ALL);
    let made = use_state_eq(Made::default);
    let hosts = use_state_eq(Rc::<[Host]>::default);
    let renew = Callback::from({
        let (session, controls) = (Rc::clone(&props.session), props.controls);
        let made = made.setter();
        move |()| {
            let run = session.borrow().as_run(clock_of(controls.clock), controls.speed);
            let made = made.clone();
            yew::platform::spawn_local(async move {
                let link = linking::short(&run).await.into();
                let names: Vec<&str> = run.files.iter().map(|file| &*file.name).collect();
                made.set(Made { link, files: names.join(", ") });
            });
        }
    });
    use_effect_with((), {
        let (renew, hosts) = (renew.clone(), hosts.setter());
        move |()| {
            renew.emit(());
            yew::platform::spawn_local(async move {
                // Without its file the panel has a link all the same.
                let text = fetch::text(SNIPPETS).await.unwrap_or_default();
                hosts.set(parsed(&text).into());
            });
        }
    });
    let link = format!("{}#{}", page::address(), made.link);
    let signs = link.chars().count();
    html! {
        <section class="share">
            <p>{ text.link_note }</p>
            <Copied label={text.link} copy={text.copy} copied={text.copied}
                content={AttrValue::from(link)} />
            <p class="share__row">
                <button type="button" onclick={renew.reform(|_| ())}>{ text.renew }</button>
                <a download="run.shardlab" href={file(&made.link)}>{ text.download }</a>
                <span>{ (text.length)(&grouped(signs as u64)) }</span>
            </p>
            if signs > LINK_MAX {
                <p role="status">{ text.too_long }</p>
            }
            if !made.files.is_empty() {
                <p>{ (text.files)(&made.files) }</p>
            }
            if !hosts.is_empty() {
                <Embedding language={props.language} hosts={Rc::clone(&hosts)}
                    link={made.link.clone()} theme={props.controls.theme.name()} />
            }
        </section>
    }
}

/// The run as a file that the browser downloads.
fn file(link: &str) -> String {
    format!("data:application/octet-stream,{}{link}%0A", FILE_HEAD.replace(' ', "%20"))
}

#[derive(PartialEq, Properties)]
struct EmbeddingProps {
    language: Language,
    hosts: Rc<[Host]>,
    link: AttrValue,
    theme: &'static str,
}

/// Snippets for the hosts of notes, and what they will look like.
#[component]
fn Embedding(props: &EmbeddingProps) -> Html {
    let text = props.language.of(&words::ALL);
    let chosen = use_state_eq(|| 0_usize);
    let is_seen = use_state_eq(|| false);
    let onchange = Callback::from({
        let chosen = chosen.setter();
        move |event: Event| {
            let select = event.target_unchecked_into::<HtmlSelectElement>();
            chosen.set(usize::try_from(select.selected_index()).unwrap_or(0));
        }
    });
    let on_preview = Callback::from({
        let is_seen = is_seen.clone();
        move |_: MouseEvent| is_seen.set(!*is_seen)
    });
    let Some(host) = props.hosts.get(*chosen) else { return Html::default() };
    let tag = props.language.tag();
    let query = format!("embed=1&theme={}&lang={tag}", props.theme);
    let filled = [
        ("{page}", &*page::address()),
        ("{link}", &*props.link),
        ("{query}", &*query),
        ("{lang}", tag),
        ("{theme}", props.theme),
        ("{height}", HEIGHT),
        ("{title}", props.language.text().stage.label),
        ("{open}", props.language.text().share.open),
    ]
    .into_iter()
    .fold(host.snippet.clone(), |snippet, (name, value)| snippet.replace(name, value));
    let place = Language::ALL.iter().position(|known| *known == props.language).unwrap_or(0);
    html! {
        <>
            <h2>{ text.embed }</h2>
            <label class="share__row">
                <span>{ text.host }</span>
                <select {onchange}>
                    { for props.hosts.iter().enumerate().map(|(at, host)| html! {
                        <option selected={at == *chosen}>{ host.name.clone() }</option>
                    }) }
                </select>
            </label>
            <p>{ host.notes[place].clone() }</p>
            <Copied label={text.snippet} copy={text.copy} copied={text.copied}
                content={AttrValue::from(filled)} />
            <button type="button" aria-expanded={is_seen.to_string()} onclick={on_preview}>
                { text.preview }
            </button>
            if *is_seen {
                <iframe class="share__preview" title={text.preview} height={HEIGHT}
                    key={format!("{query}{}", props.link)}
                    src={format!("?{query}#{}", props.link)} />
            }
        </>
    }
}

/// Reads the snippets: `== name`, then `# en: note` and `# ko: note`, then lines.
fn parsed(text: &str) -> Vec<Host> {
    let mut hosts: Vec<Host> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("== ") {
            hosts.push(Host { name: name.to_owned(), ..Host::default() });
            continue;
        }
        let Some(host) = hosts.last_mut() else { continue };
        let note = |(place, language): (usize, &Language)| {
            let rest = line.strip_prefix("# ")?.strip_prefix(language.tag())?;
            Some((place, rest.strip_prefix(": ")?.to_owned()))
        };
        if let Some((place, note)) = Language::ALL.iter().enumerate().find_map(note) {
            host.notes[place] = note;
        } else if !host.snippet.is_empty() || !line.is_empty() {
            host.snippet += line;
            host.snippet += "\n";
        }
    }
    for host in &mut hosts {
        host.snippet.truncate(host.snippet.trim_end().len());
    }
    hosts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_host_has_notes_and_a_snippet_with_the_run() {
        let hosts = parsed(include_str!("../../www/embed/snippets.txt"));
        assert_eq!(hosts.len(), 9);
        for host in hosts {
            let is_noted = host.notes.iter().all(|note| !note.is_empty());
            assert!(is_noted && host.snippet.contains("{link}"), "{host:?}");
        }
    }
}

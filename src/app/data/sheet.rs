//! The answer as it is drawn: one part below the other, and between two of them the page has its
//! turn. All of it at once would stop the page for longer than a frame.

use super::answer::{view_nothing, view_remedies, view_skew, view_verdict};
use super::charts::{view_space, view_time};
use super::code::Code;
use super::give::Give;
use super::lab::{Answer, End, Lab};
use super::pump::Breath;
use super::replay::Replay;
use super::tables::{view_bad, view_costs, view_hottest, view_reasons, view_totals};
use super::{DataProps, stem, whole};
use crate::text::data as words;
use shardlab::scene::words::bytes;
use shardlab::share::WRITERS;
use shardlab::sizing::Report;
use std::rc::Rc;
use yew::prelude::*;

/// What is drawn.
#[derive(Clone, Properties)]
pub struct SheetProps {
    /// What the whole panel is given.
    pub panel: DataProps,
    /// What is open.
    pub lab: Lab,
    /// The answer.
    pub answer: Rc<Answer>,
    /// What the file is called; nothing if the answer came without it.
    pub name: AttrValue,
    /// Its bytes, as the browser tells them.
    pub size: f64,
}

/// The lab stays the same, an answer is never changed, and another file has another answer.
impl PartialEq for SheetProps {
    fn eq(&self, other: &Self) -> bool {
        self.panel == other.panel && Rc::ptr_eq(&self.answer, &other.answer)
    }
}

/// What a part is drawn with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    /// What is here.
    Nothing,
    /// Who writes code, and may have to be fetched.
    Writers,
}

type Part = (Wants, fn(&SheetProps) -> Html);

/// Each is drawn in a few milliseconds. The verdict comes first: it is what is read out.
const PARTS: [Part; 11] = [
    (Wants::Nothing, view_beginning),
    (Wants::Nothing, view_why),
    (Wants::Nothing, view_keys),
    (Wants::Nothing, |sheet| view_hottest(sheet.report(), &sheet.answer.hottest, sheet.text())),
    (Wants::Nothing, |sheet| view_time(sheet.report(), sheet.text())),
    (Wants::Nothing, |sheet| view_totals(sheet.report(), sheet.text())),
    (Wants::Nothing, |sheet| view_bad(sheet.report(), sheet.text())),
    (Wants::Nothing, |sheet| view_costs(sheet.report(), sheet.panel.language)),
    (Wants::Writers, view_code),
    (Wants::Nothing, view_replay),
    (Wants::Nothing, view_give),
];
/// Those of a file without rows.
const OF_NOTHING: [Part; 2] = [
    (Wants::Nothing, |sheet| html! { <>{ view_head(sheet) }{ view_nothing(sheet.text()) }</> }),
    (Wants::Nothing, |sheet| view_bad(sheet.report(), sheet.text())),
];

impl SheetProps {
    fn report(&self) -> &Report {
        &self.answer.report
    }

    fn text(&self) -> &'static words::Data {
        self.panel.text()
    }

    fn parts(&self) -> &'static [Part] {
        if self.report().facts.total.records == 0 { &OF_NOTHING } else { &PARTS }
    }
}

/// The answer. Another one, to other wishes for the same file, takes its place in the same way: a
/// part that had no turn yet shows what it showed.
#[component]
pub fn Sheet(props: &SheetProps) -> Html {
    let (shown, update) = (use_mut_ref(Vec::<SheetProps>::new), use_force_update());
    let parts = props.parts();
    let count = draw(&mut shown.borrow_mut(), props, 0);
    use_effect_with((props.clone(), count), {
        let shown = Rc::clone(&shown);
        move |(sheet, count): &(SheetProps, usize)| {
            let (sheet, count) = (sheet.clone(), *count);
            let Some((wants, _)) = parts.get(count) else { return };
            yew::platform::spawn_local(async move {
                if *wants == Wants::Writers {
                    // Without them the part says less.
                    let _ = WRITERS.load().await;
                }
                if let Ok(breath) = Breath::new() {
                    breath.rest().await;
                }
                // By now there may be another answer, with turns of its own.
                if shown.borrow().first() == Some(&sheet) {
                    draw(&mut shown.borrow_mut(), &sheet, count);
                    update.force_update();
                }
            });
        }
    });
    let pieces = shown.borrow();
    html! {
        <article class="data__answer" aria-busy={(count < parts.len()).to_string()}>
            { for pieces.iter().enumerate().map(|(place, sheet)| {
                html! { <Piece {place} sheet={sheet.clone()} /> }
            }) }
        </article>
    }
}

/// Has the part at a place show an answer; says how many do by now, from the first one on.
fn draw(shown: &mut Vec<SheetProps>, sheet: &SheetProps, place: usize) -> usize {
    shown.truncate(sheet.parts().len());
    match shown.get_mut(place) {
        Some(there) => there.clone_from(sheet),
        None => shown.push(sheet.clone()),
    }
    shown.iter().take_while(|there| *there == sheet).count()
}

/// One of the parts, which is drawn anew only if there is another answer.
#[derive(PartialEq, Properties)]
struct PieceProps {
    place: usize,
    sheet: SheetProps,
}

#[component]
fn Piece(props: &PieceProps) -> Html {
    let (_, view) = props.sheet.parts()[props.place];
    view(&props.sheet)
}

fn view_beginning(sheet: &SheetProps) -> Html {
    html! { <>{ view_head(sheet) }{ view_verdict(sheet.report(), sheet.text()) }</> }
}

fn view_why(sheet: &SheetProps) -> Html {
    let (report, text) = (sheet.report(), sheet.text());
    html! { <>{ view_reasons(report, text) }{ view_remedies(report, text) }</> }
}

fn view_keys(sheet: &SheetProps) -> Html {
    let (report, text) = (sheet.report(), sheet.text());
    html! { <>{ view_space(report, text) }{ view_skew(report, text) }</> }
}

/// What the answer is of: the file, if it is here, with key and time; and what is to be known
/// about how it came about.
fn view_head(sheet: &SheetProps) -> Html {
    let (report, text) = (sheet.report(), sheet.text());
    let (read, all) = (bytes(report.facts.file_bytes), bytes(whole(sheet.size)));
    let remark = match &sheet.answer.end {
        End::Whole if sheet.answer.findings.is_none() => {
            let [major, minor, patch] = report.made_by;
            Some((text.give.shared)(&format!("{major}.{minor}.{patch}")))
        }
        End::Whole => None,
        End::Stopped => Some((text.progress.stopped)(&read, &all)),
        End::Broken(why) => Some((text.progress.broke)(&read, &all, why)),
    };
    let columns = [&report.key_column, &report.time_column].into_iter().flatten();
    let parts = [&*sheet.name].into_iter().chain(columns.map(String::as_str));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    html! {
        <>
            if let Some(remark) = remark {
                <p class="data__note" role="status">{ remark }</p>
            }
            <h2 class="sheet__name">{ parts.join(" · ") }</h2>
        </>
    }
}

fn view_code(sheet: &SheetProps) -> Html {
    let (language, session) = (sheet.panel.language, Rc::clone(&sheet.panel.session));
    let report = Rc::clone(&sheet.answer.report);
    html! { <Code {language} {session} {report} name={stem(&sheet.name)} /> }
}

/// Nothing, if the data is not here.
fn view_replay(sheet: &SheetProps) -> Html {
    if sheet.answer.findings.is_none() {
        return html! {};
    }
    let SheetProps { panel, lab, .. } = sheet.clone();
    html! { <Replay {panel} {lab} name={stem(&sheet.name)} /> }
}

fn view_give(sheet: &SheetProps) -> Html {
    let report = Rc::clone(&sheet.answer.report);
    html! { <Give language={sheet.panel.language} {report} name={stem(&sheet.name)} /> }
}

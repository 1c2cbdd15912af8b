//! Where the stage stands in the page, and its words for whoever does not see it.

use super::announcer::Announcer;
use super::legend::view_legend;
use super::once::{use_change, use_kept, use_once};
use super::page;
use super::readout::Readout;
use super::session::{Answer, Lack, Session};
use super::spots::Spots;
use super::stage::{Controls, Place, Reports, Stage};
use super::store::Action;
use crate::text::Language;
use shardlab::scene::words::{grouped, span};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

/// What the stage is given.
#[derive(Properties)]
pub struct StageViewProps {
    /// The language of its words.
    pub language: Language,
    /// The world; the same one for ever.
    pub session: Rc<RefCell<Session>>,
    /// What the viewer's controls say.
    pub controls: Controls,
    /// What the words say.
    pub readout: Readout,
    /// What the panels show.
    pub on_readout: Callback<Readout>,
    /// What a line printed.
    pub on_answer: Callback<Answer>,
    /// The session waits for something.
    pub on_lack: Callback<Lack>,
    /// What the viewer points at.
    pub on_action: Callback<Action>,
}

/// The callbacks and the session stay what they were when the stage started.
impl PartialEq for StageViewProps {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language
            && self.controls == other.controls
            && self.readout == other.readout
    }
}

/// The stage.
#[component]
pub fn StageView(props: &StageViewProps) -> Html {
    let (scroller, canvas, spacer) = (use_node_ref(), use_node_ref(), use_node_ref());
    let stage = use_once(|| RefCell::new(None::<Stage>));
    use_change([0, 0], {
        let nodes = (scroller.clone(), canvas.clone(), spacer.clone());
        let (session, controls) = (props.session.clone(), props.controls);
        let reports = Reports {
            readout: props.on_readout.clone(),
            answer: props.on_answer.clone(),
            lack: props.on_lack.clone(),
            action: props.on_action.clone(),
        };
        let stage = Rc::clone(&stage);
        Box::new(move || {
            if let Some(place) = place(&nodes) {
                *stage.borrow_mut() = Some(Stage::start(session, place, controls, reports));
            }
        })
    });
    let controls = props.controls;
    use_change(
        controls.key(),
        Box::new(move || {
            if let Some(stage) = stage.borrow().as_ref() {
                stage.follow(controls);
            }
        }),
    );
    let text = &props.language.text().stage;
    let said = use_announcer(props);
    let is_empty = props.readout.streams == 0;
    html! {
        <figure class="stage">
            <div class="stage__scroller" ref={scroller} tabindex="0" role="region"
                aria-label={text.label}>
                <canvas class="stage__canvas" ref={canvas} role="img" aria-label={text.label}
                    aria-describedby="stage-summary" />
                <div ref={spacer} />
                <Spots label={text.label} spots={props.readout.spots.clone()}
                    on_action={props.on_action.clone()} />
                if is_empty {
                    <p class="stage__empty">{ text.empty }</p>
                }
            </div>
            <figcaption class="stage__caption">
                { view_legend(props.language) }
                <p id="stage-summary" class="stage__summary">{ summary(props) }</p>
                <p class="hidden" role="status">{ said }</p>
            </figcaption>
        </figure>
    }
}

/// What is said aloud.
#[hook]
fn use_announcer(props: &StageViewProps) -> AttrValue {
    let announcer = use_once(RefCell::<Announcer>::default);
    let said = use_kept(AttrValue::default);
    let language = props.language;
    use_change([props.readout.pulse, language as u64], {
        let (session, said) = (Rc::clone(&props.session), said.clone());
        Box::new(move || {
            let text = &language.text().stage;
            let heard = announcer.borrow_mut().hear(&session.borrow(), text, page::millis());
            if let Some(words) = heard {
                said.set(words.into());
            }
        })
    });
    said.get()
}

fn place(nodes: &(NodeRef, NodeRef, NodeRef)) -> Option<Place> {
    Some(Place {
        scroller: nodes.0.cast::<HtmlElement>()?,
        canvas: nodes.1.cast::<HtmlCanvasElement>()?,
        spacer: nodes.2.cast::<HtmlElement>()?,
    })
}

/// The picture in a sentence or two.
fn summary(props: &StageViewProps) -> String {
    let (text, readout) = (&props.language.text().stage, &props.readout);
    let counts = [readout.streams, readout.open_shards, readout.totals.throttled].map(grouped);
    let all = (text.summary)(&counts[0], &counts[1], &counts[2]);
    let Some(hottest) = &readout.hottest else { return all };
    let (records, window) = (grouped(hottest.records), span(hottest.window));
    format!("{all} {}", (text.hottest)(&hottest.stream, &hottest.shard, &records, &window))
}

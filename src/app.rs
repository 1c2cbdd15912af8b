//! The yew page: the only code that knows a browser page.
//!
//! Three kinds of state have three homes. The world lives in a [`Session`], which frames change and
//! yew never sees. What the viewer chose lives in the [`Store`]. What panels show is a [`Readout`]:
//! equal readouts draw nothing, so the page renders as often as what it shows changes.

mod announcer;
mod autosave;
mod charts;
mod choice;
mod clock;
mod compare;
mod console;
mod cost;
mod dropping;
mod embed;
mod entering;
mod failure;
mod fetch;
mod frame;
mod gallery;
mod header;
mod inspector;
mod keeping;
mod keys;
mod lazy;
mod legend;
mod linking;
mod listener;
mod money;
mod notice;
mod opening;
mod pacer;
mod page;
mod painter;
mod palette;
mod panel;
mod player;
mod readout;
mod receipt;
mod room;
mod scenario;
mod session;
mod share;
mod speed;
mod stage;
mod stage_view;
mod steer;
mod store;
mod tables;
mod totals;
mod travelling;

use autosave::use_autosave;
use charts::{CHARTS, ChartsProps};
use clock::view_clock;
use compare::{COMPARE, CompareProps};
use console::Console;
use cost::{COST, CostProps};
use embed::{Sight, use_host, view_embed};
use entering::use_entering;
use failure::{view_failure, view_room};
use header::view_header;
use inspector::{INSPECTOR, InspectorProps};
use lazy::view_lazy;
use notice::Notice;
use opening::use_opening;
use panel::{Panel, view_panel, view_tabs};
use player::{Player, view_player, view_way};
use readout::Readout;
use receipt::{RECEIPT, ReceiptProps};
use room::Room;
use session::Session;
use shardlab::engine::Simulation;
use shardlab::insight::inquiry::Inquiry;
use shardlab::insight::subject::Subject;
use share::{SHARE, ShareProps};
use stage::Controls;
use stage_view::StageView;
use steer::{STEER, SteerProps};
use store::{Action, Motion, Store};
use tables::{TABLES, TablesProps};
use totals::view_totals;
use travelling::use_travelling;
use web_sys::Element;
use yew::prelude::*;

shardlab::chunk! {
    /// The hash of a whole world, which few ask for.
    static DIGEST(digest): fn(&Simulation) -> u64 = Simulation::digest;
}

/// Mounts the app in an element of the page.
pub fn mount(place: &Element) -> yew::AppHandle<App> {
    keeping::show_panics();
    // What stands there until the app starts would otherwise stay beside it.
    place.set_inner_html("");
    yew::Renderer::<App>::with_root(place.clone()).render()
}

/// The whole page.
#[component]
pub fn App() -> Html {
    let store = use_reducer_eq(Store::of_page);
    let readout = use_state_eq(Readout::default);
    let digest = use_state_eq(|| None::<AttrValue>);
    let session = use_mut_ref(Session::default);
    let opening = use_opening(&session);
    let entering = use_entering(&session, store.language, &opening.on_file);
    let inquiry = use_mut_ref(|| None::<Inquiry>);
    let Store { language, theme, clock, speed, panel, subject, prices } = *store;
    use_autosave(&session, &opening, (clock, speed));

    use_effect_with(language, |language| page::speak(*language));
    use_effect_with(theme, |theme| page::dress(*theme));
    let on_action = use_callback((), {
        let (session, dispatch) = (session.clone(), store.dispatcher());
        let inquiry = inquiry.clone();
        move |action: Action, ()| {
            if let Action::Choose(Subject::Refusal(sought)) = action {
                *inquiry.borrow_mut() = Some(session.borrow().inquire(sought));
            }
            if action == Action::Toggle {
                session.borrow_mut().stop_looking();
            }
            dispatch.dispatch(action);
        }
    });
    let on_travel = use_travelling(&session, &on_action);
    let on_digest = Callback::from({
        let (session, digest) = (session.clone(), digest.clone());
        move |()| {
            let (session, digest) = (session.clone(), digest.clone());
            yew::platform::spawn_local(async move {
                let now = match DIGEST.load().await {
                    Ok(of) => format!("{:016x}", of(session.borrow().simulation())),
                    Err(unloaded) => unloaded.to_string(),
                };
                digest.set(Some(now.into()));
            });
        }
    });
    let on_readout = Callback::from({
        let setter = readout.setter();
        move |now: Readout| setter.set(now)
    });
    use_effect_with(readout.room, {
        let on_action = on_action.clone();
        move |room| {
            if *room != Room::Plenty {
                on_action.emit(Action::Pause);
            }
        }
    });
    use_effect_with(opening.speed(), {
        let on_action = on_action.clone();
        move |speed| {
            if let Some(speed) = *speed {
                on_action.emit(Action::Pace(speed));
            }
        }
    });
    use_effect_with(opening.clock(), {
        let on_action = on_action.clone();
        move |clock| {
            if *clock == Motion::Paused {
                on_action.emit(Action::Pause);
            }
        }
    });
    keys::use_keys(&on_action, &on_travel);

    // What is still being fetched would replace whatever happens until then.
    let sight = use_host(&on_action);
    let is_waiting = opening.is_loading() || sight == Sight::Unseen;
    let shown = if is_waiting { Motion::Paused } else { clock };
    let chosen = Controls { clock, speed, theme };
    let controls = Controls { clock: shown, speed, theme };
    let player = Player {
        language,
        is_playing: clock == Motion::Playing,
        speed,
        time: &readout.now,
        run: &readout.run,
        is_looking_ahead: readout.is_looking_ahead,
        on_action: &on_action,
        on_travel: &on_travel,
    };
    html! {
        <>
            { view_header(language, theme, &on_action) }
            <main class="layout">
                <section class="layout__stage">
                    <div class="layout__controls">
                        { view_player(&player) }
                        { view_clock(language, &readout) }
                    </div>
                    { view_way(&player) }
                    <StageView {language} session={session.clone()} {controls}
                        readout={(*readout).clone()}
                        {on_readout} on_answer={entering.on_answer}
                        on_action={on_action.clone()} />
                </section>
                <section class="layout__side">
                    { view_totals(language, &readout.totals, (*digest).clone(), &on_digest) }
                    { view_failure(language, &opening) }
                    <Notice {language} opening={opening.clone()} percent={readout.percent} />
                    { view_room(language, readout.room) }
                    { view_tabs(language, panel, &on_action) }
                    { view_panel(Panel::Steer, panel, {
                        let props = SteerProps {
                            language,
                            session: session.clone(),
                            pulse: readout.pulse,
                            log: entering.log.clone(),
                            on_enter: entering.on_enter.clone(),
                            on_travel: on_travel.clone(),
                        };
                        view_lazy(language, &STEER, props)
                    }) }
                    { view_panel(Panel::Console, panel, html! {
                        <Console {language} log={entering.log} progress={readout.progress.clone()}
                            tries={opening.tries()} on_enter={entering.on_enter.clone()}
                            on_complete={entering.on_complete} on_clear={entering.on_clear}
                            on_interrupt={entering.on_interrupt} on_action={on_action.clone()} />
                    }) }
                    { view_panel(Panel::Charts, panel, {
                        let session = session.clone();
                        let props = ChartsProps { language, session, pulse: readout.pulse };
                        view_lazy(language, &CHARTS, props)
                    }) }
                    { view_panel(Panel::Inspector, panel, {
                        let (session, on_action) = (session.clone(), on_action.clone());
                        let pulse = readout.pulse;
                        let props =
                            InspectorProps { language, session, pulse, subject, on_action };
                        view_lazy(language, &INSPECTOR, props)
                    }) }
                    { view_panel(Panel::Tables, panel, {
                        let (session, on_action) = (session.clone(), on_action.clone());
                        let pulse = readout.pulse;
                        let session = session.clone();
                        let props = TablesProps { language, session, pulse, on_action };
                        view_lazy(language, &TABLES, props)
                    }) }
                    { view_panel(Panel::Receipt, panel, {
                        let on_enter = entering.on_enter;
                        let props = ReceiptProps { language, subject, inquiry, on_enter };
                        view_lazy(language, &RECEIPT, props)
                    }) }
                    { view_panel(Panel::Cost, panel, {
                        let (session, pulse) = (session.clone(), readout.pulse);
                        let on_action = on_action.clone();
                        let props = CostProps { language, session, pulse, prices, on_action };
                        view_lazy(language, &COST, props)
                    }) }
                    { view_panel(Panel::Compare, panel, {
                        let (session, pulse) = (session.clone(), readout.pulse);
                        let props = CompareProps { language, session, pulse, prices };
                        view_lazy(language, &COMPARE, props)
                    }) }
                    { view_panel(Panel::Share, panel, {
                        let session = session.clone();
                        let props = ShareProps { language, session, controls: chosen };
                        view_lazy(language, &SHARE, props)
                    }) }
                </section>
            </main>
            { view_embed(language, &session, chosen, &opening) }
        </>
    }
}

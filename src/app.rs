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
mod copied;
mod cost;
mod data;
mod datasets;
mod digest;
mod dropping;
mod embed;
mod entering;
mod failure;
mod fetch;
mod frame;
mod gallery;
mod handing;
mod header;
mod help;
mod inspector;
mod keeping;
mod keys;
mod lazy;
mod legend;
mod linking;
mod links;
mod listener;
mod money;
mod notice;
mod once;
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
mod saved;
mod scenario;
mod session;
mod share;
mod side;
mod speed;
mod spots;
mod stage;
mod stage_view;
mod steer;
mod still;
mod store;
mod tables;
mod tabs;
mod theme;
mod totals;
mod travelling;

use autosave::use_autosave;
use clock::view_clock;
use digest::use_digest;
use embed::{Sight, use_host, view_embed};
use entering::use_entering;
use failure::{view_failure, view_room};
use handing::{use_handing, view_offer};
use header::view_header;
use notice::view_notice;
use once::{use_change, use_kept, use_once};
use opening::{Opening, use_opening};
use player::{Player, view_player, view_way};
use readout::Readout;
use room::Room;
use session::Session;
use session::travel::Travels;
use shardlab::insight::inquiry::Inquiry;
use shardlab::insight::subject::{Sought, Subject};
use side::{Side, view_side};
use stage::Controls;
use stage_view::StageView;
use std::cell::RefCell;
use std::rc::Rc;
use store::{Action, Motion, Store};
use totals::view_totals;
use travelling::use_travelling;
use web_sys::Element;
use yew::prelude::*;

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
    let readouts = use_kept(Rc::<Readout>::default);
    let readout = readouts.get();
    let session = use_once(RefCell::<Session>::default);
    let (digest, on_digest) = use_digest(&session);
    let opening = use_opening(&session);
    let handing = use_handing(&store);
    let entering = use_entering(&session, store.language, &opening.on_file, &handing.on_data());
    let other_world = opening.other_world();
    use_change([other_world.unwrap_or(0).into(), 0], {
        let on_clear = entering.on_clear.clone();
        // The console's lines are those of the world that was there before.
        Box::new(move || {
            if other_world.is_some() {
                on_clear.emit(());
            }
        })
    });
    let inquiry = use_once(|| RefCell::new(None::<Inquiry>));
    let Store { language, theme, clock, speed, panel, subject, prices } = *store;
    use_autosave(&session, &opening, (clock, speed));

    use_change([language as u64, 0], Box::new(move || page::speak(language)));
    use_change([theme as u64, 0], Box::new(move || theme.dress()));
    let on_action = use_once(|| {
        let (session, dispatch) = (session.clone(), store.dispatcher());
        let inquiry = inquiry.clone();
        Callback::from(move |action: Action| {
            if let Action::Choose(Subject::Refusal(sought)) = action {
                return look_into(sought, &session, &inquiry, &dispatch);
            }
            if action == Action::Toggle {
                session.borrow_mut().stop_looking();
            }
            dispatch.dispatch(action);
        })
    });
    let on_action = (*on_action).clone();
    let on_travel = use_travelling(&session, &on_action);
    let on_readout = Callback::from(move |now: Readout| readouts.set(Rc::new(now)));
    use_wishes(readout.room, &opening, &on_action);
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
    let side = Side {
        language,
        panel,
        session: &session,
        readout: &readout,
        entering: &entering,
        tries: opening.tries(),
        subject,
        inquiry: &inquiry,
        prices,
        handing: &handing,
        controls: chosen,
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
                        {on_readout} on_answer={entering.on_answer.clone()}
                        on_lack={entering.on_lack.clone()}
                        on_action={on_action.clone()} />
                </section>
                <section class="layout__side">
                    { view_totals(language, &readout.totals, digest, &on_digest) }
                    { view_failure(language, &opening) }
                    { view_notice(language, &opening, readout.percent) }
                    { view_offer(language, &handing) }
                    { view_room(language, readout.room) }
                    { view_side(&side) }
                </section>
            </main>
            { view_embed(language, &session, chosen, &opening) }
        </>
    }
}

/// Looks into a refusal, once what goes back to it is here.
fn look_into(
    sought: Sought,
    session: &Rc<RefCell<Session>>,
    inquiry: &Rc<RefCell<Option<Inquiry>>>,
    dispatch: &UseReducerDispatcher<Store>,
) {
    let (session, inquiry) = (Rc::clone(session), Rc::clone(inquiry));
    let dispatch = dispatch.clone();
    let look = move |travels: &Travels, session: &RefCell<Session>| {
        *inquiry.borrow_mut() = Some((travels.inquire)(&session.borrow(), sought));
        dispatch.dispatch(Action::Choose(Subject::Refusal(sought)));
    };
    match travelling::here(&session) {
        Some(travels) => look(travels, &session),
        None => yew::platform::spawn_local(async move {
            if let Ok(travels) = travelling::load(&session).await {
                look(travels, &session);
            }
        }),
    }
}

/// Follows what memory and a run that is opened ask of the clock.
#[hook]
fn use_wishes(room: Room, opening: &Opening, on_action: &Callback<Action>) {
    let (speed, clock) = (opening.speed(), opening.clock());
    use_change([room as u64, 0], {
        let on_action = on_action.clone();
        Box::new(move || {
            if room != Room::Plenty {
                on_action.emit(Action::Pause);
            }
        })
    });
    let key = speed.map_or(0, |speed| u64::from(speed.simulated) << 32 | u64::from(speed.viewed));
    use_change([key, 0], {
        let on_action = on_action.clone();
        Box::new(move || {
            if let Some(speed) = speed {
                on_action.emit(Action::Pace(speed));
            }
        })
    });
    use_change([clock as u64, 0], {
        let on_action = on_action.clone();
        Box::new(move || {
            if clock == Motion::Paused {
                on_action.emit(Action::Pause);
            }
        })
    });
}

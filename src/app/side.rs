//! The panels beside the picture: which one is open, and what it is given.

use super::charts::{CHARTS, ChartsProps};
use super::compare::{COMPARE, CompareProps};
use super::console::Console;
use super::cost::{COST, CostProps};
use super::data::{DATA, DataProps};
use super::entering::Entering;
use super::handing::Handing;
use super::help::{HELP, HelpProps};
use super::inspector::{INSPECTOR, InspectorProps};
use super::lazy::view_lazy;
use super::panel::Panel;
use super::readout::Readout;
use super::receipt::{RECEIPT, ReceiptProps};
use super::session::Session;
use super::session::travel::Travel;
use super::share::{SHARE, ShareProps};
use super::stage::Controls;
use super::steer::{STEER, SteerProps};
use super::store::Action;
use super::tables::{TABLES, TablesProps};
use super::tabs::{view_panel, view_tabs};
use crate::text::Language;
use shardlab::insight::inquiry::Inquiry;
use shardlab::insight::pricing::Prices;
use shardlab::insight::subject::Subject;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// What panels are given, each what it needs of it.
pub struct Side<'a> {
    /// The language of their words.
    pub language: Language,
    /// The one that is open.
    pub panel: Panel,
    /// The world; the same one for ever.
    pub session: &'a Rc<RefCell<Session>>,
    /// What changes by itself.
    pub readout: &'a Readout,
    /// The console's log, and the ways to it.
    pub entering: &'a Entering,
    /// Lines to try.
    pub tries: Rc<[AttrValue]>,
    /// What the viewer pointed at last.
    pub subject: Option<Subject>,
    /// What is being found out about a refusal.
    pub inquiry: &'a Rc<RefCell<Option<Inquiry>>>,
    /// What AWS charges, or what the viewer says.
    pub prices: Prices,
    /// What was handed to the data lab.
    pub handing: &'a Handing,
    /// What the viewer's controls say.
    pub controls: Controls,
    /// Changes what the page remembers.
    pub on_action: &'a Callback<Action>,
    /// Goes elsewhere in the run.
    pub on_travel: &'a Callback<Travel>,
}

/// The tabs, the console, and the panel that is open beside it.
pub fn view_side(side: &Side) -> Html {
    let Side { language, panel, .. } = *side;
    html! {
        <>
            { view_tabs(language, panel, side.on_action) }
            { view_panel(Panel::Console, panel, view_console(side)) }
            if panel != Panel::Console {
                { view_panel(panel, panel, view_open(side)) }
            }
        </>
    }
}

fn view_console(side: &Side) -> Html {
    let (entering, on_action) = (side.entering, side.on_action.clone());
    html! {
        <Console language={side.language} log={entering.log.clone()}
            progress={side.readout.progress.clone()} tries={side.tries.clone()}
            on_enter={entering.on_enter.clone()} on_complete={entering.on_complete.clone()}
            on_clear={entering.on_clear.clone()} on_interrupt={entering.on_interrupt.clone()}
            {on_action} />
    }
}

fn view_open(side: &Side) -> Html {
    let Side { language, subject, prices, controls, .. } = *side;
    let (session, pulse) = (Rc::clone(side.session), side.readout.pulse);
    let (on_action, on_enter) = (side.on_action.clone(), side.entering.on_enter.clone());

    match side.panel {
        Panel::Console => Html::default(),
        Panel::Steer => {
            let (log, on_travel) = (Rc::clone(&side.entering.log), side.on_travel.clone());
            let props = SteerProps { language, session, pulse, log, on_enter, on_travel };
            view_lazy(language, &STEER, props)
        }
        Panel::Charts => {
            view_lazy(language, &CHARTS, ChartsProps { language, session, pulse, on_action })
        }
        Panel::Inspector => {
            let props = InspectorProps { language, session, pulse, subject, on_action };
            view_lazy(language, &INSPECTOR, props)
        }
        Panel::Tables => {
            let props = TablesProps { language, session, pulse, on_action };
            view_lazy(language, &TABLES, props)
        }
        Panel::Receipt => {
            let inquiry = Rc::clone(side.inquiry);
            let props =
                ReceiptProps { language, session, pulse, subject, inquiry, on_action, on_enter };
            view_lazy(language, &RECEIPT, props)
        }
        Panel::Cost => {
            let props = CostProps { language, session, pulse, prices, on_action };
            view_lazy(language, &COST, props)
        }
        Panel::Compare => {
            let props = CompareProps { language, session, pulse, prices };
            view_lazy(language, &COMPARE, props)
        }
        Panel::Data => {
            let handing = side.handing.clone();
            let props = DataProps { language, session, prices, handing, on_enter };
            view_lazy(language, &DATA, props)
        }
        Panel::Share => view_lazy(language, &SHARE, ShareProps { language, session, controls }),
        Panel::Help => view_lazy(language, &HELP, HelpProps { language }),
    }
}

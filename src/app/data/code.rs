//! What builds the advised stream, in the language of choice.

use crate::app::choice::view_choice;
use crate::app::copied::Copied;
use crate::app::session::Session;
use crate::text::Language;
use crate::text::data as words;
use shardlab::share::copy_as::Form;
use shardlab::share::{WRITERS, Writers};
use shardlab::sizing::{Build, Report, commands};
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// What the commands are written for.
#[derive(Properties)]
pub struct CodeProps {
    /// The language of the words around them.
    pub language: Language,
    /// The world, whose console reads the lines.
    pub session: Rc<RefCell<Session>>,
    /// What is advised.
    pub report: Rc<Report>,
    /// What the stream is called.
    pub name: AttrValue,
}

/// The session stays what it was when the page started.
impl PartialEq for CodeProps {
    fn eq(&self, other: &Self) -> bool {
        (self.language, &self.report, &self.name) == (other.language, &other.report, &other.name)
    }
}

/// The languages, in the order in which they are offered.
const FORMS: [(Form, &str); 3] =
    [(Form::Aws, "aws"), (Form::Terraform, "Terraform"), (Form::Boto3, "boto3")];

/// The commands, if who writes them is here, and two choices.
#[component]
pub fn Code(props: &CodeProps) -> Html {
    let text = &props.language.of(&words::ALL).build;
    let (form, way) = (use_state_eq(|| 0_usize), use_state_eq(|| 0_usize));
    let advice = &props.report.advice;
    let splits = advice.keys.as_ref().map(|keys| &keys.splits);
    let splits = splits.filter(|splits| !splits.starts.is_empty());
    let mut ways = vec![(text.ways[0], Build::Even(advice.shards))];
    ways.extend(splits.map(|splits| (text.ways[1], Build::Balanced(splits))));
    ways.push((text.ways[2], Build::OnDemand));
    let build = ways[(*way).min(ways.len() - 1)].1;
    let lines = commands(advice, &props.name, build, props.report.record_kib_max);
    let code = WRITERS.get().map(|writers: &Writers| {
        let session = props.session.borrow();
        AttrValue::from((writers.plan)(session.console(), &lines, FORMS[*form].0))
    });
    let names: Vec<&str> = ways.iter().map(|(name, _)| *name).collect();
    let set = |state: &UseStateHandle<usize>| {
        let setter = state.setter();
        Callback::from(move |place| setter.set(place))
    };
    html! {
        <section class="data__build">
            <h3 class="sheet__heading">{ text.title }</h3>
            <div class="data__row">
                { view_choice(text.how, &names, (*way).min(names.len() - 1), set(&way)) }
                <div class="data__forms" role="group" aria-label={text.code}>
                    { for FORMS.iter().enumerate().map(|(place, (_, name))| {
                        let setter = form.setter();
                        html! {
                            <button type="button" aria-pressed={(place == *form).to_string()}
                                onclick={Callback::from(move |_| setter.set(place))}>
                                { *name }
                            </button>
                        }
                    }) }
                </div>
            </div>
            if let Some(code) = code {
                <Copied label={text.code} copy={text.copy} copied={text.copied} content={code} />
            }
        </section>
    }
}

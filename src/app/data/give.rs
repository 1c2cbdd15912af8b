//! The answer for others: a link, a file, paper. The data is in none of them.

use crate::app::copied::Copied;
use crate::app::linking::{self, REPORT_HEAD};
use crate::app::page;
use crate::text::Language;
use crate::text::data as words;
use shardlab::sizing::{KeyTexts, Report};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What is given away.
#[derive(PartialEq, Properties)]
pub struct GiveProps {
    /// The language of the words around it.
    pub language: Language,
    /// The answer.
    pub report: Rc<Report>,
    /// What a file of it is called.
    pub name: AttrValue,
}

/// The ways to give it away.
#[component]
pub fn Give(props: &GiveProps) -> Html {
    let text = props.language.of(&words::ALL);
    let (give, build) = (&text.give, &text.build);
    let link = use_state_eq(AttrValue::default);
    let texts = use_state_eq(|| KeyTexts::Withheld);
    use_effect_with((Rc::clone(&props.report), *texts == KeyTexts::Told), {
        let (setter, texts) = (link.setter(), *texts);
        move |(report, _): &(Rc<Report>, bool)| {
            let report = Report::clone(report).with(texts);
            yew::platform::spawn_local(async move {
                let packed = linking::packed(report.pack()).await;
                setter.set(Report::link(&packed).into());
            });
        }
    });
    let onchange = {
        let setter = texts.setter();
        Callback::from(move |event: Event| {
            let tells = event.target_unchecked_into::<HtmlInputElement>().checked();
            setter.set(if tells { KeyTexts::Told } else { KeyTexts::Withheld });
        })
    };
    let onclick = Callback::from(|_: MouseEvent| {
        // A browser that cannot print says so itself.
        let _ = page::window().print();
    });
    let head = REPORT_HEAD.replace(' ', "%20");
    let file = format!("data:application/octet-stream,{head}{}%0A", *link);
    html! {
        <section class="data__give">
            <h3 class="sheet__heading">{ give.title }</h3>
            <p class="sheet__note">{ give.note }</p>
            if props.report.facts.keys.is_some() {
                <label class="data__check">
                    <input type="checkbox" checked={*texts == KeyTexts::Told} {onchange} />
                    { give.keys }
                </label>
            }
            <Copied label={give.link} copy={build.copy} copied={build.copied}
                content={AttrValue::from(format!("{}#{}", page::address(), *link))} />
            <p class="data__row">
                <a href={file} download={format!("{}.answer", props.name)}>{ give.file }</a>
                <button type="button" {onclick}>{ give.print }</button>
            </p>
        </section>
    }
}

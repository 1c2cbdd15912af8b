//! Components whose code is a chunk: they are fetched when they are first shown.
//!
//! How a panel becomes one (see `charts.rs` and `text/charts.rs`):
//!
//! 1. Beside the component, a chunk makes it of its properties, which are `Clone`:
//!    `chunk! { pub static CHARTS(panels): fn(ChartsProps) -> Html = |props| html! { <ChartsPanel
//!    ..props /> }; }`. Panels share the file `panels`; what is large and seldom seen may have a
//!    file of another name.
//! 2. Its words are a `static ALL: [Words; 2]` of its own, read with `language.of(&words::ALL)`; in
//!    [`Text`](crate::text::Text) they would be part of the first view.
//! 3. Where it is shown stands `view_lazy(language, &charts::CHARTS, ChartsProps { .. })`, and
//!    nothing else names the component, a function of its module, or of `insight` and `scene` that
//!    only it needs.

use super::once::{use_change, use_kept};
use crate::text::Language;
use shardlab::chunk::{Chunk, Unloaded};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use yew::prelude::*;

/// A component in a chunk: what it shows, once it is here, and how it is fetched.
#[derive(Clone)]
struct Part {
    view: Rc<dyn Fn() -> Option<Html>>,
    load: Rc<dyn Fn() -> Loading>,
}

type Loading = Pin<Box<dyn Future<Output = Result<(), Unloaded>>>>;

#[derive(Properties)]
struct LazyProps {
    language: Language,
    part: Part,
}

/// Whether it is drawn anew is for the component inside to say.
impl PartialEq for LazyProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// Shows what a chunk makes of some properties. While it is fetched that is nothing; where it
/// cannot be, why, and a button to try again.
pub fn view_lazy<P: Clone + 'static>(
    language: Language,
    chunk: &'static Chunk<fn(P) -> Html>,
    props: P,
) -> Html {
    let part = Part {
        view: Rc::new(move || chunk.get().map(|view| view(props.clone()))),
        load: Rc::new(move || Box::pin(async move { chunk.load().await.map(|_| ()) })),
    };
    html! { <Lazy {language} {part} /> }
}

#[component]
fn Lazy(props: &LazyProps) -> Html {
    let (attempt, failure) = (use_kept(|| 0_u32), use_kept(|| None::<Unloaded>));
    let update = use_force_update();
    let content = (props.part.view)();
    use_change([attempt.get().into(), 0], {
        let loading = content.is_none().then(|| (props.part.load)());
        let failure = failure.clone();
        Box::new(move || {
            let Some(loading) = loading else { return };
            yew::platform::spawn_local(async move {
                match loading.await {
                    Ok(()) => update.force_update(),
                    Err(unloaded) => failure.set(Some(unloaded)),
                }
            });
        })
    });
    let text = &props.language.text().failure;
    match (content, failure.get()) {
        (Some(content), _) => content,
        (None, None) => Html::default(),
        (None, Some(unloaded)) => {
            let failure = failure.clone();
            let onclick = Callback::from(move |_: MouseEvent| {
                failure.set(None);
                attempt.set(attempt.get() + 1);
            });
            html! {
                <div class="failure" role="alert">
                    <p class="failure__what">{ (text.fetch)("*.wasm", &unloaded.to_string()) }</p>
                    <p>{ text.advice }</p>
                    <button type="button" {onclick}>{ text.retry }</button>
                </div>
            }
        }
    }
}

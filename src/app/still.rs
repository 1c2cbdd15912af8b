//! Parts of the page that seldom change: drawn anew when what they are made of has changed, not
//! with every readout.

use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties)]
struct StillProps {
    /// Another one for all that the part is made of.
    of: [u64; 2],
    view: Rc<dyn Fn() -> Html>,
}

/// What draws a part follows from what it is made of.
impl PartialEq for StillProps {
    fn eq(&self, other: &Self) -> bool {
        self.of == other.of
    }
}

/// Shows a part that is made of so much, and of callbacks that stay the same for ever.
pub fn view_still(of: [u64; 2], view: impl Fn() -> Html + 'static) -> Html {
    html! { <Still {of} view={Rc::new(view) as Rc<dyn Fn() -> Html>} /> }
}

#[component]
fn Still(props: &StillProps) -> Html {
    (props.view)()
}

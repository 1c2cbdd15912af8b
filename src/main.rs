//! The page: mounts the yew app.

mod app;
mod text;

fn main() {
    let document = web_sys::window().and_then(|window| window.document());
    let place = document.and_then(|document| document.get_element_by_id("app"));
    app::mount(&place.expect("the page has a place for the app"));
}

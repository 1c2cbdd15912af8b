//! The page: mounts the yew app.

mod app;
mod text;

fn main() {
    app::mount(&app::place());
}

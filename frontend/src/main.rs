//! The page, in the browser.

fn main() {
    frontend::app::launch();
}

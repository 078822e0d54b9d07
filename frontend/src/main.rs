//! The page, in the browser.

fn main() {
    page::app::lancer();
}

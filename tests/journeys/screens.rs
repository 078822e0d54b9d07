//! Every screen that needs no account: readable by all, light and dark, from 320 pixels to wide.

use journeys::{Browser, Server};

const SCREENS: &[&str] = &[
    "/",
    "/connexion",
    "/inscription",
    "/cgu",
    "/donnees-personnelles",
    "/accessibilite",
    "/mentions-legales",
    "/aide",
    "/une-adresse-qui-n-existe-pas",
];

#[test]
fn every_open_screen_is_accessible_and_fits_320_pixels_light_and_dark() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    for screen in SCREENS {
        for width in [1_280, 320] {
            page.width(width);
            page.go(screen);
            assert!(!page.h1().is_empty(), "{screen} has a heading");
            page.accessible(screen);
            page.fits_width(screen);
            let name = screen.trim_start_matches('/');
            for (dark, mode) in [(false, "clair"), (true, "sombre")] {
                page.dark_mode(dark);
                page.capture(&format!("ecran-{name}-{width}-{mode}"));
            }
        }
    }
}

#[test]
fn a_person_who_is_not_connected_is_sent_to_the_door() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/solde");
    page.heading("Me connecter");
}

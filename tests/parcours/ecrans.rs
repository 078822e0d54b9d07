//! Every screen that needs no account: readable by all, light and dark, from 320 pixels to wide.

use parcours::{Navigateur, Serveur};

const ECRANS: &[&str] = &[
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
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    for ecran in ECRANS {
        for largeur in [1_280, 320] {
            page.largeur(largeur);
            page.aller(ecran);
            assert!(!page.h1().is_empty(), "{ecran} has a heading");
            page.accessible(ecran);
            page.sans_defilement_horizontal(ecran);
            let nom = ecran.trim_start_matches('/');
            for (sombre, mode) in [(false, "clair"), (true, "sombre")] {
                page.mode_sombre(sombre);
                page.capture(&format!("ecran-{nom}-{largeur}-{mode}"));
            }
        }
    }
}

#[test]
fn a_person_who_is_not_connected_is_sent_to_the_door() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.aller("/solde");
    page.titre("Me connecter");
}

//! The dialog of an ended session, by keyboard: nothing behind it can be reached, and it gives the focus back.

use parcours::personnes::{COURRIEL, MOT_DE_PASSE, RENAUD};
use parcours::{Navigateur, Page, Serveur, Touche};

const PREAVIS: &str = "Vous serez déconnecté dans 2 minutes.";
const FIN: &str = "Votre session est terminée";
const HEURES: &str = "Mon solde DIF en heures";

/// Somebody who types their hours when the session ends by itself.
fn session_finie_en_pleine_saisie(serveur: &Serveur) -> Page {
    let page = Navigateur::ouvrir().page(serveur);
    page.tenir_l_horloge();
    RENAUD.inscrire(&page);
    page.aller("/dif");
    page.champ(HEURES).remplir("87");
    page.attendre_texte_de("euros", "1 305 €");
    page.laisser_passer(28 * 60 + 1);
    page.texte(PREAVIS);
    page.attendre_focus("heures");
    page.laisser_passer(121);
    page.texte(FIN);
    page.attendre_focus("session-titre");
    page
}

#[test]
fn the_dialog_stands_over_the_screen_where_the_person_looks() {
    let serveur = Serveur::demarrer();
    let page = session_finie_en_pleine_saisie(&serveur);
    let au_milieu = "return document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest('[role=dialog]') !== null \
                     && document.querySelector('#session-titre').getBoundingClientRect().top < innerHeight / 2";
    for largeur in [1_280, 360] {
        page.largeur(largeur);
        page.script("scrollTo(0, 0)", serde_json::json!([]));
        let dessus = page.script(au_milieu, serde_json::json!([]));
        assert_eq!(dessus, true, "{largeur} px: the screen behind is in the way");
    }
}

#[test]
fn tab_never_leaves_the_dialog_in_either_direction() {
    let serveur = Serveur::demarrer();
    let page = session_finie_en_pleine_saisie(&serveur);
    let dehors = "return document.activeElement.closest('header, main, footer, .skip')?.outerHTML.slice(0, 80) ?? ''";
    for touche in [Touche::Tab, Touche::MajTab] {
        for _ in 0..12 {
            page.touche(touche);
            let ici = page.script(dehors, serde_json::json!([]));
            assert_eq!(ici, "", "{touche:?} reaches « {} » behind the dialog", page.nom_du_focus());
        }
    }
}

#[test]
fn the_focus_goes_back_where_it_was_once_the_person_is_connected_again() {
    let serveur = Serveur::demarrer();
    let page = session_finie_en_pleine_saisie(&serveur);
    page.champ("Courriel").remplir(COURRIEL);
    page.champ("Mot de passe").remplir(MOT_DE_PASSE);
    page.touche(Touche::Entree);
    page.sans_texte(FIN);
    page.attendre_focus("heures");
}

#[test]
fn a_session_so_short_that_its_notice_fills_it_is_announced_all_the_same() {
    let serveur = Serveur::avec(&[("ACQUIS_SESSION_INACTIVE", "2")]);
    let page = Navigateur::ouvrir().page(&serveur);
    page.tenir_l_horloge();
    RENAUD.inscrire(&page);
    page.laisser_passer(119);
    page.texte("Rester connecté");
}

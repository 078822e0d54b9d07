//! Every connected screen, and every state of those that are open: readable by all, from 320 pixels, light and dark.

use parcours::personnes::{CAMILLE, MAELLE, MOT_DE_PASSE, RENAUD};
use parcours::{Navigateur, Page, Serveur};

const CONNECTES: &[(&str, &str)] = &[
    ("/solde", "Vos droits sont destinés"),
    ("/mes-droits", "Votre solde disponible"),
    ("/dif", "2. Fournir mon attestation"),
    ("/historique", "Mon historique"),
    ("/profil", "Appareils connectés"),
];

fn tout_montrer(page: &Page, qui: &str) {
    for (chemin, texte) in CONNECTES {
        page.aller(chemin);
        page.texte(texte);
        page.montrer(&format!("{}-{qui}", chemin.trim_start_matches('/')));
    }
    assert_eq!(page.erreurs_console(), Vec::<String>::new());
}

#[test]
fn every_connected_screen_of_somebody_with_rights() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    RENAUD.inscrire(&page);
    tout_montrer(&page, "renaud");
}

#[test]
fn every_connected_screen_of_somebody_nobody_knows() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    CAMILLE.inscrire(&page);
    tout_montrer(&page, "inconnue");
}

#[test]
fn every_connected_screen_of_somebody_at_the_ceiling_with_each_line_explained() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    MAELLE.inscrire(&page);
    tout_montrer(&page, "plafond");
    page.aller("/historique");
    page.texte("Du plus récent au plus ancien");
    page.script("document.querySelectorAll('.ledger__why').forEach((b) => b.click())", serde_json::json!([]));
    page.texte("Ce qui l’aurait changé");
    page.texte("Conversion de 150 heures, à 15 € l’heure");
    page.texte("Ce que la loi ne dit pas, et que ce compte suppose");
    page.montrer("historique-plafond-explique");
}

#[test]
fn the_states_of_me_connecter() {
    let serveur = Serveur::avec(&[("ACQUIS_TENTATIVES_COMPTE", "2")]);
    let page = Navigateur::ouvrir().page(&serveur);
    RENAUD.inscrire(&page);
    page.bouton("Se déconnecter").cliquer();
    page.attendre_chemin("/");
    page.aller("/connexion");
    page.bouton("Me connecter").cliquer();
    page.texte("Il reste 2 réponses à corriger");
    page.montrer("connexion-vide");
    page.champ("Courriel").remplir("personne@example.org");
    page.champ("Mot de passe").remplir("ce n’est pas lui");
    for _ in 0..3 {
        page.bouton("Me connecter").cliquer();
        page.texte("Me connecter");
        page.attendre("an answer", || {
            if page.lit("ne vont pas ensemble") || page.lit("Trop d’essais") {
                Ok(())
            } else {
                Err("none yet".to_owned())
            }
        });
    }
    page.texte("Trop d’essais : une pause protège votre compte");
    page.texte("Attendez");
    page.montrer("connexion-trop-d-essais");
    page.hors_ligne(true);
    page.bouton("Me connecter").cliquer();
    page.texte("La connexion a été perdue");
    page.champ("Mot de passe").attendre_valeur("ce n’est pas lui");
    page.montrer("connexion-hors-ligne");
}

#[test]
fn the_states_of_creer_mon_compte() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.aller("/inscription");
    page.montrer("inscription-vide");
    page.bouton("Créer mon compte").cliquer();
    page.texte("réponses à corriger");
    page.attendre_focus("inscription-bilan");
    page.montrer("inscription-erreurs");
    RENAUD.remplir(&page);
    page.sans_texte("à corriger");
    page.texte("Homme, né en janvier 1980");
    page.montrer("inscription-juste");
    page.champ("Nom de naissance").remplir("Durand");
    page.bouton("Créer mon compte").cliquer();
    page.texte("Nous ne pouvons pas ouvrir de compte avec ces informations.");
    page.champ("Mot de passe").attendre_valeur(MOT_DE_PASSE);
    page.texte("Si quelqu’un d’autre utilise déjà ce courriel ici, donnez-en un autre.");
    page.montrer("inscription-impossible");
    page.champ("Nom de naissance").remplir("Durant");
    page.sans_texte("Nous ne pouvons pas ouvrir de compte avec ces informations.");
    page.lien("Annuler").cliquer();
    page.attendre_chemin("/");
    page.reculer();
    page.titre("Créer mon compte");
    page.champ("Nom de naissance").attendre_valeur("");
}

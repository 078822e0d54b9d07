//! The statement: as of another day, disputed line by line; the level of diploma declared and ended.

use parcours::{Navigateur, Page, Serveur, Touche};

/// Dominique, connected.
fn entrer(page: &Page) {
    page.aller("/inscription");
    page.champ("Nom de naissance").remplir("Pat-Trois");
    page.champ("Prénoms").remplir("Dominique Marie-Louise");
    page.champ("Date de naissance").remplir("28/03/1979");
    page.champ("Numéro de sécurité sociale").remplir("2 79 03 51 215 189");
    page.champ("Clé").remplir("89");
    page.champ("Téléphone mobile").remplir("06 12 34 56 78");
    page.champ("Courriel").remplir("dominique@example.org");
    page.champ("Mot de passe").remplir("trois grues vertes");
    page.champ("J’ai lu et j’accepte les conditions générales d’utilisation").cliquer();
    page.bouton("Créer mon compte").cliquer();
    page.attendre_chemin("/solde");
}

/// Readable by all at this moment: narrow and wide, light and dark, and kept as a picture.
fn verifier(page: &Page, nom: &str) {
    for largeur in [320, 1_280] {
        page.largeur(largeur);
        page.sans_defilement_horizontal(nom);
        page.accessible(nom);
        page.capture(&format!("{nom}-{largeur}"));
    }
    page.mode_sombre(true);
    page.capture(&format!("{nom}-sombre"));
    page.mode_sombre(false);
}

#[test]
fn the_statement_is_read_as_of_another_day_and_a_line_is_disputed() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    entrer(&page);
    page.aller("/historique");
    page.texte("1 810");

    // With the keyboard alone: open, type, send.
    page.tabuler_jusqu_a("À quelle date ?");
    page.touche(Touche::Entree);
    page.tabuler_jusqu_a("Date du relevé");
    page.taper("24/11/2999");
    page.touche(Touche::Entree);
    page.champ("Date du relevé").attendre_erreur(true);
    page.champ("Date du relevé").attendre_description("utilisez la simulation");
    verifier(&page, "releve-date-future");
    page.champ("Date du relevé").remplir("1/2/2020");
    page.touche(Touche::Entree);
    page.texte("Relevé tel qu’il était le 1er février 2020. Solde : 810,00 €.");
    page.texte("acquis, crédité le 30 juin 2020");
    page.sans_texte("Activité de 2020");
    verifier(&page, "releve-ancien");
    page.champ("Date du relevé").remplir("01/01/2015");
    page.touche(Touche::Entree);
    page.texte("Le 1er janvier 2015, aucune ligne n’était inscrite à votre compte.");
    verifier(&page, "releve-avant");
    page.bouton("Revenir à aujourd’hui").cliquer();
    page.texte("Activité de 2020");
    page.attendre_focus("quelle-date");
    page.champ("Date du relevé").attendre_erreur(false);

    page.script("document.querySelector('.ledger__why').click()", serde_json::json!([]));
    page.bouton("Contester cette ligne").cliquer();
    page.attendre_focus("raison");
    page.texte("Votre employeur de cette année-là");
    page.bouton("Envoyer ma demande").cliquer();
    page.champ("Ce qui vous semble faux").attendre_erreur(true);
    verifier(&page, "contester-erreur");
    page.champ("Ce qui vous semble faux").remplir("J’ai travaillé à temps plein.");
    page.champ("Ce qui vous semble faux").attendre_erreur(false);
    page.bouton("Envoyer ma demande").double_cliquer();
    page.texte("Vos contestations");
    page.texte("Contestée le");
    assert!(page.focus_id().starts_with("CTR-"), "the focus is on the reference: {}", page.focus_id());
    verifier(&page, "contestee");
    page.recharger();
    page.texte("« J’ai travaillé à temps plein. »");
    assert_eq!(page.tout_le_texte().matches("CTR-").count(), 1, "one request, listed once while the line is closed");

    let liste = serveur.executer("contestations", &[], "");
    let reference = liste.split(' ').next().expect("a reference");
    serveur.executer("contestations", &[reference, "--repondre"], "Votre employeur a corrigé.\n\nRelevez vos heures.");
    serveur.executer("contestations", &[reference, "--completer"], "En partie seulement.");
    page.recharger();
    page.texte(": répondue.");
    page.texte("« Votre employeur a corrigé.");
    page.texte("« En partie seulement. »");
    page.script("document.querySelector('.ledger__why').click()", serde_json::json!([]));
    page.texte("Réponse du");
    verifier(&page, "contestation-repondue");
    assert_eq!(page.erreurs_console(), Vec::<String>::new());
}

#[test]
fn the_level_of_diploma_is_declared_then_ended() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    entrer(&page);
    page.aller("/mes-droits");
    page.texte("Votre niveau de diplôme");
    verifier(&page, "niveau");
    page.bouton("Déclarer que je n’ai pas ce niveau").cliquer();
    page.attendre_focus("confirmation");
    page.bouton("Déclarer").cliquer();
    page.texte("Cochez la case pour confirmer.");
    verifier(&page, "niveau-erreur");
    page.champ("Je déclare sur l’honneur n’avoir ni CAP, ni BEP, ni titre ou certification équivalents.").cliquer();
    page.bouton("Déclarer").cliquer();
    page.texte("Votre déclaration est enregistrée");
    page.attendre_focus("niveau-fait");
    verifier(&page, "niveau-declare");
    page.bouton("Terminer ma déclaration").cliquer();
    page.champ("Je confirme que cette déclaration ne doit plus compter.").cliquer();
    verifier(&page, "niveau-fin");
    page.bouton("Terminer").cliquer();
    page.texte("Votre déclaration est terminée");
    page.texte("Terminée le");
    assert_eq!(page.erreurs_console(), Vec::<String>::new());
}

//! The same without a mouse: tab, type, space and enter are enough.

use parcours::{Navigateur, Serveur, Touche};

#[test]
fn an_account_is_opened_by_keyboard_alone_and_a_reload_keeps_it() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.aller("/inscription");
    for (champ, texte) in [
        ("Nom de naissance", "Pat-Trois"),
        ("Prénoms", "Dominique Marie-Louise"),
        ("Date de naissance", "28/03/1979"),
        ("Numéro de sécurité sociale", "279035121518989"),
        ("Téléphone mobile", "0692123456"),
        ("Courriel", "dominique@example.org"),
        ("Mot de passe", "trois grues vertes"),
    ] {
        page.tabuler_jusqu_a(champ);
        page.taper(texte);
    }
    page.tabuler_jusqu_a("J’ai lu et j’accepte les conditions générales d’utilisation");
    page.touche(Touche::Espace);
    page.tabuler_jusqu_a("Créer mon compte");
    page.touche(Touche::Entree);
    page.attendre_chemin("/solde");
    page.texte("1 810");
    page.attendre_focus_sur_le_titre();
    page.recharger();
    page.texte("1 810");
}

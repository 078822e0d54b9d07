//! The fictional people of the README, as they would answer at the door.

use crate::page::Page;

/// One of them.
#[derive(Clone, Copy, Debug)]
pub struct Personne {
    /// Birth name.
    pub nom: &'static str,
    /// Given names.
    pub prenoms: &'static str,
    /// « 28/03/1979 »
    pub naissance: &'static str,
    /// Thirteen characters.
    pub nir: &'static str,
    /// The key.
    pub cle: &'static str,
}

/// The password of all of them.
pub const MOT_DE_PASSE: &str = "trois grues vertes";
/// The e-mail of all of them: each has a server of their own.
pub const COURRIEL: &str = "personne@example.org";

/// Has a DIF to declare; 1 025,00 €.
pub const RENAUD: Personne =
    Personne { nom: "Ambroise", prenoms: "Renaud", naissance: "15/01/1980", nir: "1800175999001", cle: "37" };
/// At the ceiling.
pub const MAELLE: Personne =
    Personne { nom: "Lhéritier", prenoms: "Maëlle", naissance: "02/06/1965", nir: "2650669999012", cle: "80" };
/// Not known to any employer.
pub const CAMILLE: Personne =
    Personne { nom: "Nouvel", prenoms: "Camille", naissance: "12/01/1980", nir: "1800175999029", cle: "09" };

impl Personne {
    /// Fills « Créer mon compte », wherever it is open, and sends nothing.
    pub fn remplir(&self, page: &Page) {
        self.remplir_avec(page, COURRIEL);
    }

    /// The same with an e-mail of one's own.
    pub fn remplir_avec(&self, page: &Page, courriel: &str) {
        for (champ, texte) in [
            ("Nom de naissance", self.nom),
            ("Prénoms", self.prenoms),
            ("Date de naissance", self.naissance),
            ("Numéro de sécurité sociale", self.nir),
            ("Clé", self.cle),
            ("Téléphone mobile", "06 12 34 56 78"),
            ("Courriel", courriel),
            ("Mot de passe", MOT_DE_PASSE),
        ] {
            page.champ(champ).remplir(texte);
        }
        page.champ("J’ai lu et j’accepte les conditions générales d’utilisation").cliquer();
    }

    /// Opens an account, up to the balance.
    pub fn inscrire(&self, page: &Page) {
        self.inscrire_avec(page, COURRIEL);
    }

    /// The same with an e-mail of one's own.
    pub fn inscrire_avec(&self, page: &Page, courriel: &str) {
        page.aller("/inscription");
        self.remplir_avec(page, courriel);
        page.bouton("Créer mon compte").cliquer();
        page.attendre_chemin("/solde");
        page.texte("de DIF");
    }
}

/// Connects from « Me connecter », up to the balance.
pub fn se_connecter(page: &Page, mot_de_passe: &str) {
    page.aller("/connexion");
    page.champ("Courriel").remplir(COURRIEL);
    page.champ("Mot de passe").remplir(mot_de_passe);
    page.bouton("Me connecter").cliquer();
    page.attendre_chemin("/solde");
    page.texte("de DIF");
}

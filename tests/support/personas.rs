//! The fictional people of the README, as they would answer at the door.

use crate::browser::Browser;
use crate::page::Page;
use crate::server::Server;

/// One of them.
#[derive(Clone, Copy, Debug)]
pub struct Persona {
    /// Birth name.
    pub nom_naissance: &'static str,
    /// Given names.
    pub prenoms: &'static str,
    /// « 28/03/1979 »
    pub date_naissance: &'static str,
    /// Thirteen characters.
    pub nir: &'static str,
    /// The key.
    pub key: &'static str,
}

/// The password of all of them.
pub const PASSWORD: &str = "trois grues vertes";
/// The e-mail of all of them: each has a server of their own.
pub const COURRIEL: &str = "personne@example.org";

/// Has a DIF to declare; 1 025,00 €.
pub const RENAUD: Persona = Persona {
    nom_naissance: "Ambroise",
    prenoms: "Renaud",
    date_naissance: "15/01/1980",
    nir: "1800175999001",
    key: "37",
};
/// At the ceiling.
pub const MAELLE: Persona = Persona {
    nom_naissance: "Lhéritier",
    prenoms: "Maëlle",
    date_naissance: "02/06/1965",
    nir: "2650669999012",
    key: "80",
};
/// Not known to any employer.
pub const CAMILLE: Persona = Persona {
    nom_naissance: "Nouvel",
    prenoms: "Camille",
    date_naissance: "12/01/1980",
    nir: "1800175999029",
    key: "09",
};
/// Volunteers, was helped by employers and paid for a course.
pub const SOLENE: Persona = Persona {
    nom_naissance: "Delmas",
    prenoms: "Solène",
    date_naissance: "12/04/1988",
    nir: "2880431999040",
    key: "16",
};
/// A public agent: an account in hours.
pub const AWA: Persona =
    Persona { nom_naissance: "Ndiaye", prenoms: "Awa", date_naissance: "14/05/1975", nir: "2750559999062", key: "85" };

impl Persona {
    /// Fills « Créer mon compte », wherever it is open, and sends nothing.
    pub fn fill(&self, page: &Page) {
        self.fill_with(page, COURRIEL);
    }

    /// The same with an e-mail of one's own.
    pub fn fill_with(&self, page: &Page, courriel: &str) {
        for (field, text) in [
            ("Nom de naissance", self.nom_naissance),
            ("Prénoms", self.prenoms),
            ("Date de naissance", self.date_naissance),
            ("Numéro de sécurité sociale", self.nir),
            ("Clé", self.key),
            ("Téléphone mobile", "06 12 34 56 78"),
            ("Courriel", courriel),
            ("Mot de passe", PASSWORD),
        ] {
            page.field(field).fill(text);
        }
        page.field("J’ai lu et j’accepte les conditions générales d’utilisation").click();
    }

    /// Opens an account, up to the balance.
    pub fn open_account(&self, page: &Page) {
        self.open_account_with(page, COURRIEL);
    }

    /// The same with an e-mail of one's own.
    pub fn open_account_with(&self, page: &Page, courriel: &str) {
        page.go("/inscription");
        self.fill_with(page, courriel);
        page.button("Créer mon compte").click();
        confirm(page, courriel);
        let _there: String = page.text_of("solde");
    }
}

/// « Nous avons écrit à cette adresse » is on the screen: reads the code in the mailbox and types it, up to the address of
/// the balance.
pub fn confirm(page: &Page, courriel: &str) {
    page.heading("Nous avons écrit à cette adresse");
    page.says(courriel);
    let code = page.code(courriel);
    page.field("Code à six chiffres").fill(&code);
    page.button("Ouvrir mon compte").click();
    page.wait_for_path("/solde");
}

/// Connects from « Me connecter », up to the balance.
pub fn log_in(page: &Page, password: &str) {
    log_in_as(page, COURRIEL, password);
}

/// The same, with that e-mail.
pub fn log_in_as(page: &Page, courriel: &str, password: &str) {
    page.go("/connexion");
    page.field("Courriel").fill(courriel);
    page.field("Mot de passe").fill(password);
    page.button("Me connecter").click();
    page.wait_for_path("/solde");
    let _there: String = page.text_of("solde");
}

/// What an operator calls the account of that e-mail by.
pub fn reference(server: &Server, courriel: &str) -> String {
    let sheet = server.run("comptes", &[], &format!("{courriel}\n"));
    sheet.split([' ', ',']).find(|word| word.starts_with("CPT-")).expect("a reference").to_owned()
}

/// An operator saw who has this account.
pub fn is_seen(server: &Server, courriel: &str) {
    let proof = "carte d’identité et attestation de droits vues le 28/11/2026";
    server.run("comptes", &[&reference(server, courriel), "--prouver", "--preuve", proof], "");
}

/// An operator gives this account another e-mail, which nobody has proved: the one way left to such an account since
/// addresses are proved.
pub fn give_courriel(server: &Server, present: &str, other: &str) {
    let proof = "carte d’identité vue le 28/11/2026";
    server.run(
        "comptes",
        &[&reference(server, present), "--courriel", "--preuve", proof],
        &format!("{other}\n{other}\n"),
    );
}

/// « Mes accès », open on this page, knows no other device than this one; it would say so, as it does of one more.
pub fn this_device_alone(page: &Page, server: &Server) {
    const SEEN: &str = "Vu pour la dernière fois le";
    page.says("cet appareil");
    page.absent(SEEN);
    log_in(&Browser::open().page(server), PASSWORD);
    page.reload();
    page.says(SEEN);
}

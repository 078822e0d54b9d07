//! After « Créer mon compte »: a letter, its code or its link, and the account. Nothing typed is lost while it is read.

use journeys::personas::{self, COURRIEL, PASSWORD, RENAUD};
use journeys::{Browser, Page, Server};

const WRITTEN: &str = "Nous avons écrit à cette adresse";
const CODE: &str = "Code à six chiffres";
const OPEN: &str = "Ouvrir mon compte";
const WRONG: &str = "Ce n’est pas le dernier code envoyé";
const SPENT: &str = "Ce code n’est plus valable";
const ANOTHER_LEFT: &str = "Un autre code vient de partir. Le précédent ne sert plus.";

/// Renaud has sent his answers.
fn written(page: &Page, courriel: &str) {
    page.go("/inscription");
    RENAUD.fill_with(page, courriel);
    page.button("Créer mon compte").click();
    page.heading(WRITTEN);
    page.says(courriel);
}

fn try_code(page: &Page, code: &str) {
    page.field(CODE).fill(code);
    page.button(OPEN).click();
}

/// Six figures that are not these.
fn another(code: &str, turn: u32) -> String {
    let code: u32 = code.parse().expect("six figures");
    format!("{:06}", (code + turn) % 1_000_000)
}

fn renaud_is_in(page: &Page) {
    page.wait_for_path("/solde");
    page.wait_for_text_of("solde", "1 025,00 €");
}

#[test]
fn the_screen_that_awaits_a_code_takes_the_focus_says_where_until_when_and_where_letters_are_read() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    written(&page, COURRIEL);
    page.wait_for_focus_on_heading();
    assert_eq!(page.document_title(), "Nous avons écrit à cette adresse · Acquis");
    page.says("Le code est valable 15 minutes, jusqu’à ");
    page.says("(heure de Paris)");
    page.says("Cette machine n’envoie rien");
    page.says("Je n’ai rien reçu");
    page.inspect("inscription-ecrit");
    page.width(360);
    assert_eq!(page.overprinted(), Vec::<String>::new());
    page.button(OPEN).click();
    page.field(CODE).wait_for_description("Saisissez les six chiffres du code reçu par courriel.");
    page.wait_for_focus("code-recu-bilan");
    assert_eq!(page.document_title(), "Erreur\u{a0}: Nous avons écrit à cette adresse · Acquis");
    page.inspect("inscription-code-vide");
    page.field(CODE).fill("12 34");
    page.field(CODE).leave();
    page.field(CODE).wait_for_description("Il manque 2 chiffres.");
    // As copied from the letter, with what stands around.
    let code = page.code(COURRIEL);
    page.field(CODE).paste(&format!(" {} {} ", &code[..3], &code[3..]));
    page.field(CODE).wait_for_error(false);
    page.button(OPEN).click();
    renaud_is_in(&page);
    page.wait_for_focus_on_heading();
    assert_eq!(page.console_errors(), Vec::<String>::new());
}

#[test]
fn five_wrong_codes_spend_the_right_one_and_another_opens_the_account() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    written(&page, COURRIEL);
    let code = page.code(COURRIEL);
    for turn in 1..=4 {
        try_code(&page, &another(&code, turn));
        page.field(CODE).wait_for_description(WRONG);
        page.field(CODE).fill("");
        page.field(CODE).wait_for_error(true);
    }
    try_code(&page, &another(&code, 5));
    page.field(CODE).wait_for_error(true);
    try_code(&page, &code);
    page.field(CODE).wait_for_description(SPENT);
    page.inspect("inscription-code-epuise");
    page.button("Envoyer un autre code").click();
    page.says(ANOTHER_LEFT);
    page.wait_for_focus("autre-code-parti");
    page.field(CODE).wait_for_value("");
    page.inspect("inscription-autre-code");
    let fresh = page.code(COURRIEL);
    try_code(&page, &code);
    page.field(CODE).wait_for_description(WRONG);
    try_code(&page, &fresh);
    renaud_is_in(&page);
}

#[test]
fn a_wrong_address_is_mended_where_it_is_read_and_the_answers_are_still_there() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    written(&page, "renaud@exemple.invalid");
    let first = page.code("renaud@exemple.invalid");
    page.field("Courriel").wait_for_value("renaud@exemple.invalid");
    page.field("Courriel").fill("renaud");
    page.button("Envoyer un autre code").click();
    page.field("Courriel").wait_for_description("Il manque le « @ »");
    page.inspect("inscription-adresse-fausse");
    page.field("Courriel").fill("renaud@example.org");
    page.button("Envoyer un autre code").click();
    page.says(ANOTHER_LEFT);
    page.says("renaud@example.org");
    let mended = page.code("renaud@example.org");
    // The questions are as they were, but for the address.
    page.button("Revenir à mes réponses").click();
    page.heading("Créer mon compte");
    page.wait_for_focus_on_heading();
    assert_eq!(page.document_title(), "Créer mon compte · Acquis");
    for (field, text) in [
        ("Nom de naissance", "Ambroise"),
        ("Prénoms", "Renaud"),
        ("Numéro de sécurité sociale", "1 80 01 75 999 001"),
        ("Clé", "37"),
        ("Courriel", "renaud@example.org"),
        ("Mot de passe", PASSWORD),
    ] {
        page.field(field).wait_for_value(text);
    }
    assert!(page.field("J’ai lu et j’accepte les conditions").is_ticked(), "the box is still ticked");
    page.button("Créer mon compte").click();
    page.heading(WRITTEN);
    for former in [first, mended] {
        try_code(&page, &former);
        page.field(CODE).wait_for_description(WRONG);
    }
    let code = page.code("renaud@example.org");
    try_code(&page, &code);
    renaud_is_in(&page);
}

#[test]
fn a_reload_comes_back_to_the_code_and_a_cut_line_keeps_it() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    written(&page, COURRIEL);
    page.reload();
    page.heading(WRITTEN);
    page.says(COURRIEL);
    page.wait_for_focus_on_heading();
    // What a reload keeps of the answers is there too.
    page.button("Revenir à mes réponses").click();
    page.field("Prénoms").wait_for_value("Renaud");
    page.says("Vos réponses sont revenues");
    page.link("conditions générales d’utilisation").click();
    page.wait_for_path("/cgu");
    page.back();
    page.heading(WRITTEN);
    let code = page.code(COURRIEL);
    page.field(CODE).fill(&code);
    page.offline(true);
    page.button(OPEN).click();
    page.says("Votre compte n’est pas encore ouvert");
    page.field(CODE).wait_for_value(&code);
    page.inspect("inscription-code-hors-ligne");
    page.offline(false);
    page.button(OPEN).click();
    renaud_is_in(&page);
}

#[test]
fn the_link_opens_the_account_at_a_press_and_the_tab_that_waits_goes_on_by_itself() {
    let server = Server::start();
    let page = Browser::whole().page(&server);
    written(&page, COURRIEL);
    let link = page.letter(COURRIEL, "Confirmez votre adresse").link("/confirmer");
    page.new_tab();
    page.go(&link);
    page.heading("Ouvrir mon compte");
    assert_eq!(page.path(), "/confirmer", "what the link carries leaves the address");
    page.inspect("confirmer");
    page.button(OPEN).click();
    renaud_is_in(&page);
    page.look_at_tab(0);
    renaud_is_in(&page);
    page.go("/confirmer#0f0f");
    page.button(OPEN).click();
    page.says("Ce lien n’ouvre plus de compte");
    page.inspect("confirmer-perime");
    page.go("/confirmer");
    page.button(OPEN).click();
    page.says("Ce lien n’ouvre plus de compte");
}

#[test]
fn in_another_browser_the_link_asks_for_the_password_and_the_first_one_is_told() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    written(&page, COURRIEL);
    let link = page.letter(COURRIEL, "Confirmez votre adresse").link("/confirmer");
    let elsewhere = Browser::open().page(&server);
    elsewhere.go(&link);
    elsewhere.absent("Ce n’est pas dans ce navigateur que ce compte a été demandé.");
    elsewhere.button(OPEN).click();
    elsewhere.says("Ce n’est pas dans ce navigateur que ce compte a été demandé.");
    elsewhere.wait_for_focus("mot-de-passe");
    elsewhere.inspect("confirmer-ailleurs");
    elsewhere.button(OPEN).click();
    elsewhere.field("Mot de passe choisi à l’inscription").wait_for_description("Saisissez votre mot de passe.");
    elsewhere.field("Mot de passe choisi à l’inscription").fill("trois grues rouges");
    elsewhere.button(OPEN).click();
    elsewhere.field("Mot de passe choisi à l’inscription").wait_for_description("Ce n’est pas le mot de passe");
    elsewhere.inspect("confirmer-mot-de-passe-faux");
    elsewhere.field("Mot de passe choisi à l’inscription").fill(PASSWORD);
    elsewhere.button(OPEN).click();
    renaud_is_in(&elsewhere);
    // The first browser is nobody's: it learns that it is done, and where to come in.
    page.reload();
    page.heading("Votre compte est ouvert");
    page.inspect("inscription-ouverte-ailleurs");
    page.link("Me connecter").click();
    page.heading("Me connecter");
    page.go("/inscription");
    page.heading("Créer mon compte");
    page.field("Nom de naissance").wait_for_value("");
}

#[test]
fn who_has_an_account_learns_it_in_the_letter_alone() {
    let server = Server::start();
    RENAUD.open_account(&Browser::open().page(&server));
    let page = Browser::open().page(&server);
    // The same e-mail, for somebody else.
    page.go("/inscription");
    personas::CAMILLE.fill(&page);
    page.button("Créer mon compte").click();
    page.heading(WRITTEN);
    let letter = page.letter(COURRIEL, "Vous avez déjà un compte");
    assert_eq!(letter.code(), None, "{}", letter.text);
    assert_eq!(letter.link("/connexion"), "/connexion");
    assert_eq!(letter.link("/mot-de-passe-oublie"), "/mot-de-passe-oublie");
    try_code(&page, "123456");
    page.field(CODE).wait_for_description(WRONG);
    page.absent(SPENT);
    // The same number, for another e-mail: the screen says the same.
    page.button("Revenir à mes réponses").click();
    RENAUD.fill_with(&page, "squatter@example.org");
    page.field("J’ai lu et j’accepte les conditions").click();
    page.button("Créer mon compte").click();
    page.heading(WRITTEN);
    page.says("squatter@example.org");
    for turn in 0..5 {
        try_code(&page, &format!("12345{turn}"));
        page.field(CODE).wait_for_error(true);
    }
    try_code(&page, "999999");
    page.says(SPENT);
}

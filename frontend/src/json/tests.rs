//! Every text that the server may write, and those that it may not.

use api::contestations::ContestationView;
use api::droits::HistoriqueView;
use api::probleme::{Code, ErrorView, Probleme};
use domaine::assurance::Level;
use domaine::bareme::Bareme;
use domaine::droits::{Destinataire, GivenAnswer, Marker, Outlook, Releve, RequestStatut, calculate};
use domaine::examples;
use domaine::forms::Faute;
use domaine::identite::NirInvalide;
use domaine::mesures::{Day, Euros, HoursVariation};

use super::*;
use api::passkeys::{PasskeyAnswer, PasskeyName, PasskeyNumber, SaisieCleAcces};
use api::requests::SaisieArret;
use api::second_step::{PasswordAgain, SaisiePreuves, SaisieSecondeEtape};
use domaine::forms::{
    SaisieCode, SaisieCodes, SaisieConnexion, SaisieContestation, SaisieCoordonnees, SaisieInscription,
    SaisieMotDePasse, SaisieNouvelAcces, SaisieRecuperation, SaisieSousNiveau3,
};

fn like_serde<T: DeserializeOwned + serde::Serialize + PartialEq + fmt::Debug>(value: &T) {
    let text = serde_json::to_string_pretty(value).expect("it is written");
    assert_eq!(parse::<T>(&text).as_ref(), Ok(value), "{text}");
}

fn contestation(releve: &Releve, ligne: Marker) -> ContestationView {
    let response = |text: &str| GivenAnswer { on: releve.as_of, text: text.into() };
    ContestationView {
        reference: "CTR-7K2M-9QXA".into(),
        ligne,
        montant: Euros::whole(500),
        hours: HoursVariation::ZERO,
        destinataire: Destinataire::Employeur,
        raison: "Faux.".into(),
        filed_on: releve.as_of,
        statut: RequestStatut::Answered,
        answers: vec![response("Corrigé\npar l’employeur."), response("« Deux » fois.")],
    }
}

#[test]
fn what_the_server_writes_is_read_back() {
    for person in examples::PEOPLE {
        let releve = calculate(&person.situation(), Day::date(2026, 11, 24), &Bareme::IN_FORCE);
        let (today, since) = (releve.as_of, releve.lignes.first().map(|ligne| ligne.date));
        let contestations = releve.markers().into_iter().map(|ligne| contestation(&releve, ligne)).collect();
        let outlook = Outlook::of(&person.situation(), &releve, person.known, since);
        like_serde(&HistoriqueView {
            releve,
            today,
            since,
            known: true,
            dif_end: since,
            outlook,
            dif_to_check: true,
            contestations,
        });
    }
    like_serde(&Probleme::lacking(Level::CourrielConfirmed));
    for faute in [
        Faute::Cgu,
        Faute::Nir(NirInvalide::Month(['1', '3'])),
        Faute::Nir(NirInvalide::Caractere('é')),
        Faute::Nir(NirInvalide::TooLong),
    ] {
        let errors = vec![ErrorView { champ: "nir".into(), faute }];
        like_serde(&Probleme { errors, retry_after: Some("60".into()), ..Probleme::new(Code::Saisie) });
    }
}

#[test]
fn texts_are_read_with_their_escapes() {
    for text in ["", "d’Été\n\t\"\\/", "\u{8}\u{c}\u{1}", "🙂 et \u{202e}"] {
        like_serde(&text.to_owned());
    }
    assert_eq!(parse::<String>(r#""\ud83d\ude42 \u00e9 \/""#).as_deref(), Ok("🙂 é /"));
}

#[test]
fn anything_else_is_unreadable_and_never_a_panic() {
    let right = r#"{"code":"saisie","erreurs":[{"champ":"nir","faute":{"nir":"cle"}}],"attendre":null}"#;
    assert!(parse::<Probleme>(right).is_ok());
    let bounds = (0..right.len()).filter(|end| right.is_char_boundary(*end));
    assert!(bounds.clone().all(|end| parse::<Probleme>(&right[..end]).is_err()));
    for (place, byte) in bounds.flat_map(|place| "{}[],:\"\\ux0é ".chars().map(move |c| (place, c))) {
        let mut damaged = right.to_owned();
        damaged.insert(place, byte);
        let _read_or_not = parse::<Probleme>(&damaged);
    }
    for text in [&"[".repeat(10_000), "nul", "\"\\ud83d\"", "\"\\ud83d\\u0041\"", "\"\\x\"", "1.5", "{}", "[] []"] {
        assert!(parse::<Vec<String>>(text).is_err(), "{}", &text[..text.len().min(20)]);
    }
}

#[test]
fn what_is_not_known_is_passed_over() {
    let text = r#"{"neuf":{"a":[1,-2,true,null,"x"]},"code":"interne","erreurs":[],"attendre":null}"#;
    assert_eq!(parse::<Probleme>(text), Ok(Probleme::new(Code::Internal)));
}

/// What a person may type, or paste, in a field.
const TYPED: [&str; 5] = ["", "d’Été\n\t\"\\/", "\u{0}\u{8}\u{c}\u{1f}\u{7f}", "🙂 et \u{202e}\u{2028}", "{\"a\":[1]}"];

fn written<T: DeserializeOwned + serde::Serialize + PartialEq>(body: &T) {
    let text = write(body).expect("it is written");
    let theirs: serde_json::Value = serde_json::to_value(body).expect("it is written");
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).ok(), Some(theirs), "{text}");
    assert!(serde_json::from_str::<T>(&text).is_ok_and(|back| back == *body), "{text}");
    assert!(parse::<T>(&text).is_ok_and(|back| back == *body), "{text}");
}

#[test]
fn every_body_is_written_as_serde_json_writes_it() {
    for text in TYPED {
        let t = || text.to_owned();
        written(&SaisieInscription {
            nom_naissance: t(),
            prenoms: t(),
            date_naissance: t(),
            nir: t(),
            key: t(),
            telephone_fixe: t(),
            telephone_mobile: t(),
            courriel: t(),
            mot_de_passe: t(),
            cgu: true,
        });
        written(&SaisieConnexion { courriel: t(), mot_de_passe: t() });
        written(&SaisieCoordonnees {
            telephone_fixe: t(),
            telephone_mobile: t(),
            courriel: t(),
            current_mot_de_passe: t(),
        });
        written(&SaisieCodes { present: t(), new: "1".into() });
        written(&SaisieMotDePasse { current: t(), code: "1".into(), secours: t(), new: t() });
        written(&SaisieArret { token: t() });
        written(&SaisieCode { code: "1".into(), token: t(), mot_de_passe: t() });
        written(&SaisieNouvelAcces { code: t(), token: t(), mot_de_passe: t() });
        written(&SaisieRecuperation { courriel: t() });
        written(&PasskeyAnswer { response: t() });
        written(&SaisieCleAcces { name: t(), mot_de_passe: t(), code: "1".into(), secours: t() });
        written(&PasskeyName { number: t(), name: t() });
        written(&PasskeyNumber { number: t() });
        written(&PasswordAgain { mot_de_passe: t() });
        written(&SaisiePreuves { mot_de_passe: t(), code: "1".into(), secours: t() });
        written(&SaisieSecondeEtape { code: t(), secours: "1".into() });
        for ligne in ["2020-06-30.0", "2020-12-31.12"] {
            let ligne = ligne.parse().expect("a mark");
            written(&SaisieContestation { ligne, raison: t() });
        }
    }
    for (confirmation, mistake) in [(true, false), (false, true)] {
        written(&SaisieSousNiveau3 { confirmation, mistake });
    }
}

#[test]
fn what_the_page_does_not_send_is_not_written() {
    assert_eq!(write(&3), Err(Unwritable));
    assert_eq!(write(&'a'), Err(Unwritable));
    assert_eq!(write(&Some("a")), Err(Unwritable));
    assert_eq!(write(&["a"]), Err(Unwritable));
    assert_eq!(write(&("a", true)), Err(Unwritable));
    assert_eq!(write(&Faute::Nir(NirInvalide::TooLong)), Err(Unwritable));
    assert_eq!(write(&Probleme::new(Code::Internal)), Err(Unwritable));
    assert_eq!(write("a"), Ok("\"a\"".to_owned()));
}

//! Every text that the server may write, and those that it may not.

use api::contestations::ContestationVue;
use api::droits::HistoriqueVu;
use api::probleme::{Code, ErreurVue, Probleme};
use domaine::bareme::Bareme;
use domaine::droits::{Destinataire, Releve, Repere, ReponseDonnee, StatutDemande, calculer};
use domaine::exemples;
use domaine::forms::Faute;
use domaine::identite::NirInvalide;
use domaine::mesures::{Euros, Jour, VariationHeures};

use super::*;

fn comme_serde<T: DeserializeOwned + serde::Serialize + PartialEq + fmt::Debug>(valeur: &T) {
    let texte = serde_json::to_string_pretty(valeur).expect("it is written");
    assert_eq!(lire::<T>(&texte).as_ref(), Ok(valeur), "{texte}");
}

fn contestation(releve: &Releve, ligne: Repere) -> ContestationVue {
    let reponse = |texte: &str| ReponseDonnee { le: releve.au, texte: texte.into() };
    ContestationVue {
        reference: "CTR-7K2M-9QXA".into(),
        ligne,
        montant: Euros::entiers(500),
        heures: VariationHeures::ZERO,
        destinataire: Destinataire::Employeur,
        raison: "Faux.".into(),
        deposee_le: releve.au,
        statut: StatutDemande::Repondue,
        reponses: vec![reponse("Corrigé\npar l’employeur."), reponse("« Deux » fois.")],
    }
}

#[test]
fn what_the_server_writes_is_read_back() {
    for personne in exemples::PERSONNES {
        let releve = calculer(&personne.situation(), Jour::date(2026, 11, 24), &Bareme::EN_VIGUEUR);
        let (aujourdhui, depuis) = (releve.au, releve.lignes.first().map(|ligne| ligne.date));
        let contestations = releve.reperes().into_iter().map(|ligne| contestation(&releve, ligne)).collect();
        comme_serde(&HistoriqueVu { releve, aujourdhui, depuis, connu: true, fin_dif: depuis, contestations });
    }
    for faute in [
        Faute::Cgu,
        Faute::Nir(NirInvalide::Mois(['1', '3'])),
        Faute::Nir(NirInvalide::Caractere('é')),
        Faute::Nir(NirInvalide::TropLong),
    ] {
        let erreurs = vec![ErreurVue { champ: "nir".into(), faute }];
        comme_serde(&Probleme { code: Code::Saisie, erreurs, attendre: Some("60".into()) });
    }
}

#[test]
fn texts_are_read_with_their_escapes() {
    for texte in ["", "d’Été\n\t\"\\/", "\u{8}\u{c}\u{1}", "🙂 et \u{202e}"] {
        comme_serde(&texte.to_owned());
    }
    assert_eq!(lire::<String>(r#""\ud83d\ude42 \u00e9 \/""#).as_deref(), Ok("🙂 é /"));
}

#[test]
fn anything_else_is_unreadable_and_never_a_panic() {
    let juste = r#"{"code":"saisie","erreurs":[{"champ":"nir","faute":{"nir":"cle"}}],"attendre":null}"#;
    assert!(lire::<Probleme>(juste).is_ok());
    let bornes = (0..juste.len()).filter(|fin| juste.is_char_boundary(*fin));
    assert!(bornes.clone().all(|fin| lire::<Probleme>(&juste[..fin]).is_err()));
    for (place, octet) in bornes.flat_map(|place| "{}[],:\"\\ux0é ".chars().map(move |c| (place, c))) {
        let mut abime = juste.to_owned();
        abime.insert(place, octet);
        let _read_or_not = lire::<Probleme>(&abime);
    }
    for texte in [&"[".repeat(10_000), "nul", "\"\\ud83d\"", "\"\\ud83d\\u0041\"", "\"\\x\"", "1.5", "{}", "[] []"] {
        assert!(lire::<Vec<String>>(texte).is_err(), "{}", &texte[..texte.len().min(20)]);
    }
}

#[test]
fn what_is_not_known_is_passed_over() {
    let texte = r#"{"neuf":{"a":[1,-2,true,null,"x"]},"code":"interne","erreurs":[],"attendre":null}"#;
    assert_eq!(lire::<Probleme>(texte), Ok(Probleme::new(Code::Interne)));
}

//! The forms of an account: every fault at once, each at its field.

use domaine::forms::{
    Champ, ChampInscription as C, Faute, Formulaire, SaisieConnexion, SaisieCoordonnees, SaisieInscription,
};
use domaine::identite::{MotDePasseInvalide, NirInvalide};
use domaine::mesures::Jour;

const AUJOURDHUI: Jour = Jour::date(2026, 11, 23);

fn saisie() -> SaisieInscription {
    SaisieInscription {
        nom_naissance: "Pat-Trois".into(),
        prenoms: "Dominique Marie-Louise".into(),
        date_naissance: "28/03/1979".into(),
        nir: "2 79 03 51 215 189".into(),
        cle: "89".into(),
        telephone_fixe: String::new(),
        telephone_mobile: "06 12 34 56 78".into(),
        courriel: "dominique@example.org".into(),
        mot_de_passe: "trois grues vertes".into(),
        cgu: true,
    }
}

fn faute(saisie: &SaisieInscription, champ: C) -> Option<Faute> {
    saisie.valider(AUJOURDHUI).err()?.de(champ)
}

#[test]
fn a_form_in_which_everything_is_right_is_accepted() {
    assert!(saisie().valider(AUJOURDHUI).is_ok());
}

#[test]
fn an_empty_form_tells_every_field_at_once_in_the_order_of_the_screen() {
    let erreurs = SaisieInscription::default().valider(AUJOURDHUI).unwrap_err();
    let champs: Vec<_> = erreurs.dans_l_ordre().into_iter().map(|(champ, _)| champ).collect();
    assert_eq!(champs, C::TOUS);
}

#[test]
fn the_fifteen_characters_may_stand_in_the_first_box() {
    let saisie = SaisieInscription { nir: "279035121518989".into(), cle: String::new(), ..saisie() };
    assert!(saisie.valider(AUJOURDHUI).is_ok());
}

#[test]
fn a_wrong_key_is_told_at_the_key() {
    let saisie = SaisieInscription { cle: "88".into(), ..saisie() };
    assert_eq!(faute(&saisie, C::Cle), Some(Faute::Nir(NirInvalide::Cle)));
    assert_eq!(faute(&saisie, C::Nir), None);
}

#[test]
fn a_birth_date_that_contradicts_the_nir_is_told_at_the_date() {
    let saisie = SaisieInscription { date_naissance: "28/03/1980".into(), ..saisie() };
    assert!(matches!(faute(&saisie, C::DateNaissance), Some(Faute::Incoherence(_))));
}

#[test]
fn one_telephone_is_needed_and_its_absence_is_told_at_both_fields() {
    let saisie = SaisieInscription { telephone_mobile: " ".into(), ..saisie() };
    assert_eq!(faute(&saisie, C::TelephoneFixe), Some(Faute::TelephoneManquant));
    assert_eq!(faute(&saisie, C::TelephoneMobile), Some(Faute::TelephoneManquant));
}

#[test]
fn a_mobile_typed_under_fixe_is_put_where_it_belongs() {
    let saisie =
        SaisieInscription { telephone_fixe: "0692 12 34 56".into(), telephone_mobile: String::new(), ..saisie() };
    let telephones = saisie.valider(AUJOURDHUI).expect("accepted").telephones;
    assert!(telephones.fixe().is_none());
    assert_eq!(telephones.mobile().map(|t| t.e164()).as_deref(), Some("+262692123456"));
}

#[test]
fn two_mobiles_are_told_at_the_fixed_line() {
    let saisie = SaisieInscription { telephone_fixe: "0692 12 34 56".into(), ..saisie() };
    assert_eq!(faute(&saisie, C::TelephoneFixe), Some(Faute::DeuxMobiles));
}

#[test]
fn a_password_made_of_ones_own_name_is_refused() {
    let saisie = SaisieInscription { mot_de_passe: "dominique-pat-trois-79".into(), ..saisie() };
    let personnel = Faute::MotDePasse(MotDePasseInvalide::Personnel);
    assert_eq!(faute(&saisie, C::MotDePasse), Some(personnel));
}

#[test]
fn ten_thousand_characters_in_any_field_are_refused_unread() {
    let long = "a".repeat(10_000);
    let saisie = SaisieInscription {
        nom_naissance: long.clone(),
        prenoms: long.clone(),
        date_naissance: long.clone(),
        nir: long.clone(),
        cle: long.clone(),
        telephone_fixe: long.clone(),
        telephone_mobile: long.clone(),
        courriel: long.clone(),
        mot_de_passe: long,
        cgu: true,
    };
    for champ in [C::NomNaissance, C::Prenoms, C::DateNaissance, C::Nir, C::Courriel, C::MotDePasse] {
        assert_eq!(faute(&saisie, champ), Some(Faute::Demesure), "{}", champ.id());
    }
    assert!(faute(&saisie, C::TelephoneFixe).is_some());
}

#[test]
fn a_field_is_found_again_by_its_identifier() {
    for champ in C::TOUS {
        assert_eq!(C::par_id(champ.id()), Some(*champ));
    }
    assert_eq!(C::par_id("autre"), None);
}

#[test]
fn a_connection_asks_for_both_answers_and_details_for_a_telephone() {
    assert!(SaisieConnexion::default().valider(AUJOURDHUI).is_err());
    let coordonnees = SaisieCoordonnees { courriel: "d@example.org".into(), ..SaisieCoordonnees::default() };
    assert!(coordonnees.valider(AUJOURDHUI).is_err());
}

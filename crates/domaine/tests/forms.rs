//! The forms of an account: every fault at once, each at its field.

use domaine::forms::{
    Champ, ChampCode, ChampCodes, ChampInscription as C, ChampNouvelAcces, Faute, Formulaire, Proof, SaisieCode,
    SaisieCodes, SaisieConnexion, SaisieCoordonnees, SaisieInscription, SaisieNouvelAcces, SaisieRecuperation,
};
use domaine::identite::{CodeInvalide, MotDePasseInvalide, NirInvalide, Token};
use domaine::mesures::Day;

const TODAY: Day = Day::date(2026, 11, 23);

fn saisie() -> SaisieInscription {
    SaisieInscription {
        nom_naissance: "Pat-Trois".into(),
        prenoms: "Dominique Marie-Louise".into(),
        date_naissance: "28/03/1979".into(),
        nir: "2 79 03 51 215 189".into(),
        key: "89".into(),
        telephone_fixe: String::new(),
        telephone_mobile: "06 12 34 56 78".into(),
        courriel: "dominique@example.org".into(),
        mot_de_passe: "trois grues vertes".into(),
        cgu: true,
    }
}

fn faute(saisie: &SaisieInscription, champ: C) -> Option<Faute> {
    saisie.validate(TODAY).err()?.of(champ)
}

#[test]
fn a_form_in_which_everything_is_right_is_accepted() {
    assert!(saisie().validate(TODAY).is_ok());
}

#[test]
fn an_empty_form_tells_every_field_at_once_in_the_order_of_the_screen() {
    let errors = SaisieInscription::default().validate(TODAY).unwrap_err();
    let champs: Vec<_> = errors.in_order().into_iter().map(|(champ, _)| champ).collect();
    assert_eq!(champs, C::ALL);
}

#[test]
fn the_fifteen_characters_may_stand_in_the_first_box() {
    let saisie = SaisieInscription { nir: "279035121518989".into(), key: String::new(), ..saisie() };
    assert!(saisie.validate(TODAY).is_ok());
}

#[test]
fn a_wrong_key_is_told_at_the_key() {
    let saisie = SaisieInscription { key: "88".into(), ..saisie() };
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
    assert_eq!(faute(&saisie, C::TelephoneFixe), Some(Faute::MissingTelephone));
    assert_eq!(faute(&saisie, C::TelephoneMobile), Some(Faute::MissingTelephone));
}

#[test]
fn a_mobile_typed_under_fixe_is_put_where_it_belongs() {
    let saisie =
        SaisieInscription { telephone_fixe: "0692 12 34 56".into(), telephone_mobile: String::new(), ..saisie() };
    let telephones = saisie.validate(TODAY).expect("accepted").telephones;
    assert!(telephones.fixe().is_none());
    assert_eq!(telephones.mobile().map(|t| t.e164()).as_deref(), Some("+262692123456"));
}

#[test]
fn two_mobiles_are_told_at_the_fixed_line() {
    let saisie = SaisieInscription { telephone_fixe: "0692 12 34 56".into(), ..saisie() };
    assert_eq!(faute(&saisie, C::TelephoneFixe), Some(Faute::TwoMobiles));
}

#[test]
fn a_password_made_of_ones_own_name_is_refused() {
    let saisie = SaisieInscription { mot_de_passe: "dominique-pat-trois-79".into(), ..saisie() };
    let personal = Faute::MotDePasse(MotDePasseInvalide::Personal);
    assert_eq!(faute(&saisie, C::MotDePasse), Some(personal));
}

#[test]
fn ten_thousand_characters_in_any_field_are_refused_unread() {
    let long = "a".repeat(10_000);
    let saisie = SaisieInscription {
        nom_naissance: long.clone(),
        prenoms: long.clone(),
        date_naissance: long.clone(),
        nir: long.clone(),
        key: long.clone(),
        telephone_fixe: long.clone(),
        telephone_mobile: long.clone(),
        courriel: long.clone(),
        mot_de_passe: long,
        cgu: true,
    };
    for champ in [C::NomNaissance, C::Prenoms, C::DateNaissance, C::Nir, C::Courriel, C::MotDePasse] {
        assert_eq!(faute(&saisie, champ), Some(Faute::Oversized), "{}", champ.id());
    }
    assert!(faute(&saisie, C::TelephoneFixe).is_some());
}

#[test]
fn a_field_is_found_again_by_its_identifier() {
    for champ in C::ALL {
        assert_eq!(C::from_id(champ.id()), Some(*champ));
    }
    assert_eq!(C::from_id("autre"), None);
}

#[test]
fn a_connection_asks_for_both_answers_and_details_for_a_telephone() {
    assert!(SaisieConnexion::default().validate(TODAY).is_err());
    let coordonnees = SaisieCoordonnees { courriel: "d@example.org".into(), ..SaisieCoordonnees::default() };
    assert!(coordonnees.validate(TODAY).is_err());
}

#[test]
fn each_code_of_a_change_is_read_in_its_place_and_none_is_asked_for_here() {
    let read = |present: &str, new: &str| SaisieCodes { present: present.into(), new: new.into() }.validate(TODAY);
    let codes = read(" 041 837", "").expect("one code");
    assert_eq!((codes.present.map(|code| code.as_str().to_owned()), codes.new), (Some("041837".to_owned()), None));
    assert!(read("", " ").is_ok_and(|codes| codes.present.is_none() && codes.new.is_none()));
    let both = read("12345a", "12345").expect_err("two faults");
    assert_eq!(both.of(ChampCodes::Present), Some(Faute::Code(CodeInvalide::Caractere('a'))));
    assert!(matches!(both.of(ChampCodes::New), Some(Faute::Code(CodeInvalide::Missing(_)))));
}

#[test]
fn a_code_is_asked_for_unless_a_link_stands_in_its_place() {
    let fautes = |saisie: SaisieCode| saisie.validate(TODAY).err();
    let nothing = fautes(SaisieCode::default()).expect("no code");
    assert_eq!(nothing.of(ChampCode::Code), Some(Faute::Code(CodeInvalide::Empty)));
    assert!(fautes(SaisieCode { code: " 041 837".into(), ..SaisieCode::default() }).is_none());
    let link = "0f".repeat(32);
    let shown = SaisieCode { token: link.clone(), mot_de_passe: "as typed ".into(), ..SaisieCode::default() };
    let Ok(shown) = shown.validate(TODAY) else { panic!("a link") };
    assert_eq!((shown.proof, shown.mot_de_passe.as_str()), (Proof::Token(Token::Link(link)), "as typed "));
    let cut = fautes(SaisieCode { token: "0f".into(), ..SaisieCode::default() }).expect("a link cut short");
    assert!(cut.of(ChampCode::Token).is_some() && cut.of(ChampCode::Code).is_none());
}

#[test]
fn a_new_password_is_judged_with_the_code_that_allows_it() {
    let saisie = SaisieNouvelAcces { mot_de_passe: "court".into(), ..SaisieNouvelAcces::default() };
    let errors = saisie.validate(TODAY).expect_err("no code, and a weak password");
    let champs: Vec<_> = errors.in_order().into_iter().map(|(champ, _)| champ).collect();
    assert_eq!(champs, [ChampNouvelAcces::Code, ChampNouvelAcces::MotDePasse]);
    let printed = "7k2d-q9xm-04ab-wz8r".into();
    let saisie = SaisieNouvelAcces { token: printed, mot_de_passe: "trois grues vertes".into(), code: String::new() };
    assert!(saisie.validate(TODAY).is_ok());
}

#[test]
fn an_address_to_write_to_is_judged_like_any_other() {
    assert!(SaisieRecuperation { courriel: "dominique@example".into() }.validate(TODAY).is_err());
    assert!(SaisieRecuperation { courriel: " dominique@example.org".into() }.validate(TODAY).is_ok());
}

//! What a DSN says of a person besides their hours: a disability, an apprenticeship, a birth date; and what
//! the statement makes of it.

use domaine::droits::{Motif, Raison, Releve, calculer};
use domaine::mesures::{Euros, Jour};
use testbed::{Application, essai, exemple};

const CONTRAT: &str = "S21.G00.40.014,'10'";

/// The example of the reader, for every month of 2024, with what is put in the place of what.
fn annee_2024(remplacer: &[(&str, &str)]) -> Vec<u8> {
    (1..=12).flat_map(|mois| mois_de_2024(mois, remplacer)).collect()
}

fn mois_de_2024(mois: u8, remplacer: &[(&str, &str)]) -> Vec<u8> {
    let texte = String::from_utf8(exemple(remplacer)).expect("a text");
    let lignes = texte.lines().count();
    let dernier = Jour::jours_du_mois(2024, mois);
    texte
        .replace("01012026", &format!("01{mois:02}2024"))
        .replace("31012026", &format!("{dernier:02}{mois:02}2024"))
        .replace("S90.G00.90.001,'34'", &format!("S90.G00.90.001,'{lignes}'"))
        .into_bytes()
}

async fn releve(application: &Application, au: Jour) -> Releve {
    let etat = &application.etat;
    let personnes = application.lignes("SELECT personne FROM activites WHERE origine = 'dsn' GROUP BY personne").await;
    let [personne] = personnes.as_slice() else { panic!("one person: {}", personnes.len()) };
    let situation = etat.store.situation(personne).await.expect("a life").expect("a person");
    calculer(&situation, au, &etat.bareme())
}

fn montants(releve: &Releve) -> Vec<String> {
    releve.lignes.iter().filter(|ligne| ligne.date.annee() >= 2025).map(|ligne| ligne.montant.to_string()).collect()
}

#[test]
fn a_disability_that_the_employer_declares_adds_300_euros() {
    essai(async |application| {
        let rqth = format!("{CONTRAT}\nS21.G00.40.072,'01'");
        let bilan = application.importer_octets(&annee_2024(&[(CONTRAT, &rqth)]), false).await;
        assert!(bilan.est_sans_perte(), "{bilan}");
        let releve = releve(&application, Jour::date(2026, 11, 25)).await;
        assert_eq!(montants(&releve), ["800.00"]);
        assert_eq!(releve.plafond, Euros::entiers(8_000));
        let boeth =
            application.lignes("SELECT CAST(boeth AS TEXT) FROM activites WHERE annee = 2024 AND origine = 'dsn'");
        assert_eq!(boeth.await, ["4095"]);
    });
}

#[test]
fn a_trainee_and_somebody_who_has_none_are_not_counted_as_disabled() {
    essai(async |application| {
        for statut in ["12", "99"] {
            let avec = format!("{CONTRAT}\nS21.G00.40.072,'{statut}'");
            application.importer_octets(&annee_2024(&[(CONTRAT, &avec)]), false).await;
            assert_eq!(montants(&releve(&application, Jour::date(2026, 11, 25)).await), ["500.00"], "{statut}");
        }
    });
}

#[test]
fn a_disability_declared_after_the_credit_is_a_counter_entry_and_the_old_statement_stays() {
    essai(async |application| {
        application.importer_octets(&annee_2024(&[]), false).await;
        application.alimenter(2024).await;
        let avant = releve(&application, Jour::date(2026, 11, 22)).await;
        // December again, later in order, with a disability: the year was credited.
        let rqth = format!("{CONTRAT}\nS21.G00.40.072,'01'");
        let decembre = mois_de_2024(12, &[(CONTRAT, &rqth), ("S20.G00.05.004,'1'", "S20.G00.05.004,'2'")]);
        let bilan = application.importer_octets(&decembre, false).await;
        assert_eq!((bilan.remplacees, bilan.changements.corrigees), (1, 1), "{bilan}");
        let apres = releve(&application, application.etat.clock.aujourdhui()).await;
        assert_eq!(montants(&apres), ["500.00", "-500.00", "800.00"]);
        assert_eq!(releve(&application, Jour::date(2026, 11, 22)).await, avant);
        let bilan = application.alimenter(2024).await;
        assert_eq!((bilan.contre_ecritures, bilan.euros), (1, Euros::entiers(800)), "{bilan}");
        assert_eq!(application.alimenter(2024).await.inscrites, 0);
    });
}

/// Born in March 2009: fifteen at the end of 2024.
fn a_quinze_ans(remplacer: &[(&str, &str)]) -> Vec<u8> {
    let jeune = [("2790351215189", "2090351999015"), ("'28031979'", "'28032009'")];
    annee_2024(&[&jeune, remplacer].concat())
}

#[test]
fn at_fifteen_only_an_apprentice_has_an_account() {
    essai(async |application| {
        let le = Jour::date(2026, 11, 25);
        application.importer_octets(&a_quinze_ans(&[]), false).await;
        let refuse = releve(&application, le).await;
        assert!(
            matches!(
                refuse.lignes.last().map(|ligne| &ligne.motif),
                Some(Motif::AnneeSansCredit { raison: Raison::Age, .. })
            ),
            "{refuse:?}"
        );
        let apprentie = a_quinze_ans(&[
            (CONTRAT, &format!("{CONTRAT}\nS21.G00.40.016,'99'")),
            ("S21.G00.40.007,'01'", "S21.G00.40.007,'02'\nS21.G00.40.008,'64'"),
            ("S21.G00.40.001,'01092020'", "S21.G00.40.001,'01092024'"),
            ("S20.G00.05.004,'1'", "S20.G00.05.004,'2'"),
        ]);
        application.importer_octets(&apprentie, false).await;
        assert_eq!(montants(&releve(&application, le).await), ["500.00"]);
        let depuis = "SELECT apprenti_depuis FROM personnes WHERE apprenti_depuis IS NOT NULL";
        assert_eq!(application.lignes(depuis).await, ["2024-09-01"]);
        // Declared again without the apprenticeship: it never was.
        let sans = a_quinze_ans(&[("S20.G00.05.004,'1'", "S20.G00.05.004,'3'")]);
        application.importer_octets(&sans, false).await;
        assert!(application.lignes(depuis).await.is_empty());
    });
}

#[test]
fn a_column_of_the_csv_says_the_disability_too() {
    essai(async |application| {
        let entete = "nir;nom_naissance;prenoms;date_naissance;annee;heures;boeth";
        let ligne = "1800175999029;Nouvel;Camille;12/01/1980;2024;1607";
        let bilan = application.importer_csv(&format!("{entete}\n{ligne};oui\n{ligne};peut-être\n"), false).await;
        assert_eq!((bilan.lignes, bilan.ecarts()), (1, 1), "{bilan}");
        assert!(bilan.to_string().contains("boeth : oui ou non"), "{bilan}");
        let boeth = "SELECT CAST(boeth AS TEXT) FROM activites WHERE origine LIKE 'fichier%'";
        assert_eq!(application.lignes(boeth).await, ["4095"]);
    });
}

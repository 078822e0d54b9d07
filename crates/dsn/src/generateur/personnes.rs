//! Who works, under which contract, and how much in a month. Facts only: no line is written here.

use domaine::identite::{DateNaissance, Nir13, Nom};
use domaine::mesures::Jour;

use super::hasard::Hasard;
use crate::valeurs::{Cote, Quantite};
use crate::{Absence, Activite, Contrat, FinContrat, Identifiant, Individu, MotifAbsence, Ntt, Paie};

const NOMS: [&str; 8] = ["PAT-TROIS", "LEFÈVRE", "D'HÉROUVILLE", "N'GUESSAN", "MUÑOZ", "DE LA TOUR", "ÜNAL", "O"];
const PRENOMS: [&str; 6] = ["DOMINIQUE MARIE-LOUISE", "Zoé", "Anne-Maëlle, Josée", "François", "NOËL", "Ali"];

/// 151.67 hours.
const TEMPS_PLEIN: i64 = 15_167;
/// One day of seven hours.
const JOUR: i64 = 700;

fn cote(texte: &str) -> Option<Cote> {
    Cote::lire(texte.as_bytes())
}

fn quantite(centiemes: i64) -> Quantite {
    Quantite::de_centiemes(centiemes)
}

/// A person and their month. What they are depends on their number alone, the rest on chance.
pub(super) fn individu(graine: u64, numero: u32, mois: Jour, hasard: &mut Hasard) -> Individu {
    let mut lui = Hasard::new(graine ^ (u64::from(numero) << 20));
    let annee = 1960 + u16::try_from(lui.sous(46)).unwrap_or(0);
    let mois_de_naissance = 1 + lui.sous(12);
    // Departments that are neither Corsica nor overseas.
    let departement = 1 + lui.sous(19);
    let nir = format!(
        "{}{:02}{mois_de_naissance:02}{departement:02}999{:03}",
        1 + lui.sous(2),
        annee % 100,
        1 + numero % 998
    );
    // One birth in forty is known by its year and month only.
    let jour = if lui.une_fois_sur(40) { 0 } else { 1 + lui.sous(28) };
    let naissance = DateNaissance::depuis_iso(&format!("{annee}-{mois_de_naissance:02}-{jour:02}"));
    let identifiant = match Nir13::parse(&nir) {
        Ok(nir) if !lui.une_fois_sur(30) => Identifiant::Nir(nir),
        _ => Identifiant::Temporaire(Ntt::lire(&format!("1009900000NTT{numero:08}")).expect("a short text")),
    };
    let contrats = contrats(&mut lui, mois, hasard);
    let paies = contrats.iter().flat_map(|contrat| paies(contrat, mois, hasard)).collect();
    Individu {
        ligne: 0,
        rang: 0,
        identifiant,
        nom: Nom::parse(lui.un_de(&NOMS)).ok(),
        prenoms: Nom::parse(lui.un_de(&PRENOMS)).ok(),
        naissance,
        ancien_nir: if lui.une_fois_sur(50) { Nir13::parse("2790351215189").ok() } else { None },
        contrats,
        paies,
    }
}

fn contrats(lui: &mut Hasard, mois: Jour, hasard: &mut Hasard) -> Vec<Contrat> {
    let nombre = if lui.une_fois_sur(12) { 2 } else { 1 };
    (1..=nombre).map(|rang| contrat(rang, lui, mois, hasard)).collect()
}

fn contrat(rang: u32, lui: &mut Hasard, mois: Jour, hasard: &mut Hasard) -> Contrat {
    let forfait = lui.une_fois_sur(8);
    let part = lui.un_de(&[100, 100, 100, 80, 60, 50, 49, 20]);
    let (reference, quotite) = if forfait { (21_800, 21_800) } else { (TEMPS_PLEIN, TEMPS_PLEIN * part / 100) };
    let cdd = lui.une_fois_sur(5);
    let finit = cdd && hasard.une_fois_sur(6);
    let dernier = dernier_jour(mois);
    let mut contrat = Contrat {
        ligne: 0,
        numero: format!("{rang:05}"),
        debut: Jour::new(2015 + u16::try_from(lui.sous(10)).unwrap_or(0), 9, 1).ok(),
        fin_prevue: if cdd { Some(dernier) } else { None },
        statut: cote(if forfait { "04" } else { "06" }),
        nature: cote(if cdd { "02" } else { "01" }),
        dispositif: cote(lui.un_de(&["99", "99", "99", "64"])),
        unite: cote(if forfait { "20" } else { "10" }),
        quotite_reference: Some(quantite(reference)),
        quotite: Some(quantite(quotite)),
        modalite: cote(if part == 100 || forfait { "10" } else { "20" }),
        idcc: cote(lui.un_de(&["1486", "2216", "9999"])),
        boeth: if lui.une_fois_sur(20) { cote("01") } else { None },
        absences: Vec::new(),
        fin: None,
    };
    if hasard.une_fois_sur(9) {
        let motif = MotifAbsence::Arret(cote(hasard.un_de(&["01", "02", "06"])).expect("two figures"));
        contrat.absences.push(Absence {
            ligne: 0,
            motif,
            depuis: Some(mois),
            jusqu_a: Some(dernier),
            reprise: if hasard.une_fois_sur(2) { Some(dernier) } else { None },
        });
    }
    if finit {
        contrat.fin = Some(FinContrat { jour: Some(dernier), motif: cote("031") });
    }
    if hasard.une_fois_sur(15) {
        let motif = MotifAbsence::Suspension(cote("501").expect("three figures"));
        contrat.absences.push(Absence { ligne: 0, motif, depuis: Some(mois), jusqu_a: Some(mois), reprise: None });
    }
    contrat
}

fn paies(contrat: &Contrat, mois: Jour, hasard: &mut Hasard) -> Vec<Paie> {
    let fin = dernier_jour(mois);
    let paie = |genre: &str, heures, activites| Paie {
        ligne: 0,
        contrat: contrat.numero.clone(),
        debut: mois,
        fin,
        genre: cote(genre).expect("three figures"),
        heures,
        activites,
    };
    let activite = |genre: &str, centiemes, unite: &str| Activite {
        genre: cote(genre).expect("two figures"),
        mesure: quantite(centiemes),
        unite: cote(unite).expect("two figures"),
    };
    let forfait = contrat.est_au_forfait_jours();
    let unite = if forfait { "20" } else { "10" };
    let prevu = if forfait { 1_900 } else { contrat.quotite.unwrap_or_default().centiemes() };
    let un_jour = if forfait { 100 } else { JOUR };
    let manque = if hasard.une_fois_sur(5) { (i64::from(hasard.sous(3)) + 1) * un_jour } else { 0 };
    let mut activites = vec![activite("01", prevu - manque.min(prevu), unite)];
    if manque > 0 {
        activites.push(activite("02", manque, unite));
    }
    let jours = i64::from(fin.jour()) * 100;
    let mut paies = vec![paie("001", None, vec![activite("01", jours, "40")]), paie("002", None, activites)];
    if !forfait && hasard.une_fois_sur(6) {
        paies.push(paie("017", Some(quantite(i64::from(hasard.sous(1200)) + 25)), Vec::new()));
    }
    // A correction of the month before: hours taken back.
    if !forfait && hasard.une_fois_sur(25) {
        let (annee, precedent) =
            if mois.mois() == 1 { (mois.annee() - 1, 12) } else { (mois.annee(), mois.mois() - 1) };
        let debut = Jour::new(annee, precedent, 1).expect("a first day");
        let activites = vec![activite("01", -JOUR, "10")];
        paies.push(Paie { debut, fin: dernier_jour(debut), ..paie("002", None, activites) });
    }
    paies
}

pub(super) fn dernier_jour(mois: Jour) -> Jour {
    Jour::new(mois.annee(), mois.mois(), Jour::jours_du_mois(mois.annee(), mois.mois())).expect("a last day")
}

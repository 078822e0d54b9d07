//! What a declaration says of a person, as months of work under a status. No storage, no law: which
//! absences count is for the rights to say.

use std::collections::BTreeMap;

use domaine::bareme::NatureAbsence;
use domaine::mesures::Jour;
use dsn::valeurs::Mois;
use dsn::{Absence, Contrat, Individu, MotifAbsence};
use store::{MoisTravaille, Unite};

/// The months that the declaration of a month says of a person.
pub(super) fn mois_travailles(individu: &Individu, declare: Mois) -> Vec<MoisTravaille> {
    let mut mois: BTreeMap<(Mois, &'static str), MoisTravaille> = BTreeMap::new();
    for (numero, part) in individu.parts_par_contrat() {
        let contrat = individu.contrats.iter().find(|contrat| contrat.numero == numero);
        let Some(statut) = contrat.map_or(Some("salarie"), statut) else { continue };
        let total = mois.entry((part.mois, statut)).or_insert_with(|| MoisTravaille {
            annee: part.mois.annee(),
            mois: part.mois.mois(),
            statut,
            heures: 0,
            jours: 0,
            accord: None,
            absences: Vec::new(),
            boeth: false,
            apprenti_depuis: None,
        });
        let temps = part.temps;
        total.heures += temps.heures.centiemes();
        total.jours += temps.jours.centiemes() + temps.forfait_jours.centiemes();
        total.accord = [total.accord, contrat.and_then(accord)].into_iter().flatten().min();
        // What is said today of an earlier month corrects its time, not what the person was then.
        if let Some(contrat) = contrat.filter(|_| part.mois == declare) {
            total.boeth |= est_boeth(contrat);
            total.apprenti_depuis = [total.apprenti_depuis, apprenti_depuis(contrat)].into_iter().flatten().min();
        }
        let natures = contrat.map(|contrat| natures(contrat, part.mois)).unwrap_or_default();
        for (unite, centiemes) in
            [(Unite::Heures, temps.heures_d_absence.centiemes()), (Unite::Jours, temps.jours_d_absence.centiemes())]
        {
            total.absences.extend(repartir(centiemes, &natures).map(|(nature, part)| (nature, unite, part)));
        }
    }
    mois.into_values().filter(|mois| mois.heures != 0 || mois.jours != 0 || !mois.absences.is_empty()).collect()
}

/// Whether a contract makes its holder work as somebody whom the account knows.
pub(super) fn donne_des_droits(contrat: &Contrat) -> bool {
    statut(contrat).is_some()
}

/// Source: S21.G00.40.007, norm P26V01.
fn statut(contrat: &Contrat) -> Option<&'static str> {
    Some(match contrat.nature.as_ref().map_or("", |nature| nature.as_str()) {
        // Trainees, company officers and elected people have no account of an employee; civic service gives the
        // compte d'engagement citoyen, not a year of work.
        "29" | "32" | "80" | "81" | "89" => return None,
        "70" => "esat",
        "09" | "10" | "20" | "21" | "50" | "51" | "52" => "agent_public",
        _ => "salarie",
    })
}

/// Whether the contract says that its holder is among those of L5212-13.
///
/// Source: S21.G00.40.072, norm P26V01. 12 is a trainee of L5212-7, 99 nobody.
fn est_boeth(contrat: &Contrat) -> bool {
    contrat.boeth.is_some_and(|statut| !matches!(statut.as_str(), "12" | "99"))
}

/// The first day of a contract of apprenticeship. Source: S21.G00.40.008, norm P26V01.
fn apprenti_depuis(contrat: &Contrat) -> Option<Jour> {
    let apprenti = contrat.dispositif.is_some_and(|dispositif| matches!(dispositif.as_str(), "64" | "65" | "81"));
    contrat.debut.filter(|_| apprenti)
}

/// The days of a full year in the agreement, for a *forfait-jours* that says them.
fn accord(contrat: &Contrat) -> Option<i64> {
    let reference = contrat.quotite_reference.filter(|_| contrat.est_au_forfait_jours())?;
    Some(reference.centiemes()).filter(|jours| *jours > 0)
}

/// How many days of the month each nature of absence covers.
fn natures(contrat: &Contrat, mois: Mois) -> Vec<(NatureAbsence, i64)> {
    let mut jours: BTreeMap<NatureAbsence, i64> = BTreeMap::new();
    for jour in 1..=Jour::jours_du_mois(mois.annee(), mois.mois()) {
        let jour = Jour::date(mois.annee(), mois.mois(), jour);
        // A day is one absence: the first that was declared.
        if let Some(nature) = contrat.absences.iter().find(|a| couvre(a, jour)).and_then(|a| nature(a.motif)) {
            *jours.entry(nature).or_default() += 1;
        }
    }
    jours.into_iter().collect()
}

fn couvre(absence: &Absence, jour: Jour) -> bool {
    // A stop gives the last day at work and the day of return, a suspension its own days.
    let commence = match (absence.motif, absence.depuis) {
        (_, None) => false,
        (MotifAbsence::Arret(_), Some(dernier)) => jour > dernier,
        (MotifAbsence::Suspension(_), Some(premier)) => jour >= premier,
    };
    let finit =
        absence.reprise.map_or_else(|| absence.jusqu_a.is_some_and(|fin| jour > fin), |reprise| jour >= reprise);
    commence && !finit && nature(absence.motif).is_some()
}

/// The nature of an absence that is not paid or partly paid; nothing for paid leave.
///
/// Source: S21.G00.60.001 and S21.G00.65.001, norm P26V01.
fn nature(motif: MotifAbsence) -> Option<NatureAbsence> {
    Some(match motif {
        MotifAbsence::Arret(motif) => match motif.as_str() {
            "02" => NatureAbsence::Maternite,
            "99" => return None,
            "03" => NatureAbsence::Paternite,
            "05" | "10" | "18" => NatureAbsence::MaladieProfessionnelle,
            "06" | "14" | "16" => NatureAbsence::AccidentDuTravail,
            "09" => NatureAbsence::Adoption,
            "01" | "04" | "11" | "12" | "13" | "15" | "17" => NatureAbsence::Maladie,
            _ => NatureAbsence::Autre,
        },
        MotifAbsence::Suspension(motif) => match motif.as_str() {
            // Paid leave, and a suspension that was cancelled.
            "200" | "998" => return None,
            "607" => NatureAbsence::PresenceParentale,
            "632" => NatureAbsence::ParentalDEducation,
            "650" => NatureAbsence::ProcheAidant,
            _ => NatureAbsence::Autre,
        },
    })
}

/// Shares what was absent among the natures of the month, by their days; without any it is another absence.
fn repartir(centiemes: i64, natures: &[(NatureAbsence, i64)]) -> impl Iterator<Item = (NatureAbsence, i64)> {
    let total: i64 = natures.iter().map(|(_, jours)| jours).sum();
    let mut parts: Vec<(NatureAbsence, i64)> = match total {
        0 => vec![(NatureAbsence::Autre, centiemes)],
        total => natures.iter().map(|(nature, jours)| (*nature, centiemes * jours / total)).collect(),
    };
    // What division leaves goes to the longest.
    let reste = centiemes - parts.iter().map(|(_, part)| part).sum::<i64>();
    if let Some(longue) = parts.iter_mut().max_by_key(|(_, part)| part.abs()) {
        longue.1 += reste;
    }
    parts.into_iter().filter(|(_, part)| *part != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absence_is_shared_to_the_hundredth() {
        let natures = [(NatureAbsence::Maternite, 10), (NatureAbsence::Maladie, 20)];
        assert_eq!(
            repartir(1_000, &natures).collect::<Vec<_>>(),
            [(NatureAbsence::Maternite, 333), (NatureAbsence::Maladie, 667)]
        );
        assert_eq!(repartir(700, &[]).collect::<Vec<_>>(), [(NatureAbsence::Autre, 700)]);
        assert_eq!(repartir(0, &[]).count(), 0);
    }
}

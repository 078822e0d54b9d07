//! The facts of a line: who said so, what was known, what would have changed it.

use domaine::bareme::{Bareme, NatureAbsence, NaturesAbsence, Source};
use domaine::droits::{
    AnneeTravaillee, Categorie, CategorieEngagement, Dotation, Hypothese, Ligne, Montant, Poche, Provenance,
};
use domaine::mesures::{Euros, Quantite};

use super::super::formats;
use super::est_retenue;
use super::sums::quantite;

/// A word, then the fact.
pub(super) type Fait = (&'static str, String);

/// One more; written once, as the page pays for each place where a list may grow.
#[inline(never)]
pub(super) fn noter(faits: &mut Vec<Fait>, mot: &'static str, fait: String) {
    faits.push((mot, fait));
}

/// All that was known of a year of work.
pub(super) fn de_l_annee(faits: &mut Vec<Fait>, ligne: &Ligne, annee: &AnneeTravaillee) {
    noter(faits, "Connu par", source_de_l_annee(annee));
    noter(faits, "Ce qui était connu", travaillees(annee));
    if let Some(absences) = annee.absences {
        let natures = natures(annee.natures);
        let dites =
            [&*quantite(absences), if natures.is_empty() { "" } else { " : " }, &natures, " (article L6323-12)"];
        noter(faits, "Dont absences comptées comme du travail", dites.concat());
    }
    if let Some(niveau) = niveau(ligne, annee) {
        noter(faits, "Sous le niveau 3 de diplôme", niveau);
    }
    if let Some(handicap) = handicap(annee) {
        noter(faits, "Handicap reconnu", handicap);
    }
    if let Some(ecartee) = annee.ecartee {
        let choix = [
            &*super::majuscule(statut(annee.categorie)),
            " et ",
            statut(ecartee),
            " : le montant et le plafond les plus favorables (article ",
            Source::PLUSIEURS_STATUTS.article,
            ")",
        ];
        noter(faits, "Plusieurs statuts", choix.concat());
    }
}

pub(super) fn connu_par(provenance: Provenance) -> String {
    match provenance {
        Provenance::Employeurs => "Les déclarations de vos employeurs",
        Provenance::AncienCompte => "Le solde en heures de votre ancien compte, au 31 décembre 2018",
        Provenance::Titulaire => "Vous-même",
        Provenance::Projection => "Personne encore : une supposition",
    }
    .into()
}

/// Nobody declares the hours of a self-employed person: only that the contribution was due, and paid.
fn source_de_l_annee(annee: &AnneeTravaillee) -> String {
    let qui = match (annee.provenance, annee.categorie) {
        (Provenance::Employeurs, Categorie::Independant) => {
            "L’organisme qui reçoit votre contribution à la formation, pour "
        }
        (Provenance::Employeurs, Categorie::Esat) => "Les déclarations de votre ESAT pour ",
        (
            Provenance::Employeurs,
            Categorie::Salarie | Categorie::SalarieSousNiveau3 | Categorie::Agent | Categorie::AgentSousNiveau3,
        ) => "Les déclarations de vos employeurs pour ",
        (Provenance::AncienCompte | Provenance::Titulaire | Provenance::Projection, _) => {
            return connu_par(annee.provenance);
        }
    };
    [qui, &annee.annee.to_string()].concat()
}

fn travaillees(annee: &AnneeTravaillee) -> String {
    let travail = quantite(annee.travail);
    let (exercice, mot) = match (annee.categorie, annee.travail) {
        (_, Quantite::Heures(_)) => (travail, " travaillées"),
        (Categorie::Independant, Quantite::Jours(_)) => (travail, " d’exercice"),
        (_, Quantite::Jours(_)) => (travail, " travaillés"),
        (_, Quantite::Paie(_)) => (travail, " de salaire"),
    };
    // Not known without the SMIC.
    if annee.reference.centiemes() == 0 {
        return [&*exercice, mot].concat();
    }
    [&*exercice, mot, ", pour une année de ", &quantite(annee.reference)].concat()
}

/// « maternité, accident du travail ». No `_` arm.
fn natures(natures: NaturesAbsence) -> String {
    let mut dites = String::new();
    for nature in natures.iter() {
        if !dites.is_empty() {
            dites.push_str(", ");
        }
        dites.push_str(match nature {
            NatureAbsence::Maternite => "maternité",
            NatureAbsence::Paternite => "paternité et accueil de l’enfant",
            NatureAbsence::Adoption => "adoption",
            NatureAbsence::SupplementaireDeNaissance => "congé supplémentaire de naissance",
            NatureAbsence::PresenceParentale => "présence parentale",
            NatureAbsence::ProcheAidant => "proche aidant",
            NatureAbsence::ParentalDEducation => "congé parental d’éducation",
            NatureAbsence::MaladieProfessionnelle => "maladie professionnelle",
            NatureAbsence::AccidentDuTravail => "accident du travail",
            NatureAbsence::Maladie => "maladie",
            NatureAbsence::Autre => "autre absence",
        });
    }
    dites
}

const fn statut(categorie: Categorie) -> &'static str {
    match categorie {
        Categorie::Salarie | Categorie::SalarieSousNiveau3 => "salarié",
        Categorie::Esat => "en ESAT",
        Categorie::Independant => "à votre compte",
        Categorie::Agent | Categorie::AgentSousNiveau3 => "agent public",
    }
}

/// Below level 3: who said so, and where it is written.
fn niveau(ligne: &Ligne, annee: &AnneeTravaillee) -> Option<String> {
    let sous_mi_temps = ligne.hypotheses.contient(Hypothese::SousNiveau3SousMiTemps);
    let dit = match annee.categorie {
        Categorie::SalarieSousNiveau3 => {
            articles(annee, "Votre propre déclaration : ni CAP, ni BEP, ni titre équivalent")
        }
        Categorie::Salarie if sous_mi_temps => {
            articles(annee, "Votre propre déclaration, qui compte à partir d’un mi-temps")
        }
        Categorie::AgentSousNiveau3 => ["Catégorie C, selon ", declarant(annee.provenance)].concat(),
        Categorie::Salarie | Categorie::Esat | Categorie::Independant | Categorie::Agent => return None,
    };
    Some(dit)
}

/// The articles of the declaration; none of them is of the time of the hours.
fn articles(annee: &AnneeTravaillee, dit: &str) -> String {
    let (bareme, fin) = (Bareme::EN_VIGUEUR, annee.annee.dernier_jour());
    match (bareme.plafond_peu_qualifie.au(fin), bareme.credit_peu_qualifie.au(fin)) {
        (Some(plafond), Some(credit)) => {
            [dit, " (articles ", plafond.source.article, " et ", credit.source.article, ")"].concat()
        }
        (None | Some(_), None) | (None, Some(_)) => dit.into(),
    }
}

/// What a disability added, under which article, and who said so.
fn handicap(annee: &AnneeTravaillee) -> Option<String> {
    let regle = Bareme::EN_VIGUEUR.majoration_boeth.au(annee.annee.dernier_jour())?;
    (annee.majoration > Euros::ZERO).then(|| {
        let dit = [
            &*formats::euros(annee.majoration),
            " de plus, obligation d’emploi (article ",
            regle.source.article,
            "), selon ",
            declarant(annee.provenance),
        ];
        dit.concat()
    })
}

const fn declarant(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Employeurs => "vos employeurs",
        Provenance::AncienCompte => "votre ancien compte",
        Provenance::Titulaire | Provenance::Projection => "votre réponse",
    }
}

/// What would have given another amount; where the account was full, only a lower balance.
pub(super) fn aurait_change(faits: &mut Vec<Fait>, ligne: &Ligne, sinon: String) {
    let plein = "Un solde plus bas ce jour-là : davantage aurait été inscrit";
    noter(faits, "Ce qui l’aurait changé", if est_retenue(ligne) { plein.into() } else { sinon });
}

pub(super) fn en_dessous(annee: &AnneeTravaillee) -> String {
    let mi_temps = annee.reference.avec(annee.reference.centiemes().div_ceil(2));
    ["Moins de ", &quantite(mi_temps), " dans l’année : le crédit ordinaire, en proportion"].concat()
}

/// When and why hours became euros.
pub(super) fn converties(ligne: &Ligne) -> String {
    let jour = formats::jour_long(ligne.date);
    let (avant, apres) = if ligne.poche == Poche::Dif {
        (
            "Vos heures de DIF étaient inscrites à un compte tenu en heures. Elles ont été converties en euros le ",
            ", au même taux pour tous.",
        )
    } else if ligne.date == Bareme::PASSAGE_A_L_EURO {
        (
            "Jusqu’à la veille, le compte était tenu en heures. Les vôtres ont été converties en euros le ",
            ", au même taux pour tous.",
        )
    } else {
        (
            "Cette année d’avant l’euro n’a été inscrite que le ",
            " : ses heures ont été converties aussitôt, au même taux que les autres.",
        )
    };
    [avant, &jour, apres].concat()
}

pub(super) fn engagement(categorie: &CategorieEngagement) -> &str {
    match categorie {
        CategorieEngagement::ServiceCivique => "service civique",
        CategorieEngagement::ReserveMilitaire => "réserve militaire",
        CategorieEngagement::Benevolat => "bénévolat",
        CategorieEngagement::MaitreDApprentissage => "maître d’apprentissage",
        CategorieEngagement::SapeurPompier => "sapeur-pompier volontaire",
        CategorieEngagement::Autre(intitule) => intitule,
    }
}

pub(super) fn precisions(faits: &mut Vec<Fait>, dotation: &Dotation) {
    if let Some(action) = &dotation.action {
        noter(faits, "Réservé à", action.clone());
    }
    if let Some(jour) = dotation.echeance {
        noter(faits, "À dépenser avant la fin du", formats::jour_long(jour));
    }
}

pub(super) const fn poche(poche: Poche) -> &'static str {
    match poche {
        Poche::Cpf => "vos droits",
        Poche::Dif => "votre DIF",
        Poche::Cec => "votre engagement citoyen",
        Poche::Abondement => "un abondement",
    }
}

/// What one more hour would have been worth, if the account had room for it.
pub(super) fn une_heure_de_plus(faits: &mut Vec<Fait>, ligne: &Ligne, taux: Euros) {
    let plein = matches!(ligne.plafond, Some(Montant::Euros(plafond)) if ligne.solde + taux > plafond);
    if est_retenue(ligne) || !plein {
        aurait_change(faits, ligne, ["Une heure de plus : ", &formats::euros(taux), " de plus"].concat());
    }
}

//! One request whole: the line as it was and as it is, what its holder wrote, what was answered.

use std::fmt::Write as _;

use domaine::bareme::Bareme;
use domaine::droits::{Ligne, Motif, Releve, Situation, calculer};
use domaine::mesures::{Annee, Jour, Quantite};
use store::Contestation;

use super::{mouvement, statut};
use crate::wording::{citer, en_euros, en_jour, raison, sans_commande};

/// What an operator reads before answering.
pub(super) fn rediger(contestation: &Contestation, situation: &Situation, au: Jour, bareme: &Bareme) -> String {
    let mut texte = String::new();
    let _ = writeln!(
        texte,
        "{}, déposée le {} : {}",
        contestation.reference,
        en_jour(contestation.deposee_le),
        statut(contestation.statut())
    );
    if let Some(le) = contestation.prise_en_charge_le {
        let _ = writeln!(texte, "prise en charge le {}", en_jour(le));
    }
    let _ = writeln!(texte, "qui peut corriger : {}", contestation.destinataire.code());
    comparer(&mut texte, contestation, &calculer(situation, au, bareme));
    let _ = writeln!(texte, "\nce que le titulaire a écrit :\n{}", citer(&contestation.raison));
    for reponse in &contestation.reponses {
        let _ = writeln!(texte, "\nréponse du {} :\n{}", en_jour(reponse.le), citer(&reponse.texte));
    }
    texte
}

/// The line on the day of the request, the same today, and what came after it to correct it.
fn comparer(texte: &mut String, contestation: &Contestation, releve: &Releve) {
    let avant = mouvement(contestation.montant, contestation.heures);
    let (deposee_le, au) = (en_jour(contestation.deposee_le), en_jour(releve.au));
    let _ = writeln!(texte, "\nligne du {}, repère {}", en_jour(contestation.ligne.date), contestation.ligne);
    let _ = writeln!(texte, "  le {deposee_le}, jour de la demande : {avant}");
    let Some(ligne) = releve.ligne(contestation.ligne) else {
        let _ = writeln!(texte, "  le {au} : le relevé n'a plus cette ligne\nelle a changé depuis la demande");
        return;
    };
    let _ = writeln!(texte, "  le {au} : {}", decrire(ligne));
    let suites = suites(ligne, releve);
    for suite in &suites {
        let _ = writeln!(texte, "  puis, le {} : {}", en_jour(suite.date), decrire(suite));
    }
    let meme = ligne.montant == contestation.montant && ligne.heures == contestation.heures;
    // A further DIF adds to the first, unless a counter-entry says that it replaces it.
    let corrige = |suite: &&Ligne| suite.date >= contestation.deposee_le && !matches!(suite.motif, Motif::Dif { .. });
    let corrigee = suites.iter().any(corrige);
    let _ = writeln!(
        texte,
        "{}",
        if meme && !corrigee { "rien n'a changé depuis la demande" } else { "elle a changé depuis la demande" }
    );
}

/// A corrected line stays, and others follow it: those that take it back, and those that stand for the same thing.
fn suites<'a>(ligne: &'a Ligne, releve: &'a Releve) -> Vec<&'a Ligne> {
    let lignes = || releve.lignes.iter().chain(&releve.acquises);
    let mut suivies = vec![ligne];
    for autre in lignes().skip_while(|autre| !std::ptr::eq(*autre, ligne)).skip(1) {
        let suit = match &autre.motif {
            Motif::Contrepassation { annee: Some(reprise), .. } => annee(&ligne.motif) == Some(*reprise),
            Motif::Contrepassation { du, annee: None, .. } => suivies
                .iter()
                .any(|suivie| suivie.date == *du && suivie.montant == -autre.montant && suivie.heures == -autre.heures),
            Motif::Dif { .. } => matches!(ligne.motif, Motif::Dif { .. }),
            motif => annee(motif).is_some() && annee(motif) == annee(&ligne.motif),
        };
        if suit {
            suivies.push(autre);
        }
    }
    suivies.split_off(1)
}

const fn annee(motif: &Motif) -> Option<Annee> {
    match motif {
        Motif::AnneePleine { faits } | Motif::AnneePartielle { faits, .. } | Motif::AnneeSansCredit { faits, .. } => {
            Some(faits.annee)
        }
        _ => None,
    }
}

/// « 500,00 €, année 2019 : 1607,00 h sur 1607,00 h (Code du travail, R6323-1) ».
fn decrire(ligne: &Ligne) -> String {
    let source = &ligne.source;
    format!(
        "{}, {} ({}, {})",
        mouvement(ligne.montant, ligne.heures),
        intituler(&ligne.motif),
        source.texte,
        source.article
    )
}

fn intituler(motif: &Motif) -> String {
    let dif = |heures, suite: &str| format!("DIF de {heures}\u{a0}h {suite}");
    match motif {
        Motif::HeuresConverties { heures, taux, .. } => {
            format!("{heures}\u{a0}h acquises avant 2019, à {} l'heure", en_euros(*taux))
        }
        Motif::AnneePleine { faits } | Motif::AnneePartielle { faits, .. } => {
            format!("année {} : {} sur {}", faits.annee, quantite(faits.travail), quantite(faits.reference))
        }
        Motif::AnneeSansCredit { faits, raison: pourquoi } => {
            format!("année {} : {}, sans crédit : {}", faits.annee, quantite(faits.travail), raison(*pourquoi))
        }
        Motif::Dif { heures, reference, .. } => dif(heures, &format!("déclaré sous la référence {reference}")),
        Motif::DifTropTard { heures, fin } => dif(heures, &format!("déclaré après le {}", en_jour(*fin))),
        Motif::Engagement(_) => "engagement citoyen".into(),
        Motif::Abondement(dotation) => format!("abondement de {}", sans_commande(&dotation.financeur)),
        Motif::AbondementEchu(dotation) => format!("abondement échu de {}", sans_commande(&dotation.financeur)),
        Motif::Depense(paiement) => format!("dépense {}", sans_commande(&paiement.reference)),
        Motif::DepenseNonCouverte(paiement) => format!("dépense non couverte {}", sans_commande(&paiement.reference)),
        Motif::Conversion { heures, taux } => {
            format!("conversion de {heures}\u{a0}h, à {} l'heure", en_euros(*taux))
        }
        Motif::Contrepassation { du, raison: pourquoi, annee: _ } => {
            format!("reprise de la ligne du {} : {}", en_jour(*du), raison(*pourquoi))
        }
        Motif::Cloture => "clôture du compte".into(),
    }
}

fn quantite(quantite: Quantite) -> String {
    let virgule = |texte: String| texte.replace('.', ",");
    match quantite {
        Quantite::Heures(duree) => format!("{}\u{a0}h", virgule(duree.to_string())),
        Quantite::Jours(jours) => format!("{}\u{a0}jours", virgule(jours.to_string())),
        Quantite::Paie(euros) => en_euros(euros),
    }
}

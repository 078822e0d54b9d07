//! Credits a year for everyone: what the statement gives for it goes into the ledger, and what the
//! ledger holds otherwise is taken back first. Idempotent: a second run finds nothing to write.

use std::collections::BTreeMap;
use std::fmt;

use domaine::bareme::Bareme;
use domaine::droits::{Ligne, Motif, Raison, Releve, calculer};
use domaine::mesures::{Annee, Euros, Jour, VariationHeures};
use store::{Ecriture, Inscrite, Resultat, Store, Vie};

use crate::Moment;
use crate::progress::Progression;
use crate::wording::{self, en_euros, nombre};

/// How many people are read, computed and written in one transaction.
const LOT: i64 = 1_000;

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bilan {
    /// People looked at.
    pub personnes: u64,
    /// Those whom the year concerns.
    pub concernees: u64,
    /// Those for whom something was written.
    pub inscrites: u64,
    /// Those for whom the ledger said so already.
    pub deja: u64,
    /// Credits written, in euros.
    pub euros: Euros,
    /// The same in hours, for public agents.
    pub heures: VariationHeures,
    /// Entries that take back an earlier one.
    pub contre_ecritures: u64,
    /// What they take back.
    pub repris: Euros,
    /// People whom the ceiling stopped.
    pub au_plafond: u64,
    /// People to whom the year gives nothing, and why.
    pub refus: BTreeMap<&'static str, u64>,
}

/// Why that year cannot be credited on that day, if it cannot.
pub fn refus(annee: Annee, aujourdhui: Jour) -> Option<String> {
    if annee.nombre() < Bareme::PASSAGE_A_L_EURO.annee() {
        return Some(format!("{annee} : les droits d'avant 2019 sont repris en heures, ils ne s'alimentent pas"));
    }
    let finie = annee.nombre() < aujourdhui.annee();
    (!finie).then(|| format!("{annee} : l'année n'est pas finie, ses droits ne sont pas connus"))
}

/// Credits that year, or only says what would be written.
///
/// # Errors
/// [`store::Panne`] when the database fails: the batches before are kept, and the next run goes on.
pub async fn alimenter(store: &Store, moment: Moment, bareme: &Bareme, annee: Annee, a_blanc: bool) -> Resultat<Bilan> {
    let (aujourdhui, mut bilan, mut apres) = (moment.today, Bilan::default(), String::new());
    let mut progression = Progression::new("personnes", store.compter_les_personnes().await?);
    loop {
        let mut travaux = store.travaux().await?;
        let vies = travaux.vies(annee, &apres, LOT).await?;
        let Some(derniere) = vies.last() else {
            store.abandonner(travaux).await?;
            break;
        };
        apres.clone_from(&derniere.personne);
        let mut ecritures = Vec::new();
        for vie in &vies {
            bilan.suivre(vie, annee, aujourdhui, bareme, &mut ecritures);
        }
        if a_blanc || ecritures.is_empty() {
            store.abandonner(travaux).await?;
        } else {
            travaux.ajouter_au_registre(annee, &ecritures, moment.now).await?;
            store.garder(travaux).await?;
        }
        progression.avancer(bilan.personnes);
    }
    progression.finir();
    Ok(bilan)
}

impl Bilan {
    fn suivre(&mut self, vie: &Vie, annee: Annee, au: Jour, bareme: &Bareme, ecritures: &mut Vec<Ecriture>) {
        self.personnes += 1;
        let situation = &vie.situation;
        let concernee = situation.activites.iter().any(|activite| activite.annee == annee)
            || situation.rectifications.iter().any(|r| r.annee == annee)
            || !vie.inscrites.is_empty();
        if !concernee {
            return;
        }
        self.concernees += 1;
        let releve = calculer(situation, au, bareme);
        let dite = Dite::de(&releve, annee);
        if let Some(ligne) = dite.ligne {
            self.au_plafond += u64::from(!ligne.retenu.est_nul() || !ligne.retenu_heures.est_nulle());
            if let Motif::AnneeSansCredit { raison, .. } = ligne.motif {
                *self.refus.entry(wording::raison(raison)).or_default() += 1;
            }
        }
        let avant = ecritures.len();
        rapprocher(vie, annee, dite, au, ecritures);
        for ecriture in &ecritures[avant..] {
            let inscrite = &ecriture.inscrite;
            if inscrite.corrige.is_some() {
                self.contre_ecritures += 1;
                self.repris += -inscrite.montant;
            } else {
                self.euros += inscrite.montant;
                self.heures += inscrite.heures;
            }
        }
        if ecritures.len() > avant {
            self.inscrites += 1;
        } else if !vie.inscrites.is_empty() {
            self.deja += 1;
        }
    }
}

/// What the statement says of a year.
#[derive(Clone, Copy)]
struct Dite<'a> {
    /// The line that stands for it, spendable or only acquired.
    ligne: Option<&'a Ligne>,
    /// The last line that takes it back.
    reprise: Option<&'a Ligne>,
}

impl<'a> Dite<'a> {
    fn de(releve: &'a Releve, annee: Annee) -> Self {
        let mut dite = Self { ligne: None, reprise: None };
        for ligne in releve.lignes.iter().chain(&releve.acquises) {
            match &ligne.motif {
                Motif::AnneePleine { faits }
                | Motif::AnneePartielle { faits, .. }
                | Motif::AnneeSansCredit { faits, .. }
                    if faits.annee == annee =>
                {
                    dite.ligne = Some(ligne);
                }
                // A correction that leaves no work takes the line back and writes none in its place.
                Motif::Contrepassation { annee: Some(reprise), .. } if *reprise == annee => {
                    dite = Self { ligne: None, reprise: Some(ligne) };
                }
                _ => {}
            }
        }
        dite
    }
}

/// What is missing in the ledger for the statement and it to say the same.
fn rapprocher(
    vie: &Vie,
    annee: Annee,
    Dite { ligne: attendue, reprise }: Dite<'_>,
    aujourdhui: Jour,
    ecritures: &mut Vec<Ecriture>,
) {
    let reprises: Vec<i64> = vie.inscrites.iter().filter_map(|inscrite| inscrite.corrige).collect();
    let debout = vie.inscrites.iter().find(|i| i.corrige.is_none() && !reprises.contains(&i.rang));
    let nul = |montant: Euros, heures: VariationHeures| montant.est_nul() && heures.est_nulle();
    let meme = match (debout, attendue) {
        (None, None) => true,
        (Some(debout), Some(ligne)) => debout.montant == ligne.montant && debout.heures == ligne.heures,
        (Some(debout), None) => nul(debout.montant, debout.heures),
        (None, Some(_)) => false,
    };
    if meme {
        return;
    }
    let mut rang = vie.inscrites.last().map_or(0, |inscrite| inscrite.rang);
    let mut ajouter = |inscrite: Inscrite, retenu, retenu_heures, motif: &Motif| {
        rang += 1;
        ecritures.push(Ecriture {
            personne: vie.personne.clone(),
            inscrite: Inscrite { rang, ..inscrite },
            retenu,
            retenu_heures,
            motif: serde_json::to_string(motif).expect("a reason is plain data"),
        });
    };
    if let Some(debout) = debout {
        // The day and the reason are those of the statement: it takes nothing back when the correction was known
        // before the day of the credit, which the ledger holds already.
        let du_releve = reprise.and_then(|ligne| match ligne.motif {
            Motif::Contrepassation { raison, .. } => Some((ligne.date, raison)),
            _ => None,
        });
        let rectifiee = vie.situation.rectifications.iter().filter(|r| r.annee == annee).map(|r| r.le).max();
        let annulee = vie.situation.sous_niveau_3.iter().filter_map(|declaration| declaration.annulee_le).max();
        let (le, raison) = du_releve
            .or(rectifiee.map(|le| (le, Raison::AnneeRectifiee)))
            .or(annulee.map(|le| (le, Raison::DeclarationAnnulee)))
            .unwrap_or((aujourdhui, Raison::AnneeRectifiee));
        let motif = Motif::Contrepassation { du: debout.date, raison, annee: Some(annee) };
        let contre = Inscrite {
            rang: 0,
            date: le.max(debout.date),
            montant: -debout.montant,
            heures: -debout.heures,
            corrige: Some(debout.rang),
        };
        ajouter(contre, Euros::ZERO, VariationHeures::ZERO, &motif);
    }
    if let Some(ligne) = attendue {
        let credit =
            Inscrite { rang: 0, date: ligne.date, montant: ligne.montant, heures: ligne.heures, corrige: None };
        ajouter(credit, ligne.retenu, ligne.retenu_heures, &ligne.motif);
    }
}

/// What an operator reads at the end.
impl fmt::Display for Bilan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "personnes parcourues : {}", nombre(self.personnes))?;
        writeln!(f, "concernées par l'année : {}", nombre(self.concernees))?;
        writeln!(f, "inscrites au registre : {}, pour {}", nombre(self.inscrites), en_euros(self.euros))?;
        if !self.heures.est_nulle() {
            writeln!(f, "et {} h d'agents publics", self.heures)?;
        }
        writeln!(f, "déjà inscrites : {}", nombre(self.deja))?;
        if self.contre_ecritures > 0 {
            writeln!(
                f,
                "contre-écritures : {}, qui reprennent {}",
                nombre(self.contre_ecritures),
                en_euros(self.repris)
            )?;
        }
        writeln!(f, "arrêtées par le plafond : {}", nombre(self.au_plafond))?;
        for (raison, combien) in &self.refus {
            writeln!(f, "sans crédit, {raison} : {}", nombre(*combien))?;
        }
        Ok(())
    }
}

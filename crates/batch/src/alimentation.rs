//! Credits a year for everyone: what the statement gives for it goes into the ledger, and what the
//! ledger holds otherwise is taken back first. Idempotent: a second run finds nothing to write.

use std::collections::BTreeMap;
use std::fmt;

use domaine::bareme::Bareme;
use domaine::droits::{Motif, calculer};
use domaine::ledger::{NotCreditable, Stated, creditable, is_concerned, missing_entries};
use domaine::mesures::{Annee, Euros, Jour, VariationHeures};
use store::{Ecriture, Resultat, Store, Vie};

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
    creditable(annee, aujourdhui).err().map(|why| match why {
        NotCreditable::KeptInHours => {
            format!("{annee} : les droits d'avant 2019 sont repris en heures, ils ne s'alimentent pas")
        }
        NotCreditable::NotOver => format!("{annee} : l'année n'est pas finie, ses droits ne sont pas connus"),
    })
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
        if !is_concerned(situation, annee, &vie.inscrites) {
            return;
        }
        self.concernees += 1;
        let releve = calculer(situation, au, bareme);
        let stated = Stated::of(&releve, annee);
        if let Some(ligne) = stated.ligne {
            self.au_plafond += u64::from(!ligne.retenu.est_nul() || !ligne.retenu_heures.est_nulle());
            if let Motif::AnneeSansCredit { raison, .. } = ligne.motif {
                *self.refus.entry(wording::raison(raison)).or_default() += 1;
            }
        }
        let avant = ecritures.len();
        let missing = missing_entries(annee, stated, &vie.inscrites, situation, au);
        ecritures.extend(missing.into_iter().map(|missing| Ecriture { personne: vie.personne.clone(), missing }));
        for ecriture in &ecritures[avant..] {
            let inscrite = &ecriture.missing.entry;
            if inscrite.takes_back.is_some() {
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

//! Everything that happens to an account, in the order in which it happens. No rule here.

use super::activite::Activite;
use super::alimentation::{Credit, Jugement};
use super::situation::Situation;
use crate::bareme::Bareme;
use crate::mesures::{Annee, Jour};

/// What happens, in the order in which things of one day are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Nature {
    Passage,
    Echeance,
    Attestation,
    Rectification,
    Annulation,
    Credit,
    Engagement,
    Abondement,
    Conversion,
    Depense,
    Deces,
}

impl Nature {
    const TOUTES: [Self; 11] = [
        Self::Passage,
        Self::Echeance,
        Self::Attestation,
        Self::Rectification,
        Self::Annulation,
        Self::Credit,
        Self::Engagement,
        Self::Abondement,
        Self::Conversion,
        Self::Depense,
        Self::Deces,
    ];
}

/// Something that happens: its day, its nature and its place in the situation, packed so that events
/// sort as numbers. Sixteen bits of year, eight of month, eight of day, eight of nature, twenty-four of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Evenement(u64);

impl Evenement {
    fn new(date: Jour, nature: Nature, place: usize) -> Self {
        let place = u64::try_from(place).unwrap_or(u64::MAX).min(0xff_ffff);
        Self(Self::debut(date) | (nature as u64) << 24 | place)
    }

    fn debut(date: Jour) -> u64 {
        u64::from(date.annee()) << 48 | u64::from(date.mois()) << 40 | u64::from(date.jour()) << 32
    }

    pub(super) fn au_plus_tard(self, date: Jour) -> bool {
        self.0 >> 32 <= Self::debut(date) >> 32
    }

    pub(super) fn date(self) -> Jour {
        let octet = |rang: u32| self.0.to_be_bytes()[rang as usize];
        Jour::date(u16::from_be_bytes([octet(0), octet(1)]), octet(2), octet(3))
    }

    pub(super) fn nature(self) -> Nature {
        Nature::TOUTES[usize::from(self.0.to_be_bytes()[4])]
    }

    pub(super) fn place(self) -> usize {
        (self.0 & 0xff_ffff) as usize
    }
}

/// The events of a life and the credits of its years, for a statement on that day: the years that are over
/// by then, the other things up to then.
pub(super) fn derouler(situation: &Situation, bareme: &Bareme, au: Jour) -> (Vec<Evenement>, Vec<Credit>) {
    let mut evenements = Vec::with_capacity(situation.activites.len() + situation.attestations.len() + 2);
    let mut credits = Vec::with_capacity(situation.activites.len());
    let mut ajouter = |date: Jour, nature, place| {
        if date <= au || nature == Nature::Credit {
            evenements.push(Evenement::new(date, nature, place));
        }
    };
    ajouter(Bareme::PASSAGE_A_L_EURO, Nature::Passage, 0);
    annees(situation, bareme, au, |credit| {
        ajouter(credit.date, Nature::Credit, credits.len());
        credits.push(credit);
    });
    for (place, attestation) in situation.attestations.iter().enumerate() {
        ajouter(attestation.declaree_le, Nature::Attestation, place);
    }
    for (place, rectification) in situation.rectifications.iter().enumerate() {
        ajouter(rectification.le, Nature::Rectification, place);
    }
    for (place, declaration) in situation.sous_niveau_3.iter().enumerate() {
        if let Some(annulee) = declaration.annulee_le {
            ajouter(annulee, Nature::Annulation, place);
        }
    }
    for (place, engagement) in situation.engagements.iter().enumerate() {
        ajouter(engagement.inscrit_le, Nature::Engagement, place);
    }
    for (place, abondement) in situation.abondements.iter().enumerate() {
        ajouter(abondement.date, Nature::Abondement, place);
        if let Some(echeance) = abondement.echeance {
            ajouter(echeance.max(abondement.date).lendemain(), Nature::Echeance, place);
        }
    }
    for (place, conversion) in situation.conversions.iter().enumerate() {
        ajouter(conversion.date, Nature::Conversion, place);
    }
    for (place, depense) in situation.depenses.iter().enumerate() {
        ajouter(depense.date, Nature::Depense, place);
    }
    if let Some(deces) = situation.deces {
        ajouter(deces, Nature::Deces, 0);
    }
    evenements.sort_unstable();
    (evenements, credits)
}

/// The credit of each year that is over on that day, as first declared.
fn annees(situation: &Situation, bareme: &Bareme, au: Jour, mut garder: impl FnMut(Credit)) {
    let finie = |annee: Annee| Jour::date(annee.nombre(), 12, 31) <= au;
    let mut juger = |activites: &[&Activite]| {
        let Some(annee) = activites.first().map(|activite| activite.annee).filter(|annee| finie(*annee)) else {
            return;
        };
        let credite = bareme.jour_de_credit.de(annee.nombre() + 1);
        let jugement = Jugement { annee, au: credite, situation, bareme };
        if let Some(credit) = jugement.credit(activites.iter().copied()) {
            garder(credit);
        }
    };
    // Nearly every life comes in order: no list is made then.
    let deux_a_deux = situation.activites.iter().zip(situation.activites.iter().skip(1));
    if deux_a_deux.clone().all(|(une, suivante)| une.annee < suivante.annee) {
        for activite in &situation.activites {
            juger(&[activite]);
        }
    } else {
        let mut triees: Vec<&Activite> = situation.activites.iter().collect();
        triees.sort_by_key(|activite| activite.annee);
        for annee in triees.chunk_by(|un, autre| un.annee == autre.annee) {
            juger(annee);
        }
    }
}

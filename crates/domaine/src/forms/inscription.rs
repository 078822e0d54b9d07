//! The form that opens an account: as typed, then valid.

use serde::{Deserialize, Serialize};

use super::faute::Faute;
use super::formulaire::{Champ, Errors, Formulaire, measure};
use super::telephones::Telephones;
use crate::identite::nir::coherence;
use crate::identite::{Courriel, DateNaissance, MotDePasse, MotDePasseInvalide, Nir, NirInvalide, Nom, NomInvalide};
use crate::mesures::Day;

/// The form as typed. No `Debug`: it holds a NIR and a password.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieInscription {
    /// « Nom de naissance ».
    pub nom_naissance: String,
    /// « Prénoms ».
    pub prenoms: String,
    /// « Date de naissance ».
    pub date_naissance: String,
    /// « Numéro de sécurité sociale », 13 characters (15 are understood too).
    pub nir: String,
    /// « Clé ».
    #[serde(rename = "cle")]
    pub key: String,
    /// « Téléphone fixe ».
    pub telephone_fixe: String,
    /// « Téléphone mobile ».
    pub telephone_mobile: String,
    /// « Courriel ».
    pub courriel: String,
    /// « Mot de passe ».
    pub mot_de_passe: String,
    /// « J'ai lu et j'accepte les conditions générales d'utilisation ».
    pub cgu: bool,
}

/// The fields of the form, in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampInscription {
    /// `#nom-naissance`
    NomNaissance,
    /// `#prenoms`
    Prenoms,
    /// `#date-naissance`
    DateNaissance,
    /// `#nir`
    Nir,
    /// `#cle`
    Cle,
    /// `#telephone-fixe`
    TelephoneFixe,
    /// `#telephone-mobile`
    TelephoneMobile,
    /// `#courriel`
    Courriel,
    /// `#mot-de-passe`
    MotDePasse,
    /// `#cgu`
    Cgu,
}

impl Champ for ChampInscription {
    const ALL: &'static [Self] = &[
        Self::NomNaissance,
        Self::Prenoms,
        Self::DateNaissance,
        Self::Nir,
        Self::Cle,
        Self::TelephoneFixe,
        Self::TelephoneMobile,
        Self::Courriel,
        Self::MotDePasse,
        Self::Cgu,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::NomNaissance => "nom-naissance",
            Self::Prenoms => "prenoms",
            Self::DateNaissance => "date-naissance",
            Self::Nir => "nir",
            Self::Cle => "cle",
            Self::TelephoneFixe => "telephone-fixe",
            Self::TelephoneMobile => "telephone-mobile",
            Self::Courriel => "courriel",
            Self::MotDePasse => "mot-de-passe",
            Self::Cgu => "cgu",
        }
    }
}

/// A form in which everything is right, the conditions accepted.
#[derive(Debug)]
pub struct Inscription {
    /// Birth name, as on the birth certificate; none when there is none.
    pub nom_naissance: Nom,
    /// Given names; none when there is none.
    pub prenoms: Nom,
    /// Birth date, in agreement with the NIR.
    pub date_naissance: DateNaissance,
    /// The NIR with its key.
    pub nir: Nir,
    /// At least one telephone.
    pub telephones: Telephones,
    /// E-mail, which is also the name one connects with.
    pub courriel: Courriel,
    /// The password chosen.
    pub mot_de_passe: MotDePasse,
}

impl Formulaire for SaisieInscription {
    type Champ = ChampInscription;
    type Valid = Inscription;

    fn validate(&self, today: Day) -> Result<Inscription, Errors<ChampInscription>> {
        use ChampInscription as C;
        let mut errors = Errors::new();
        let nom = |text: &str| measure(text).and_then(|t| Nom::parse_if_any(t).map_err(Faute::Nom));
        let nom_naissance = errors.keep(C::NomNaissance, nom(&self.nom_naissance));
        let prenoms = errors.keep(C::Prenoms, nom(&self.prenoms));
        if let (Some(nom), Some(prenoms)) = (&nom_naissance, &prenoms)
            && Nom::compared(nom, prenoms).is_none()
        {
            errors.record(C::Prenoms, Faute::Nom(NomInvalide::NeitherOne));
        }
        let date_naissance = errors.keep(
            C::DateNaissance,
            measure(&self.date_naissance).and_then(|t| DateNaissance::parse(t, today).map_err(Faute::Naissance)),
        );
        let nir = match measure(&self.nir).and_then(|_| measure(&self.key)) {
            Err(faute) => errors.keep(C::Nir, Err(faute)),
            Ok(_) => match Nir::parse(&self.nir, &self.key) {
                Ok(nir) => Some(nir),
                Err(faute) => {
                    let champ = if faute.is_about_the_key() { C::Cle } else { C::Nir };
                    errors.record(champ, Faute::Nir(faute));
                    if champ == C::Nir && self.key.trim().is_empty() {
                        errors.record(C::Cle, Faute::Nir(NirInvalide::CleMissing));
                    }
                    None
                }
            },
        };
        if let (Some(nir), Some(naissance)) = (&nir, &date_naissance)
            && let Err(incoherence) = coherence(nir.body(), naissance)
        {
            errors.record(C::DateNaissance, Faute::Incoherence(incoherence));
        }
        let telephones = Telephones::parse(
            (C::TelephoneFixe, &self.telephone_fixe),
            (C::TelephoneMobile, &self.telephone_mobile),
            &mut errors,
        );
        let courriel =
            errors.keep(C::Courriel, measure(&self.courriel).and_then(|t| Courriel::parse(t).map_err(Faute::Courriel)));
        let mot_de_passe = errors.keep(C::MotDePasse, self.judge_mot_de_passe());
        if !self.cgu {
            errors.record(C::Cgu, Faute::Cgu);
        }
        match (nom_naissance, prenoms, date_naissance, nir, telephones, courriel, mot_de_passe) {
            (
                Some(nom_naissance),
                Some(prenoms),
                Some(date_naissance),
                Some(nir),
                Some(telephones),
                Some(courriel),
                Some(mot_de_passe),
            ) if errors.is_empty() => {
                Ok(Inscription { nom_naissance, prenoms, date_naissance, nir, telephones, courriel, mot_de_passe })
            }
            _ => Err(errors),
        }
    }
}

impl SaisieInscription {
    /// A password must be strong enough and must not be made of the person's own details.
    fn judge_mot_de_passe(&self) -> Result<MotDePasse, Faute> {
        let mot_de_passe = measure(&self.mot_de_passe).and_then(|t| MotDePasse::parse(t).map_err(Faute::MotDePasse))?;
        let personal_texts = [self.nom_naissance.as_str(), &self.prenoms, &self.courriel];
        if mot_de_passe.contains_personal(&personal_texts) {
            return Err(Faute::MotDePasse(MotDePasseInvalide::Personal));
        }
        Ok(mot_de_passe)
    }
}

//! The form that opens an account: as typed, then valid.

use serde::{Deserialize, Serialize};

use super::faute::Faute;
use super::formulaire::{Champ, Erreurs, Formulaire, mesure};
use super::telephones::Telephones;
use crate::identite::nir::coherence;
use crate::identite::{Courriel, DateNaissance, MotDePasse, MotDePasseInvalide, Nir, NirInvalide, Nom};
use crate::mesures::Jour;

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
    pub cle: String,
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
    const TOUS: &'static [Self] = &[
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
    /// Birth name, as on the birth certificate.
    pub nom_naissance: Nom,
    /// Given names.
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
    type Valide = Inscription;

    fn valider(&self, aujourdhui: Jour) -> Result<Inscription, Erreurs<ChampInscription>> {
        use ChampInscription as C;
        let mut erreurs = Erreurs::new();
        let nom = |texte: &str| mesure(texte).and_then(|t| Nom::parse(t).map_err(Faute::Nom));
        let nom_naissance = erreurs.garder(C::NomNaissance, nom(&self.nom_naissance));
        let prenoms = erreurs.garder(C::Prenoms, nom(&self.prenoms));
        let date_naissance = erreurs.garder(
            C::DateNaissance,
            mesure(&self.date_naissance).and_then(|t| DateNaissance::parse(t, aujourdhui).map_err(Faute::Naissance)),
        );
        let nir = match mesure(&self.nir).and_then(|_| mesure(&self.cle)) {
            Err(faute) => erreurs.garder(C::Nir, Err(faute)),
            Ok(_) => match Nir::parse(&self.nir, &self.cle) {
                Ok(nir) => Some(nir),
                Err(faute) => {
                    let champ = if faute.est_de_la_cle() { C::Cle } else { C::Nir };
                    erreurs.noter(champ, Faute::Nir(faute));
                    if champ == C::Nir && self.cle.trim().is_empty() {
                        erreurs.noter(C::Cle, Faute::Nir(NirInvalide::CleManque));
                    }
                    None
                }
            },
        };
        if let (Some(nir), Some(naissance)) = (&nir, &date_naissance)
            && let Err(incoherence) = coherence(nir.corps(), naissance)
        {
            erreurs.noter(C::DateNaissance, Faute::Incoherence(incoherence));
        }
        let telephones = Telephones::lire(
            (C::TelephoneFixe, &self.telephone_fixe),
            (C::TelephoneMobile, &self.telephone_mobile),
            &mut erreurs,
        );
        let courriel = erreurs
            .garder(C::Courriel, mesure(&self.courriel).and_then(|t| Courriel::parse(t).map_err(Faute::Courriel)));
        let mot_de_passe = erreurs.garder(C::MotDePasse, self.juger_mot_de_passe());
        if !self.cgu {
            erreurs.noter(C::Cgu, Faute::Cgu);
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
            ) if erreurs.est_vide() => {
                Ok(Inscription { nom_naissance, prenoms, date_naissance, nir, telephones, courriel, mot_de_passe })
            }
            _ => Err(erreurs),
        }
    }
}

impl SaisieInscription {
    /// A password must be strong enough and must not be made of the person's own details.
    fn juger_mot_de_passe(&self) -> Result<MotDePasse, Faute> {
        let mot_de_passe = mesure(&self.mot_de_passe).and_then(|t| MotDePasse::parse(t).map_err(Faute::MotDePasse))?;
        let personnels = [self.nom_naissance.as_str(), &self.prenoms, &self.courriel];
        if mot_de_passe.contient_personnel(&personnels) {
            return Err(Faute::MotDePasse(MotDePasseInvalide::Personnel));
        }
        Ok(mot_de_passe)
    }
}

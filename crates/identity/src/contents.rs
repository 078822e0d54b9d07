//! What was typed, as a request keeps it until it is proved: sealed for that request alone.

use domaine::forms::Inscription;
use domaine::identite::{Courriel, DateNaissance, Nir13, Nom};
use domaine::mesures::Day;
use serde::{Deserialize, Serialize};
use store::{Mailbox, NewAccount, NewPerson, StoreError, StoreResult};
use vault::{Vault, identifier};

use crate::kept::{Brought, Kept};

/// What was typed. No `Debug`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Contents {
    /// Where to write, as typed.
    pub(crate) courriel: String,
    /// The rest of a form, until it has served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) form: Option<Form>,
    /// What a holder wants their account to have, until it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) change: Option<Change>,
    /// The identity that a provider proved to whoever filled in the form, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) identity: Option<Kept>,
    /// What that identity brings to the browser that showed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) brought: Option<Brought>,
}

/// Other telephones or another e-mail. No `Debug`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Change {
    /// The e-mail, as typed, where it changes.
    pub(crate) courriel: Option<String>,
    /// E.164.
    pub(crate) telephone_fixe: Option<String>,
    /// E.164.
    pub(crate) telephone_mobile: Option<String>,
    /// Whether telephones change.
    pub(crate) telephones: bool,
    /// Whether the address that the account has is asked to agree.
    pub(crate) asks_present: bool,
}

/// A form that opens an account, but for the e-mail. No `Debug`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Form {
    nom_naissance: String,
    prenoms: String,
    date_naissance: String,
    nir: String,
    telephone_fixe: Option<String>,
    telephone_mobile: Option<String>,
    /// The hash to keep.
    pub(crate) mot_de_passe: String,
    cgu: String,
}

/// What binds what was typed to its request.
fn record(request: &str) -> String {
    store::bound::request(request)
}

const fn unreadable() -> StoreError {
    StoreError::Corrupt("contenu")
}

/// The mailbox of an address that was judged when it was typed.
pub(crate) fn mailbox(courriel: &str) -> StoreResult<Mailbox> {
    Courriel::parse(courriel).map(|courriel| Mailbox::of(&courriel)).map_err(|_| unreadable())
}

impl Contents {
    /// An address alone.
    pub(crate) fn of(courriel: &str) -> Self {
        Self { courriel: courriel.to_owned(), form: None, change: None, identity: None, brought: None }
    }

    /// A form, with the hash of its password.
    pub(crate) fn of_form(inscription: &Inscription, mot_de_passe: String, cgu: &str) -> Self {
        let telephones = &inscription.telephones;
        let form = Form {
            nom_naissance: inscription.nom_naissance.as_str().to_owned(),
            prenoms: inscription.prenoms.as_str().to_owned(),
            date_naissance: inscription.date_naissance.iso(),
            nir: inscription.nir.body().as_str().to_owned(),
            telephone_fixe: telephones.fixe().map(|telephone| telephone.e164()),
            telephone_mobile: telephones.mobile().map(|telephone| telephone.e164()),
            mot_de_passe,
            cgu: cgu.to_owned(),
        };
        Self { form: Some(form), ..Self::of(inscription.courriel.as_str()) }
    }

    pub(crate) fn seal(&self, vault: &Vault, request: &str) -> String {
        let plain = serde_json::to_vec(self).expect("texts are written in JSON");
        vault.seal(&record(request), &plain)
    }

    pub(crate) fn unseal(vault: &Vault, request: &str, sealed: &str) -> StoreResult<Self> {
        let plain = vault.unseal(&record(request), sealed).map_err(|_| unreadable())?;
        serde_json::from_slice(&plain).map_err(|_| unreadable())
    }

    /// The mailbox of the address.
    pub(crate) fn mailbox(&self) -> StoreResult<Mailbox> {
        mailbox(&self.courriel)
    }

    /// The change that it asks for.
    pub(crate) fn change(&self) -> StoreResult<&Change> {
        self.change.as_ref().ok_or_else(unreadable)
    }

    /// The same, by itself.
    pub(crate) fn into_change(self) -> StoreResult<Change> {
        self.change.ok_or_else(unreadable)
    }

    /// What is kept of a change that was made: which codes it asked for, and nothing of anybody.
    pub(crate) fn made(&self) -> Self {
        let change = self.change.as_ref().map(|change| Change {
            courriel: change.courriel.as_ref().map(|_| String::new()),
            telephone_fixe: None,
            telephone_mobile: None,
            ..*change
        });
        Self { change, ..Self::of("") }
    }

    /// The account that the form asks for, as of that day.
    pub(crate) fn account(&self, vault: &Vault, today: Day) -> StoreResult<NewAccount> {
        let form = self.form.as_ref().ok_or_else(unreadable)?;
        let person = identifier();
        let nir = Nir13::parse(&form.nir).map_err(|_| unreadable())?;
        let nom = |text: &str| Nom::parse_if_any(text).map_err(|_| unreadable());
        Ok(NewAccount {
            id: identifier(),
            person: NewPerson {
                nir_digests: vault.nir_digests(nir.as_str()),
                sealed_nir: vault.seal_nir(&person, nir.as_str()),
                id: person,
                nom_naissance: form.nom_naissance.clone(),
                prenoms: form.prenoms.clone(),
                date_naissance: DateNaissance::from_iso(&form.date_naissance).ok_or_else(unreadable)?,
            },
            nom_naissance: nom(&form.nom_naissance)?,
            prenoms: nom(&form.prenoms)?,
            courriel: self.courriel.clone(),
            mailbox: self.mailbox()?,
            telephone_fixe: form.telephone_fixe.clone(),
            telephone_mobile: form.telephone_mobile.clone(),
            mot_de_passe: form.mot_de_passe.clone(),
            cgu_version: form.cgu.clone(),
            opened_on: today,
            link: self.identity.as_ref().map(|identity| identity.link(vault)),
            outranks: self.identity.as_ref().is_some_and(|identity| identity.says_all_of(&nir)),
        })
    }
}

#[cfg(test)]
mod tests {
    use domaine::forms::{Formulaire, SaisieInscription};

    use super::*;

    const TODAY: Day = Day::date(2026, 11, 28);

    fn inscription(nom_naissance: &str) -> Inscription {
        let saisie = SaisieInscription {
            nom_naissance: nom_naissance.into(),
            prenoms: "Camille".into(),
            date_naissance: "00/00/1980".into(),
            nir: "1800175999029".into(),
            key: "09".into(),
            telephone_fixe: String::new(),
            telephone_mobile: "06 12 34 56 78".into(),
            courriel: "Camille@exemple.fr".into(),
            mot_de_passe: "trois grues vertes".into(),
            cgu: true,
        };
        saisie.validate(TODAY).expect("a sound form")
    }

    #[test]
    fn what_was_typed_reads_back_whole_for_its_request_alone() {
        let vault = Vault::new(&[7; 32]);
        for nom in ["Nouvel", "sans nom"] {
            let inscription = inscription(nom);
            let sealed = Contents::of_form(&inscription, "hash".to_owned(), "2026-11-23").seal(&vault, "r");
            assert!(!sealed.contains("Nouvel") && Contents::unseal(&vault, "s", &sealed).is_err());
            let asked = Contents::unseal(&vault, "r", &sealed).and_then(|read| read.account(&vault, TODAY));
            let asked = asked.expect("the account that was asked for");
            assert_eq!(asked.nom_naissance.as_str(), inscription.nom_naissance.as_str());
            assert_eq!(asked.person.date_naissance, inscription.date_naissance);
            assert_eq!(asked.person.nir_digests, vault.nir_digests("1800175999029"));
            assert_eq!((asked.courriel.as_str(), asked.mailbox.key()), ("Camille@exemple.fr", "camille@exemple.fr"));
            assert_eq!(asked.telephone_mobile.as_deref(), Some("+33612345678"));
        }
    }
}

//! What is declared: the answers, the file held beside them, and how they go out.
//! Shows nothing.

use std::rc::Rc;

use api::dif::DifEnregistre;
use domaine::bareme::Bareme;
use domaine::dif::{Piece, PieceInvalide, en_euros, lire_heures};
use domaine::forms::{ChampDif as C, SaisieDif};
use domaine::mesures::{Euros, Heures};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{File, FormData};

use crate::browser::{clock, focus};
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::net::upload::{Envoi, Issue};

/// The text of the attestation names the chosen file, which is held beside it: nobody chooses it twice.
pub(super) static SPEC: FormSpec<C> = FormSpec::new("dif", field_spec, |form, today| faults(&saisie_de(form), today));

fn field_spec(champ: C) -> &'static FieldSpec {
    match champ {
        C::Rapport => &FieldSpec { label: "Vos déclarations", ..FieldSpec::RAW },
        C::Heures => &FieldSpec { label: "Mon solde DIF en heures", tidy: Some(ranger_heures), ..FieldSpec::TEXT },
        C::Attestation => &FieldSpec { label: "Mon attestation", ..FieldSpec::RAW },
    }
}

fn saisie_de(form: Form<C>) -> SaisieDif {
    SaisieDif {
        heures: form.answer(C::Heures),
        rapport: form.answer(C::Rapport),
        // Whoever declares for the first time finds « remplace » filled in.
        deja_declare: true,
        piece: fichier(form).map_or(Err(PieceInvalide::Manquante), |fichier| fichier.piece),
    }
}

/// The chosen file, and what its first bytes say.
pub(super) struct Fichier {
    pub file: File,
    pub piece: Result<Piece, PieceInvalide>,
}

pub(super) fn fichier(form: Form<C>) -> Option<Rc<Fichier>> {
    form.at(C::Attestation).held()
}

fn ranger_heures(texte: &str) -> Option<String> {
    heures_lues(texte).map(|heures| heures.to_string())
}

pub(super) fn heures_lues(texte: &str) -> Option<Heures> {
    lire_heures(texte, clock::aujourdhui(), &Bareme::EN_VIGUEUR).ok()
}

pub(super) fn valeur(heures: Heures) -> Euros {
    en_euros(heures, clock::aujourdhui(), &Bareme::EN_VIGUEUR)
}

/// What the screen knows besides the form.
#[derive(Clone, Copy)]
pub(super) struct Ecran {
    pub form: Form<C>,
    /// How many hundredths of the file have gone, while it goes.
    pub avance: RwSignal<Option<u8>>,
    pub envoi: StoredValue<Option<Envoi>, LocalStorage>,
    pub recu: RwSignal<Option<DifEnregistre>>,
    pub arrete: RwSignal<bool>,
}

/// Sends the declaration once; the words, the file and the key stay until the server has answered.
pub(super) fn envoyer(ecran: Ecran) {
    let form = ecran.form;
    ecran.arrete.set(false);
    let Some(cle) = form.depart() else { return };
    let (Some(envoi), Some(corps)) = (Envoi::new(), corps(form)) else { return form.arrivee() };
    ecran.envoi.set_value(Some(envoi.clone()));
    ecran.avance.set(Some(0));
    spawn_local(async move {
        let avance = ecran.avance;
        let issue = envoi
            .envoyer(&cle, &corps, move |centiemes| {
                let _partie = avance.try_set(Some(centiemes));
            })
            .await;
        form.arrivee();
        let _partie = ecran.avance.try_set(None);
        match issue {
            Issue::Arrete => {
                let _partie = ecran.arrete.try_set(true);
            }
            Issue::Reponse(Err(echec)) => form.echouer(echec),
            Issue::Reponse(Ok(recu)) => {
                form.vider();
                if ecran.recu.try_set(Some(*recu)).is_none() {
                    focus::annoncer_ecran("La procédure est terminée · Acquis");
                }
            }
        }
    });
}

/// The fields as the server expects them. The name of the file stays here: it may say who one is.
fn corps(form: Form<C>) -> Option<FormData> {
    let corps = FormData::new().ok()?;
    corps.append_with_str("heures", &form.answer(C::Heures)).ok()?;
    corps.append_with_str("rapport", &form.answer(C::Rapport)).ok()?;
    corps.append_with_blob_and_filename("attestation", &fichier(form)?.file, "attestation").ok()?;
    Some(corps)
}

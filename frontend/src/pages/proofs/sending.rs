//! What is declared with a proof: the answers, the file held beside them, and how they go out.
//! Shows nothing.

use std::rc::Rc;

use domaine::bareme::Bareme;
use domaine::dif::{Piece, PieceInvalide, parse_hours, to_euros};
use domaine::forms::{Champ as _, ChampDif as C, Faute, SaisieDif, SaisieHandicap};
use domaine::mesures::{Euros, Hours};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, FormData};

use crate::browser::clock;
use crate::failure::ApiFailure;
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::net::upload::{Issue, Upload};

/// The text of the attestation names the chosen file, which is held beside it: nobody chooses it twice.
pub(super) static DIF: FormSpec<C> = FormSpec::new("dif", field_spec, |form, today| faults(&saisie_de(form), today));

/// Of a disability the proof is asked, and the consent to show it.
pub(super) static HANDICAP: FormSpec<C> = FormSpec::new(
    "handicap",
    |champ| match champ {
        C::Attestation => &FieldSpec { label: "Mon justificatif", ..FieldSpec::RAW },
        champ => field_spec(champ),
    },
    |form, today| faults(&SaisieHandicap { piece: judged(form), consent: form.ticked(C::Consent) }, today),
);

fn field_spec(champ: C) -> &'static FieldSpec {
    match champ {
        C::Rapport => &FieldSpec { label: "Vos déclarations", ..FieldSpec::RAW },
        C::Hours => &FieldSpec { label: "Mon solde DIF en heures", tidy: Some(tidy_hours), ..FieldSpec::TEXT },
        C::Attestation => &FieldSpec { label: "Mon attestation", ..FieldSpec::RAW },
        C::Consent => &FieldSpec { label: "Mon accord", ..FieldSpec::RAW },
    }
}

fn saisie_de(form: Form<C>) -> SaisieDif {
    SaisieDif {
        hours: form.answer(C::Hours),
        rapport: form.answer(C::Rapport),
        // Whoever declares for the first time finds « remplace » filled in.
        already_declared: true,
        piece: judged(form),
    }
}

/// The chosen file, and what its first bytes say.
pub(super) struct ChosenFile {
    pub file: File,
    pub piece: Result<Piece, PieceInvalide>,
}

pub(super) fn picked(form: Form<C>) -> Option<Rc<ChosenFile>> {
    form.at(C::Attestation).held()
}

fn judged(form: Form<C>) -> Result<Piece, PieceInvalide> {
    picked(form).map_or(Err(PieceInvalide::Missing), |picked| picked.piece)
}

fn tidy_hours(text: &str) -> Option<String> {
    read_hours(text).map(|hours| hours.to_string())
}

pub(super) fn read_hours(text: &str) -> Option<Hours> {
    parse_hours(text, clock::today(), &Bareme::IN_FORCE).ok()
}

pub(super) fn value(hours: Hours) -> Euros {
    to_euros(hours, clock::today(), &Bareme::IN_FORCE)
}

/// What is done with the body of an answer; it may not be understood.
type Arrival = dyn Fn(String) -> Result<(), ApiFailure>;

/// What the screen knows besides the form.
#[derive(Clone, Copy)]
pub(super) struct Screen {
    pub form: Form<C>,
    /// How many hundredths of the file have gone, while it goes.
    pub sent_percent: RwSignal<Option<u8>>,
    pub upload: StoredValue<Option<Upload>, LocalStorage>,
    pub stopped: RwSignal<bool>,
    /// Where it goes.
    path: &'static str,
    /// What is done with the answer of the server.
    arrived: StoredValue<Box<Arrival>, LocalStorage>,
}

impl Screen {
    /// The screen of this form, sent to this path.
    pub fn new(
        form: Form<C>,
        path: &'static str,
        arrived: impl Fn(String) -> Result<(), ApiFailure> + 'static,
    ) -> Self {
        Self {
            form,
            sent_percent: RwSignal::new(None),
            upload: StoredValue::new_local(None),
            stopped: RwSignal::new(false),
            path,
            arrived: StoredValue::new_local(Box::new(arrived)),
        }
    }
}

/// Sends the declaration once; the words, the file and the key stay until the server has answered.
pub(super) fn send(screen: Screen) {
    let form = screen.form;
    screen.stopped.set(false);
    let Some(key) = form.begin() else { return };
    let (Some(upload), Some(body)) = (Upload::new(), body(form)) else { return form.arrival() };
    screen.upload.set_value(Some(upload.clone()));
    screen.sent_percent.set(Some(0));
    // The file's card says how far it has come, in the place of why it did not.
    form.failure().set(None);
    spawn_local(async move {
        let sent_percent = screen.sent_percent;
        let issue = upload
            .send(screen.path, &key, &body, move |hundredths| {
                let _part = sent_percent.try_set(Some(hundredths));
            })
            .await;
        form.arrival();
        let _part = screen.sent_percent.try_set(None);
        match issue {
            Issue::Stopped => {
                let _part = screen.stopped.try_set(true);
            }
            Issue::Response(Err(failure)) => match wrong_piece(form, &failure).await {
                Some(faute) => turn_back(form, faute),
                None => form.fail(failure),
            },
            Issue::Response(Ok(body)) => {
                if let Some(Err(failure)) = screen.arrived.try_with_value(|arrived| arrived(body)) {
                    form.fail(failure);
                }
            }
        }
    });
}

/// The first bytes of a file; nothing of one that changed on the device, or left it, since it was chosen.
pub(super) async fn read(file: &File, how_many: i32) -> Option<Vec<u8>> {
    let start: Blob = file.slice_with_i32_and_i32(0, how_many).ok()?;
    let bytes = JsFuture::from(start.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&bytes).to_vec())
}

/// What is wrong with the file itself, where that is why it did not go: the server says it, or the file changed on the
/// device or left it since it was chosen. Of that, a browser says what it says of a line that breaks.
async fn wrong_piece(form: Form<C>, failure: &ApiFailure) -> Option<PieceInvalide> {
    match failure {
        ApiFailure::Refusal(probleme) => probleme.errors.iter().find_map(|error| match error.faute {
            Faute::Piece(faute) => Some(faute),
            _ => None,
        }),
        ApiFailure::Offline => {
            let picked = picked(form)?;
            read(&picked.file, 1).await.is_none().then_some(PieceInvalide::Unreadable)
        }
        _ => None,
    }
}

/// Judges the file as wrong, as if it had just been chosen: its card gives way to the field, and the hours stay.
fn turn_back(form: Form<C>, faute: PieceInvalide) {
    if let Some(picked) = picked(form) {
        let file = picked.file.clone();
        form.at(C::Attestation).hold(&form.answer(C::Attestation), ChosenFile { file, piece: Err(faute) });
        // Goes nowhere: shows what is to be corrected.
        let _key = form.begin();
    }
}

/// The fields as the server expects them. The name of the file stays here: it may say who one is.
fn body(form: Form<C>) -> Option<FormData> {
    let body = FormData::new().ok()?;
    for champ in [C::Hours, C::Rapport, C::Consent] {
        let answer = form.answer(champ);
        // A screen asks some of them.
        if !answer.is_empty() {
            body.append_with_str(champ.id(), &answer).ok()?;
        }
    }
    body.append_with_blob_and_filename("attestation", &picked(form)?.file, "attestation").ok()?;
    Some(body)
}

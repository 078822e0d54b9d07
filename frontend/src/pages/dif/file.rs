//! The file of an attestation: chosen, judged on its first bytes, shown on a card, followed while it goes.
//! Leaves the device only with the form.

use domaine::dif::{Piece, PieceInvalide, TypePiece, pages_pdf};
use domaine::forms::ChampDif as C;
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DragEvent, Event, File, HtmlImageElement, HtmlInputElement, Url};

use crate::browser::{clock, dom, focus};
use crate::components::field::{classe, error};
use crate::wording::formats;

use super::sending::{Ecran, Fichier, envoyer, fichier};

/// The file: to choose, then its card.
pub(super) fn piece(ecran: Ecran) -> AnyView {
    let form = ecran.form;
    let survol = RwSignal::new(false);
    let deposer = move |evenement: DragEvent| {
        evenement.prevent_default();
        survol.set(false);
        let fichiers = evenement.data_transfer().and_then(|transfert| transfert.files());
        if let Some(file) = fichiers.and_then(|fichiers| fichiers.get(0)) {
            prendre(ecran, file);
        }
    };
    let choisir = move |evenement: Event| {
        let champ = evenement.target().and_then(|cible| cible.dyn_into::<HtmlInputElement>().ok());
        if let Some(file) = champ.as_ref().and_then(|champ| champ.files()).and_then(|fichiers| fichiers.get(0)) {
            prendre(ecran, file);
        }
        // The same file may be chosen again after a correction.
        if let Some(champ) = champ {
            champ.set_value("");
        }
    };
    let bonne = Memo::new(move |_| {
        form.texte(C::Attestation).track();
        fichier(form).is_some_and(|fichier| fichier.piece.is_ok())
    });
    // Another good file is another card.
    let carte = move || {
        form.texte(C::Attestation).track();
        bonne.get().then(|| carte(ecran))
    };
    let arret = move || if ecran.arrete.get() { "Envoi arrêté. Le fichier est gardé." } else { "" };
    view! {
        <div
            class=classe(form.at(C::Attestation), "field")
            on:dragover=move |evenement: DragEvent| {
                evenement.prevent_default();
                survol.set(true);
            }
            on:dragleave=move |_| survol.set(false)
            on:drop=deposer
        >
            <p class="field__label" id="attestation-titre">"Mon attestation"</p>
            <p class="field__hint" id="attestation-aide">
                "Champ obligatoire. PDF, JPEG, PNG ou HEIC, 10\u{a0}Mo au plus"
            </p>
            {carte}
            <div
                class=move || if survol.get() { "file-input__drop file-input__drop--over" } else { "file-input__drop" }
                hidden=move || bonne.get()
            >
                <input
                    class="file-input__native"
                    type="file"
                    id="attestation"
                    accept=".pdf,.jpg,.jpeg,.png,.heic,.heif,application/pdf,image/*"
                    aria-labelledby="attestation-titre attestation-choix"
                    aria-describedby="attestation-aide attestation-erreur attestation-remarque"
                    aria-invalid=move || form.montre(C::Attestation).read().faute.map(|_| "true")
                    on:change=choisir
                />
                <label class="button button--quiet" for="attestation" id="attestation-choix">
                    "Choisir un fichier"
                </label>
                <span class="file-input__or">"ou déposez-le ici"</span>
            </div>
            <div class="field__foot">
                {error(form.at(C::Attestation))}
                <p class="field__remark" id="attestation-remarque" role="status">{arret}</p>
            </div>
        </div>
    }
}

/// Judges a file on its first bytes, before anything leaves the device.
fn prendre(ecran: Ecran, file: File) {
    if ecran.form.en_cours().get_untracked() {
        return;
    }
    ecran.arrete.set(false);
    spawn_local(async move {
        let taille = file.size() as u64;
        let debut = lire(&file, Piece::DEBUT as i32).await;
        let piece = debut.map_or(Err(PieceInvalide::Illisible), |debut| Piece::examiner(taille, &debut));
        // Another name for another file: the key of a submission follows.
        let nom = [&file.name(), " ", &taille.to_string()].concat();
        ecran.form.at(C::Attestation).hold(&nom, Fichier { file, piece });
    });
}

/// The first bytes of a file.
async fn lire(file: &File, combien: i32) -> Option<Vec<u8>> {
    let debut: Blob = file.slice_with_i32_and_i32(0, combien).ok()?;
    let octets = JsFuture::from(debut.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&octets).to_vec())
}

/// The chosen file: what it is, a look at it, how far it has gone.
fn carte(ecran: Ecran) -> AnyView {
    let form = ecran.form;
    let Some((file, piece)) = fichier(form).and_then(|f| Some((f.file.clone(), f.piece.ok()?))) else {
        return ().into_any();
    };
    let genre = piece.type_piece();
    let taille = piece.taille();
    let detail = RwSignal::new(String::new());
    if genre == TypePiece::Pdf {
        let file = file.clone();
        spawn_local(async move {
            let pages = lire(&file, i32::MAX).await.and_then(|octets| pages_pdf(&octets));
            if let Some(pages) = pages {
                let _partie = detail
                    .try_set([pages.to_string().as_str(), if pages > 1 { " pages, " } else { " page, " }].concat());
            }
        });
    }
    let apercu = matches!(genre, TypePiece::Jpeg | TypePiece::Png).then(|| apercu(&file, detail)).flatten();
    let faits = move || match ecran.avance.get() {
        Some(centiemes) => {
            let parti = taille * u64::from(centiemes) / 100;
            [&formats::taille(parti), " envoyés sur ", &formats::taille(taille)].concat()
        }
        None => detail.get() + &formats::taille(taille),
    };
    let progres = move || {
        ecran.avance.get().map(|centiemes| {
            view! {
                <progress class="progress" max="100" value=centiemes.to_string() aria-label="Envoi de l’attestation"></progress>
            }
        })
    };
    let echoue = move || if form.echec().read().is_some() { "file-card file-card--error" } else { "file-card" };
    view! {
        <div class=echoue>
            <div class="file-card__thumb" aria-hidden="true">
                {apercu.unwrap_or_else(|| genre.nom().into_any())}
            </div>
            <div>
                <p class="file-card__name">{file.name()}</p>
                <p class="file-card__facts">{faits}</p>
                {progres}
            </div>
            {move || actions(ecran)}
        </div>
    }
}

fn actions(ecran: Ecran) -> AnyView {
    if ecran.form.en_cours().get() {
        return petit_bouton("Arrêter l’envoi", move || {
            if let Some(envoi) = ecran.envoi.get_value() {
                envoi.arreter();
            }
        });
    }
    let reessayer = ecran.form.echec().read().is_some().then(|| petit_bouton("Réessayer", move || envoyer(ecran)));
    let changer = petit_bouton("Changer", || {
        if let Some(Ok(champ)) = dom::element("attestation").map(JsCast::dyn_into::<HtmlInputElement>) {
            champ.click();
        }
    });
    let retirer = petit_bouton("Retirer", move || {
        ecran.form.ecrire(C::Attestation, "");
        clock::bientot(|| focus::donner_focus("attestation"));
    });
    view! { <div class="actions">{reessayer} {changer} {retirer}</div> }
}

fn petit_bouton(dit: &'static str, action: impl Fn() + 'static) -> AnyView {
    view! {
        <button class="button button--quiet button--small" type="button" on:click=move |_| action()>
            {dit}
        </button>
    }
}

/// The picture itself, small. Its address lives as long as the card.
fn apercu(file: &File, detail: RwSignal<String>) -> Option<AnyView> {
    let adresse = Url::create_object_url_with_blob(file).ok()?;
    let a_rendre = adresse.clone();
    on_cleanup(move || {
        let _rendue = Url::revoke_object_url(&a_rendre);
    });
    let mesurer = move |evenement: Event| {
        let image = evenement.target().and_then(|cible| cible.dyn_into::<HtmlImageElement>().ok());
        if let Some(image) = image {
            let cote = |pixels: u32| formats::milliers(u64::from(pixels));
            let texte = ["Image de ", &cote(image.natural_width()), " × ", &cote(image.natural_height()), " points, "];
            detail.set(texte.concat());
        }
    };
    Some(view! { <img src=adresse alt="" on:load=mesurer/> })
}

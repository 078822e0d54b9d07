//! The file of a proof: chosen, judged on its first bytes, shown on a card, followed while it goes.
//! Leaves the device only with the form.

use domaine::dif::{Piece, PieceInvalide, PieceType, pdf_pages};
use domaine::forms::ChampDif as C;
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, File, HtmlImageElement, HtmlInputElement, Url};

use crate::browser::{clock, dom, focus};
use crate::components::field::{class, error};
use crate::wording::formats;

use super::sending::{ChosenFile, Screen, picked, read, send};

/// The field of the file, and the button that takes its place once one is chosen.
const CHOICE: &str = "attestation";
const CHANGE: &str = "changer-attestation";

/// The file: to choose, then its card.
pub(super) fn piece(screen: Screen) -> AnyView {
    let form = screen.form;
    let hover = RwSignal::new(false);
    let drop_file = move |event: DragEvent| {
        event.prevent_default();
        hover.set(false);
        let files = event.data_transfer().and_then(|transfer| transfer.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            take(screen, file);
        }
    };
    let choose = move |event: Event| {
        let champ = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(file) = champ.as_ref().and_then(|champ| champ.files()).and_then(|files| files.get(0)) {
            take(screen, file);
        }
        // The same file may be chosen again after a correction.
        if let Some(champ) = champ {
            champ.set_value("");
        }
    };
    let good = Memo::new(move |_| {
        form.text(C::Attestation).track();
        picked(form).is_some_and(|picked| picked.piece.is_ok())
    });
    // Another good file is another card.
    let card = move || {
        form.text(C::Attestation).track();
        good.get().then(|| card(screen))
    };
    // The card shows it to the eye; this says it.
    let chosen = move || {
        form.text(C::Attestation).track();
        let good = picked(form).filter(|picked| picked.piece.is_ok());
        good.map(|picked| {
            ["Fichier choisi\u{a0}: ", &picked.file.name(), ", ", &formats::size(picked.file.size() as u64)].concat()
        })
    };
    let stop = move || if screen.stopped.get() { "Envoi arrêté. Le fichier est gardé." } else { "" };
    view! {
        <div
            class=class(form.at(C::Attestation), "field")
            on:dragover=move |event: DragEvent| {
                event.prevent_default();
                hover.set(true);
            }
            on:dragleave=move |_| hover.set(false)
            on:drop=drop_file
        >
            <p class="field__label" id="attestation-titre">{form.at(C::Attestation).label()}</p>
            <p class="field__hint" id="attestation-aide">
                "Champ obligatoire. PDF, JPEG, PNG ou HEIC, 10\u{a0}Mo au plus"
            </p>
            {card}
            <div
                class=move || if hover.get() { "file-input__drop file-input__drop--over" } else { "file-input__drop" }
                hidden=move || good.get()
            >
                <input
                    class="file-input__native"
                    type="file"
                    id="attestation"
                    required
                    accept=".pdf,.jpg,.jpeg,.png,.heic,.heif,application/pdf,image/*"
                    aria-labelledby="attestation-titre attestation-choix"
                    aria-describedby="attestation-aide attestation-erreur attestation-remarque"
                    aria-invalid=move || form.shown(C::Attestation).read().faute.map(|_| "true")
                    on:change=choose
                />
                <label class="button button--quiet" for="attestation" id="attestation-choix">
                    "Choisir un fichier"
                </label>
                <span class="file-input__or">"ou déposez-le ici"</span>
            </div>
            <div class="field__foot">
                {error(form.at(C::Attestation))}
                <p class="field__remark" id="attestation-remarque" role="status">{stop}</p>
                <p class="visually-hidden" role="status">{chosen}</p>
            </div>
        </div>
    }
}

/// Judges a file on its first bytes, before anything leaves the device.
fn take(screen: Screen, file: File) {
    if screen.form.under_way().get_untracked() {
        return;
    }
    screen.stopped.set(false);
    spawn_local(async move {
        let size = file.size() as u64;
        let start = read(&file, Piece::START as i32).await;
        let piece = start.map_or(Err(PieceInvalide::Unreadable), |start| Piece::examine(size, &start));
        let piece = piece.and_then(|piece| piece.called(&file.name(), &file.type_()));
        // Another name for another file: the key of a submission follows.
        let nom = [&file.name(), " ", &size.to_string()].concat();
        let good = piece.is_ok();
        screen.form.at(C::Attestation).hold(&nom, ChosenFile { file, piece });
        // The button that was pressed goes: the focus is where another file may be chosen.
        clock::soon(move || {
            if good && focus::active_element_of().is_none_or(|active| active.id() == CHOICE) {
                focus::give_focus(CHANGE);
            }
        });
    });
}

/// The chosen file: what it is, a look at it, how far it has gone.
fn card(screen: Screen) -> AnyView {
    let form = screen.form;
    let Some((file, piece)) = picked(form).and_then(|f| Some((f.file.clone(), f.piece.ok()?))) else {
        return ().into_any();
    };
    let kind = piece.piece_type();
    let size = piece.size();
    let detail = RwSignal::new(String::new());
    if kind == PieceType::Pdf {
        let file = file.clone();
        spawn_local(async move {
            let pages = read(&file, i32::MAX).await.and_then(|bytes| pdf_pages(&bytes));
            if let Some(pages) = pages {
                let _part = detail
                    .try_set([pages.to_string().as_str(), if pages > 1 { " pages, " } else { " page, " }].concat());
            }
        });
    }
    let preview = matches!(kind, PieceType::Jpeg | PieceType::Png).then(|| preview(&file, detail)).flatten();
    let facts = move || match screen.sent_percent.get() {
        Some(hundredths) => {
            let gone = size * u64::from(hundredths) / 100;
            [&formats::size(gone), " envoyés sur ", &formats::size(size)].concat()
        }
        None => detail.get() + &formats::size(size),
    };
    let progress = move || {
        screen.sent_percent.get().map(|hundredths| {
            view! {
                <progress class="progress" max="100" value=hundredths.to_string() aria-label="Envoi de l’attestation"></progress>
            }
        })
    };
    let failed = move || if form.failure().read().is_some() { "file-card file-card--error" } else { "file-card" };
    view! {
        <div class=failed>
            <div class="file-card__thumb" aria-hidden="true">
                {preview.unwrap_or_else(|| kind.nom().into_any())}
            </div>
            <div>
                <p class="file-card__name">{file.name()}</p>
                <p class="file-card__facts">{facts}</p>
                {progress}
            </div>
            {move || actions(screen)}
        </div>
    }
}

fn actions(screen: Screen) -> AnyView {
    if screen.form.under_way().get() {
        return small_button("arreter-envoi", "Arrêter l’envoi", move || {
            if let Some(upload) = screen.upload.get_value() {
                upload.halt();
            }
        });
    }
    let retry =
        screen.form.failure().read().is_some().then(|| small_button("renvoyer", "Réessayer", move || send(screen)));
    let change = small_button(CHANGE, "Changer", || {
        if let Some(Ok(champ)) = dom::element(CHOICE).map(JsCast::dyn_into::<HtmlInputElement>) {
            champ.click();
        }
    });
    let remove = small_button("retirer-attestation", "Retirer", move || {
        screen.form.at(C::Attestation).withdraw();
        clock::soon(|| focus::give_focus(CHOICE));
    });
    view! { <div class="actions">{retry} {change} {remove}</div> }
}

fn small_button(id: &'static str, said: &'static str, action: impl Fn() + 'static) -> AnyView {
    view! {
        <button class="button button--quiet button--small" type="button" id=id on:click=move |_| action()>
            {said}
        </button>
    }
}

/// The picture itself, small. Its address lives as long as the card.
fn preview(file: &File, detail: RwSignal<String>) -> Option<AnyView> {
    let address = Url::create_object_url_with_blob(file).ok()?;
    let to_give_back = address.clone();
    on_cleanup(move || {
        let _given_back = Url::revoke_object_url(&to_give_back);
    });
    let measure = move |event: Event| {
        let image = event.target().and_then(|target| target.dyn_into::<HtmlImageElement>().ok());
        if let Some(image) = image {
            let side = |pixels: u32| formats::thousands(u64::from(pixels));
            let text = ["Image de ", &side(image.natural_width()), " × ", &side(image.natural_height()), " points, "];
            detail.set(text.concat());
        }
    };
    Some(view! { <img src=address alt="" on:load=measure/> })
}

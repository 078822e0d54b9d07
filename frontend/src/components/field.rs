//! A field: label, hint, input, then what there is to say of it. One identifier, the rest follows:
//! `<id>-aide`, `<id>-erreur`, `<id>-remarque`.

use domaine::identite::mot_de_passe::{SEUIL_ACCEPTE, SEUIL_CONSEILLE, mesurer};
use leptos::prelude::*;

use crate::form::{Form, Montre};
use crate::navigateur;
use crate::textes::erreurs;

/// What helps a person and their browser to fill a field.
#[derive(Clone, Copy)]
pub struct Options {
    /// Above the box; empty for none.
    pub hint: &'static str,
    /// `type`
    pub kind: &'static str,
    /// `autocomplete`
    pub autocomplete: &'static str,
    /// `inputmode`
    pub inputmode: &'static str,
    /// `enterkeyhint`
    pub enterkeyhint: &'static str,
    /// `autocapitalize`
    pub autocapitalize: &'static str,
    /// Classes of the box.
    pub classe: &'static str,
}

impl Options {
    /// Plain text.
    pub const TEXTE: Self = Self {
        hint: "",
        kind: "text",
        autocomplete: "off",
        inputmode: "text",
        enterkeyhint: "next",
        autocapitalize: "none",
        classe: "field__input",
    };
    /// A person's name.
    pub const NOM: Self = Self { autocapitalize: "words", ..Self::TEXTE };
    /// Figures.
    pub const CHIFFRES: Self = Self { inputmode: "numeric", ..Self::TEXTE };
    /// A telephone number.
    pub const TELEPHONE: Self = Self { kind: "tel", inputmode: "tel", ..Self::TEXTE };
    /// An e-mail.
    pub const COURRIEL: Self = Self { kind: "email", inputmode: "email", autocomplete: "email", ..Self::TEXTE };
    /// A password asked again.
    pub const MOT_DE_PASSE: Self =
        Self { kind: "password", autocomplete: "current-password", enterkeyhint: "go", ..Self::TEXTE };
    /// A password being chosen.
    pub const NOUVEAU_MOT_DE_PASSE: Self =
        Self { autocomplete: "new-password", enterkeyhint: "done", ..Self::MOT_DE_PASSE };
}

/// A field.
pub fn field(form: Form, rang: usize, options: Options) -> AnyView {
    field_et(form, rang, options, None, None)
}

/// A field with something more at its foot: a button that helps.
pub fn field_et(form: Form, rang: usize, options: Options, barre: Option<AnyView>, pied: Option<AnyView>) -> AnyView {
    let meta = form.meta(rang);
    let id = meta.id;
    let aide = [id, "-aide"].concat();
    let hint = options.hint;
    let remarque = move || match meta.remarque {
        Some(remarque) if form.montre(rang).read().juste => remarque(&form.texte(rang).read()).unwrap_or_default(),
        _ => String::new(),
    };
    view! {
        <div class=classe(form, rang, "field")>
            <label class="field__label" for=id>{meta.label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="field__hint" id=aide.clone()>{hint}</p> })}
            {control(form, rang, options, if hint.is_empty() { String::new() } else { aide + " " })}
            {barre}
            <div class="field__foot">
                {error(form, rang)}
                <p class="field__remark" id=[id, "-remarque"].concat()>{remarque}</p>
                {pied}
            </div>
        </div>
    }
    .into_any()
}

/// The box alone, with the button that shows a password. `decrit` names what describes it before its own error.
pub fn control(form: Form, rang: usize, options: Options, decrit: String) -> AnyView {
    let id = form.meta(rang).id;
    let montre = RwSignal::new(false);
    let secret = options.kind == "password";
    let kind = move || if secret && montre.get() { "text" } else { options.kind };
    let dit = move || if montre.get() { "Masquer" } else { "Afficher" };
    let bouton = secret.then(|| {
        view! {
            <button
                class="field__toggle"
                type="button"
                aria-controls=id
                aria-label=move || [dit(), " le mot de passe"].concat()
                on:click=move |_| montre.update(|m| *m = !*m)
            >
                {dit}
            </button>
        }
    });
    view! {
        <div class="field__control">
            <input
                class=options.classe
                id=id
                name=id
                type=kind
                autocomplete=options.autocomplete
                inputmode=options.inputmode
                enterkeyhint=options.enterkeyhint
                autocapitalize=options.autocapitalize
                spellcheck="false"
                aria-describedby=[&decrit, id, "-erreur ", id, "-remarque"].concat()
                aria-invalid=invalide(form, rang)
                prop:value=form.texte(rang).get_untracked()
            />
            {bouton}
        </div>
    }
    .into_any()
}

/// What is wrong with a field, at its `#<id>-erreur`.
pub fn error(form: Form, rang: usize) -> AnyView {
    let id = form.meta(rang).id;
    let dit = move || form.montre(rang).read().faute.map(|faute| erreurs::phrase(&faute, id));
    view! { <p class="field__error" id=[id, "-erreur"].concat()>{dit}</p> }.into_any()
}

/// The class of a field, with its state: `--error`, `--right`.
pub fn classe(form: Form, rang: usize, base: &'static str) -> impl Fn() -> String + Clone + 'static {
    move || {
        let etat = match form.montre(rang).get() {
            Montre { faute: Some(_), .. } => " field--error",
            Montre { juste: true, .. } => " field--right",
            _ => "",
        };
        [base, etat].concat()
    }
}

fn invalide(form: Form, rang: usize) -> impl Fn() -> Option<&'static str> + Clone + 'static {
    move || form.montre(rang).read().faute.map(|_| "true")
}

/// A password being chosen: the field, and a bar that says how strong it is.
pub fn password(form: Form, rang: usize, options: Options) -> AnyView {
    let bits = move || mesurer(&form.texte(rang).read()).bits();
    let barre = view! {
        <div class=move || if bits() < SEUIL_ACCEPTE { "password-bar" } else { "password-bar password-bar--enough" }>
            <progress
                class="progress"
                max=SEUIL_CONSEILLE.to_string()
                value=move || bits().min(SEUIL_CONSEILLE).to_string()
                aria-label="Solidité du mot de passe"
            ></progress>
        </div>
    }
    .into_any();
    field_et(form, rang, options, Some(barre), None)
}

/// A box to tick, with its label.
pub fn checkbox(form: Form, rang: usize, label: AnyView) -> AnyView {
    let id = form.meta(rang).id;
    view! {
        <div class=classe(form, rang, "check")>
            <input
                class="check__box"
                type="checkbox"
                id=id
                name=id
                aria-describedby=[id, "-erreur"].concat()
                aria-invalid=invalide(form, rang)
                prop:checked=*form.texte(rang).read_untracked() == navigateur::OUI
            />
            <label class="check__label" for=id>{label}</label>
            <div class="field__foot">{error(form, rang)}</div>
        </div>
    }
    .into_any()
}

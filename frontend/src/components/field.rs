//! A field: label, hint, input, then what there is to say of it. One identifier, the rest follows:
//! `<id>-aide`, `<id>-erreur`, `<id>-remarque`.

use domaine::forms::Champ;
use domaine::identite::mot_de_passe::{SEUIL_ACCEPTE, SEUIL_CONSEILLE, mesurer};
use leptos::prelude::*;
use markup::view;

use crate::browser::dom;
use crate::form::{FieldRef, FieldState, Form};
use crate::wording::faults;

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
    /// Whether an answer is required: `aria-required`.
    pub requis: bool,
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
        requis: false,
    };
    /// A person's name.
    pub const NOM: Self = Self { autocapitalize: "words", requis: true, ..Self::TEXTE };
    /// Figures.
    pub const CHIFFRES: Self = Self { inputmode: "numeric", ..Self::TEXTE };
    /// A telephone number.
    pub const TELEPHONE: Self = Self { kind: "tel", inputmode: "tel", ..Self::TEXTE };
    /// An e-mail.
    pub const COURRIEL: Self =
        Self { kind: "email", inputmode: "email", autocomplete: "email", requis: true, ..Self::TEXTE };
    /// A password asked again.
    pub const MOT_DE_PASSE: Self =
        Self { kind: "password", autocomplete: "current-password", enterkeyhint: "go", requis: true, ..Self::TEXTE };
    /// A password being chosen.
    pub const NOUVEAU_MOT_DE_PASSE: Self =
        Self { autocomplete: "new-password", enterkeyhint: "done", ..Self::MOT_DE_PASSE };
}

/// A field.
pub fn field<C: Champ>(form: Form<C>, champ: C, options: Options) -> AnyView {
    field_et(form.at(champ), options, None, None)
}

/// A field with something more at its foot: a button that helps.
pub fn field_et(field: FieldRef, options: Options, barre: Option<AnyView>, pied: Option<AnyView>) -> AnyView {
    let id = field.id();
    let aide = [id, "-aide"].concat();
    let hint = options.hint;
    let avant = if hint.is_empty() { String::new() } else { [&aide, " "].concat() };
    let decrit = [&avant, id, "-erreur ", id, "-remarque"].concat();
    view! {
        <div class=classe(field, "field")>
            <label class="field__label" for=id>{field.label()}</label>
            {(!hint.is_empty()).then(|| view! { <p class="field__hint" id=aide>{hint}</p> })}
            {control(field, options, decrit)}
            {barre}
            <div class="field__foot">
                {error(field)}
                <p class="field__remark" id=[id, "-remarque"].concat()>{move || field.remark()}</p>
                {pied}
            </div>
        </div>
    }
}

/// The box alone, with the button that shows a password. `decrit` names all that describes it.
pub fn control(field: FieldRef, options: Options, decrit: String) -> AnyView {
    let id = field.id();
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
                aria-required=options.requis.then_some("true")
                aria-describedby=decrit
                aria-invalid=invalide(field)
                value=field.texte().get_untracked()
            />
            {bouton}
        </div>
    }
}

/// A field of several lines.
pub fn zone<C: Champ>(form: Form<C>, champ: C, hint: &'static str) -> AnyView {
    zone_of(form.at(champ), hint)
}

fn zone_of(field: FieldRef, hint: &'static str) -> AnyView {
    let id = field.id();
    let aide = [id, "-aide"].concat();
    view! {
        <div class=classe(field, "field")>
            <label class="field__label" for=id>{field.label()}</label>
            <p class="field__hint" id=aide.clone()>{hint}</p>
            <textarea
                class="field__input field__input--long"
                id=id
                name=id
                rows="4"
                aria-describedby=[&aide, " ", id, "-erreur"].concat()
                aria-invalid=invalide(field)
            >
                {field.texte().get_untracked()}
            </textarea>
            <div class="field__foot">{error(field)}</div>
        </div>
    }
}

/// What is wrong with a field, at its `#<id>-erreur`; spoken when it appears while the person types.
pub fn error(field: FieldRef) -> AnyView {
    let id = field.id();
    let dit = move || field.montre().read().faute.map(|faute| faults::phrase(&faute, id));
    view! { <p class="field__error" id=[id, "-erreur"].concat() aria-live="polite">{dit}</p> }
}

/// The class of a field, with its state: `--error`, `--right`.
pub fn classe(field: FieldRef, base: &'static str) -> impl Fn() -> String + Clone + 'static {
    move || {
        let etat = match field.montre().get() {
            FieldState { faute: Some(_), .. } => " field--error",
            FieldState { juste: true, .. } => " field--right",
            _ => "",
        };
        [base, etat].concat()
    }
}

fn invalide(field: FieldRef) -> impl Fn() -> Option<&'static str> + Clone + 'static {
    move || field.montre().read().faute.map(|_| "true")
}

/// A password being chosen: the field, and a bar that says how strong it is.
///
/// The bar has a few steps and no `<progress>`: a browser lays the page out again at each value of one, and that was
/// most of the price of a keystroke.
pub fn password<C: Champ>(form: Form<C>, champ: C, options: Options) -> AnyView {
    password_of(form.at(champ), options)
}

fn password_of(field: FieldRef, options: Options) -> AnyView {
    const PAS: u16 = SEUIL_CONSEILLE / 8;
    let niveau = Memo::new(move |_| mesurer(&field.texte().read()).bits().min(SEUIL_CONSEILLE) / PAS);
    let barre = view! {
        <div
            class="password-bar"
            role="meter"
            aria-label="Solidité du mot de passe"
            aria-valuemin="0"
            aria-valuemax=SEUIL_CONSEILLE.to_string()
            aria-valuenow=move || (niveau.get() * PAS).to_string()
        >
            <span
                class=move || {
                    let assez = if niveau.get() * PAS < SEUIL_ACCEPTE { "" } else { " password-bar__level--enough" };
                    ["password-bar__level password-bar__level--", &niveau.get().to_string(), assez].concat()
                }
            ></span>
        </div>
    };
    field_et(field, options, Some(barre), None)
}

/// A box to tick, with its label; `requis` when it must be.
pub fn checkbox<C: Champ>(form: Form<C>, champ: C, requis: bool, label: AnyView) -> AnyView {
    checkbox_of(form.at(champ), requis, label)
}

fn checkbox_of(field: FieldRef, requis: bool, label: AnyView) -> AnyView {
    let id = field.id();
    view! {
        <div class=classe(field, "check")>
            <input
                class="check__box"
                type="checkbox"
                id=id
                name=id
                aria-required=requis.then_some("true")
                aria-describedby=[id, "-erreur"].concat()
                aria-invalid=invalide(field)
                checked={*field.texte().read_untracked() == dom::OUI}
            />
            <label class="check__label" for=id>{label}</label>
            <div class="field__foot">{error(field)}</div>
        </div>
    }
}

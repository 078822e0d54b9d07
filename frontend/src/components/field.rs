//! A field: label, hint, input, then what there is to say of it. One identifier, the rest follows:
//! `<id>-aide`, `<id>-erreur`, `<id>-remarque`.

use domaine::forms::Champ;
use domaine::identite::mot_de_passe::{ACCEPTED_THRESHOLD, ADVISED_THRESHOLD, measure};
use leptos::prelude::*;
use markup::view;

use crate::browser::dom;
use crate::form::{FieldRef, FieldSpec, FieldState, Form};
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
    pub class: &'static str,
    /// Whether an answer is required: `aria-required`.
    pub required: bool,
}

impl Options {
    /// Plain text.
    pub const TEXT: Self = Self {
        hint: "",
        kind: "text",
        autocomplete: "off",
        inputmode: "text",
        enterkeyhint: "next",
        autocapitalize: "none",
        class: "field__input",
        required: false,
    };
    /// A person's name.
    pub const NOM: Self = Self { autocapitalize: "words", required: true, ..Self::TEXT };
    /// Figures.
    pub const DIGITS: Self = Self { inputmode: "numeric", ..Self::TEXT };
    /// A telephone number.
    pub const TELEPHONE: Self = Self { kind: "tel", inputmode: "tel", ..Self::TEXT };
    /// An e-mail.
    pub const COURRIEL: Self =
        Self { kind: "email", inputmode: "email", autocomplete: "email", required: true, ..Self::TEXT };
    /// A password asked again.
    pub const MOT_DE_PASSE: Self =
        Self { kind: "password", autocomplete: "current-password", enterkeyhint: "go", required: true, ..Self::TEXT };
    /// A password being chosen.
    pub const NEW_MOT_DE_PASSE: Self = Self {
        hint: "Plusieurs mots sans rapport entre eux, ou 12\u{a0}caractères variés",
        autocomplete: "new-password",
        enterkeyhint: "done",
        ..Self::MOT_DE_PASSE
    };
}

/// A field.
pub fn field<C: Champ>(form: Form<C>, champ: C, options: Options) -> AnyView {
    field_and(form.at(champ), options, None, None)
}

/// A field with something more at its foot: a button that helps.
pub fn field_and(field: FieldRef, options: Options, bar: Option<AnyView>, foot: Option<AnyView>) -> AnyView {
    let id = field.id();
    let aide = [id, "-aide"].concat();
    let hint = options.hint;
    let before = if hint.is_empty() { String::new() } else { [&aide, " "].concat() };
    let described = [&before, id, "-erreur ", id, "-remarque"].concat();
    view! {
        <div class=class(field, "field")>
            <label class="field__label" for=id>{field.label()}</label>
            {(!hint.is_empty()).then(|| view! { <p class="field__hint" id=aide>{hint}</p> })}
            {control(field, options, described)}
            {bar}
            <div class="field__foot">
                {error(field)}
                <p class="field__remark" id=[id, "-remarque"].concat()>{move || field.remark()}</p>
                {foot}
            </div>
        </div>
    }
}

/// The box alone, with the button that shows a password. `described` names all that describes it.
pub fn control(field: FieldRef, options: Options, described: String) -> AnyView {
    let id = field.id();
    let shown = RwSignal::new(false);
    let secret = options.kind == "password";
    let kind = move || if secret && shown.get() { "text" } else { options.kind };
    let said = move || if shown.get() { "Masquer" } else { "Afficher" };
    let button = secret.then(|| {
        view! {
            <button
                class="field__toggle"
                type="button"
                aria-controls=id
                aria-label=move || [said(), " «\u{a0}", field.label(), "\u{a0}»"].concat()
                on:click=move |_| shown.update(|m| *m = !*m)
            >
                {said}
            </button>
        }
    });
    view! {
        <div class="field__control">
            <input
                class=options.class
                id=id
                name=id
                type=kind
                autocomplete=options.autocomplete
                inputmode=options.inputmode
                enterkeyhint=options.enterkeyhint
                autocapitalize=options.autocapitalize
                spellcheck="false"
                aria-required=options.required.then_some("true")
                aria-describedby=described
                aria-invalid=invalide(field)
                value=field.text().get_untracked()
            />
            {button}
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
        <div class=class(field, "field")>
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
                {field.text().get_untracked()}
            </textarea>
            <div class="field__foot">{error(field)}</div>
        </div>
    }
}

/// What is wrong with a field, at its `#<id>-erreur`; spoken when it appears while the person types.
pub fn error(field: FieldRef) -> AnyView {
    let id = field.id();
    let said = move || field.shown().read().faute.map(|faute| faults::phrase(&faute, id));
    let aloud = move || if field.form().quiet().get() { "off" } else { "polite" };
    view! { <p class="field__error" id=[id, "-erreur"].concat() aria-live=aloud>{said}</p> }
}

/// The class of a field, with its state: `--error`, `--right`.
pub fn class(field: FieldRef, base: &'static str) -> impl Fn() -> String + Clone + 'static {
    move || {
        let state = match field.shown().get() {
            FieldState { faute: Some(_), .. } => " field--error",
            FieldState { right: true, .. } => " field--right",
            _ => "",
        };
        [base, state].concat()
    }
}

fn invalide(field: FieldRef) -> impl Fn() -> Option<&'static str> + Clone + 'static {
    move || field.shown().read().faute.map(|_| "true")
}

/// A password being chosen: the field, and a bar that says how strong it is.
///
/// The bar has a few steps and no `<progress>`: a browser lays the page out again at each value of one, and that was
/// most of the price of a keystroke.
pub fn password<C: Champ>(form: Form<C>, champ: C, options: Options) -> AnyView {
    password_of(form.at(champ), options)
}

fn password_of(field: FieldRef, options: Options) -> AnyView {
    const STEP: u16 = ADVISED_THRESHOLD / 8;
    let niveau = Memo::new(move |_| measure(&field.text().read()).bits().min(ADVISED_THRESHOLD) / STEP);
    let bar = view! {
        <div
            class="password-bar"
            role="meter"
            aria-label="Solidité du mot de passe"
            aria-valuemin="0"
            aria-valuemax=ADVISED_THRESHOLD.to_string()
            aria-valuenow=move || (niveau.get() * STEP).to_string()
        >
            <span
                class=move || {
                    let enough = if niveau.get() * STEP < ACCEPTED_THRESHOLD { "" } else { " password-bar__level--enough" };
                    ["password-bar__level password-bar__level--", &niveau.get().to_string(), enough].concat()
                }
            ></span>
        </div>
    };
    field_and(field, options, Some(bar), None)
}

/// What a password being chosen is: it says that it is long enough.
pub const NEW_MOT_DE_PASSE: FieldSpec = FieldSpec { remark: Some(strength), ..FieldSpec::RAW };

fn strength(text: &str) -> Option<String> {
    // Speaks of the length alone: whatever else the server refuses is not praised here.
    let said = match measure(text).bits() {
        ADVISED_THRESHOLD.. => "Bonne longueur",
        ACCEPTED_THRESHOLD.. => "Longueur suffisante",
        _ => return None,
    };
    Some(said.to_owned())
}

/// A box to tick, with its label; `required` when it must be.
pub fn checkbox<C: Champ>(form: Form<C>, champ: C, required: bool, label: AnyView) -> AnyView {
    checkbox_of(form.at(champ), required, label)
}

fn checkbox_of(field: FieldRef, required: bool, label: AnyView) -> AnyView {
    let id = field.id();
    view! {
        <div class=class(field, "check")>
            <input
                class="check__box"
                type="checkbox"
                id=id
                name=id
                aria-required=required.then_some("true")
                aria-describedby=[id, "-erreur"].concat()
                aria-invalid=invalide(field)
                checked={*field.text().read_untracked() == dom::YES}
            />
            <label class="check__label" for=id>{label}</label>
            <div class="field__foot">{error(field)}</div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_accepted_length_is_praised() {
        assert_eq!(strength("azerty"), None);
        assert_eq!(strength("quatre grues rouges dorment sous la pluie").as_deref(), Some("Bonne longueur"));
    }
}

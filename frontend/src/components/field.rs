//! A field: label, hint, input, then what there is to say of it. One identifier, the rest follows:
//! `<id>-aide`, `<id>-erreur`, `<id>-remarque`.

use crate::gabarit::ecoute;
use crate::html;
use domaine::identite::mot_de_passe::{SEUIL_ACCEPTE, SEUIL_CONSEILLE, mesurer};
use leptos::prelude::*;

use crate::browser::dom;
use crate::form::{Form, Montre};
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
pub fn field(form: Form, rang: usize, options: Options) -> AnyView {
    field_et(form, rang, options, None, None)
}

/// A field with something more at its foot: a button that helps.
pub fn field_et(form: Form, rang: usize, options: Options, barre: Option<AnyView>, pied: Option<AnyView>) -> AnyView {
    let meta = form.meta(rang);
    let id = meta.id;
    let aide = [id, "-aide"].concat();
    let hint = options.hint;
    let avant = if hint.is_empty() { String::new() } else { [&aide, " "].concat() };
    let decrit = [&avant, id, "-erreur ", id, "-remarque"].concat();
    let remarque = move || match meta.remarque {
        Some(remarque) if form.montre(rang).read().juste => remarque(&form.texte(rang).read()).unwrap_or_default(),
        _ => String::new(),
    };
    html!(
        r#"
        <div class={}>
            <label class="field__label" for={}>{}</label>
            {}
            {}
            {}
            <div class="field__foot">{}<p class="field__remark" id={}>{}</p>{}</div>
        </div>
    "#,
        classe(form, rang, "field"),
        id,
        meta.label,
        (!hint.is_empty()).then(|| html!(r#"<p class="field__hint" id={}>{}</p>"#, aide, hint)),
        control(form, rang, options, decrit),
        barre,
        error(form, rang),
        [id, "-remarque"].concat(),
        remarque,
        pied,
    )
}

/// The box alone, with the button that shows a password. `decrit` names all that describes it.
pub fn control(form: Form, rang: usize, options: Options, decrit: String) -> AnyView {
    let id = form.meta(rang).id;
    let montre = RwSignal::new(false);
    let secret = options.kind == "password";
    let kind = move || if secret && montre.get() { "text" } else { options.kind };
    let dit = move || if montre.get() { "Masquer" } else { "Afficher" };
    let bouton = secret.then(|| {
        html!(
            r#"
            <button class="field__toggle" type="button" aria-controls={} aria-label={} on:click={}>{}</button>
        "#,
            id,
            move || [dit(), " le mot de passe"].concat(),
            ecoute(move |_| montre.update(|m| *m = !*m)),
            dit,
        )
    });
    html!(
        r#"
        <div class="field__control">
            <input class={} id={} name={} type={} autocomplete={} inputmode={} enterkeyhint={} autocapitalize={} spellcheck="false" aria-required={} aria-describedby={} aria-invalid={} value={}>
            {}
        </div>
    "#,
        options.classe,
        id,
        id,
        kind,
        options.autocomplete,
        options.inputmode,
        options.enterkeyhint,
        options.autocapitalize,
        options.requis.then_some("true"),
        decrit,
        invalide(form, rang),
        form.texte(rang).get_untracked(),
        bouton,
    )
}

/// A field of several lines.
pub fn zone(form: Form, rang: usize, hint: &'static str) -> AnyView {
    let meta = form.meta(rang);
    let id = meta.id;
    let aide = [id, "-aide"].concat();
    html!(
        r#"
        <div class={}>
            <label class="field__label" for={}>{}</label>
            <p class="field__hint" id={}>{}</p>
            <textarea class="field__input field__input--long" id={} name={} rows="4" aria-describedby={} aria-invalid={}>{}</textarea>
            <div class="field__foot">{}</div>
        </div>
    "#,
        classe(form, rang, "field"),
        id,
        meta.label,
        aide.clone(),
        hint,
        id,
        id,
        [&aide, " ", id, "-erreur"].concat(),
        invalide(form, rang),
        form.texte(rang).get_untracked(),
        error(form, rang),
    )
}

/// What is wrong with a field, at its `#<id>-erreur`; spoken when it appears while the person types.
pub fn error(form: Form, rang: usize) -> AnyView {
    let id = form.meta(rang).id;
    let dit = move || form.montre(rang).read().faute.map(|faute| faults::phrase(&faute, id));
    html!(r#"<p class="field__error" id={} aria-live="polite">{}</p>"#, [id, "-erreur"].concat(), dit)
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
///
/// The bar has a few steps and no `<progress>`: a browser lays the page out again at each value of one, and that was
/// most of the price of a keystroke.
pub fn password(form: Form, rang: usize, options: Options) -> AnyView {
    const PAS: u16 = SEUIL_CONSEILLE / 8;
    let niveau = Memo::new(move |_| mesurer(&form.texte(rang).read()).bits().min(SEUIL_CONSEILLE) / PAS);
    let barre = html!(
        r#"
        <div class="password-bar" role="meter" aria-label="Solidité du mot de passe"
            aria-valuemin="0" aria-valuemax={} aria-valuenow={}>
            <span class={}></span>
        </div>
    "#,
        SEUIL_CONSEILLE.to_string(),
        move || (niveau.get() * PAS).to_string(),
        move || {
            let assez = if niveau.get() * PAS < SEUIL_ACCEPTE { "" } else { " password-bar__level--enough" };
            ["password-bar__level password-bar__level--", &niveau.get().to_string(), assez].concat()
        },
    );
    field_et(form, rang, options, Some(barre), None)
}

/// A box to tick, with its label; `requis` when it must be.
pub fn checkbox(form: Form, rang: usize, requis: bool, label: AnyView) -> AnyView {
    let id = form.meta(rang).id;
    html!(
        r#"
        <div class={}>
            <input class="check__box" type="checkbox" id={} name={} aria-required={} aria-describedby={} aria-invalid={} checked={}>
            <label class="check__label" for={}>{}</label>
            <div class="field__foot">{}</div>
        </div>
    "#,
        classe(form, rang, "check"),
        id,
        id,
        requis.then_some("true"),
        [id, "-erreur"].concat(),
        invalide(form, rang),
        *form.texte(rang).read_untracked() == dom::OUI,
        id,
        label,
        error(form, rang),
    )
}

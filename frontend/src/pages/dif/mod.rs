//! « Mon DIF »: the hours of an attestation, its file, then « La procédure est terminée ».

mod around;
mod file;
mod sending;

use api::dif::DifVu;
use domaine::dif::Rapport;
use domaine::forms::ChampDif as C;
use domaine::mesures::{Heures, Jour};
use leptos::prelude::*;
use markup::view;

use crate::browser::{clock, storage};
use crate::components::alert::alerte_echec;
use crate::components::awaited::awaited;
use crate::components::button::bouton_envoi;
use crate::components::dif::dif_clos;
use crate::components::error_summary::resume;
use crate::components::field::{Options, field};
use crate::components::form::formulaire;
use crate::components::radios::{Choix, radios};
use crate::form::Form;
use crate::net::client;
use crate::net::remote::Lecture;
use crate::session::HEURES_DE_DIF;
use crate::wording::formats;

use around::{clos, terminee};
use file::piece;
use sending::{Ecran, SPEC, envoyer, heures_lues, valeur};

/// The screen.
pub fn dif() -> AnyView {
    let form = Form::ouvrir(&SPEC);
    // A look at another part of the page, and a browser that kept nothing of this one: the hours are still there.
    if form.texte(C::Heures).read_untracked().is_empty()
        && let Some(heures) = storage::retrouver(HEURES_DE_DIF)
    {
        form.preremplir(C::Heures, &heures);
    }
    Effect::new(move |_| storage::retenir(HEURES_DE_DIF, &form.texte(C::Heures).read()));
    let ecran = Ecran {
        form,
        avance: RwSignal::new(None),
        envoi: StoredValue::new_local(None),
        recu: RwSignal::new(None),
        arrete: RwSignal::new(false),
    };
    let declare = Lecture::nouvelle(client::dif);
    let vue = move || match ecran.recu.get() {
        Some(recu) => terminee(&recu),
        None => view! {
            <div class="sheet">
                <h1 tabindex="-1">"Mon DIF"</h1>
                {resume(form)}
            </div>
            {awaited(
                declare.answer(),
                "Vos déclarations n’ont pas pu être lues",
                move || declare.retry(),
                move |dif| match dif.fin {
                    Some(fin) if dif_clos(dif.fin, clock::aujourdhui()) => clos(fin, dif),
                    dernier => saisie(ecran, dif, dernier),
                }
            )}
        },
    };
    view! { {vue} }
}

fn saisie(ecran: Ecran, dif: &DifVu, dernier: Option<Jour>) -> AnyView {
    let form = ecran.form;
    let connues = dif.heures;
    if connues == Heures::ZERO {
        form.preremplir(C::Rapport, Rapport::Remplace.code());
    }
    let rapport = (connues > Heures::ZERO).then(|| choix(form, connues));
    let contenu = view! {
        <p class="lede">
            "Les heures de droit individuel à la formation acquises avant 2015 dans le privé valent "
            <span class="figure">{formats::euros_ronds(valeur(Heures::new(1)))}</span>
            " chacune."
        </p>
        {dernier.map(|jour| view! { <p>"Dernier jour pour les déclarer\u{a0}: " {formats::jour_long(jour)} "."</p> })}
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="partie-heures">
            <h2 id="partie-heures">"1. Saisir mon solde"</h2>
            <p class="soft">
                "Le solde DIF est obligatoire. Vous devez saisir un solde arrondi à l’unité supérieure."
            </p>
            <div class="pair">
                {field(form, C::Heures, Options { hint: "Par exemple 87", ..Options::CHIFFRES })}
                {resultat(form)}
            </div>
            <aside class="note">
                <p><strong>"Plusieurs employeurs\u{202f}?"</strong></p>
                <p>
                    <b>"Successivement, dans la même année"</b>
                    "\u{a0}: seule l’attestation fournie par votre dernier employeur en date est valable."
                </p>
                <p>
                    <b>"En même temps"</b>
                    "\u{a0}: vous additionnez les heures indiquées sur les attestations de chacun de vos employeurs."
                </p>
            </aside>
            {ou_trouver()}
            {rapport}
        </section>
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="partie-attestation">
            <h2 id="partie-attestation">"2. Fournir mon attestation"</h2>
            {piece(ecran)}
            <aside class="note">
                <p>
                    "Une photographie nette suffit, si l’on y lit votre nom, celui de l’employeur et le nombre d’heures."
                </p>
            </aside>
        </section>
        <div class="sheet sheet--ruled">
            {alerte_echec(form, |_| ("Votre déclaration n’est pas encore enregistrée", None))}
            <div class="actions">
                {bouton_envoi(form, "enregistrer", "Enregistrer", "Envoi de l’attestation…")}
                <a class="button button--quiet" href="/mes-droits">"Annuler"</a>
            </div>
        </div>
    };
    formulaire(form, move || envoyer(ecran), contenu)
}

/// « Soit en euros », as the hours are typed.
fn resultat(form: Form<C>) -> AnyView {
    let heures = Memo::new(move |_| heures_lues(&form.texte(C::Heures).read()).unwrap_or_default());
    let calcul =
        move || [&formats::heures(heures.get()), " × ", &formats::euros_ronds(valeur(Heures::new(1)))].concat();
    view! {
        <div class="result">
            <p class="field__label" id="euros-titre">"Soit en euros"</p>
            <p class="field__hint">{calcul}</p>
            <output class="result__amount" id="euros" for="heures" aria-labelledby="euros-titre">
                {move || formats::euros_ronds(valeur(heures.get()))}
            </output>
        </div>
    }
}

fn ou_trouver() -> AnyView {
    view! {
        <details class="disclosure">
            <summary class="disclosure__title">"Où trouver cette information\u{202f}?"</summary>
            <div class="disclosure__body">
                <p>"Sur l’un de ces documents, remis par votre employeur de l’époque\u{a0}:"</p>
                <ul>
                    <li>
                        "le bulletin de paie de décembre 2014 ou de janvier 2015, souvent en bas de page\u{a0}: «\u{a0}Solde DIF\u{a0}»\u{202f};"
                    </li>
                    <li>"une attestation de l’employeur\u{202f};"</li>
                    <li>"le certificat de travail remis avant la fin de 2014."</li>
                </ul>
            </div>
        </details>
    }
}

/// Asked only of who has declared hours before.
fn choix(form: Form<C>, connues: Heures) -> AnyView {
    let saisies = move || heures_lues(&form.texte(C::Heures).read());
    let soit = move |heures: Heures| {
        [&formats::heures_en_mots(heures), ", soit ", &formats::euros_ronds(valeur(heures))].concat()
    };
    let ajoutees = move || {
        let texte =
            saisies().map(|h| [" : ", &connues.to_string(), " + ", &h.to_string(), " = ", &soit(connues + h)].concat());
        ["Un autre employeur, en même temps", &texte.unwrap_or_default()].concat()
    };
    let remplacees = move || {
        let texte = saisies().map(|h| [" : ", &soit(h)].concat());
        ["Un employeur plus récent, ou une erreur à corriger", &texte.unwrap_or_default()].concat()
    };
    let question = view! { "Vous avez déjà déclaré " {formats::heures_en_mots(connues)} };
    let choix = vec![
        Choix { code: Rapport::Ajoute.code(), dit: avec_suite("Elles s’ajoutent", ajoutees) },
        Choix { code: Rapport::Remplace.code(), dit: avec_suite("Elles remplacent les précédentes", remplacees) },
    ];
    radios(form, C::Rapport, question, "Que faut-il faire de celles que vous saisissez maintenant\u{202f}?", choix)
}

fn avec_suite(dit: &'static str, suite: impl Fn() -> String + Send + 'static) -> AnyView {
    view! { {dit} <span class="field__hint">{suite}</span> }
}

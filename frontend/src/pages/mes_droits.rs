//! « Mes droits formation »: the balance available, the DIF to declare or declared, the level of diploma.

use api::dif::DifView;
use api::droits::{DroitsView, SaisieSousNiveau3, SousNiveau3View};
use domaine::droits::{AccountState, DeclarationSousNiveau3};
use domaine::forms::ChampSousNiveau3 as C;
use domaine::mesures::{Day, Year};
use leptos::prelude::*;
use markup::view;

use crate::browser::{clock, focus};
use crate::components::alert::failure_alert;
use crate::components::awaited::awaited;
use crate::components::button::submit_button;
use crate::components::dif::{dif_checkbox, dif_closed};
use crate::components::error_summary::summary;
use crate::components::field::checkbox;
use crate::components::form::formulaire;
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::net::client;
use crate::net::remote::Remote;
use crate::wording::formats;
use crate::wording::state::state;

static NIVEAU: FormSpec<C> = FormSpec::new("niveau", field_spec, |form, today| faults(&saisie(form), today));

fn field_spec(champ: C) -> &'static FieldSpec {
    match champ {
        C::Confirmation => &FieldSpec { label: "Confirmation", ..FieldSpec::RAW },
        C::Mistake => &FieldSpec { label: "Déclaration faite par erreur", ..FieldSpec::RAW },
    }
}

fn saisie(form: Form<C>) -> SaisieSousNiveau3 {
    SaisieSousNiveau3 { confirmation: form.ticked(C::Confirmation), mistake: form.ticked(C::Mistake) }
}

/// The screen.
pub fn mes_droits() -> AnyView {
    let droits = Remote::new(client::droits);
    view! {
        <div class="sheet">
            <h1 class="title--quiet" tabindex="-1">"Mes droits formation"</h1>
            {awaited(droits.answer(), "Vos droits n’ont pas pu être lus", move || droits.retry(), read)}
            {niveau()}
        </div>
    }
}

fn read(droits: &DroitsView) -> AnyView {
    let (whole, centimes) = formats::euros_in_two(droits.solde);
    let solde = formats::euros(droits.solde);
    let hours = droits.solde_hours;
    let to_hours = (!hours.is_zero()).then(|| [" et de ", &formats::hours_in_words(hours.absolute())].concat());
    view! {
        <p class="balance balance--medium" aria-hidden="true">
            {whole}
            <span class="balance__cents">{centimes}</span>
        </p>
        <p>"Votre solde disponible est de " <strong class="figure">{solde}</strong> {to_hours} "."</p>
        {state(droits.state).map(|text| view! { <p class="alert">{text}</p> })}
        <aside class="note">
            <p>
                "Les droits acquis au titre d’une année d’activité professionnelle sont crédités au cours du premier semestre de l’année suivante."
            </p>
        </aside>
        {(droits.solde - droits.outside_plafond >= droits.plafond).then(|| at_plafond(formats::euros(droits.plafond)))}
        {if droits.dif_declared {
            dif_declared(dif_closed(droits.dif_end, droits.as_of))
        } else if matches!(droits.state, AccountState::Open | AccountState::NotYetOpen) {
            dif_checkbox(droits.dif_end, droits.as_of)
        } else {
            // Nothing can be added any more.
            ().into_any()
        }}
        <p class="actions">
            <a class="button button--quiet" id="lien-historique" href="/historique">"Voir mon historique"</a>
        </p>
    }
}

fn at_plafond(plafond: String) -> AnyView {
    view! {
        <p>
            "Votre compte a atteint son plafond de "
            <span class="figure">{plafond}</span>
            "\u{a0}: aucun nouveau droit, DIF compris, ne peut s’y ajouter pour l’instant."
        </p>
    }
}

/// What was declared takes the place of the yellow box.
fn dif_declared(closed: bool) -> AnyView {
    let dif = Remote::new(client::dif);
    view! {
        <section class="sheet" aria-labelledby="dif-titre">
            <h2 id="dif-titre">"Votre DIF"</h2>
            {awaited(dif.answer(), "Vos déclarations n’ont pas pu être lues", move || dif.retry(), declarations)}
            <p class="small">
                <a id="lien-dif" href="/dif">
                    {if closed {
                        "Le DIF ne se déclare plus\u{a0}: ce qui reste possible"
                    } else {
                        "Ajouter ou remplacer des heures"
                    }}
                </a>
            </p>
        </section>
    }
}

fn declarations(dif: &DifView) -> AnyView {
    let lignes = dif
        .declarations
        .iter()
        .map(|declaration| {
            let hours =
                [&formats::hours_in_words(declaration.hours), ", soit ", &formats::euros(declaration.euros)].concat();
            let day = formats::long_day(declaration.declared_on);
            view! {
                <div>
                    <dt>{if declaration.account { "Déclaré" } else { "Remplacé" }}</dt>
                    <dd>
                        {hours}
                        <span class="facts__source">
                            "Le "
                            {day}
                            ", référence "
                            <span translate="no">{declaration.reference.clone()}</span>
                        </span>
                    </dd>
                </div>
            }
        })
        .collect::<Vec<_>>();
    view! { <dl class="facts facts--pairs">{lignes}</dl> }
}

/// The level of diploma: what was declared, and the form to declare it or to end that.
fn niveau() -> AnyView {
    let niveau = Remote::new(client::sous_niveau_3);
    let opened = RwSignal::new(false);
    let fact = RwSignal::new(String::new());
    let said = move || {
        let fact = fact.get();
        (!fact.is_empty()).then(|| {
            view! {
                <div class="alert alert--success" id="niveau-fait" tabindex="-1">
                    <p class="alert__title">{fact}</p>
                </div>
            }
        })
    };
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="niveau-titre">
            <div class="stack">
                <div role="status">{said}</div>
                <h2 id="niveau-titre">"Votre niveau de diplôme"</h2>
            </div>
            {awaited(
                niveau.answer(),
                "Votre niveau de diplôme n’a pas pu être lu",
                move || niveau.retry(),
                move |seen| {
                    let declared_ones = seen.declarations.iter().map(declared).collect::<Vec<_>>();
                    let direction = direction(seen);
                    let (end, year) = (seen.under_way, seen.year);
                    let next = move || {
                        if opened.get() {
                            change_niveau(end, year, niveau, opened, fact)
                        } else {
                            open_niveau(end, opened, fact)
                        }
                    };
                    let declared_ones =
                        (!declared_ones.is_empty()).then(|| view! { <dl class="facts facts--pairs">{declared_ones}</dl> });
                    view! { {direction} {declared_ones} {next} }
                }
            )}
        </section>
    }
}

/// What it gives, and from when.
fn direction(seen: &SousNiveau3View) -> AnyView {
    view! {
        <p>
            "Sans CAP, BEP ni titre équivalent (niveau 3), un salarié à mi-temps ou plus reçoit "
            <span class="figure">{formats::round_euros(seen.credit)}</span>
            " par an au lieu de "
            <span class="figure">{formats::round_euros(seen.ordinary_credit)}</span>
            ", jusqu’à "
            <span class="figure">{formats::round_euros(seen.plafond)}</span>
            " au lieu de "
            <span class="figure">{formats::round_euros(seen.ordinary_plafond)}</span>
            ". C’est à vous de le déclarer."
        </p>
    }
}

fn declared(declaration: &DeclarationSousNiveau3) -> AnyView {
    let year = |day: Day| day.year().to_string();
    let start = year(declaration.declared_on);
    let scope = match (declaration.cancelled_on, declaration.end_declared_on) {
        (Some(day), _) => {
            ["Annulée le ", &formats::long_day(day), "\u{a0}: les années qu’elle majorait sont recalculées"].concat()
        }
        (None, Some(day)) => {
            ["Terminée le ", &formats::long_day(day), ". Elle vaut pour les années ", &start, " à ", &year(day)]
                .concat()
        }
        (None, None) => ["Elle vaut depuis l’année ", &start, ", au crédit de l’année suivante"].concat(),
    };
    view! {
        <div>
            <dt>"Sous le niveau 3"</dt>
            <dd>
                "Déclaré le "
                {formats::long_day(declaration.declared_on)}
                <span class="facts__source">{scope}</span>
            </dd>
        </div>
    }
}

fn open_niveau(end: bool, opened: RwSignal<bool>, fact: RwSignal<String>) -> AnyView {
    let open = move |_| {
        fact.set(String::new());
        opened.set(true);
        clock::soon(|| focus::give_focus("confirmation"));
    };
    view! {
        <p class="actions">
            <button class="button button--quiet button--small" type="button" id="changer-niveau" on:click=open>
                {if end { "Terminer ma déclaration" } else { "Déclarer que je n’ai pas ce niveau" }}
            </button>
        </p>
    }
}

fn change_niveau(
    end: bool,
    year: Year,
    niveau: Remote<SousNiveau3View>,
    opened: RwSignal<bool>,
    fact: RwSignal<String>,
) -> AnyView {
    let form = Form::open(&NIVEAU);
    let year = year.to_string();
    let send = move || {
        form.send(
            move |_| async move { client::declare_sous_niveau_3(&saisie(form), end).await },
            move |seen| {
                form.clear();
                opened.set(false);
                niveau.set(seen);
                let said = if end { "Votre déclaration est terminée" } else { "Votre déclaration est enregistrée" };
                fact.set(said.into());
                clock::soon(|| focus::give_focus("niveau-fait"));
            },
        );
    };
    let cancel = move |_| {
        opened.set(false);
        // After the box that the pointer left was judged.
        clock::soon(move || {
            form.clear();
            focus::give_focus("changer-niveau");
        });
    };
    let explication = if end {
        ["Le crédit redevient ordinaire après l’année ", &year, ". Les années déjà créditées sont gardées."].concat()
    } else {
        [
            "La déclaration compte à partir de l’année ",
            &year,
            ", créditée l’année suivante. Les années d’avant ne changent pas. Le jour où vous obtenez un tel titre, revenez le dire ici.",
        ]
        .concat()
    };
    let (confirm, said) = if end {
        ("Je confirme que cette déclaration ne doit plus compter.", "Terminer")
    } else {
        ("Je déclare sur l’honneur n’avoir ni CAP, ni BEP, ni titre ou certification équivalents.", "Déclarer")
    };
    let mistake = end.then(|| {
        checkbox(
            form,
            C::Mistake,
            false,
            "Elle était fausse dès le départ\u{a0}: je l’annule, et les années majorées sont recalculées.".into_any(),
        )
    });
    let content = view! {
        <div class="sheet sheet--close">
            {summary(form)}
            <p>{explication}</p>
            <p class="soft small">
                "Une déclaration fausse ou erronée fait recalculer vos droits. Ce qui a été crédité en trop ne peut plus servir et, si c’est déjà dépensé, peut vous être réclamé (Code du travail, article R6323-3-1)."
            </p>
            {checkbox(form, C::Confirmation, true, confirm.into_any())}
            {mistake}
            {failure_alert(form, |_| ("Rien n’est encore enregistré", None))}
            <div class="actions">
                {submit_button(form, "envoyer-niveau", said, "Enregistrement…")}
                <button class="button button--quiet" type="button" on:click=cancel>"Annuler"</button>
            </div>
        </div>
    };
    formulaire(form, send, content)
}

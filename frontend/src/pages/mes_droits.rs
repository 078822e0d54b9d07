//! « Mes droits formation »: the balance available, the DIF to declare or declared, the level of diploma.

use api::dif::DifView;
use api::droits::{DroitsView, SaisieSousNiveau3, SousNiveau3View};
use api::handicap::ProofStatut;
use domaine::droits::{DeclarationSousNiveau3, DifOffer, NextCredit, NiveauOffer};
use domaine::forms::ChampSousNiveau3 as C;
use domaine::mesures::{Day, Euros, Year};
use leptos::prelude::*;
use markup::view;

use crate::browser::{clock, focus};
use crate::components::alert::failure_alert;
use crate::components::awaited::awaited;
use crate::components::balance::{figure, is_in_hours};
use crate::components::button::submit_button;
use crate::components::dif::dif_box;
use crate::components::error_summary::summary;
use crate::components::field::checkbox;
use crate::components::form::formulaire;
use crate::components::set_aside::set_aside;
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::net::client;
use crate::net::remote::Remote;
use crate::session::session;
use crate::wording::formats;
use crate::wording::outlook::next_credit;
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
            <h1 tabindex="-1">"Mes droits formation"</h1>
            {awaited(droits.answer(), "Vos droits n’ont pas pu être lus", move || droits.retry(), read)}
        </div>
    }
}

fn read(droits: &DroitsView) -> AnyView {
    let (euros, hours) = (formats::euros(droits.solde), formats::hours_in_words(droits.solde_hours.absolute()));
    let (solde, also) = if is_in_hours(droits.solde, droits.solde_hours) {
        (hours, None)
    } else {
        (euros, (!droits.solde_hours.is_zero()).then(|| [" et de ", &hours].concat()))
    };
    let outlook = droits.outlook;
    // Whoever may add nothing is told why, and is offered nothing.
    let aside = session().set_aside().get();
    let full = outlook.credit == NextCredit::Full;
    let note = next_credit(&outlook, droits.plafond).map(|text| match full {
        true => view! { <p class="alert">{text}</p> },
        false => view! { <aside class="note"><p>{text}</p></aside> },
    });
    view! {
        <p class="balance balance--medium" aria-hidden="true">{figure(droits)}</p>
        <p>"Votre solde disponible est de " <strong class="figure">{solde}</strong> {also} "."</p>
        {state(droits.state).map(|text| view! { <p class="alert">{text}</p> })}
        {note}
        {aside.then(set_aside)}
        {match droits.dif_declared {
            true => dif_declared(outlook.dif),
            false => dif_box(&outlook, droits.dif_end),
        }}
        <p class="actions">
            <a class="button button--quiet" id="lien-historique" href="/historique">"Voir mon historique"</a>
        </p>
        {(!aside).then(|| niveau(outlook.niveau))}
        {(outlook.niveau != NiveauOffer::AccountStopped).then(|| {
            view! {
                <section class="sheet sheet--ruled" aria-labelledby="handicap-titre">
                    <h2 id="handicap-titre">"Un handicap reconnu\u{202f}?"</h2>
                    <p>"Vos années de travail comme salarié peuvent donner davantage."</p>
                    <p class="actions"><a class="button button--quiet" href="/handicap">"Déclarer mon handicap"</a></p>
                </section>
            }
        })}
    }
}

/// What was declared takes the place of the yellow box.
fn dif_declared(offer: DifOffer) -> AnyView {
    let dif = Remote::new(client::dif);
    let link = match offer {
        DifOffer::Open | DifOffer::NoRoom => Some("Ajouter ou remplacer des heures"),
        DifOffer::PastLastDay => Some("Le DIF ne se déclare plus\u{a0}: ce qui reste possible"),
        DifOffer::AccountStopped => None,
    };
    view! {
        <section class="sheet" aria-labelledby="dif-titre">
            <h2 id="dif-titre">"Votre DIF"</h2>
            {awaited(dif.answer(), "Vos déclarations n’ont pas pu être lues", move || dif.retry(), declarations)}
            {link.map(|link| view! { <p class="small"><a id="lien-dif" href="/dif">{link}</a></p> })}
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
            // Of what was replaced, nothing counts any more, kept out or not.
            let withheld = (declaration.account && declaration.withheld > Euros::ZERO).then(|| {
                let withheld = formats::euros(declaration.withheld);
                view! { <span class="facts__source">{withheld} " n’ont pas été ajoutés au solde"</span> }
            });
            let title = match declaration.statut {
                ProofStatut::Refused => "Refusé",
                _ if declaration.replaced => "Remplacé",
                ProofStatut::Accepted => "Accepté",
                ProofStatut::Withdrawn => "Retiré",
                ProofStatut::Waiting => "À vérifier",
            };
            let raison = declaration.raison.clone().map(|raison| {
                view! { <span class="facts__source">{raison}</span> }
            });
            view! {
                <div>
                    <dt>{title}</dt>
                    <dd>
                        {hours}
                        <span class="facts__source">
                            "Le "
                            {day}
                            ", référence "
                            <span translate="no">{declaration.reference.clone()}</span>
                        </span>
                        {withheld}
                        {raison}
                    </dd>
                </div>
            }
        })
        .collect::<Vec<_>>();
    view! { <dl class="facts facts--pairs">{lignes}</dl> }
}

/// The level of diploma: what was declared, and the form to declare it or to end that.
fn niveau(offer: NiveauOffer) -> AnyView {
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
        <section class="sheet sheet--ruled" aria-labelledby="niveau-de-diplome">
            <div class="stack">
                <div role="status">{said}</div>
                <h2 id="niveau-de-diplome">"Votre niveau de diplôme"</h2>
            </div>
            {awaited(
                niveau.answer(),
                "Votre niveau de diplôme n’a pas pu être lu",
                move || niveau.retry(),
                move |seen| {
                    let declared_ones = seen.declarations.iter().map(declared).collect::<Vec<_>>();
                    let direction = direction(seen, offer);
                    let (end, year) = (seen.under_way, seen.year);
                    // What was declared can always be ended: a wrong declaration is taken back even after the last credit.
                    let offered = end || offer != NiveauOffer::AccountStopped;
                    let next = move || {
                        if !offered {
                            ().into_any()
                        } else if opened.get() {
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

/// What it gives, and to whom.
fn direction(seen: &SousNiveau3View, offer: NiveauOffer) -> AnyView {
    let credits = || {
        let (credit, ordinary) = (formats::round_euros(seen.credit), formats::round_euros(seen.ordinary_credit));
        let (plafond, usual) = (formats::round_euros(seen.plafond), formats::round_euros(seen.ordinary_plafond));
        [
            credit,
            " par an au lieu de ".into(),
            ordinary,
            ", jusqu’à ".into(),
            plafond,
            " au lieu de ".into(),
            usual,
            ".".into(),
        ]
        .concat()
    };
    let said = match offer {
        NiveauOffer::Employee => [
            "Vous n’avez ni CAP, ni BEP, ni diplôme équivalent\u{202f}? Déclarez-le\u{a0}: pour une année à mi-temps ou plus, vous recevrez ",
            &credits(),
        ]
        .concat(),
        NiveauOffer::OtherStatut => [
            "Vous n’avez ni CAP, ni BEP, ni diplôme équivalent\u{202f}? Déclarez-le\u{a0}: une année comme salarié, à mi-temps ou plus, vous donnera ",
            &credits(),
        ]
        .concat(),
        NiveauOffer::AccountStopped => {
            "Votre compte ne reçoit plus de droits\u{a0}: le niveau de diplôme n’y change plus rien.".into()
        }
    };
    view! { <p>{said}</p> }
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
        (None, None) => [
            "Elle compte à partir de votre travail de ",
            &start,
            "\u{a0}: premier effet en ",
            &(declaration.declared_on.year() + 1).to_string(),
        ]
        .concat(),
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
        clock::soon(|| focus::give_focus("niveau-ouvert"));
    };
    view! {
        <p class="actions">
            <button class="button button--quiet button--small" type="button" id="changer-niveau" on:click=open>
                {if end { "Terminer ma déclaration" } else { "Déclarer que je n’ai pas de diplôme de ce niveau" }}
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
    let title = if end { "Terminer ma déclaration" } else { "Ma déclaration" };
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
            <h3 class="sheet__part" id="niveau-ouvert" tabindex="-1">{title}</h3>
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

//! « Historique »: the statement, newest first; each line opens on its own sum.

mod shown;

use api::contestations::{ContestationView, SaisieContestation};
use api::droits::HistoriqueView;
use domaine::droits::{Destinataire, Marker, Releve, parse_date, parse_raison};
use domaine::forms::ChampConsultation::{self, AsOf};
use domaine::forms::ChampContestation::{self, Raison};
use domaine::forms::Faute;
use domaine::identite::nom::NONE;
use domaine::mesures::Day;
use leptos::prelude::*;
use markup::view;

use crate::browser::{clock, download, focus};
use crate::components::alert::failure_alert;
use crate::components::awaited::awaited;
use crate::components::button::submit_button;
use crate::components::chart::chart;
use crate::components::dif::dif_box;
use crate::components::error_summary::summary;
use crate::components::field::{Options, field, zone};
use crate::components::form::formulaire;
use crate::components::releve::{said_fact, to_csv};
use crate::form::{FieldSpec, Form, FormSpec, fault_at};
use crate::net::client;
use crate::net::remote::Remote;
use crate::session::session;
use crate::wording::outlook::next_credit;
use crate::wording::state::state;
use crate::wording::{contestation, formats};

use shown::lines;

static CONSULTATION: FormSpec<ChampConsultation> = FormSpec::new(
    "consultation",
    |champ| match champ {
        AsOf => &FieldSpec { label: "Date du relevé", tidy: Some(tidy_day), ..FieldSpec::TEXT },
    },
    |form, today| fault_at(AsOf, parse_date(&form.answer(AsOf), today).err().map(Faute::Date)),
);

fn tidy_day(text: &str) -> Option<String> {
    parse_date(text, Day::date(9999, 12, 31)).ok().map(formats::short_day)
}

/// One for all lines: what was typed of one stays until it is sent or given up.
static CONTESTATION: FormSpec<ChampContestation> = FormSpec::new(
    "contestation",
    |champ| match champ {
        Raison => &FieldSpec { label: "Ce qui vous semble faux", ..FieldSpec::TEXT },
    },
    |form, _| fault_at(Raison, parse_raison(&form.answer(Raison)).err().map(Faute::Raison)),
);

/// What the screen shows. Signals of few types: each type of a signal is paid for by the page.
#[derive(Clone, Copy)]
struct Screen {
    historique: Remote<HistoriqueView>,
    /// The day that was asked for, `2021-06-30`; empty for today.
    as_of: RwSignal<String>,
    /// What is said when another day is shown.
    said: RwSignal<String>,
    /// The mark of the line whose form is open; empty for none.
    disputed: RwSignal<String>,
    /// Changes with the requests of what was read.
    asked: RwSignal<bool>,
}

/// The screen.
pub fn historique() -> AnyView {
    let empty = || RwSignal::new(String::new());
    let as_of = empty();
    let historique = Remote::new(move || client::historique(as_of.get_untracked()));
    let screen = Screen { historique, as_of, said: empty(), disputed: empty(), asked: RwSignal::new(false) };
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Mon historique"</h1>
            {at_which_date(screen)}
            {awaited(
                historique.answer(),
                "Votre historique n’a pas pu être lu",
                move || historique.retry(),
                move |historique| {
                    // Once this is on the screen, the list under it follows.
                    clock::soon(move || screen.asked.set(true));
                    read(screen, historique)
                }
            )}
            {requests(screen)}
        </div>
    }
}

impl Screen {
    fn show(self, seen: HistoriqueView) {
        let day = seen.releve.as_of;
        self.as_of.set(if day == seen.today { String::new() } else { day.to_string() });
        let day = formats::long_day(day);
        let solde = formats::euros(seen.releve.solde);
        self.said.set(["Relevé tel qu’il était le ", &day, ". Solde\u{a0}: ", &solde, "."].concat());
        self.historique.set(seen);
    }

    /// The requests, seen by that function; again each time one is added.
    fn requests(self, show: impl Fn(&ContestationView) -> Option<AnyView>) -> Vec<AnyView> {
        self.asked.track();
        let views = self.historique.with(|historique| historique.contestations.iter().filter_map(show).collect());
        views.unwrap_or_default()
    }

    fn come_back(self, form: Form<ChampConsultation>) {
        self.as_of.set(String::new());
        self.said.set("Relevé d’aujourd’hui.".into());
        self.historique.reread();
        // After the field that the pointer left was judged.
        clock::soon(move || {
            form.clear();
            focus::give_focus("quelle-date");
        });
    }
}

/// Another day, and the way back.
fn at_which_date(screen: Screen) -> AnyView {
    let form = Form::open(&CONSULTATION);
    let send = move || {
        form.send(
            move |_| {
                let as_of = parse_date(&form.answer(AsOf), clock::today());
                client::historique(as_of.map_or_else(|_| String::new(), |as_of| as_of.to_string()))
            },
            move |seen| screen.show(seen),
        );
    };
    let content = view! {
        <div class="sheet sheet--close">
            {summary(form)}
            {field(
                form,
                AsOf,
                Options {
                    hint: "Par exemple 30/06/2021\u{a0}: le relevé sera celui de ce jour-là",
                    inputmode: "numeric",
                    enterkeyhint: "go",
                    class: "field__input field__input--short",
                    ..Options::TEXT
                }
            )}
            {failure_alert(form, |_| ("Ce relevé n’a pas pu être lu", None))}
            <div class="actions">{submit_button(form, "voir-ce-jour", "Voir ce jour", "Lecture…")}</div>
        </div>
    };
    let back = move || {
        (!screen.as_of.read().is_empty()).then(|| {
            view! {
                <p class="actions">
                    <button
                        class="button button--quiet button--small"
                        type="button"
                        on:click=move |_| screen.come_back(form)
                    >
                        "Revenir à aujourd’hui"
                    </button>
                </p>
            }
        })
    };
    view! {
        <div class="dated">
            <details class="disclosure">
                <summary class="disclosure__title" id="quelle-date">"À quelle date\u{202f}?"</summary>
                <div class="disclosure__body">{formulaire(form, send, content)}</div>
            </details>
            <p class="dated__day" role="status">{move || screen.said.get()}</p>
            {back}
        </div>
    }
}

fn read(screen: Screen, historique: &HistoriqueView) -> AnyView {
    let releve = &historique.releve;
    if !releve.lignes.is_empty() || !releve.earned.is_empty() {
        filled(screen, releve, historique.today, historique.dif_to_check)
    } else if releve.as_of == historique.today {
        empty(historique)
    } else {
        before(releve.as_of, historique.since)
    }
}

/// A day when nothing was there yet.
fn before(as_of: Day, since: Option<Day>) -> AnyView {
    view! {
        <p class="lede">"Le " {formats::long_day(as_of)} ", aucune ligne n’était inscrite à votre compte."</p>
        {since.map(|since| view! { <p>"La première est du " {formats::long_day(since)} "."</p> })}
    }
}

fn empty(historique: &HistoriqueView) -> AnyView {
    let releve = &historique.releve;
    view! {
        <p class="lede">"Aucune ligne n’est encore inscrite à votre compte."</p>
        {state(releve.state).map(|text| view! { <p class="alert">{text}</p> })}
        {next_credit(&historique.outlook, releve.plafond).map(|text| view! { <p>{text}</p> })}
        {dif_box(&historique.outlook, historique.dif_end)}
        <p class="actions"><a class="button button--quiet" href="/aide#droits">"Comprendre pourquoi"</a></p>
    }
}

/// « historique-2021-06-30.csv ».
fn file(releve: &Releve, suffix: &str) -> String {
    ["historique-", &releve.as_of.to_string(), suffix].concat()
}

fn filled(screen: Screen, releve: &Releve, today: Day, dif_to_check: bool) -> AnyView {
    let titulaire = session().titulaire();
    let nom = titulaire.read_untracked().as_ref().map(|t| match (t.prenoms.as_str(), t.nom_naissance.as_str()) {
        (NONE, only) | (only, NONE) => [only, ", "].concat(),
        (prenoms, nom) => [prenoms, " ", nom, ", "].concat(),
    });
    let title = [
        &nom.unwrap_or_default(),
        "relevé du ",
        &formats::long_day(releve.as_of),
        ". Solde : ",
        &formats::euros(releve.solde),
        ".",
    ]
    .concat();
    let (nom, csv) = (file(releve, ".csv"), to_csv(releve));
    let as_of = if releve.as_of == today { String::new() } else { releve.as_of.to_string() };
    view! {
        <p class="print-only">{title}</p>
        {state(releve.state).map(|text| view! { <p class="alert">{text}</p> })}
        {dif_to_check.then(|| {
            view! {
                <p class="soft">"Heures de DIF à vérifier\u{a0}: personne de ce service n’a encore vu votre attestation."</p>
            }
        })}
        {chart(releve)}
        <aside class="note no-print">
            <p>
                "Chaque ligne répond à «\u{a0}pourquoi ce montant\u{202f}?\u{a0}» par la règle, l’article, ce que l’on sait de vous, et le calcul."
            </p>
            <p>
                "Une ligne vous semble fausse\u{202f}? "
                <a href="/aide#erreur">"Ce que vous pouvez faire"</a>
            </p>
        </aside>
        <h2 class="visually-hidden">"Ligne par ligne"</h2>
        {lines(screen)}
        <p class="actions">
            <button class="button button--quiet button--small" type="button" on:click=|_| download::print()>
                "Imprimer"
            </button>
            <button
                class="button button--quiet button--small"
                type="button"
                on:click=move |_| download::download(&nom, "text/csv", &csv)
            >
                "Télécharger en CSV"
            </button>
            <a
                class="button button--quiet button--small"
                href=client::historique_address(&as_of)
                download=file(releve, ".json")
            >
                "Télécharger en JSON"
            </a>
        </p>
    }
}

/// What was asked about this line, and the way to ask.
fn dispute(screen: Screen, marker: Marker, destinataire: Destinataire, name: &str) -> AnyView {
    let (mark, name) = (marker.to_string(), ["\u{a0}: ", name].concat());
    let (here, id) = (mark.clone(), ["contester-", &mark].concat());
    let requests = move || {
        screen.requests(|contestation| {
            (contestation.ligne == marker).then(|| {
                view! {
                    <p id=contestation.reference.clone() tabindex="-1">{tracking(contestation)}</p>
                }
            })
        })
    };
    let next = move || {
        if *screen.disputed.read() == here {
            return phrase(screen, marker, destinataire, id.clone());
        }
        let mark = mark.clone();
        let open = move |_| {
            screen.disputed.set(mark.clone());
            clock::soon(|| focus::give_focus("contestation-ouverte"));
        };
        let name = name.clone();
        view! {
            <p class="actions no-print">
                <button class="button button--quiet button--small" type="button" id=id.clone() on:click=open>
                    "Contester cette ligne"
                    <span class="visually-hidden">{name}</span>
                </button>
            </p>
        }
    };
    view! { <div role="status">{requests}</div> {next} }
}

/// « Contestée le 23 novembre 2026, référence CTR-7K2M-9QXA : répondue. », and each answer on its own line.
fn tracking(contestation: &ContestationView) -> AnyView {
    let answers: Vec<_> = contestation
        .answers
        .iter()
        .map(|response| said(&["Réponse du ", &formats::long_day(response.on), "\u{a0}: "].concat(), &response.text))
        .collect();
    view! {
        "Contestée le "
        {formats::long_day(contestation.filed_on)}
        ", référence "
        <strong class="figure" translate="no">{contestation.reference.clone()}</strong>
        "\u{a0}: "
        {contestation::statut(contestation.statut)}
        "."
        {answers}
    }
}

/// What somebody wrote, in their own lines.
fn said(before: &str, text: &str) -> AnyView {
    let quoted = ["«\u{a0}", text, "\u{a0}»"].concat();
    view! { <span class="facts__said">{before.to_owned()} <q>{quoted}</q></span> }
}

/// Who can mend the line, what to bring, and the request.
fn phrase(screen: Screen, marker: Marker, destinataire: Destinataire, button: String) -> AnyView {
    let form = Form::open(&CONTESTATION);
    form.about(marker.to_string());
    let (who, proof) = contestation::whose(destinataire);
    let send = move || {
        form.send(
            move |key| async move {
                let saisie = SaisieContestation { ligne: marker, raison: form.answer(Raison) };
                client::dispute(&saisie, &key).await
            },
            move |view: ContestationView| {
                form.clear();
                screen.disputed.set(String::new());
                let reference = view.reference.clone();
                // A repeat gives the same request again.
                screen.historique.change(|historique| {
                    historique.contestations.retain(|known| known.reference != view.reference);
                    historique.contestations.insert(0, view);
                });
                screen.asked.set(true);
                clock::soon(move || focus::give_focus(&reference));
            },
        );
    };
    let cancel = move |_| {
        screen.disputed.set(String::new());
        let button = button.clone();
        // After the field that the pointer left was judged.
        clock::soon(move || {
            form.clear();
            focus::give_focus(&button);
        });
    };
    let content = view! {
        <div class="sheet sheet--close">
            <h3 class="why__title" id="contestation-ouverte" tabindex="-1">"Contester cette ligne"</h3>
            {summary(form)}
            <dl class="why__facts">
                {said_fact("À qui s’adresser", who.into())}
                {said_fact("Preuve à réunir", proof.into())}
            </dl>
            {zone(
                form,
                Raison,
                "Ce service garde votre demande et vous donne une référence. 2\u{202f}000 caractères au plus"
            )}
            {failure_alert(form, |_| ("Votre demande n’est pas encore enregistrée", None))}
            <div class="actions">
                {submit_button(form, "envoyer-contestation", "Envoyer ma demande", "Envoi…")}
                <button class="button button--quiet" type="button" on:click=cancel>"Annuler"</button>
            </div>
        </div>
    };
    formulaire(form, send, content)
}

/// Every request, whatever the day that is shown.
fn requests(screen: Screen) -> AnyView {
    let requests = move || {
        let lignes = screen.requests(|contestation| Some(asked(contestation)));
        (!lignes.is_empty()).then(|| {
            view! {
                <section class="sheet sheet--ruled no-print" aria-labelledby="contestations">
                    <h2 id="contestations">"Vos contestations"</h2>
                    <ul class="facts facts--list">{lignes}</ul>
                </section>
            }
        })
    };
    view! { {requests} }
}

fn asked(contestation: &ContestationView) -> AnyView {
    let montant = if contestation.hours.is_zero() {
        formats::mouvement(contestation.montant)
    } else {
        formats::hours(contestation.hours.absolute())
    };
    view! {
        <li>
            <div>
                <strong>"Ligne du " {formats::short_day(contestation.ligne.date)} ", " {montant}</strong>
                <span class="facts__source">{said("", &contestation.raison)} {tracking(contestation)}</span>
            </div>
        </li>
    }
}

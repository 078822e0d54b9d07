//! « Historique »: the statement, newest first; each line opens on its own sum.

use api::contestations::{ContestationVue, SaisieContestation};
use api::droits::HistoriqueVu;
use domaine::droits::{Destinataire, Releve, Repere, lire_date, lire_raison};
use domaine::forms::ChampConsultation::{self, Au};
use domaine::forms::ChampContestation::{self, Raison};
use domaine::forms::Faute;
use domaine::mesures::Jour;
use leptos::prelude::*;
use markup::view;

use crate::browser::{clock, dom, download, focus};
use crate::components::alert::alerte_echec;
use crate::components::awaited::awaited;
use crate::components::button::bouton_envoi;
use crate::components::chart::dessin;
use crate::components::dif::case_dif;
use crate::components::error_summary::resume;
use crate::components::field::{Options, field, zone};
use crate::components::form::formulaire;
use crate::components::releve::{en_csv, fait_dit, rangee, registre};
use crate::form::{FieldSpec, Form, FormSpec, fault_at};
use crate::net::client;
use crate::net::remote::Lecture;
use crate::session::session;
use crate::wording::state::etat;
use crate::wording::{contestation, formats};

static CONSULTATION: FormSpec<ChampConsultation> = FormSpec::new(
    "consultation",
    |champ| match champ {
        Au => &FieldSpec { label: "Date du relevé", tidy: Some(ranger_jour), ..FieldSpec::TEXT },
    },
    |form, today| fault_at(Au, lire_date(&form.answer(Au), today).err().map(Faute::Date)),
);

fn ranger_jour(texte: &str) -> Option<String> {
    lire_date(texte, Jour::date(9999, 12, 31)).ok().map(formats::jour_court)
}

/// One for all lines: what was typed of one stays until it is sent or given up.
static CONTESTATION: FormSpec<ChampContestation> = FormSpec::new(
    "contestation",
    |champ| match champ {
        Raison => &FieldSpec { label: "Ce qui vous semble faux", ..FieldSpec::TEXT },
    },
    |form, _| fault_at(Raison, lire_raison(&form.answer(Raison)).err().map(Faute::Raison)),
);

/// What the screen shows. Signals of few types: each type of a signal is paid for by the page.
#[derive(Clone, Copy)]
struct Ecran {
    historique: Lecture<HistoriqueVu>,
    /// The day that was asked for, `2021-06-30`; empty for today.
    au: RwSignal<String>,
    /// What is said when another day is shown.
    dit: RwSignal<String>,
    /// The mark of the line whose form is open; empty for none.
    contestee: RwSignal<String>,
    /// Changes with the requests of what was read.
    demande: RwSignal<bool>,
}

/// The screen.
pub fn historique() -> AnyView {
    let vide = || RwSignal::new(String::new());
    let au = vide();
    let historique = Lecture::nouvelle(move || client::historique(au.get_untracked()));
    let ecran = Ecran { historique, au, dit: vide(), contestee: vide(), demande: RwSignal::new(false) };
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Mon historique"</h1>
            {a_quelle_date(ecran)}
            {awaited(
                historique.answer(),
                "Votre historique n’a pas pu être lu",
                move || historique.retry(),
                move |historique| {
                    // Once this is on the screen, the list under it follows.
                    clock::bientot(move || ecran.demande.set(true));
                    lu(ecran, historique)
                }
            )}
            {demandes(ecran)}
        </div>
    }
}

impl Ecran {
    fn montrer(self, vu: HistoriqueVu) {
        let jour = vu.releve.au;
        self.au.set(if jour == vu.aujourdhui { String::new() } else { jour.to_string() });
        let jour = formats::jour_long(jour);
        let solde = formats::euros(vu.releve.solde);
        self.dit.set(["Relevé tel qu’il était le ", &jour, ". Solde\u{a0}: ", &solde, "."].concat());
        self.historique.poser(vu);
    }

    /// The requests, seen by that function; again each time one is added.
    fn demandes(self, voir: impl Fn(&ContestationVue) -> Option<AnyView>) -> Vec<AnyView> {
        self.demande.track();
        let vues = self.historique.avec(|historique| historique.contestations.iter().filter_map(voir).collect());
        vues.unwrap_or_default()
    }

    fn revenir(self, form: Form<ChampConsultation>) {
        self.au.set(String::new());
        self.dit.set("Relevé d’aujourd’hui.".into());
        self.historique.relire();
        // After the field that the pointer left was judged.
        clock::bientot(move || {
            form.vider();
            focus::donner_focus("quelle-date");
        });
    }
}

/// Another day, and the way back.
fn a_quelle_date(ecran: Ecran) -> AnyView {
    let form = Form::ouvrir(&CONSULTATION);
    let envoyer = move || {
        form.envoyer(
            move |_| {
                let au = lire_date(&form.answer(Au), clock::aujourdhui());
                client::historique(au.map_or_else(|_| String::new(), |au| au.to_string()))
            },
            move |vu| ecran.montrer(vu),
        );
    };
    let contenu = view! {
        <div class="sheet sheet--close">
            {resume(form)}
            {field(
                form,
                Au,
                Options {
                    hint: "Par exemple 30/06/2021\u{a0}: le relevé sera celui de ce jour-là",
                    inputmode: "numeric",
                    enterkeyhint: "go",
                    classe: "field__input field__input--short",
                    ..Options::TEXTE
                }
            )}
            {alerte_echec(form, |_| ("Ce relevé n’a pas pu être lu", None))}
            <div class="actions">{bouton_envoi(form, "voir-ce-jour", "Voir ce jour", "Lecture…")}</div>
        </div>
    };
    let retour = move || {
        (!ecran.au.read().is_empty()).then(|| {
            view! {
                <p class="actions">
                    <button
                        class="button button--quiet button--small"
                        type="button"
                        on:click=move |_| ecran.revenir(form)
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
                <div class="disclosure__body">{formulaire(form, envoyer, contenu)}</div>
            </details>
            <p class="dated__day" role="status">{move || ecran.dit.get()}</p>
            {retour}
        </div>
    }
}

fn lu(ecran: Ecran, historique: &HistoriqueVu) -> AnyView {
    let releve = &historique.releve;
    if !releve.lignes.is_empty() || !releve.acquises.is_empty() {
        rempli(ecran, releve, historique.aujourdhui)
    } else if releve.au == historique.aujourdhui {
        vide(historique)
    } else {
        avant(releve.au, historique.depuis)
    }
}

/// A day when nothing was there yet.
fn avant(au: Jour, depuis: Option<Jour>) -> AnyView {
    view! {
        <p class="lede">"Le " {formats::jour_long(au)} ", aucune ligne n’était inscrite à votre compte."</p>
        {depuis.map(|depuis| view! { <p>"La première est du " {formats::jour_long(depuis)} "."</p> })}
    }
}

fn vide(historique: &HistoriqueVu) -> AnyView {
    view! {
        <p class="lede">"Aucune ligne n’est encore inscrite à votre compte."</p>
        <p>
            {if historique.connu {
                "Votre activité est connue : la première ligne arrivera au premier semestre de l’année qui la suit."
            } else {
                "La première arrivera au premier semestre qui suit une année de travail déclarée par votre employeur."
            }}
        </p>
        {case_dif(historique.fin_dif, historique.aujourdhui)}
        <p class="actions"><a class="button button--quiet" href="/aide#droits">"Comprendre pourquoi"</a></p>
    }
}

/// « historique-2021-06-30.csv ».
fn fichier(releve: &Releve, suffixe: &str) -> String {
    ["historique-", &releve.au.to_string(), suffixe].concat()
}

fn rempli(ecran: Ecran, releve: &Releve, aujourdhui: Jour) -> AnyView {
    let titulaire = session().titulaire();
    let nom = titulaire.read_untracked().as_ref().map(|t| [&t.prenoms, " ", &t.nom_naissance, ", "].concat());
    let titre = [
        &nom.unwrap_or_default(),
        "relevé du ",
        &formats::jour_long(releve.au),
        ". Solde : ",
        &formats::euros(releve.solde),
        ".",
    ]
    .concat();
    let lignes = releve.lignes.iter().chain(&releve.acquises).zip(releve.reperes()).enumerate();
    let lignes: Vec<_> = lignes
        .map(|(rang, (ligne, repere))| {
            let destinataire = Destinataire::de(&ligne.motif);
            rangee(rang, ligne, releve, move || contester(ecran, repere, destinataire))
        })
        .collect();
    let lignes = lignes.into_iter().rev().collect::<Vec<_>>();
    let (nom, csv) = (fichier(releve, ".csv"), en_csv(releve));
    let au = if releve.au == aujourdhui { String::new() } else { releve.au.to_string() };
    view! {
        <p class="print-only">{titre}</p>
        {etat(releve.etat).map(|texte| view! { <p class="alert">{texte}</p> })}
        {dessin(releve)}
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
        {registre(lignes)}
        <p class="actions">
            <button class="button button--quiet button--small" type="button" on:click=|_| imprimer()>
                "Imprimer"
            </button>
            <button
                class="button button--quiet button--small"
                type="button"
                on:click=move |_| download::telecharger(&nom, "text/csv", &csv)
            >
                "Télécharger en CSV"
            </button>
            <a
                class="button button--quiet button--small"
                href=client::adresse_historique(&au)
                download=fichier(releve, ".json")
            >
                "en JSON"
            </a>
        </p>
    }
}

fn imprimer() {
    if let Some(fenetre) = dom::fenetre() {
        // Refused by some browsers inside an app: there is nothing more to do then.
        let _refuse = fenetre.print();
    }
}

/// What was asked about this line, and the way to ask.
fn contester(ecran: Ecran, repere: Repere, destinataire: Destinataire) -> AnyView {
    let marque = repere.to_string();
    let (ici, id) = (marque.clone(), ["contester-", &marque].concat());
    let demandes = move || {
        ecran.demandes(|contestation| {
            (contestation.ligne == repere).then(|| {
                view! {
                    <p id=contestation.reference.clone() tabindex="-1">{suivi(contestation)}</p>
                }
            })
        })
    };
    let suite = move || {
        if *ecran.contestee.read() == ici {
            return formuler(ecran, repere, destinataire, id.clone());
        }
        let marque = marque.clone();
        let ouvrir = move |_| {
            ecran.contestee.set(marque.clone());
            clock::bientot(|| focus::donner_focus("raison"));
        };
        view! {
            <p class="actions no-print">
                <button class="button button--quiet button--small" type="button" id=id.clone() on:click=ouvrir>
                    "Contester cette ligne"
                </button>
            </p>
        }
    };
    view! { <div role="status">{demandes}</div> {suite} }
}

/// « Contestée le 23 novembre 2026, référence CTR-7K2M-9QXA : répondue. », and each answer on its own line.
fn suivi(contestation: &ContestationVue) -> AnyView {
    let reponses: Vec<_> = contestation
        .reponses
        .iter()
        .map(|reponse| dit(&["Réponse du ", &formats::jour_long(reponse.le), "\u{a0}: "].concat(), &reponse.texte))
        .collect();
    view! {
        "Contestée le "
        {formats::jour_long(contestation.deposee_le)}
        ", référence "
        <strong class="figure" translate="no">{contestation.reference.clone()}</strong>
        "\u{a0}: "
        {contestation::statut(contestation.statut)}
        "."
        {reponses}
    }
}

/// What somebody wrote, in their own lines.
fn dit(avant: &str, texte: &str) -> AnyView {
    view! { <span class="facts__said">{[avant, "«\u{a0}", texte, "\u{a0}»"].concat()}</span> }
}

/// Who can mend the line, what to bring, and the request.
fn formuler(ecran: Ecran, repere: Repere, destinataire: Destinataire, bouton: String) -> AnyView {
    let form = Form::ouvrir(&CONTESTATION);
    form.about(repere.to_string());
    let (qui, preuve) = contestation::a_qui(destinataire);
    let envoyer = move || {
        form.envoyer(
            move |cle| async move {
                let saisie = SaisieContestation { ligne: repere, raison: form.answer(Raison) };
                client::contester(&saisie, &cle).await
            },
            move |vue: ContestationVue| {
                form.vider();
                ecran.contestee.set(String::new());
                let reference = vue.reference.clone();
                // A repeat gives the same request again.
                ecran.historique.changer(|historique| {
                    historique.contestations.retain(|connue| connue.reference != vue.reference);
                    historique.contestations.insert(0, vue);
                });
                ecran.demande.set(true);
                clock::bientot(move || focus::donner_focus(&reference));
            },
        );
    };
    let annuler = move |_| {
        ecran.contestee.set(String::new());
        let bouton = bouton.clone();
        // After the field that the pointer left was judged.
        clock::bientot(move || {
            form.vider();
            focus::donner_focus(&bouton);
        });
    };
    let contenu = view! {
        <div class="sheet sheet--close">
            {resume(form)}
            <dl class="why__facts">
                {fait_dit("À qui s’adresser", qui.into())}
                {fait_dit("Preuve à réunir", preuve.into())}
            </dl>
            {zone(
                form,
                Raison,
                "Ce service garde votre demande et vous donne une référence. 2\u{202f}000 caractères au plus"
            )}
            {alerte_echec(form, |_| ("Votre demande n’est pas encore enregistrée", None))}
            <div class="actions">
                {bouton_envoi(form, "envoyer-contestation", "Envoyer ma demande", "Envoi…")}
                <button class="button button--quiet" type="button" on:click=annuler>"Annuler"</button>
            </div>
        </div>
    };
    formulaire(form, envoyer, contenu)
}

/// Every request, whatever the day that is shown.
fn demandes(ecran: Ecran) -> AnyView {
    let demandes = move || {
        let lignes = ecran.demandes(|contestation| Some(demande(contestation)));
        (!lignes.is_empty()).then(|| {
            view! {
                <section class="sheet sheet--ruled no-print" aria-labelledby="contestations">
                    <h2 id="contestations">"Vos contestations"</h2>
                    <ul class="facts facts--list">{lignes}</ul>
                </section>
            }
        })
    };
    view! { {demandes} }
}

fn demande(contestation: &ContestationVue) -> AnyView {
    let montant = if contestation.heures.est_nulle() {
        formats::mouvement(contestation.montant)
    } else {
        formats::heures(contestation.heures.absolue())
    };
    view! {
        <li>
            <div>
                <strong>"Ligne du " {formats::jour_court(contestation.ligne.date)} ", " {montant}</strong>
                <span class="facts__source">{dit("", &contestation.raison)} {suivi(contestation)}</span>
            </div>
        </li>
    }
}

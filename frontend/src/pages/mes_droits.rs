//! « Mes droits formation »: the balance available, the DIF to declare or declared, the level of diploma.

use api::dif::DifVu;
use api::droits::{DroitsVus, SaisieSousNiveau3, SousNiveau3Vu};
use domaine::droits::{DeclarationSousNiveau3, Etat};
use domaine::forms::ChampSousNiveau3 as C;
use domaine::mesures::{Annee, Jour};
use leptos::prelude::*;
use markup::view;

use crate::browser::{clock, focus};
use crate::components::alert::alerte_echec;
use crate::components::awaited::awaited;
use crate::components::button::bouton_envoi;
use crate::components::dif::{case_dif, dif_clos};
use crate::components::error_summary::resume;
use crate::components::field::checkbox;
use crate::components::form::formulaire;
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::net::client;
use crate::net::remote::Lecture;
use crate::wording::formats;
use crate::wording::state::etat;

static NIVEAU: FormSpec<C> = FormSpec::new("niveau", field_spec, |form, today| faults(&saisie(form), today));

fn field_spec(champ: C) -> &'static FieldSpec {
    match champ {
        C::Confirmation => &FieldSpec { label: "Confirmation", ..FieldSpec::RAW },
        C::Erreur => &FieldSpec { label: "Déclaration faite par erreur", ..FieldSpec::RAW },
    }
}

fn saisie(form: Form<C>) -> SaisieSousNiveau3 {
    SaisieSousNiveau3 { confirmation: form.ticked(C::Confirmation), erreur: form.ticked(C::Erreur) }
}

/// The screen.
pub fn mes_droits() -> AnyView {
    let droits = Lecture::nouvelle(client::droits);
    view! {
        <div class="sheet">
            <h1 class="title--quiet" tabindex="-1">"Mes droits formation"</h1>
            {awaited(droits.answer(), "Vos droits n’ont pas pu être lus", move || droits.retry(), lu)}
            {niveau()}
        </div>
    }
}

fn lu(droits: &DroitsVus) -> AnyView {
    let (entiers, centimes) = formats::euros_en_deux(droits.solde);
    let solde = formats::euros(droits.solde);
    let heures = droits.solde_heures;
    let en_heures = (!heures.est_nulle()).then(|| [" et de ", &formats::heures_en_mots(heures.absolue())].concat());
    view! {
        <p class="balance balance--medium" aria-hidden="true">
            {entiers}
            <span class="balance__cents">{centimes}</span>
        </p>
        <p>"Votre solde disponible est de " <strong class="figure">{solde}</strong> {en_heures} "."</p>
        {etat(droits.etat).map(|texte| view! { <p class="alert">{texte}</p> })}
        <aside class="note">
            <p>
                "Les droits acquis au titre d’une année d’activité professionnelle sont crédités au cours du premier semestre de l’année suivante."
            </p>
        </aside>
        {(droits.solde - droits.hors_plafond >= droits.plafond).then(|| au_plafond(formats::euros(droits.plafond)))}
        {if droits.dif_declare {
            dif_declare(dif_clos(droits.fin_dif, droits.au))
        } else if matches!(droits.etat, Etat::Ouvert | Etat::PasEncoreOuvert) {
            case_dif(droits.fin_dif, droits.au)
        } else {
            // Nothing can be added any more.
            ().into_any()
        }}
        <p class="actions">
            <a class="button button--quiet" id="lien-historique" href="/historique">"Voir mon historique"</a>
        </p>
    }
}

fn au_plafond(plafond: String) -> AnyView {
    view! {
        <p>
            "Votre compte a atteint son plafond de "
            <span class="figure">{plafond}</span>
            "\u{a0}: aucun nouveau droit, DIF compris, ne peut s’y ajouter pour l’instant."
        </p>
    }
}

/// What was declared takes the place of the yellow box.
fn dif_declare(clos: bool) -> AnyView {
    let dif = Lecture::nouvelle(client::dif);
    view! {
        <section class="sheet" aria-labelledby="dif-titre">
            <h2 id="dif-titre">"Votre DIF"</h2>
            {awaited(dif.answer(), "Vos déclarations n’ont pas pu être lues", move || dif.retry(), declarations)}
            <p class="small">
                <a id="lien-dif" href="/dif">
                    {if clos {
                        "Le DIF ne se déclare plus\u{a0}: ce qui reste possible"
                    } else {
                        "Ajouter ou remplacer des heures"
                    }}
                </a>
            </p>
        </section>
    }
}

fn declarations(dif: &DifVu) -> AnyView {
    let lignes = dif
        .declarations
        .iter()
        .map(|declaration| {
            let heures =
                [&formats::heures_en_mots(declaration.heures), ", soit ", &formats::euros(declaration.euros)].concat();
            let jour = formats::jour_long(declaration.declaree_le);
            view! {
                <div>
                    <dt>{if declaration.compte { "Déclaré" } else { "Remplacé" }}</dt>
                    <dd>
                        {heures}
                        <span class="facts__source">
                            "Le "
                            {jour}
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
    let niveau = Lecture::nouvelle(client::sous_niveau_3);
    let ouvert = RwSignal::new(false);
    let fait = RwSignal::new(String::new());
    let dit = move || {
        let fait = fait.get();
        (!fait.is_empty()).then(|| {
            view! {
                <div class="alert alert--success" id="niveau-fait" tabindex="-1">
                    <p class="alert__title">{fait}</p>
                </div>
            }
        })
    };
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="niveau-titre">
            <div class="stack">
                <div role="status">{dit}</div>
                <h2 id="niveau-titre">"Votre niveau de diplôme"</h2>
            </div>
            {awaited(
                niveau.answer(),
                "Votre niveau de diplôme n’a pas pu être lu",
                move || niveau.retry(),
                move |vu| {
                    let declarees = vu.declarations.iter().map(declaree).collect::<Vec<_>>();
                    let sens = sens(vu);
                    let (fin, annee) = (vu.en_cours, vu.annee);
                    let suite = move || {
                        if ouvert.get() {
                            changer_niveau(fin, annee, niveau, ouvert, fait)
                        } else {
                            ouvrir_niveau(fin, ouvert, fait)
                        }
                    };
                    let declarees =
                        (!declarees.is_empty()).then(|| view! { <dl class="facts facts--pairs">{declarees}</dl> });
                    view! { {sens} {declarees} {suite} }
                }
            )}
        </section>
    }
}

/// What it gives, and from when.
fn sens(vu: &SousNiveau3Vu) -> AnyView {
    view! {
        <p>
            "Sans CAP, BEP ni titre équivalent (niveau 3), un salarié à mi-temps ou plus reçoit "
            <span class="figure">{formats::euros_ronds(vu.credit)}</span>
            " par an au lieu de "
            <span class="figure">{formats::euros_ronds(vu.credit_ordinaire)}</span>
            ", jusqu’à "
            <span class="figure">{formats::euros_ronds(vu.plafond)}</span>
            " au lieu de "
            <span class="figure">{formats::euros_ronds(vu.plafond_ordinaire)}</span>
            ". C’est à vous de le déclarer."
        </p>
    }
}

fn declaree(declaration: &DeclarationSousNiveau3) -> AnyView {
    let annee = |jour: Jour| jour.annee().to_string();
    let debut = annee(declaration.declaree_le);
    let portee = match (declaration.annulee_le, declaration.fin_declaree_le) {
        (Some(jour), _) => {
            ["Annulée le ", &formats::jour_long(jour), "\u{a0}: les années qu’elle majorait sont recalculées"].concat()
        }
        (None, Some(jour)) => {
            ["Terminée le ", &formats::jour_long(jour), ". Elle vaut pour les années ", &debut, " à ", &annee(jour)]
                .concat()
        }
        (None, None) => ["Elle vaut depuis l’année ", &debut, ", au crédit de l’année suivante"].concat(),
    };
    view! {
        <div>
            <dt>"Sous le niveau 3"</dt>
            <dd>
                "Déclaré le "
                {formats::jour_long(declaration.declaree_le)}
                <span class="facts__source">{portee}</span>
            </dd>
        </div>
    }
}

fn ouvrir_niveau(fin: bool, ouvert: RwSignal<bool>, fait: RwSignal<String>) -> AnyView {
    let ouvrir = move |_| {
        fait.set(String::new());
        ouvert.set(true);
        clock::bientot(|| focus::donner_focus("confirmation"));
    };
    view! {
        <p class="actions">
            <button class="button button--quiet button--small" type="button" id="changer-niveau" on:click=ouvrir>
                {if fin { "Terminer ma déclaration" } else { "Déclarer que je n’ai pas ce niveau" }}
            </button>
        </p>
    }
}

fn changer_niveau(
    fin: bool,
    annee: Annee,
    niveau: Lecture<SousNiveau3Vu>,
    ouvert: RwSignal<bool>,
    fait: RwSignal<String>,
) -> AnyView {
    let form = Form::ouvrir(&NIVEAU);
    let annee = annee.to_string();
    let envoyer = move || {
        form.envoyer(
            move |_| async move { client::declarer_sous_niveau_3(&saisie(form), fin).await },
            move |vu| {
                form.vider();
                ouvert.set(false);
                niveau.poser(vu);
                let dit = if fin { "Votre déclaration est terminée" } else { "Votre déclaration est enregistrée" };
                fait.set(dit.into());
                clock::bientot(|| focus::donner_focus("niveau-fait"));
            },
        );
    };
    let annuler = move |_| {
        ouvert.set(false);
        // After the box that the pointer left was judged.
        clock::bientot(move || {
            form.vider();
            focus::donner_focus("changer-niveau");
        });
    };
    let explication = if fin {
        ["Le crédit redevient ordinaire après l’année ", &annee, ". Les années déjà créditées sont gardées."].concat()
    } else {
        [
            "La déclaration compte à partir de l’année ",
            &annee,
            ", créditée l’année suivante. Les années d’avant ne changent pas. Le jour où vous obtenez un tel titre, revenez le dire ici.",
        ]
        .concat()
    };
    let (confirmer, dit) = if fin {
        ("Je confirme que cette déclaration ne doit plus compter.", "Terminer")
    } else {
        ("Je déclare sur l’honneur n’avoir ni CAP, ni BEP, ni titre ou certification équivalents.", "Déclarer")
    };
    let erreur = fin.then(|| {
        checkbox(
            form,
            C::Erreur,
            false,
            "Elle était fausse dès le départ\u{a0}: je l’annule, et les années majorées sont recalculées.".into_any(),
        )
    });
    let contenu = view! {
        <div class="sheet sheet--close">
            {resume(form)}
            <p>{explication}</p>
            <p class="soft small">
                "Une déclaration fausse ou erronée fait recalculer vos droits. Ce qui a été crédité en trop ne peut plus servir et, si c’est déjà dépensé, peut vous être réclamé (Code du travail, article R6323-3-1)."
            </p>
            {checkbox(form, C::Confirmation, true, confirmer.into_any())}
            {erreur}
            {alerte_echec(form, |_| ("Rien n’est encore enregistré", None))}
            <div class="actions">
                {bouton_envoi(form, "envoyer-niveau", dit, "Enregistrement…")}
                <button class="button button--quiet" type="button" on:click=annuler>"Annuler"</button>
            </div>
        </div>
    };
    formulaire(form, envoyer, contenu)
}

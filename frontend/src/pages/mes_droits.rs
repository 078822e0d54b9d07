//! « Mes droits formation »: the balance available, the DIF to declare or declared, the level of diploma.

use crate::html;
use crate::template::ecoute;
use api::dif::DifVu;
use api::droits::{DroitsVus, SaisieSousNiveau3, SousNiveau3Vu};
use domaine::droits::{DeclarationSousNiveau3, Etat};
use domaine::forms::ChampSousNiveau3 as C;
use domaine::mesures::{Annee, Jour};
use leptos::prelude::*;

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
    html!(
        r#"
        <div class="sheet"><h1 class="title--quiet" tabindex="-1">Mes droits formation</h1>{}{}</div>
    "#,
        awaited(droits.answer(), "Vos droits n’ont pas pu être lus", move || droits.retry(), lu),
        niveau(),
    )
}

fn lu(droits: &DroitsVus) -> AnyView {
    let (entiers, centimes) = formats::euros_en_deux(droits.solde);
    let solde = formats::euros(droits.solde);
    let heures = droits.solde_heures;
    let en_heures = (!heures.est_nulle()).then(|| [" et de ", &formats::heures_en_mots(heures.absolue())].concat());
    html!(
        r#"
        <p class="balance balance--medium" aria-hidden="true">{}<span class="balance__cents">{}</span></p>
        <p>Votre solde disponible est de <strong class="figure">{}</strong>{}.</p>
        {}
        <aside class="note">
            <p>
                Les droits acquis au titre d’une année d’activité professionnelle sont crédités au cours du premier semestre de l’année suivante.
            </p>
        </aside>
        {}
        {}
        <p class="actions">
            <a class="button button--quiet" id="lien-historique" href="/historique">Voir mon historique</a>
        </p>
    "#,
        entiers,
        centimes,
        solde,
        en_heures,
        etat(droits.etat).map(|texte| html!(r#"<p class="alert">{}</p>"#, texte)),
        (droits.solde - droits.hors_plafond >= droits.plafond).then(|| au_plafond(formats::euros(droits.plafond))),
        if droits.dif_declare {
            dif_declare(dif_clos(droits.fin_dif, droits.au))
        } else if matches!(droits.etat, Etat::Ouvert | Etat::PasEncoreOuvert) {
            case_dif(droits.fin_dif, droits.au)
        } else {
            // Nothing can be added any more.
            ().into_any()
        },
    )
}

fn au_plafond(plafond: String) -> AnyView {
    html!(
        r#"
        <p>
            Votre compte a atteint son plafond de <span class="figure">{}</span>
            &nbsp;: aucun nouveau droit, DIF compris, ne peut s’y ajouter pour l’instant.
        </p>
    "#,
        plafond
    )
}

/// What was declared takes the place of the yellow box.
fn dif_declare(clos: bool) -> AnyView {
    let dif = Lecture::nouvelle(client::dif);
    html!(
        r#"
        <section class="sheet" aria-labelledby="dif-titre">
            <h2 id="dif-titre">Votre DIF</h2>
            {}
            <p class="small"><a id="lien-dif" href="/dif">{}</a></p>
        </section>
    "#,
        awaited(dif.answer(), "Vos déclarations n’ont pas pu être lues", move || dif.retry(), declarations),
        if clos {
            "Le DIF ne se déclare plus\u{a0}: ce qui reste possible"
        } else {
            "Ajouter ou remplacer des heures"
        },
    )
}

fn declarations(dif: &DifVu) -> AnyView {
    let lignes = dif
        .declarations
        .iter()
        .map(|declaration| {
            let heures =
                [&formats::heures_en_mots(declaration.heures), ", soit ", &formats::euros(declaration.euros)].concat();
            let jour = formats::jour_long(declaration.declaree_le);
            html!(
                r#"
                <div>
                    <dt>{}</dt>
                    <dd>{}<span class="facts__source">Le {}, référence <span translate="no">{}</span></span></dd>
                </div>
            "#,
                if declaration.compte { "Déclaré" } else { "Remplacé" },
                heures,
                jour,
                declaration.reference.clone(),
            )
        })
        .collect::<Vec<_>>();
    html!(r#"<dl class="facts facts--pairs">{}</dl>"#, lignes)
}

/// The level of diploma: what was declared, and the form to declare it or to end that.
fn niveau() -> AnyView {
    let niveau = Lecture::nouvelle(client::sous_niveau_3);
    let ouvert = RwSignal::new(false);
    let fait = RwSignal::new(String::new());
    let dit = move || {
        let fait = fait.get();
        (!fait.is_empty()).then(|| {
            html!(
                r#"<div class="alert alert--success" id="niveau-fait" tabindex="-1"><p class="alert__title">{}</p></div>"#,
                fait
            )
        })
    };
    html!(
        r#"
        <section class="sheet sheet--ruled" aria-labelledby="niveau-titre">
            <div class="stack">
                <div role="status">{}</div>
                <h2 id="niveau-titre">Votre niveau de diplôme</h2>
            </div>
            {}
        </section>
    "#,
        dit,
        awaited(
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
                    (!declarees.is_empty()).then(|| html!(r#"<dl class="facts facts--pairs">{}</dl>"#, declarees));
                html!("{}{}{}", sens, declarees, suite)
            }
        ),
    )
}

/// What it gives, and from when.
fn sens(vu: &SousNiveau3Vu) -> AnyView {
    html!(
        r#"
        <p>
            Sans CAP, BEP ni titre équivalent (niveau 3), un salarié à mi-temps ou plus reçoit <span class="figure">{}</span> par an au lieu de <span class="figure">{}</span>, jusqu’à <span class="figure">{}</span> au lieu de <span class="figure">{}</span>. C’est à vous de le déclarer.
        </p>
    "#,
        formats::euros_ronds(vu.credit),
        formats::euros_ronds(vu.credit_ordinaire),
        formats::euros_ronds(vu.plafond),
        formats::euros_ronds(vu.plafond_ordinaire),
    )
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
    html!(
        r#"<div><dt>Sous le niveau 3</dt><dd>Déclaré le {}<span class="facts__source">{}</span></dd></div>"#,
        formats::jour_long(declaration.declaree_le),
        portee,
    )
}

fn ouvrir_niveau(fin: bool, ouvert: RwSignal<bool>, fait: RwSignal<String>) -> AnyView {
    let ouvrir = move |_| {
        fait.set(String::new());
        ouvert.set(true);
        clock::bientot(|| focus::donner_focus("confirmation"));
    };
    html!(
        r#"<p class="actions"><button class="button button--quiet button--small" type="button" id="changer-niveau" on:click={}>{}</button></p>"#,
        ecoute(ouvrir),
        if fin { "Terminer ma déclaration" } else { "Déclarer que je n’ai pas ce niveau" },
    )
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
    let contenu = html!(
        r#"
        <div class="sheet sheet--close">
            {}
            <p>{}</p>
            <p class="soft small">
                Une déclaration fausse ou erronée fait recalculer vos droits. Ce qui a été crédité en trop ne peut plus servir et, si c’est déjà dépensé, peut vous être réclamé (Code du travail, article R6323-3-1).
            </p>
            {}
            {}
            {}
            <div class="actions">
                {}
                <button class="button button--quiet" type="button" on:click={}>Annuler</button>
            </div>
        </div>
    "#,
        resume(form),
        explication,
        checkbox(form, C::Confirmation, true, confirmer.into_any()),
        erreur,
        alerte_echec(form, |_| ("Rien n’est encore enregistré", None)),
        bouton_envoi(form, "envoyer-niveau", dit, "Enregistrement…"),
        ecoute(annuler),
    );
    formulaire(form, envoyer, contenu)
}

//! « Mes droits formation »: the balance available, the DIF to declare or declared.

use crate::html;
use api::dif::DifVu;
use api::droits::DroitsVus;
use leptos::prelude::*;

use crate::client;
use crate::components::dif::case_dif;
use crate::lecture::Lecture;
use crate::textes::formats;

/// The screen.
pub fn mes_droits() -> AnyView {
    let droits = Lecture::nouvelle(client::droits);
    html!(
        r#"
        <div class="sheet"><h1 class="title--quiet" tabindex="-1">Mes droits formation</h1>{}</div>
    "#,
        droits.vue("Vos droits n’ont pas pu être lus", lu)
    )
}

fn lu(droits: &DroitsVus) -> AnyView {
    let (entiers, centimes) = formats::euros_en_deux(droits.solde);
    let solde = formats::euros(droits.solde);
    html!(
        r#"
        <p class="balance balance--medium" aria-hidden="true">{}<span class="balance__cents">{}</span></p>
        <p>Votre solde disponible est de <strong class="figure">{}</strong>.</p>
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
        (droits.solde >= droits.plafond).then(|| au_plafond(formats::euros(droits.plafond))),
        if droits.dif_declare { dif_declare() } else { case_dif() },
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
fn dif_declare() -> AnyView {
    let dif = Lecture::nouvelle(client::dif);
    html!(
        r#"
        <section class="sheet" aria-labelledby="dif-titre">
            <h2 id="dif-titre">Votre DIF</h2>
            {}
            <p class="small"><a id="lien-dif" href="/dif">Ajouter ou remplacer des heures</a></p>
        </section>
    "#,
        dif.vue("Vos déclarations n’ont pas pu être lues", declarations)
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

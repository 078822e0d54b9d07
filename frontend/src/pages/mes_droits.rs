//! « Mes droits formation »: the balance available, the DIF to declare or declared.

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
    view! {
        <div class="sheet">
            <h1 class="title--quiet" tabindex="-1">
                "Mes droits formation"
            </h1>
            {droits.vue("Vos droits n’ont pas pu être lus", lu)}
        </div>
    }
    .into_any()
}

fn lu(droits: &DroitsVus) -> AnyView {
    let (entiers, centimes) = formats::euros_en_deux(droits.solde);
    let solde = formats::euros(droits.solde);
    view! {
        <p class="balance balance--medium" aria-hidden="true">
            {entiers}
            <span class="balance__cents">{centimes}</span>
        </p>
        <p>"Votre solde disponible est de "<strong class="figure">{solde}</strong>"."</p>
        <aside class="note">
            <p>
                "Les droits acquis au titre d’une année d’activité professionnelle sont crédités au cours du premier semestre de l’année suivante."
            </p>
        </aside>
        {(droits.solde >= droits.plafond).then(|| au_plafond(formats::euros(droits.plafond)))}
        {if droits.dif_declare { dif_declare() } else { case_dif() }}
        <p class="actions">
            <a class="button button--quiet" id="lien-historique" href="/historique">
                "Voir mon historique"
            </a>
        </p>
    }
    .into_any()
}

fn au_plafond(plafond: String) -> AnyView {
    view! {
        <p>
            "Votre compte a atteint son plafond de "<span class="figure">{plafond}</span>
            " : aucun nouveau droit, DIF compris, ne peut s’y ajouter pour l’instant."
        </p>
    }
    .into_any()
}

/// What was declared takes the place of the yellow box.
fn dif_declare() -> AnyView {
    let dif = Lecture::nouvelle(client::dif);
    view! {
        <section class="sheet" aria-labelledby="dif-titre">
            <h2 id="dif-titre">"Votre DIF"</h2>
            {dif.vue("Vos déclarations n’ont pas pu être lues", declarations)}
            <p class="small">
                <a id="lien-dif" href="/dif">
                    "Ajouter ou remplacer des heures"
                </a>
            </p>
        </section>
    }
    .into_any()
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
                            "Le "{jour}", référence "<span translate="no">{declaration.reference.clone()}</span>
                        </span>
                    </dd>
                </div>
            }
            .into_any()
        })
        .collect_view();
    view! { <dl class="facts facts--pairs">{lignes}</dl> }.into_any()
}

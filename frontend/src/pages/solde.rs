//! « Mon solde »: the balance is the screen.

use crate::html;
use api::droits::DroitsVus;
use leptos::prelude::*;

use crate::components::awaited::awaited;
use crate::components::dif::dif_clos;
use crate::net::client;
use crate::net::remote::Lecture;
use crate::wording::formats;
use crate::wording::state::etat;

/// The screen.
pub fn solde() -> AnyView {
    let droits = Lecture::nouvelle(client::droits);
    html!(
        r#"
        <div class="sheet">
            <h1 class="title--quiet" tabindex="-1">Mes droits de formation s’élèvent à</h1>{}
        </div>
    "#,
        awaited(droits.answer(), "Vos droits n’ont pas pu être lus", move || droits.retry(), lu)
    )
}

fn lu(droits: &DroitsVus) -> AnyView {
    let heures = droits.solde_heures.absolue();
    // The account of a public agent is kept in hours: they are the balance when there is nothing else.
    let en_heures = !droits.solde_heures.est_nulle() && droits.solde.est_nul();
    let (solde, avant) = if en_heures {
        (
            html!(
                r#"<span id="solde-heures">{}<span class="balance__cents">&nbsp;heures</span></span>"#,
                heures.nombre().to_string()
            ),
            html!(r#"et <span class="figure" id="solde">{}</span>, dont "#, formats::euros(droits.solde)),
        )
    } else {
        let (entiers, centimes) = formats::euros_en_deux(droits.solde);
        let solde = html!(r#"<span id="solde">{}<span class="balance__cents">{}</span></span>"#, entiers, centimes);
        (solde, "Dont ".into_any())
    };
    let comme_agent = (!en_heures && !droits.solde_heures.est_nulle())
        .then(|| html!(r#"<p class="lede">et {} comme agent public</p>"#, formats::heures_en_mots(heures)));
    let au = formats::jour_long(droits.au);
    let dif = formats::euros(droits.dont_dif);
    html!(
        r#"
        <div class="stack">
            <p>
                <a class="balance" id="lien-droits" href="/mes-droits">{}</a>
            </p>
            {}
            <p class="lede">{}<span class="figure" id="solde-dif">{}</span> de DIF{}</p>
        </div>
        {}
        <aside class="note"><p><strong>Au {}.</strong>{}</p></aside>
        <p>Vos droits sont destinés, exclusivement, au financement d’une ou plusieurs formations.</p>
        {}
    "#,
        solde,
        comme_agent,
        avant,
        dif,
        hors_plafond(droits),
        etat(droits.etat).map(|texte| html!(r#"<p class="alert">{}</p>"#, texte)),
        au,
        if droits.connu {
            " Les droits acquis au titre d’une année d’activité professionnelle sont crédités au cours du premier semestre de l’année suivante."
        } else {
            " Votre compte existe, et vous pourrez le suivre ici dès qu’un droit y sera inscrit."
        },
        if droits.connu || droits.dif_declare { suite() } else { pourquoi_rien(droits) },
    )
}

/// What is not counted under the ceiling.
fn hors_plafond(droits: &DroitsVus) -> Option<AnyView> {
    (!droits.hors_plafond.est_nul()).then(|| {
        html!(
            r#", et <span class="figure">{}</span> d’abondements et d’engagement citoyen"#,
            formats::euros(droits.hors_plafond)
        )
    })
}

fn suite() -> AnyView {
    html!(
        r#"
        <p class="actions">
            <a class="button" href="/mes-droits">Voir mes droits</a>
            <a class="button button--quiet" id="lien-historique" href="/historique">Voir mon historique</a>
        </p>
    "#
    )
}

fn pourquoi_rien(droits: &DroitsVus) -> AnyView {
    let annee = droits.au.annee();
    let clos = dif_clos(droits.fin_dif, droits.au);
    let (cette_annee, prochaine) = (annee.to_string(), (annee + 1).to_string());
    html!(
        r#"
        <section class="sheet sheet--ruled" aria-labelledby="pourquoi">
            <h2 id="pourquoi">Pourquoi 0&nbsp;€&#8239;?</h2>
            <p>
                Aucune activité n’est encore connue pour votre numéro de sécurité sociale. Trois raisons sont possibles.
            </p>
            <dl class="facts">
                <div>
                    <dt>Vous avez commencé à travailler cette année</dt>
                    <dd>Vos droits de {} seront inscrits au premier semestre {}. Rien à faire.</dd>
                </div>
                <div>
                    <dt>Votre employeur n’a pas encore déclaré votre activité</dt>
                    <dd>Demandez-lui de vérifier votre numéro de sécurité sociale dans ses déclarations.</dd>
                </div>
                <div>
                    <dt>Vous étiez salarié du privé avant 2015</dt>
                    <dd>
                        {} <a href="/dif">{}</a>
                    </dd>
                </div>
            </dl>
        </section>
    "#,
        cette_annee,
        prochaine,
        if clos {
            "Vos heures de DIF ne peuvent plus être déclarées."
        } else {
            "Vos heures de DIF se déclarent par vous-même, avec une attestation."
        },
        if clos { "Ce qui reste possible" } else { "Saisir mon DIF" },
    )
}

//! « Mon DIF » before and after its form: closed by the law, or recorded.
//! Nothing here can be sent.

use api::dif::{DifView, RecordedDif};
use domaine::droits::DifOffer;
use domaine::mesures::{Euros, Hours};
use leptos::prelude::*;
use markup::view;

use crate::browser::download;
use crate::components::dif::why_closed;
use crate::wording::formats;

/// Nothing can be added any more: why, and what can still be done. No form, as nothing would come of it.
pub(super) fn closed(dif: &DifView) -> AnyView {
    let stopped = dif.outlook.dif == DifOffer::AccountStopped;
    let declared_ones = (dif.hours > Hours::ZERO).then(|| {
        let said_ones = [&formats::hours_in_words(dif.hours), ", soit ", &formats::euros(dif.euros)].concat();
        view! { <p>"Vous aviez déclaré " <strong>{said_ones}</strong> "."</p> }
    });
    let (title, why) = if stopped {
        (
            "Votre compte ne reçoit plus de droits.",
            "Des heures de DIF ne peuvent donc plus s’y ajouter. Celles que vous aviez déclarées avant y restent inscrites.".into(),
        )
    } else {
        (
            "La déclaration du DIF est close.",
            [&why_closed(dif.end), " Les heures qui n’étaient pas déclarées ce jour-là ne donnent plus de droits."]
                .concat(),
        )
    };
    view! {
        <div class="sheet form">
            <p class="lede">{title}</p>
            <p>{why}</p>
            {declared_ones}
            <section class="sheet sheet--ruled" aria-labelledby="reste">
                <h2 id="reste">"Ce que vous pouvez encore faire"</h2>
                <dl class="facts">
                    {(!stopped).then(declared_before)}
                    <div>
                        <dt>"Une ligne de DIF vous semble fausse"</dt>
                        <dd>
                            "Ouvrez-la dans votre historique et contestez-la. "
                            <a href="/aide#erreur">"Comment faire"</a>
                        </dd>
                    </div>
                </dl>
            </section>
            <p class="actions">
                <a class="button button--quiet" href="/mes-droits">"Revenir à mes droits"</a>
            </p>
        </div>
    }
}

/// What becomes of hours that were declared in time.
fn declared_before() -> AnyView {
    view! {
        <div>
            <dt>"Vous les aviez déclarées ici à temps"</dt>
            <dd>
                "Elles restent inscrites et dépensables, sans limite de durée. "
                <a href="/historique">"Voir mon historique"</a>
            </dd>
        </div>
        <div>
            <dt>"Vous aviez un compte ailleurs avant la clôture"</dt>
            <dd>
                "Regardez s’il les compte déjà\u{a0}: déclarées alors, elles y sont toujours."
            </dd>
        </div>
    }
}

/// « La procédure est terminée. »
pub(super) fn finished(received: &RecordedDif) -> AnyView {
    let declaration = &received.declaration;
    let (hours, euros) = (formats::hours_in_words(declaration.hours), formats::euros(declaration.euros));
    let withheld = (received.withheld > Euros::ZERO).then(|| {
        let text = [
            "Votre compte a atteint son plafond : ",
            &formats::euros(received.withheld),
            " n’ont pas pu s’y ajouter. Votre historique le montre.",
        ];
        view! { <p>{text.concat()}</p> }
    });
    let written = if declaration.account {
        view! {
            <li class="steps__done">
                <strong>"Inscrite."</strong>
                " "
                <span class="soft">
                    "Une ligne s’est ajoutée à votre historique. Votre solde est de "
                    <span class="figure">{formats::euros(received.solde)}</span>
                    "."
                </span>
            </li>
        }
    } else {
        view! {
            <li>
                <strong>"À vérifier."</strong>
                " "
                <span class="soft">"Elle comptera quand quelqu’un de ce service aura vu votre attestation."</span>
            </li>
        }
    };
    view! {
        <div class="sheet">
            <h1 class="done" tabindex="-1">"La procédure est terminée"</h1>
            <p class="lede">
                "Votre déclaration de "
                {hours}
                ", soit "
                {euros}
                ", est enregistrée."
            </p>
            {withheld}
            <dl class="reference">
                <dt>"Référence"</dt>
                <dd translate="no" id="reference">{declaration.reference.clone()}</dd>
                <dt>"Enregistrée le"</dt>
                <dd>{formats::long_day(declaration.declared_on)}</dd>
                <dt>"Attestation"</dt>
                <dd>{declaration.piece.nom()}</dd>
            </dl>
            <aside class="note">
                <p>"Notez la référence ou imprimez cette page. Elle reste aussi dans votre historique."</p>
                <p class="no-print">
                    <button class="button button--quiet button--small" type="button" on:click=|_| download::print()>
                        "Imprimer cette page"
                    </button>
                </p>
            </aside>
            <section class="sheet" aria-labelledby="suite">
                <h2 id="suite">"Ce qui se passe maintenant"</h2>
                <ol class="steps">
                    <li class="steps__done">
                        <strong>"Enregistrée."</strong>
                        " "
                        <span class="soft">"Votre attestation est gardée chiffrée."</span>
                    </li>
                    {written}
                    <li>
                        <strong>"À garder."</strong>
                        " "
                        <span class="soft">
                            "Conservez l’original de l’attestation\u{a0}: elle reste à vérifier, et il peut vous être demandé."
                        </span>
                    </li>
                </ol>
            </section>
            <p class="actions">
                <a class="button" href="/solde">"Voir mon solde"</a>
                <a class="button button--quiet" id="lien-historique" href="/historique">
                    "Suivre dans mon historique"
                </a>
            </p>
        </div>
    }
}

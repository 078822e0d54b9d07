//! The yellow box, the one highlight of the page; a plain word in its place where a DIF cannot be declared, or would add
//! nothing today.

use domaine::bareme::{Bareme, Source};
use domaine::droits::{DifOffer, Outlook};
use domaine::mesures::Day;
use leptos::prelude::*;

use crate::wording::formats;
use markup::view;

/// « La loi a clos la déclaration du DIF le 30 juin 2021… », or who closed it when that is another day.
pub fn why_closed(end: Option<Day>) -> String {
    let loi = formats::long_day(Bareme::LEGAL_DIF_END);
    let article = [" (ordonnance n°\u{a0}2019-861, ", Source::DIF.article, ")."].concat();
    let end = end.unwrap_or(Bareme::LEGAL_DIF_END);
    if end == Bareme::LEGAL_DIF_END {
        return ["La loi a clos la déclaration du DIF le ", &loi, &article].concat();
    }
    [
        "Ce service a clos la déclaration du DIF le ",
        &formats::long_day(end),
        ". La loi l’avait close le ",
        &loi,
        &article,
    ]
    .concat()
}

/// « Vous étiez salarié du privé avant le 31 décembre 2014 ? », and where to go; what is true instead for a full
/// account, and nothing for one that takes no right any more.
pub fn dif_box(outlook: &Outlook, end: Option<Day>) -> AnyView {
    match outlook.dif {
        DifOffer::Open => view! {
            <section class="sun" aria-labelledby="dif-titre">
                <h2 id="dif-titre">"Vous étiez salarié du privé avant le 31 décembre 2014\u{202f}?"</h2>
                <p>
                    {if outlook.in_hours {
                        "Vos heures de DIF valent 15\u{a0}€ chacune et s’ajoutent en euros, à côté de vos heures d’agent public."
                    } else {
                        "Vos heures de DIF valent 15\u{a0}€ chacune et s’ajoutent à votre solde."
                    }}
                </p>
                <p><a class="button" id="lien-dif" href="/dif">"Saisir mon DIF"</a></p>
            </section>
        },
        DifOffer::NoRoom => {
            let before =
                end.map(|end| [" Dernier jour pour les déclarer\u{a0}: ", &formats::long_day(end), "."].concat());
            view! {
                <section class="note" aria-labelledby="dif-titre">
                    <h2 class="note__title" id="dif-titre">"Vous avez des heures de DIF d’avant 2015\u{202f}?"</h2>
                    <p>
                        "Elles n’y ajouteraient rien aujourd’hui. Elles s’ajouteront si vous les déclarez après avoir dépensé une partie de votre solde."
                        {before}
                    </p>
                    <p><a id="lien-dif" href="/dif">"Déclarer quand même mon DIF"</a></p>
                </section>
            }
        }
        DifOffer::PastLastDay => view! {
            <section class="note" aria-labelledby="dif-titre">
                <h2 class="note__title" id="dif-titre">"Le DIF ne se déclare plus"</h2>
                <p>{why_closed(end)}</p>
                <p><a id="lien-dif" href="/dif">"Ce que vous pouvez encore faire"</a></p>
            </section>
        },
        DifOffer::AccountStopped => ().into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_law_closed_and_what_this_service_closed_are_told_apart() {
        let loi = why_closed(Some(Day::date(2021, 6, 30)));
        assert!(loi.starts_with("La loi") && loi.contains("2019-861"), "{loi}");
        let service = why_closed(Some(Day::date(2026, 1, 31)));
        assert!(service.contains("31\u{a0}janvier 2026") && service.contains("30\u{a0}juin 2021"), "{service}");
    }
}

//! The yellow box, the one highlight of the page; once the DIF is closed, a plain word in its place.

use domaine::bareme::{Bareme, Source};
use domaine::mesures::Day;
use leptos::prelude::*;

use crate::wording::formats;
use markup::view;

/// Whether a DIF can no longer be declared on that day.
pub fn dif_closed(end: Option<Day>, as_of: Day) -> bool {
    end.is_some_and(|end| end < as_of)
}

/// « La loi a clos la déclaration du DIF le 30 juin 2021… », or who closed it when that is another day.
pub fn why_closed(end: Day) -> String {
    let loi = formats::long_day(Bareme::LEGAL_DIF_END);
    let article = [" (ordonnance n°\u{a0}2019-861, ", Source::DIF.article, ")."].concat();
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

/// « Vous étiez salarié du privé avant le 31 décembre 2014 ? », and where to go.
pub fn dif_checkbox(end: Option<Day>, as_of: Day) -> AnyView {
    if let Some(end) = end.filter(|_| dif_closed(end, as_of)) {
        return view! {
            <section class="note" aria-labelledby="dif-titre">
                <h2 class="note__title" id="dif-titre">"Le DIF ne se déclare plus"</h2>
                <p>{why_closed(end)}</p>
                <p><a id="lien-dif" href="/dif">"Ce que vous pouvez encore faire"</a></p>
            </section>
        };
    }
    view! {
        <section class="sun" aria-labelledby="dif-titre">
            <h2 id="dif-titre">"Vous étiez salarié du privé avant le 31 décembre 2014\u{202f}?"</h2>
            <p>"Vos heures de DIF valent 15\u{a0}€ chacune et s’ajoutent à votre solde."</p>
            <p><a class="button" id="lien-dif" href="/dif">"Saisir mon DIF"</a></p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_open_and_the_day_after_is_not() {
        let end = Some(Day::date(2021, 6, 30));
        assert!(!dif_closed(end, Day::date(2021, 6, 30)));
        assert!(dif_closed(end, Day::date(2021, 7, 1)));
        assert!(!dif_closed(None, Day::date(2026, 11, 23)));
    }

    #[test]
    fn what_the_law_closed_and_what_this_service_closed_are_told_apart() {
        let loi = why_closed(Day::date(2021, 6, 30));
        assert!(loi.starts_with("La loi") && loi.contains("2019-861"), "{loi}");
        let service = why_closed(Day::date(2026, 1, 31));
        assert!(service.contains("31\u{a0}janvier 2026") && service.contains("30\u{a0}juin 2021"), "{service}");
    }
}

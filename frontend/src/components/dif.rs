//! The yellow box, the one highlight of the page; once the DIF is closed, a plain word in its place.

use domaine::bareme::{Bareme, Source};
use domaine::mesures::Jour;
use leptos::prelude::*;

use crate::wording::formats;
use markup::view;

/// Whether a DIF can no longer be declared on that day.
pub fn dif_clos(fin: Option<Jour>, au: Jour) -> bool {
    fin.is_some_and(|fin| fin < au)
}

/// « La loi a clos la déclaration du DIF le 30 juin 2021… », or who closed it when that is another day.
pub fn pourquoi_clos(fin: Jour) -> String {
    let loi = formats::jour_long(Bareme::FIN_LEGALE_DU_DIF);
    let article = [" (ordonnance n°\u{a0}2019-861, ", Source::DIF.article, ")."].concat();
    if fin == Bareme::FIN_LEGALE_DU_DIF {
        return ["La loi a clos la déclaration du DIF le ", &loi, &article].concat();
    }
    [
        "Ce service a clos la déclaration du DIF le ",
        &formats::jour_long(fin),
        ". La loi l’avait close le ",
        &loi,
        &article,
    ]
    .concat()
}

/// « Vous étiez salarié du privé avant le 31 décembre 2014 ? », and where to go.
pub fn case_dif(fin: Option<Jour>, au: Jour) -> AnyView {
    if let Some(fin) = fin.filter(|_| dif_clos(fin, au)) {
        return view! {
            <section class="note" aria-labelledby="dif-titre">
                <h2 class="note__title" id="dif-titre">"Le DIF ne se déclare plus"</h2>
                <p>{pourquoi_clos(fin)}</p>
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
        let fin = Some(Jour::date(2021, 6, 30));
        assert!(!dif_clos(fin, Jour::date(2021, 6, 30)));
        assert!(dif_clos(fin, Jour::date(2021, 7, 1)));
        assert!(!dif_clos(None, Jour::date(2026, 11, 23)));
    }

    #[test]
    fn what_the_law_closed_and_what_this_service_closed_are_told_apart() {
        let loi = pourquoi_clos(Jour::date(2021, 6, 30));
        assert!(loi.starts_with("La loi") && loi.contains("2019-861"), "{loi}");
        let service = pourquoi_clos(Jour::date(2026, 1, 31));
        assert!(service.contains("31\u{a0}janvier 2026") && service.contains("30\u{a0}juin 2021"), "{service}");
    }
}

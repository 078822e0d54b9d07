//! The pages that are read: terms, privacy, accessibility, legal notice, help. Their text is a fragment served apart,
//! so that only who opens one pays for it.

use std::cell::Cell;

use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use crate::browser::{address, clock, dom};
use crate::components::{alert, skeleton};
use crate::failure::ApiFailure;
use crate::follow::follow;
use crate::net::client;

/// The text itself when the first paint is written natively; the browser asks for it.
macro_rules! native {
    ($nom:literal) => {
        if cfg!(feature = "ssr") { Some(include_str!(concat!("../../prose/", $nom, ".html"))) } else { None }
    };
}

/// « Conditions générales d’utilisation ».
pub fn cgu() -> AnyView {
    prose("Conditions générales d’utilisation", "/prose/cgu.html", native!("cgu"))
}

/// « Protection des données personnelles ».
pub fn personal_data() -> AnyView {
    prose("Protection des données personnelles", "/prose/donnees-personnelles.html", native!("donnees-personnelles"))
}

/// « Accessibilité ».
pub fn accessibilite() -> AnyView {
    prose("Accessibilité", "/prose/accessibilite.html", native!("accessibilite"))
}

/// « Mentions légales ».
pub fn legal_notice() -> AnyView {
    prose("Mentions légales", "/prose/mentions-legales.html", native!("mentions-legales"))
}

/// « Aide ».
pub fn aide() -> AnyView {
    prose("Aide", "/prose/aide.html", native!("aide"))
}

thread_local! {
    static ALREADY_THERE: Cell<Option<String>> = const { Cell::new(None) };
}

/// Keeps the text of the first paint, so that it is neither asked for nor blinks when the page takes over.
pub fn keep() {
    let text = dom::document().and_then(|d| d.query_selector(".prose").ok().flatten());
    ALREADY_THERE.set(text.map(|text| text.inner_html()));
}

fn prose(title: &'static str, address: &'static str, native: Option<&'static str>) -> AnyView {
    let known = native.map(str::to_owned).or_else(|| ALREADY_THERE.take());
    let to_read = known.is_none();
    let text = RwSignal::new(known.map(Ok));
    let read = move || {
        spawn_local(async move {
            let loaded = client::fragment(address).await;
            let _part = text.try_set(Some(loaded));
        });
    };
    follow(move || {
        if to_read {
            read();
        }
    });
    let body = move || {
        text.with(|text| match text {
            None => skeleton::bars(),
            Some(Ok(text)) => {
                clock::soon(address::go_to_anchor);
                view! { <div class="prose" inner_html=text.clone()></div> }
            }
            Some(Err(failure)) => unavailable(failure, read),
        })
    };
    view! {
        <div class="sheet">
            <h1 tabindex="-1">{title}</h1>
            {body}
        </div>
    }
}

fn unavailable(failure: &ApiFailure, read: impl Fn() + 'static) -> AnyView {
    alert::unavailable("Cette page n’a pas pu être lue", failure, read)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::wording::compose::spacing_faute;

    /// How many criteria each theme of RGAA 4.1.2 has.
    const CRITERIA: [usize; 13] = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12];
    const TABLE: &str = include_str!("../../../docs/accessibilite.md");
    const SCREEN: &str = include_str!("../../prose/accessibilite.html");

    /// Number, verdict and reason of each criterion.
    fn rows() -> Vec<[&'static str; 3]> {
        let cells = |line: &'static str| line.split('|').map(str::trim).collect::<Vec<_>>();
        let rows = TABLE.lines().map(cells).filter(|cells| cells.len() == 6);
        let rows = rows.filter(|cells| cells[1].starts_with(|c: char| c.is_ascii_digit()));
        rows.map(|cells| [cells[1], cells[3], cells[4]]).collect()
    }

    #[test]
    fn no_line_of_a_page_of_text_breaks_in_a_number_or_before_a_sign() {
        for prose in [
            include_str!("../../prose/aide.html"),
            include_str!("../../prose/cgu.html"),
            include_str!("../../prose/donnees-personnelles.html"),
            include_str!("../../prose/mentions-legales.html"),
            SCREEN,
        ] {
            for text in prose.split('<').filter_map(|rest| rest.split_once('>')).map(|(_, text)| text) {
                assert_eq!(spacing_faute(text), None, "{text}");
            }
        }
    }

    #[test]
    fn each_of_the_106_criteria_is_judged_once_in_order_and_says_what_decided() {
        let expected = (1..).zip(CRITERIA).flat_map(|(theme, count)| (1..=count).map(move |n| format!("{theme}.{n}")));
        let expected: Vec<String> = expected.collect();
        assert_eq!(expected.len(), 106);
        assert_eq!(rows().iter().map(|[number, ..]| *number).collect::<Vec<_>>(), expected);
        for [number, verdict, reason] in rows() {
            assert!(["C", "NC", "NA"].contains(&verdict), "{number}: {verdict}");
            assert!(!reason.is_empty(), "{number} says nothing of what decided");
        }
    }

    #[test]
    fn the_tests_that_decided_are_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let named = TABLE.split('`').skip(1).step_by(2).filter(|name| name.contains('/') && name.contains('.'));
        let named: Vec<_> = named.collect();
        assert!(named.len() > 10, "{named:?}");
        for name in named {
            assert!(root.join(name).is_file() || name.starts_with('/'), "{name} is not in the project");
        }
    }

    #[test]
    fn the_rate_that_the_screen_publishes_is_that_of_the_table_cut_to_the_tenth() {
        let count = |wanted: &str| rows().iter().filter(|[_, verdict, _]| *verdict == wanted).count();
        let (met, missed) = (count("C"), count("NC"));
        let thousandths = met * 1_000 / (met + missed);
        let rate = format!("{},{}", thousandths / 10, thousandths % 10);
        let sum = format!("{met} sur {}", met + missed);
        let day = TABLE.split_once("Autoévaluation du ").and_then(|(_, rest)| rest.split_once(',')).map(|(day, _)| day);
        let day = day.expect("a day");
        assert!(TABLE.contains(&format!("**{rate} % ")) && TABLE.contains(&sum), "{rate} %, {sum}");
        assert!(TABLE.contains(&format!("{} ne s’appliquent pas", count("NA"))));
        for said in [format!("{rate}\u{a0}% "), sum, format!("autoévaluation du {day}"), "pas un audit".into()] {
            assert!(SCREEN.contains(&said), "the screen does not say « {said} »");
        }
    }
}

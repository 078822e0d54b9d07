//! Which lines of the history are shown: all, those of a year, or those of a kind. The address says which, so that a
//! reload, or a link that was kept, finds them again. The files and the drawing hold them all.

use domaine::droits::{Destinataire, Ligne, Motif};
use leptos::prelude::*;
use markup::view;

use super::{Screen, dispute};
use crate::browser::address;
use crate::components::releve::{ledger, row};

/// What changed: every line of a day on which one was corrected.
const CORRECTIONS: &str = "corrections";

/// Its kind: a word for the address, a name for the screen. No `_` arm.
const fn kind(ligne: &Ligne) -> (&'static str, &'static str) {
    match ligne.motif {
        Motif::FullYear { .. } | Motif::PartialYear { .. } | Motif::YearWithoutCredit { .. } => {
            ("travail", "Années de travail")
        }
        Motif::Dif { .. } | Motif::DifTooLate { .. } => ("dif", "DIF"),
        Motif::Engagement(_) | Motif::Abondement(_) | Motif::ExpiredAbondement(_) => {
            ("ajouts", "Abondements et engagement citoyen")
        }
        Motif::Depense(_) | Motif::UncoveredDepense(_) => ("formations", "Formations payées"),
        Motif::ConvertedHours { .. } | Motif::Conversion { .. } | Motif::Closing => {
            ("conversions", "Conversions et clôture")
        }
        Motif::Contrepassation { .. } => (CORRECTIONS, "Corrections"),
    }
}

/// What can be asked for of these lines: the word for the address and the name, newest year first.
fn choices<'l>(lignes: impl DoubleEndedIterator<Item = &'l Ligne> + Clone) -> Vec<(String, String)> {
    let years = lignes.clone().rev().map(|ligne| {
        let year = ligne.date.year().to_string();
        let said = ["En ", &year].concat();
        (year, said)
    });
    let kinds = lignes.map(|ligne| {
        let (word, said) = kind(ligne);
        (word.to_owned(), said.to_owned())
    });
    let mut choices = Vec::new();
    for choice in years.chain(kinds) {
        if !choices.contains(&choice) {
            choices.push(choice);
        }
    }
    choices
}

/// Whether that choice shows this line, one of these.
fn shows<'l>(choice: &str, ligne: &Ligne, mut lignes: impl Iterator<Item = &'l Ligne>) -> bool {
    choice.is_empty()
        || choice == kind(ligne).0
        || choice == ligne.date.year().to_string()
        || (choice == CORRECTIONS && lignes.any(|other| other.date == ligne.date && kind(other).0 == CORRECTIONS))
}

/// The choice, and the lines that it shows.
pub(super) fn lines(screen: Screen) -> AnyView {
    let offered =
        screen.historique.with(|historique| choices(historique.releve.lignes.iter().chain(&historique.releve.earned)));
    let offered = offered.unwrap_or_default();
    let known = |wanted: &str| offered.iter().any(|(word, _)| word == wanted);
    let wanted = address::anchor();
    let choice = RwSignal::new(if known(&wanted) { wanted } else { String::new() });
    let counted = RwSignal::new(String::new());
    let choose = move |event: web_sys::Event| {
        let wanted = event_target_value(&event);
        address::rename(&["/historique", if wanted.is_empty() { "" } else { "#" }, &wanted].concat());
        choice.set(wanted);
    };
    let offered: Vec<_> = offered.into_iter().map(|(word, said)| option(choice, word, said)).collect();
    let shown = move || {
        screen.historique.with(|historique| {
            let releve = &historique.releve;
            let choice = choice.read();
            let all = || releve.lignes.iter().chain(&releve.earned);
            let shown = all().zip(releve.markers()).enumerate().filter(|(_, (ligne, _))| shows(&choice, ligne, all()));
            let mut rows: Vec<_> = shown
                .map(|(index, (ligne, marker))| {
                    let destinataire = Destinataire::of(&ligne.motif);
                    row(index, ligne, releve, move |name| dispute(screen, marker, destinataire, name))
                })
                .collect();
            rows.reverse();
            let said = if rows.len() > 1 { " lignes sur " } else { " ligne sur " };
            let count = [&rows.len().to_string(), said, &all().count().to_string()].concat();
            counted.set(if choice.is_empty() { String::new() } else { count });
            ledger(rows, releve)
        })
    };
    view! {
        <div class="actions">
            <label class="field__label no-print" for="montrer">"Montrer"</label>
            <select class="field__input no-print" id="montrer" on:change=choose>
                <option value="">"Toutes les lignes"</option>
                {offered}
            </select>
            <span class="soft" role="status">{move || counted.get()}</span>
        </div>
        {shown}
    }
}

fn option(choice: RwSignal<String>, word: String, said: String) -> AnyView {
    let chosen = *choice.read_untracked() == word;
    view! { <option value=word prop:selected=move || chosen>{said}</option> }
}

#[cfg(test)]
mod tests {
    use domaine::bareme::Bareme;
    use domaine::droits::{Raison, calculate};
    use domaine::examples::PEOPLE;
    use domaine::mesures::Day;

    use super::*;

    #[test]
    fn each_line_is_shown_by_its_year_by_its_kind_and_by_no_other_choice() {
        for person in PEOPLE {
            let releve = calculate(&person.situation(), Day::date(2026, 3, 1), &Bareme::IN_FORCE);
            let all = || releve.lignes.iter().chain(&releve.earned);
            let choices = choices(all());
            for ligne in all() {
                let showing = choices.iter().filter(|(word, _)| shows(word, ligne, all()));
                let showing: Vec<_> = showing.map(|(word, _)| word.as_str()).collect();
                assert_eq!(showing, [&*ligne.date.year().to_string(), kind(ligne).0], "{}", person.nom_naissance);
                assert!(shows("", ligne, all()));
            }
            assert!(choices.iter().all(|(word, _)| all().any(|ligne| shows(word, ligne, all()))));
        }
    }

    #[test]
    fn corrections_show_all_that_a_correction_wrote_on_its_day() {
        let person = PEOPLE.iter().find(|person| person.nom_naissance == "Pat-Trois").expect("she is of the cast");
        let mut lignes = calculate(&person.situation(), Day::date(2021, 11, 23), &Bareme::IN_FORCE).lignes;
        let last = lignes.last().expect("she has lines").clone();
        let of = last.date;
        let motif = Motif::Contrepassation { of, raison: Raison::Retraite, year: None };
        lignes.push(Ligne { date: Day::date(2021, 9, 1), motif, ..last.clone() });
        lignes.push(Ligne { date: Day::date(2021, 9, 1), ..last });
        let shown = lignes.iter().filter(|ligne| shows(CORRECTIONS, ligne, lignes.iter()));
        assert_eq!(shown.map(|ligne| ligne.date).collect::<Vec<_>>(), [Day::date(2021, 9, 1); 2]);
        assert!(choices(lignes.iter()).contains(&(CORRECTIONS.into(), "Corrections".into())));
    }
}

//! The rights year by year: bars under a ceiling, and the same figures as a table.

use domaine::droits::{Ligne, Montant, Motif, Poche, Releve};
use domaine::mesures::{Day, Euros, Hours};
use leptos::prelude::*;

use crate::wording::formats;
use markup::view;

/// What a bar is made of, from the ground up: its class, and its name. The last was there and is spent.
const PARTS: [(&str, &str); 5] = [
    ("carried", "déjà acquis"),
    ("credit", "crédité dans l’année"),
    ("dif", "DIF"),
    ("others", "abondements et engagement citoyen"),
    ("spent", "dépensé dans l’année"),
];

/// What two of them are filled with, besides their colour: nobody needs to see it. The other three are empty and edged,
/// full, and empty with a broken edge.
const PATTERNS: &str = "<pattern id=\"trame-dif\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\"><path class=\"drawing__ground\" d=\"M0 0h7v7H0z\"/><path class=\"drawing__grain\" d=\"M2 2h3v3H2z\"/></pattern><pattern id=\"trame-others\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path class=\"drawing__stripe\" d=\"M0 0h2.500v6H0z\"/></pattern>";

/// What a drawing counts: cents, or hours for an account that never held a euro.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Centimes,
    Hours,
}

impl Unit {
    pub(super) fn of(releve: &Releve) -> Self {
        let without_euros = releve.lignes.iter().all(|ligne| ligne.montant.is_zero());
        if without_euros && releve.lignes.iter().any(|ligne| !ligne.hours.is_zero()) {
            Self::Hours
        } else {
            Self::Centimes
        }
    }

    fn count(self, ligne: &Ligne) -> i64 {
        match self {
            Self::Centimes => ligne.montant.centimes(),
            Self::Hours => i64::from(ligne.hours.count()),
        }
    }

    pub(super) fn solde(self, releve: &Releve) -> i64 {
        match self {
            Self::Centimes => releve.solde.centimes(),
            Self::Hours => i64::from(releve.solde_hours.count()),
        }
    }

    /// The last ceiling that applied.
    pub(super) fn plafond(self, releve: &Releve) -> i64 {
        let to_hours = |ligne: &Ligne| match ligne.plafond {
            Some(Montant::Hours(hours)) => Some(i64::from(hours.count())),
            _ => None,
        };
        match self {
            Self::Centimes => releve.plafond.centimes(),
            Self::Hours => releve.lignes.iter().rev().find_map(to_hours).unwrap_or(0),
        }
    }

    pub(super) fn say(self, value: i64) -> String {
        match self {
            Self::Centimes => formats::euros(Euros::from_centimes(value)),
            Self::Hours => formats::hours(Hours::new(u32::try_from(value).unwrap_or(0))),
        }
    }
}

/// A year of the drawing, at its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct YearEnd {
    pub year: u16,
    /// As in [`PARTS`]; all but the last add up to the balance.
    pub parts: [i64; 5],
    pub solde: i64,
}

/// Each year from the first line to the day of the statement.
pub(super) fn year_ends(lignes: &[Ligne], as_of: Day, unit: Unit) -> Vec<YearEnd> {
    let Some(first) = lignes.first() else { return Vec::new() };
    let (mut dif, mut tiers, mut solde) = (0, 0, 0);
    (first.date.year()..=as_of.year())
        .map(|year| {
            let (mut credited, mut depense) = (0, 0);
            for ligne in lignes.iter().filter(|ligne| ligne.date.year() == year) {
                let montant = unit.count(ligne);
                solde += montant;
                match ligne.poche {
                    Poche::Dif => dif += montant,
                    Poche::Cec | Poche::Abondement => tiers += montant,
                    Poche::Cpf => {}
                }
                if matches!(ligne.motif, Motif::Depense(_)) {
                    depense -= montant;
                } else if ligne.poche == Poche::Cpf {
                    credited += montant;
                }
            }
            let cpf = (solde - dif - tiers).max(0);
            let credited = credited.min(cpf).max(0);
            YearEnd { year, parts: [cpf - credited, credited, dif, tiers, depense], solde }
        })
        .collect()
}

/// A share of the whole in tenths of a hundredth, written for SVG: « 83.8% ».
pub(super) fn part(value: i64, all: i64) -> String {
    let thousandths = (value.max(0) * 1_000 + all / 2).checked_div(all).unwrap_or(0);
    [&(thousandths / 10).to_string(), ".", &(thousandths % 10).to_string(), "%"].concat()
}

/// The rights year by year under the ceiling; the same figures as a table for who does not see it, and on paper.
pub fn chart(releve: &Releve) -> AnyView {
    let unit = Unit::of(releve);
    let (solde, plafond) = (unit.solde(releve), unit.plafond(releve));
    let years = year_ends(&releve.lignes, releve.as_of, unit);
    let top = years.iter().map(|end| end.parts.iter().sum()).chain([solde]).fold(plafond, i64::max);
    let count = i64::try_from(years.len()).unwrap_or(1);
    let from_top = |montant: i64| part(top - montant, top);
    let mut bars = String::new();
    for (end, index) in years.iter().zip(0..) {
        let (x, width) = (part(index, count), part(1, count));
        let mut peak = 0;
        for (montant, (class, _)) in end.parts.into_iter().zip(PARTS) {
            if montant <= 0 {
                continue;
            }
            peak += montant;
            let (y, height) = (from_top(peak), part(montant, top));
            for chunk in [
                "<rect class=\"drawing__",
                class,
                "\" fill=\"url(#trame-",
                class,
                ")\" x=\"",
                &x,
                "\" width=\"",
                &width,
                "\" y=\"",
                &y,
                "\" height=\"",
                &height,
                "\"></rect>",
            ] {
                bars.push_str(chunk);
            }
        }
    }
    // The figure stands above the columns that it would cross on a narrow screen: what was spent is one of them.
    let under = years.iter().rev().take(4).map(|end| end.parts.iter().sum()).fold(solde, i64::max);
    let belt = from_top(plafond);
    let plafond = match unit {
        Unit::Centimes => formats::round_euros(releve.plafond),
        Unit::Hours => unit.say(plafond),
    };
    let plafond = ["plafond ", &plafond].concat();
    // At the ceiling the two words would stand on one another, and say the same.
    let value = (under * 6 < top * 5).then(|| {
        let (y, montant) = (from_top(under), unit.say(solde));
        ["<text class=\"drawing__value\" x=\"100%\" dy=\"-.5em\" y=\"", &y, "\">", &montant, "</text>"].concat()
    });
    // Only what there is has a colour, a key and a column.
    let present = || {
        let years = &years;
        (0..PARTS.len()).filter(move |index| years.iter().any(|end| end.parts[*index] != 0))
    };
    let keys = present().map(|index| {
        let (class, nom) = PARTS[index];
        view! { <span class=["drawing__key-", class].concat()>{nom}</span> }
    });
    let columns = present().map(|index| view! { <th scope="col">{PARTS[index].1}</th> });
    let readings = years.iter().map(|end| {
        let checkboxes = present().map(|index| end.parts[index]).chain([end.solde]);
        let checkboxes = checkboxes.map(|montant| view! { <td>{unit.say(montant)}</td> }).collect::<Vec<_>>();
        view! {
            <tr>
                <th scope="row">{end.year.to_string()}</th>
                {checkboxes}
            </tr>
        }
    });
    // Counted from the last: at most twelve are written, and at most six on a telephone.
    let step = years.len().div_ceil(12);
    let written_ones = years.iter().rev().enumerate().map(|(index, end)| {
        let year = if index.is_multiple_of(step) { end.year.to_string() } else { String::new() };
        let class = if years.len() > 6 && index / step % 2 == 1 { "drawing__wide" } else { "" };
        view! { <li class=class>{year}</li> }
    });
    let mut written_ones = written_ones.collect::<Vec<_>>();
    written_ones.reverse();
    view! {
        <figure class="drawing">
            <svg class="drawing__plot" aria-hidden="true">
                <line class="drawing__ceiling" x1="0" x2="100%" y1=belt.clone() y2=belt.clone()/>
                <text x="100%" y=belt dy="-.5em">{plafond.clone()}</text>
                <g inner_html=[PATTERNS, &bars, &value.unwrap_or_default()].concat()></g>
            </svg>
            <ol class="drawing__years" aria-hidden="true">{written_ones}</ol>
            <figcaption class="drawing__key" aria-hidden="true">{keys.collect::<Vec<_>>()}</figcaption>
            <div class="visually-hidden">
                <table>
                    <caption>"Solde année par année, " {plafond}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Année"</th>
                            {columns.collect::<Vec<_>>()}
                            <th scope="col">"solde en fin d’année"</th>
                        </tr>
                    </thead>
                    <tbody>{readings.collect::<Vec<_>>()}</tbody>
                </table>
            </div>
        </figure>
    }
}

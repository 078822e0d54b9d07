//! The rights year by year: bars under a ceiling, and the same figures as a table.

use domaine::droits::{Ligne, Montant, Motif, Poche, Releve};
use domaine::mesures::{Euros, Heures, Jour};
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

/// What a drawing counts: cents, or hours for an account that never held a euro.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unite {
    Centimes,
    Heures,
}

impl Unite {
    pub(super) fn de(releve: &Releve) -> Self {
        let sans_euros = releve.lignes.iter().all(|ligne| ligne.montant.est_nul());
        if sans_euros && releve.lignes.iter().any(|ligne| !ligne.heures.est_nulle()) {
            Self::Heures
        } else {
            Self::Centimes
        }
    }

    fn compter(self, ligne: &Ligne) -> i64 {
        match self {
            Self::Centimes => ligne.montant.centimes(),
            Self::Heures => i64::from(ligne.heures.nombre()),
        }
    }

    pub(super) fn solde(self, releve: &Releve) -> i64 {
        match self {
            Self::Centimes => releve.solde.centimes(),
            Self::Heures => i64::from(releve.solde_heures.nombre()),
        }
    }

    /// The last ceiling that applied.
    pub(super) fn plafond(self, releve: &Releve) -> i64 {
        let en_heures = |ligne: &Ligne| match ligne.plafond {
            Some(Montant::Heures(heures)) => Some(i64::from(heures.nombre())),
            _ => None,
        };
        match self {
            Self::Centimes => releve.plafond.centimes(),
            Self::Heures => releve.lignes.iter().rev().find_map(en_heures).unwrap_or(0),
        }
    }

    pub(super) fn dire(self, valeur: i64) -> String {
        match self {
            Self::Centimes => formats::euros(Euros::de_centimes(valeur)),
            Self::Heures => formats::heures(Heures::new(u32::try_from(valeur).unwrap_or(0))),
        }
    }
}

/// A year of the drawing, at its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FinDAnnee {
    pub annee: u16,
    /// As in [`PARTS`]; all but the last add up to the balance.
    pub parts: [i64; 5],
    pub solde: i64,
}

/// Each year from the first line to the day of the statement.
pub(super) fn fins_d_annee(lignes: &[Ligne], au: Jour, unite: Unite) -> Vec<FinDAnnee> {
    let Some(premiere) = lignes.first() else { return Vec::new() };
    let (mut dif, mut tiers, mut solde) = (0, 0, 0);
    (premiere.date.annee()..=au.annee())
        .map(|annee| {
            let (mut credite, mut depense) = (0, 0);
            for ligne in lignes.iter().filter(|ligne| ligne.date.annee() == annee) {
                let montant = unite.compter(ligne);
                solde += montant;
                match ligne.poche {
                    Poche::Dif => dif += montant,
                    Poche::Cec | Poche::Abondement => tiers += montant,
                    Poche::Cpf => {}
                }
                if matches!(ligne.motif, Motif::Depense(_)) {
                    depense -= montant;
                } else if ligne.poche == Poche::Cpf {
                    credite += montant;
                }
            }
            let cpf = (solde - dif - tiers).max(0);
            let credite = credite.min(cpf).max(0);
            FinDAnnee { annee, parts: [cpf - credite, credite, dif, tiers, depense], solde }
        })
        .collect()
}

/// A share of the whole in tenths of a hundredth, written for SVG: « 83.8% ».
pub(super) fn part(valeur: i64, tout: i64) -> String {
    let milliemes = (valeur.max(0) * 1_000 + tout / 2).checked_div(tout).unwrap_or(0);
    [&(milliemes / 10).to_string(), ".", &(milliemes % 10).to_string(), "%"].concat()
}

/// The rights year by year under the ceiling; the same figures as a table for who does not see it, and on paper.
pub fn dessin(releve: &Releve) -> AnyView {
    let unite = Unite::de(releve);
    let (solde, plafond) = (unite.solde(releve), unite.plafond(releve));
    let annees = fins_d_annee(&releve.lignes, releve.au, unite);
    let haut = annees.iter().map(|fin| fin.parts.iter().sum()).chain([solde]).fold(plafond, i64::max);
    let nombre = i64::try_from(annees.len()).unwrap_or(1);
    let depuis_le_haut = |montant: i64| part(haut - montant, haut);
    let mut barres = String::new();
    for (fin, rang) in annees.iter().zip(0..) {
        let (x, largeur) = (part(rang, nombre), part(1, nombre));
        let mut sommet = 0;
        for (montant, (classe, _)) in fin.parts.into_iter().zip(PARTS) {
            if montant <= 0 {
                continue;
            }
            sommet += montant;
            let (y, hauteur) = (depuis_le_haut(sommet), part(montant, haut));
            for morceau in [
                "<rect class=\"drawing__",
                classe,
                "\" x=\"",
                &x,
                "\" width=\"",
                &largeur,
                "\" y=\"",
                &y,
                "\" height=\"",
                &hauteur,
                "\"></rect>",
            ] {
                barres.push_str(morceau);
            }
        }
    }
    let ceinture = depuis_le_haut(plafond);
    let plafond = match unite {
        Unite::Centimes => formats::euros_ronds(releve.plafond),
        Unite::Heures => unite.dire(plafond),
    };
    let plafond = ["plafond ", &plafond].concat();
    // At the ceiling the two words would stand on one another, and say the same.
    let valeur = (solde * 10 < haut * 9).then(|| {
        let (y, montant) = (depuis_le_haut(solde), unite.dire(solde));
        ["<text class=\"drawing__value\" x=\"100%\" dy=\"-.5em\" y=\"", &y, "\">", &montant, "</text>"].concat()
    });
    // Only what there is has a colour, a key and a column.
    let presentes = || {
        let annees = &annees;
        (0..PARTS.len()).filter(move |rang| annees.iter().any(|fin| fin.parts[*rang] != 0))
    };
    let cles = presentes().map(|rang| {
        let (classe, nom) = PARTS[rang];
        view! { <span class=["drawing__key-", classe].concat()>{nom}</span> }
    });
    let colonnes = presentes().map(|rang| view! { <th scope="col">{PARTS[rang].1}</th> });
    let lues = annees.iter().map(|fin| {
        let cases = presentes().map(|rang| fin.parts[rang]).chain([fin.solde]);
        let cases = cases.map(|montant| view! { <td>{unite.dire(montant)}</td> }).collect::<Vec<_>>();
        view! {
            <tr>
                <th scope="row">{fin.annee.to_string()}</th>
                {cases}
            </tr>
        }
    });
    let ecrites = annees.iter().map(|fin| view! { <li>{fin.annee.to_string()}</li> }).collect::<Vec<_>>();
    let beaucoup = annees.len() > 6;
    view! {
        <figure class="drawing">
            <svg class="drawing__plot" aria-hidden="true">
                <line class="drawing__ceiling" x1="0" x2="100%" y1=ceinture.clone() y2=ceinture.clone()/>
                <text x="100%" y=ceinture dy="-.5em">{plafond.clone()}</text>
                <g inner_html=barres + &valeur.unwrap_or_default()></g>
            </svg>
            <ol
                class={if beaucoup { "drawing__years drawing__years--many" } else { "drawing__years" }}
                aria-hidden="true"
            >
                {ecrites}
            </ol>
            <figcaption class="drawing__key" aria-hidden="true">{cles.collect::<Vec<_>>()}</figcaption>
            <div class="visually-hidden">
                <table>
                    <caption>"Solde année par année, " {plafond}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Année"</th>
                            {colonnes.collect::<Vec<_>>()}
                            <th scope="col">"solde en fin d’année"</th>
                        </tr>
                    </thead>
                    <tbody>{lues.collect::<Vec<_>>()}</tbody>
                </table>
            </div>
        </figure>
    }
}

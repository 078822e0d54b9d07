//! The statement, wherever it is shown: a line that opens on its own sum, the file for a spreadsheet.

use std::borrow::Cow;

use domaine::droits::{Hypothesis, Ligne, Motif, Releve};
use domaine::mesures::{Euros, HoursVariation};
use leptos::prelude::*;

use crate::wording::releve::Explication;
use crate::wording::{formats, releve as sentences};
use markup::view;

/// The table of these rows, newest first, and under it what is assumed of every yearly credit: said once, it is not
/// repeated in each line.
pub fn ledger(rows: Vec<AnyView>, releve: &Releve) -> AnyView {
    let mut lignes = releve.lignes.iter().chain(&releve.earned);
    let credited = lignes.find(|ligne| ligne.hypotheses.contains(COMMON));
    let common = credited.map(|ligne| {
        let said = view! { <p>"Le jour de chaque crédit annuel. " {sentences::assumption(COMMON, ligne)}</p> };
        assumed(said)
    });
    view! {
        <table class="ledger wide" role="table">
            <caption class="ledger__caption">"Du plus récent au plus ancien"</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"Date"</th>
                    <th role="columnheader" scope="col">"Ligne"</th>
                    <th role="columnheader" scope="col" class="ledger__figure">"Montant"</th>
                    <th role="columnheader" scope="col" class="ledger__figure">"Solde"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
        {common}
    }
}

/// Assumed of every yearly credit.
const COMMON: Hypothesis = Hypothesis::CreditDay;

/// A line, and under it the row that explains it. The explanation is drawn when it is first opened: a long life has
/// a line for each year, and the simulation draws them all again at each keystroke. What was typed in it stays.
///
/// `next` gives what follows the explanation, from the name that sets this line apart in a list of buttons.
pub fn row(index: usize, ligne: &Ligne, releve: &Releve, next: impl Fn(&str) -> AnyView + Send + 'static) -> AnyView {
    let (opened, drawn) = (RwSignal::new(false), RwSignal::new(false));
    let id = ["pourquoi-", &index.to_string()].concat();
    let mut explication = sentences::explain(ligne);
    if ligne.hypotheses.contains(COMMON) {
        let common = sentences::assumption(COMMON, ligne);
        explication.hypotheses.retain(|said| *said != common);
    }
    let earned = index >= releve.lignes.len();
    let credited = earned.then(|| {
        let day = formats::long_day(ligne.date);
        view! { <span class="tag">{["acquis, crédité le ", &day].concat()}</span> }
    });
    let new = ligne.date == releve.as_of && matches!(ligne.motif, Motif::Dif { .. });
    let withheld = sentences::withheld(ligne);
    let (date, change) = (formats::short_day(ligne.date), sentences::change(ligne));
    let name = [&*explication.title, ", ", &date, ", ", &change].concat();
    view! {
        <tr
            role="row"
            class=move || match (opened.get(), new) {
                (false, false) => "",
                (false, true) => "ledger__new",
                (true, false) => "ledger__open",
                (true, true) => "ledger__open ledger__new",
            }
        >
            <td role="cell" class="ledger__date">{date}</td>
            <td role="cell" class="ledger__line">
                <span class="ledger__name">
                    {explication.title.clone()}
                    " "
                    {credited}
                    " "
                    {sentences::stop(ligne).map(|stop| view! { <span class="tag">{stop}</span> })}
                </span>
                <button
                    class="ledger__why"
                    type="button"
                    aria-expanded=move || if opened.get() { "true" } else { "false" }
                    aria-controls=id.clone()
                    on:click=move |_| {
                        if !drawn.get_untracked() {
                            drawn.set(true);
                        }
                        opened.update(|opened| *opened = !*opened);
                    }
                >
                    "Pourquoi ce montant\u{202f}?"
                    <span class="visually-hidden">{[" ", &name].concat()}</span>
                </button>
            </td>
            <td role="cell" class="ledger__figure ledger__amount">{change}</td>
            <td
                role="cell"
                class=if earned {
                    "ledger__figure ledger__balance ledger__balance--pending"
                } else {
                    "ledger__figure ledger__balance"
                }
            >
                {if earned { "pas encore crédité".into() } else { said_solde(ligne) }}
            </td>
        </tr>
        <tr role="row" class="ledger__detail" id=id hidden=move || !opened.get()>
            <td role="cell" colspan="4">
                {move || drawn.get().then(|| why(&explication, withheld.clone(), next(&name)))}
            </td>
        </tr>
    }
}

/// Why a line gives what it gives.
fn why(explication: &Explication, withheld: Option<String>, next: AnyView) -> AnyView {
    let computation =
        explication.computation.iter().map(|part| view! { <span>{part.clone()}</span> }).collect::<Vec<_>>();
    // One word is no sum: it names what follows.
    let equals = if explication.computation.len() > 1 { "=" } else { ":" };
    let facts = explication.facts.iter().map(|(word, fact)| said_fact(word, fact.clone())).collect::<Vec<_>>();
    view! {
        <div class="why">
            <p>{explication.why.clone()}</p>
            <p class="why__sum">{computation} <span>{equals}</span> <b>{explication.result.clone()}</b></p>
            {withheld.map(|text| view! { <p>{text}</p> })}
            <dl class="why__facts">{facts}</dl>
            {assumptions(explication.hypotheses.clone())}
            {next}
        </div>
    }
}

/// What the account assumes, under a heading of its own: nobody should take it for the law.
fn assumptions(hypotheses: Vec<Cow<'static, str>>) -> Option<AnyView> {
    let several = hypotheses.len() > 1;
    let said_ones = hypotheses.into_iter().map(|said| match several {
        true => view! { <li>{said}</li> },
        false => view! { <p>{said}</p> },
    });
    let said_ones = said_ones.collect::<Vec<_>>();
    (!said_ones.is_empty()).then(|| {
        let said_ones = if several {
            view! { <ul>{said_ones}</ul> }
        } else {
            said_ones.into_any()
        };
        assumed(said_ones)
    })
}

fn assumed(said: AnyView) -> AnyView {
    view! {
        <div class="why__assumed">
            <h3 class="why__title">{sentences::HYPOTHESES_TITLE}</h3>
            {said}
        </div>
    }
}

/// A word, and the fact that it names.
pub fn said_fact(word: &'static str, fact: String) -> AnyView {
    view! { <dt>{word}</dt> <dd>{fact}</dd> }
}

/// « 1 810,00 € », « 124 h », or both.
fn said_solde(ligne: &Ligne) -> String {
    let (euros, hours) = (formats::euros(ligne.solde), formats::hours(ligne.solde_hours.absolute()));
    match (ligne.solde.is_zero(), ligne.solde_hours.is_zero()) {
        (true | false, true) => euros,
        (true, false) => hours,
        (false, false) => [&euros, ", ", &hours].concat(),
    }
}

/// The statement for a spreadsheet of a French system: semicolons, decimal commas, and the mark that makes it read
/// accents. The figures are those of the screen, without the spaces between thousands, which spreadsheets take for text.
pub fn to_csv(releve: &Releve) -> String {
    let digits = |montant: Euros| montant.to_string().replace('.', ",");
    let hours = |hours: HoursVariation| hours.count().to_string();
    let mut csv = String::from(
        "\u{feff}Date;Ligne;État;Montant;Heures;Retenu par le plafond;Solde;Solde en heures;Règle;Hypothèses\r\n",
    );
    let recorded_ones = releve.lignes.iter().map(|ligne| (ligne, "inscrite"));
    let earned = releve.earned.iter().map(|ligne| (ligne, "acquise, à créditer"));
    for (ligne, state) in recorded_ones.chain(earned).rev() {
        let explication = sentences::explain(ligne);
        let checkboxes = [
            formats::short_day(ligne.date),
            explication.title,
            state.into(),
            digits(ligne.montant),
            hours(ligne.hours),
            digits(ligne.withheld),
            digits(ligne.solde),
            hours(ligne.solde_hours),
            explication.facts.into_iter().next().map(|(_, rule)| rule).unwrap_or_default(),
            explication.hypotheses.join(" "),
        ];
        for (index, checkbox) in checkboxes.iter().enumerate() {
            csv.push_str(if index == 0 { "\"" } else { ";\"" });
            csv.push_str(&checkbox.replace('"', "\"\""));
            csv.push('"');
        }
        csv.push_str("\r\n");
    }
    csv
}

#[cfg(test)]
mod tests {
    use domaine::bareme::Bareme;
    use domaine::dif::Rapport;
    use domaine::droits::{
        Abondement, AbondementNature, Activite, DeclaredAttestation, Depense, EarlierHours, Engagement,
        EngagementCategory, Montant, Provenance, Purpose, Situation, calculate,
    };
    use domaine::examples;
    use domaine::mesures::{Day, Hours, WorkDuration, Year};

    use super::*;
    use crate::components::chart::{Unit, YearEnd, part, year_ends};

    fn releve() -> Releve {
        calculate(&situation(), Day::date(2021, 11, 23), &Bareme::IN_FORCE)
    }

    fn situation() -> Situation {
        Situation {
            earlier_hours: Some(EarlierHours { hours: Hours::new(54), provenance: Provenance::FormerAccount }),
            activites: vec![Activite::salariee(
                Year::new(2019).expect("a year"),
                WorkDuration::hours(1_607),
                None,
                Provenance::Employeurs,
            )],
            ..Situation::default()
        }
    }

    #[test]
    fn the_drawing_has_every_year_up_to_the_day_of_the_statement() {
        let releve = releve();
        let end = |year, carried, credit| {
            let parts = [carried, credit, 0, 0, 0].map(|euros| euros * 100);
            YearEnd { year, parts, solde: (carried + credit) * 100 }
        };
        assert_eq!(
            year_ends(&releve.lignes, releve.as_of, Unit::Centimes),
            [end(2019, 0, 810), end(2020, 810, 500), end(2021, 1_310, 0)]
        );
        assert_eq!(year_ends(&[], releve.as_of, Unit::Centimes), []);
    }

    #[test]
    fn the_drawing_tells_apart_dif_others_and_spending() {
        let years = year_ends(&riche().lignes, riche().as_of, Unit::Centimes);
        let parts: Vec<_> = years.iter().map(|end| (end.year, end.parts.map(|part| part / 100))).collect();
        assert_eq!(
            parts,
            [
                (2019, [0, 810, 0, 0, 0]),
                (2020, [810, 500, 300, 0, 0]),
                (2021, [1_310, 0, 300, 240, 0]),
                (2022, [1_310, 0, 300, 1_240, 0]),
                (2023, [610, 0, 0, 1_240, 1_000]),
            ]
        );
        for end in years {
            assert_eq!(end.parts[..4].iter().sum::<i64>(), end.solde);
        }
    }

    #[test]
    fn an_account_in_hours_is_drawn_in_hours_under_a_ceiling_in_hours() {
        let is_agent = examples::PEOPLE.iter().find(|p| p.nom_naissance == "Ndiaye").expect("a public agent");
        let releve = calculate(&is_agent.situation(), Day::date(2026, 11, 23), &Bareme::IN_FORCE);
        let unit = Unit::of(&releve);
        assert!(unit == Unit::Hours);
        assert_eq!((unit.solde(&releve), unit.plafond(&releve)), (124, 150));
        assert_eq!(year_ends(&releve.lignes, releve.as_of, unit).last().map(|end| end.solde), Some(124));
        assert_eq!(unit.say(124), "124\u{a0}h");
    }

    #[test]
    fn shares_are_rounded_to_the_tenth() {
        assert_eq!([part(0, 3), part(1, 3), part(2, 3), part(3, 3)], ["0.0%", "33.3%", "66.7%", "100.0%"]);
        assert_eq!(part(1, 0), "0.0%");
    }

    /// Everything that a statement in euros can hold.
    fn riche() -> Releve {
        let year = |year| Year::new(year).expect("a year");
        let situation = Situation {
            attestations: vec![DeclaredAttestation {
                hours: Hours::new(20),
                rapport: Rapport::Replaces,
                declared_on: Day::date(2020, 9, 1),
                reference: "DIF-0000-0000".into(),
                counts_from: Some(Day::date(2020, 9, 1)),
                refused_on: None,
            }],
            engagements: vec![Engagement {
                year: year(2020),
                category: EngagementCategory::Benevolat,
                recorded_on: Day::date(2021, 3, 1),
            }],
            abondements: vec![Abondement {
                nature: AbondementNature::Dotation,
                date: Day::date(2022, 5, 2),
                montant: Euros::whole(1_000),
                financeur: "Employeur \"Exemple\"".into(),
                action: None,
                echeance: None,
                accord: None,
            }],
            depenses: vec![Depense {
                date: Day::date(2023, 2, 6),
                asked: Montant::Euros(Euros::whole(1_000)),
                purpose: Purpose::Formation,
                action: None,
                reference: "F-1".into(),
            }],
            ..situation()
        };
        calculate(&situation, Day::date(2023, 11, 23), &Bareme::IN_FORCE)
    }

    /// The cells of the spreadsheet, from the oldest line.
    fn checkboxes(csv: &str) -> Vec<Vec<String>> {
        let lignes = csv.trim_start_matches('\u{feff}').lines().skip(1);
        let mut lignes: Vec<Vec<String>> = lignes
            .map(|ligne| {
                let ligne = ligne.strip_prefix('"').and_then(|l| l.strip_suffix('"')).expect("quoted");
                ligne.split("\";\"").map(|checkbox| checkbox.replace("\"\"", "\"")).collect()
            })
            .collect();
        lignes.reverse();
        lignes
    }

    #[test]
    fn screen_spreadsheet_json_and_drawing_hold_the_same_figures() {
        let mut releves = vec![riche()];
        for person in examples::PEOPLE {
            for as_of in [Day::date(2019, 1, 1), Day::date(2020, 2, 1), Day::date(2026, 11, 23)] {
                releves.push(calculate(&person.situation(), as_of, &Bareme::IN_FORCE));
            }
        }
        // « − 1 810,00 € » on the screen is « -1810,00 » for a spreadsheet.
        let written = |text: String| {
            let keep = |c: &char| !c.is_whitespace() && !matches!(c, '+' | '€');
            text.replace('−', "-").chars().filter(keep).collect::<String>()
        };
        for releve in releves {
            let json: Releve =
                crate::json::parse(&serde_json::to_string(&releve).expect("it is written")).expect("read");
            assert_eq!(json, releve);
            let checkboxes = checkboxes(&to_csv(&releve));
            assert_eq!(checkboxes.len(), releve.lignes.len() + releve.earned.len());
            let mut sum = Euros::ZERO;
            for (ligne, checkboxes) in json.lignes.iter().chain(&json.earned).zip(&checkboxes) {
                assert_eq!(checkboxes.len(), 10);
                assert_eq!(checkboxes[0], formats::short_day(ligne.date));
                let explication = sentences::explain(ligne);
                assert_eq!(checkboxes[1], explication.title);
                // What the JSON names, the screen and the spreadsheet say in the same words.
                let named_ones: Vec<_> =
                    ligne.hypotheses.iter().map(|hypothesis| sentences::assumption(hypothesis, ligne)).collect();
                assert_eq!(explication.hypotheses, named_ones);
                assert_eq!(checkboxes[9], named_ones.join(" "));
                if ligne.hours.is_zero() {
                    assert_eq!(checkboxes[3], written(sentences::change(ligne)));
                    assert_eq!(checkboxes[6], written(said_solde(ligne)));
                } else {
                    assert_eq!([&checkboxes[4], "h"].concat(), written(sentences::change(ligne)));
                    let solde = written(said_solde(ligne));
                    assert!(solde.ends_with(&[&checkboxes[7], "h"].concat()) || ligne.solde_hours.is_zero(), "{solde}");
                    assert!(solde.starts_with(&checkboxes[6]) || ligne.solde.is_zero(), "{solde}");
                }
                if checkboxes[2] == "inscrite" {
                    sum += checkboxes[3].replace(',', ".").parse().expect("an amount");
                    assert_eq!(checkboxes[6].replace(',', ".").parse(), Ok(sum), "the balance follows the lines");
                }
            }
            assert_eq!(sum, json.solde);
            let years = year_ends(&json.lignes, json.as_of, Unit::Centimes);
            assert_eq!(years.last().map_or(0, |end| end.solde), json.solde.centimes());
        }
    }

    #[test]
    fn the_spreadsheet_holds_the_figures_of_the_statement() {
        let csv = to_csv(&releve());
        let lignes: Vec<_> = csv.lines().collect();
        assert_eq!(lignes.len(), 3);
        assert_eq!(
            lignes[1],
            "\"30/06/2020\";\"Activité de 2019, à temps plein\";\"inscrite\";\"500,00\";\"0\";\"0,00\";\"1310,00\";\"0\";\"Code du travail, article R6323-1, I\";\"La loi dit «\u{a0}au cours du premier semestre de l’année suivante\u{a0}», sans jour précis. Ce compte retient le même jour pour tous, choisi par son hébergeur.\""
        );
    }
}

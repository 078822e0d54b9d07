//! The statement as a page that is read without any program of ours: what the screen shows and says, every line explained.

use domaine::droits::{Ligne, Releve};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use wording::releve::{Explication, HYPOTHESES_TITLE, change, explain, withheld};
use wording::{formats, state};

/// The statement of that person, as it stands when it leaves.
pub fn statement(holder: &str, releve: &Releve) -> String {
    let day = formats::long_day(releve.as_of);
    let page = html! {
        (DOCTYPE)
        html lang="fr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Relevé de droits à la formation au " (day) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { "Relevé de droits à la formation" }
                    p { (holder) ", au " (day) }
                    p.solde { "Solde\u{a0}: " strong { (solde(releve.solde_hours.is_zero(), releve)) } }
                    @if let Some(said) = state::state(releve.state) { p { (said) } }
                    p {
                        "Dont DIF\u{a0}: " (formats::euros(releve.dif_part)) ". Plafond du compte\u{a0}: " (formats::euros(releve.plafond)) "."
                    }
                    h2 { "Ce qui est inscrit, du plus récent au plus ancien" }
                    @if releve.lignes.is_empty() { p { "Rien n’est inscrit." } } @else { (table(&releve.lignes)) }
                    @if !releve.earned.is_empty() {
                        h2 { "Ce qui est acquis et pas encore crédité" }
                        (table(&releve.earned))
                    }
                }
            }
        }
    };
    page.into_string()
}

fn solde(without_hours: bool, releve: &Releve) -> String {
    let (euros, hours) = (formats::euros(releve.solde), formats::hours(releve.solde_hours.absolute()));
    match (without_hours, releve.solde.is_zero()) {
        (true, _) => euros,
        (false, true) => hours,
        (false, false) => format!("{euros} et {hours}"),
    }
}

fn table(lignes: &[Ligne]) -> Markup {
    html! {
        table {
            thead {
                tr { th scope="col" { "Date" } th scope="col" { "Ligne" } th scope="col" { "Montant" } th scope="col" { "Solde" } }
            }
            tbody { @for ligne in lignes.iter().rev() { (row(ligne)) } }
        }
    }
}

fn row(ligne: &Ligne) -> Markup {
    let Explication { title, why, computation, result, facts, hypotheses } = explain(ligne);
    let equals = if computation.len() > 1 { "=" } else { ":" };
    html! {
        tr {
            td { (formats::short_day(ligne.date)) }
            td {
                strong { (title) }
                p { (why) }
                p { (computation.join(" ")) " " (equals) " " (result) }
                @if let Some(said) = withheld(ligne) { p { (said) } }
                ul { @for (word, fact) in &facts { li { (word) "\u{a0}: " (fact) } } }
                @if !hypotheses.is_empty() {
                    p { (HYPOTHESES_TITLE) }
                    ul { @for said in &hypotheses { li { (said) } } }
                }
            }
            td.figure { (change(ligne)) }
            td.figure { (formats::euros(ligne.solde)) }
        }
    }
}

/// Read on a screen of any width and on paper, without a network.
const STYLE: &str = "\
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}\
main{max-width:60rem;margin:0 auto;padding:1rem}\
.solde{font-size:1.25rem}\
table{border-collapse:collapse;width:100%}\
th,td{text-align:left;vertical-align:top;padding:.5rem;border-top:1px solid #8888}\
td p,td ul{margin:.25rem 0}\
.figure{text-align:right;white-space:nowrap}\
@media(max-width:40rem){thead{position:absolute;left:-100vw}tr,td{display:block}.figure{text-align:left}}";

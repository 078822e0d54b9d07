//! What happens to an account besides years of work. The columns are documented in docs/importer.md.

use domaine::bareme::Bareme;
use domaine::droits::{
    Abondement, AbondementNature, Accord, AskedConversion, Depense, Direction, Engagement, EngagementCategory, Montant,
    Purpose,
};
use domaine::mesures::{Day, Euros, Hours};
use domaine::told::{Evenement, Nature, NatureKind};

use crate::days::format_day;
use crate::table::{Row, Table, expected};
use crate::values::fold;

/// The format of those files.
pub struct Evenements;

/// The day accounts began; before there was the DIF alone.
const FIRST_ACCOUNTS: Day = Day::date(2015, 1, 1);

impl Table for Evenements {
    type Said = Evenement;

    const REQUIRED: &'static [&'static str] =
        &["reference", "nir", "nom_naissance", "prenoms", "date_naissance", "nature", "date"];
    const ALLOWED: &'static [&'static str] = &[
        "cle",
        "fin",
        "montant",
        "heures",
        "annee",
        "financeur",
        "categorie",
        "objet",
        "sens",
        "action",
        "complement",
        "accord",
        "plafond",
        "saisonnier",
    ];

    fn understand(line: &Row<'_>, today: Day) -> Result<Evenement, String> {
        const REFERENCE: &str = "1 à 80 signes, les mêmes à chaque envoi du même évènement";
        let reference = line.text("reference", REFERENCE)?;
        if reference.is_empty() {
            return Err(expected("reference", REFERENCE));
        }
        let kind = NatureKind::from_code(&fold(line.value("nature")));
        let date = line.day("date")?.ok_or_else(|| expected("date", "JJ/MM/AAAA ou AAAA-MM-JJ"))?;
        let since = match kind {
            Some(NatureKind::Abondement | NatureKind::Accord) => Bareme::EURO_SWITCH,
            Some(NatureKind::Engagement) => Bareme::FIRST_ENGAGEMENT,
            Some(NatureKind::Conversion) => Bareme::FIRST_CONVERSION,
            Some(NatureKind::Depense | NatureKind::Retraite | NatureKind::Deces) | None => FIRST_ACCOUNTS,
        };
        if date < since || date > today {
            return Err(expected("date", &format!("un jour passé, depuis le {}", format_day(since))));
        }
        let unknown = || expected("nature", &NatureKind::ALL.map(NatureKind::code).join(", "));
        let nature = match kind.ok_or_else(unknown)? {
            NatureKind::Abondement => abondement(line, date)?,
            NatureKind::Accord => accord(line, date)?,
            NatureKind::Engagement => engagement(line, date)?,
            NatureKind::Depense => depense(line, date, reference)?,
            NatureKind::Conversion => {
                let direction = Direction::from_code(&fold(line.value("sens")))
                    .ok_or_else(|| expected("sens", "heures_en_euros, euros_en_heures ou cec_en_heures"))?;
                Nature::Conversion(AskedConversion { date, direction })
            }
            NatureKind::Retraite => Nature::Retraite { on: date, end: line.day("fin")? },
            NatureKind::Deces => Nature::Deces { on: date, end: line.day("fin")? },
        };
        Ok(Evenement { reference: reference.to_owned(), nature })
    }
}

fn required<'a>(line: &Row<'a>, column: &str) -> Result<&'a str, String> {
    const WHAT: &str = "un texte de 1 à 80 signes";
    let text = line.text(column, WHAT)?;
    if text.is_empty() { Err(expected(column, WHAT)) } else { Ok(text) }
}

fn euros(line: &Row<'_>) -> Result<Option<Euros>, String> {
    let hundredths = line.hundredths("montant")?.filter(|hundredths| *hundredths > 0);
    Ok(hundredths.map(|hundredths| Euros::from_centimes(hundredths.into())))
}

fn action(line: &Row<'_>) -> Result<Option<String>, String> {
    let action = line.text("action", "80 signes au plus")?;
    Ok((!action.is_empty()).then(|| action.to_owned()))
}

fn engagement(line: &Row<'_>, date: Day) -> Result<Nature, String> {
    let first = Bareme::FIRST_ENGAGEMENT.year();
    let year = line.year()?;
    if year.count() < first {
        return Err(expected("annee", &format!("une année de l’engagement citoyen, qui existe depuis {first},")));
    }
    let category = EngagementCategory::from_code(required(line, "categorie")?);
    Ok(Nature::Engagement(Engagement { year, category, recorded_on: date }))
}

fn abondement(line: &Row<'_>, date: Day) -> Result<Nature, String> {
    let echeance = line.day("fin")?;
    if echeance.is_some_and(|echeance| echeance < date) {
        return Err(expected("fin", "un jour qui ne précède pas la date"));
    }
    let action = action(line)?;
    // R6323-42-1: only a sum that is earmarked can have a deadline.
    if echeance.is_some() && action.is_none() {
        return Err(
            "La colonne fin ne vaut que pour une somme réservée à une action (R6323-42-1) : indiquez l’action, \
                    ou laissez fin vide."
                .to_owned(),
        );
    }
    let complement = line.yes("complement")?;
    Ok(Nature::Abondement(Abondement {
        nature: if complement { AbondementNature::Complement } else { AbondementNature::Dotation },
        date,
        montant: euros(line)?.ok_or_else(|| expected("montant", "un montant en euros"))?,
        financeur: required(line, "financeur")?.to_owned(),
        action,
        echeance,
        accord: None,
    }))
}

/// What an employer pays by an agreement. Whether it counts under the ceiling is the agreement's to say: never supposed.
fn accord(line: &Row<'_>, date: Day) -> Result<Nature, String> {
    if let Some(column) = ["action", "fin", "complement"].into_iter().find(|column| !line.value(column).is_empty()) {
        return Err(format!(
            "La colonne {column} ne vaut pas pour un accord : laissez-la vide, ou donnez la nature abondement."
        ));
    }
    let inside_plafond = match fold(line.value("plafond")).as_str() {
        "dans" => true,
        "hors" => false,
        _ => return Err(expected("plafond", "dans ou hors, comme l’accord le dit,")),
    };
    let accord =
        Accord { titre: required(line, "accord")?.to_owned(), seasonal: line.yes("saisonnier")?, inside_plafond };
    Ok(Nature::Abondement(Abondement {
        nature: AbondementNature::Dotation,
        date,
        montant: euros(line)?.ok_or_else(|| expected("montant", "un montant en euros"))?,
        financeur: required(line, "financeur")?.to_owned(),
        action: None,
        echeance: None,
        accord: Some(accord),
    }))
}

fn depense(line: &Row<'_>, date: Day, reference: &str) -> Result<Nature, String> {
    // Whole hours: accounts in hours know no others.
    let hours = line.hundredths("heures")?.filter(|n| *n > 0 && n.is_multiple_of(100)).map(|n| Hours::new(n / 100));
    let asked = match (euros(line)?, hours) {
        (Some(euros), None) => Montant::Euros(euros),
        (None, Some(hours)) => Montant::Hours(hours),
        _ => return Err("Une colonne et une seule doit être remplie parmi montant et heures (entières).".to_owned()),
    };
    let purpose = match fold(line.value("objet")).as_str() {
        "" => Purpose::Formation,
        purpose => Purpose::from_code(purpose).ok_or_else(|| expected("objet", "formation ou benevolat"))?,
    };
    Ok(Nature::Depense(Depense { date, asked, purpose, action: action(line)?, reference: reference.to_owned() }))
}

//! What happens to an account besides years of work. The columns are documented in docs/importer.md.

use domaine::bareme::Bareme;
use domaine::droits::{
    Abondement, CategorieEngagement, ConversionDemandee, Depense, Engagement, Montant, NatureAbondement, Objet, Sens,
};
use domaine::mesures::{Euros, Heures, Jour};
use domaine::told::{Evenement, NATURES, Nature};

use crate::days::en_jour;
use crate::table::{Ligne, Tableau, attendu};

/// The format of those files.
pub struct Evenements;

/// The day accounts began; before there was the DIF alone.
const PREMIERS_COMPTES: Jour = Jour::date(2015, 1, 1);

impl Tableau for Evenements {
    type Dit = Evenement;

    const REQUISES: &'static [&'static str] =
        &["reference", "nir", "nom_naissance", "prenoms", "date_naissance", "nature", "date"];
    const ADMISES: &'static [&'static str] = &[
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
    ];

    fn comprendre(ligne: &Ligne<'_>, aujourdhui: Jour) -> Result<Evenement, String> {
        const REFERENCE: &str = "1 à 80 signes, les mêmes à chaque envoi du même évènement";
        let reference = ligne.texte("reference", REFERENCE)?;
        if reference.is_empty() {
            return Err(attendu("reference", REFERENCE));
        }
        let nature = ligne.valeur("nature");
        let date = ligne.jour("date")?.ok_or_else(|| attendu("date", "JJ/MM/AAAA ou AAAA-MM-JJ"))?;
        let en_euros = matches!(nature, "abondement" | "engagement" | "conversion");
        let depuis = if en_euros { Bareme::PASSAGE_A_L_EURO } else { PREMIERS_COMPTES };
        if date < depuis || date > aujourdhui {
            return Err(attendu("date", &format!("un jour passé, depuis le {}", en_jour(depuis))));
        }
        let nature = match nature {
            "abondement" => abondement(ligne, date)?,
            "engagement" => Nature::Engagement(Engagement {
                annee: ligne.annee()?,
                categorie: CategorieEngagement::par_code(requis(ligne, "categorie")?),
                inscrit_le: date,
            }),
            "depense" => depense(ligne, date, reference)?,
            "conversion" => {
                let sens = Sens::par_code(ligne.valeur("sens"))
                    .ok_or_else(|| attendu("sens", "heures_en_euros, euros_en_heures ou cec_en_heures"))?;
                Nature::Conversion(ConversionDemandee { date, sens })
            }
            "retraite" => Nature::Retraite { le: date, fin: ligne.jour("fin")? },
            "deces" => Nature::Deces { le: date, fin: ligne.jour("fin")? },
            _ => return Err(attendu("nature", &NATURES.join(", "))),
        };
        Ok(Evenement { reference: reference.to_owned(), nature })
    }
}

fn requis<'a>(ligne: &Ligne<'a>, colonne: &str) -> Result<&'a str, String> {
    const QUOI: &str = "un texte de 1 à 80 signes";
    let texte = ligne.texte(colonne, QUOI)?;
    if texte.is_empty() { Err(attendu(colonne, QUOI)) } else { Ok(texte) }
}

fn euros(ligne: &Ligne<'_>) -> Result<Option<Euros>, String> {
    let centiemes = ligne.centiemes("montant")?.filter(|centiemes| *centiemes > 0);
    Ok(centiemes.map(|centiemes| Euros::de_centimes(centiemes.into())))
}

fn action(ligne: &Ligne<'_>) -> Result<Option<String>, String> {
    let action = ligne.texte("action", "80 signes au plus")?;
    Ok((!action.is_empty()).then(|| action.to_owned()))
}

fn abondement(ligne: &Ligne<'_>, date: Jour) -> Result<Nature, String> {
    let echeance = ligne.jour("fin")?;
    if echeance.is_some_and(|echeance| echeance < date) {
        return Err(attendu("fin", "un jour qui ne précède pas la date"));
    }
    let complement = ligne.oui("complement")?;
    Ok(Nature::Abondement(Abondement {
        nature: if complement { NatureAbondement::Complement } else { NatureAbondement::Dotation },
        date,
        montant: euros(ligne)?.ok_or_else(|| attendu("montant", "un montant en euros"))?,
        financeur: requis(ligne, "financeur")?.to_owned(),
        action: action(ligne)?,
        echeance,
    }))
}

fn depense(ligne: &Ligne<'_>, date: Jour, reference: &str) -> Result<Nature, String> {
    // Whole hours: accounts in hours know no others.
    let heures = ligne.centiemes("heures")?.filter(|n| *n > 0 && n.is_multiple_of(100)).map(|n| Heures::new(n / 100));
    let demande = match (euros(ligne)?, heures) {
        (Some(euros), None) => Montant::Euros(euros),
        (None, Some(heures)) => Montant::Heures(heures),
        _ => return Err("Une colonne et une seule doit être remplie parmi montant et heures (entières).".to_owned()),
    };
    let objet = match ligne.valeur("objet") {
        "" => Objet::Formation,
        objet => Objet::par_code(objet).ok_or_else(|| attendu("objet", "formation ou benevolat"))?,
    };
    Ok(Nature::Depense(Depense { date, demande, objet, action: action(ligne)?, reference: reference.to_owned() }))
}

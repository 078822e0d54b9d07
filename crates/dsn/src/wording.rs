//! Every [`Finding`] in French: what is wrong, and how to mend it. The only sentences of the crate.

use domaine::identite::nir::Incoherence;
use domaine::identite::{NirInvalide, NomInvalide};

use crate::finding::{Finding, Severity};
use crate::norme;
use crate::rubrics::{Encoding, Faute, MAX_LENGTH};

/// What is wrong, in one sentence.
pub fn what(finding: &Finding) -> String {
    match finding {
        Finding::Line(faute, code) => {
            let what = line_faute(*faute);
            match code {
                Some(code) => format!("Ligne non lue ({code}) : {what}."),
                None => format!("Ligne non lue : {what}."),
            }
        }
        Finding::Utf8Mark => "Le fichier commence par la marque UTF-8 (BOM).".into(),
        Finding::Encoding(Encoding::Utf8) => "Le fichier est écrit en UTF-8 : il est lu ainsi.".into(),
        Finding::Encoding(Encoding::Windows1252) => "Le fichier est écrit en Windows-1252 : il est lu ainsi.".into(),
        Finding::Encoding(Encoding::Latin1) => "Le fichier est écrit en ISO-8859-1.".into(),
        Finding::MisplacedBlock(code) => match norme::block(code.block()).and_then(|norme| norme.parent) {
            Some(parent) => format!("Le bloc {} n’est pas sous un bloc {parent} : il est ignoré.", code.block()),
            None => format!("Le bloc {} n’est pas à sa place : il est ignoré.", code.block()),
        },
        Finding::TestEnvelope => "L’envoi est un fichier de test (S10.G00.00.005) : rien n’en est compté.".into(),
        Finding::Norme => "La version de la norme (S10.G00.00.006) n’est pas de P24 à P26.".into(),
        Finding::TotalRubrics { announced, read } => {
            format!("L’envoi annonce {announced} rubriques (S90.G00.90.001) et en contient {read}.")
        }
        Finding::TotalDeclarations { announced, read } => {
            format!("L’envoi annonce {announced} déclarations (S90.G00.90.002) et en contient {read}.")
        }
        Finding::TruncatedFile => "L’envoi n’a pas de fin (S90.G00.90) : le fichier est coupé.".into(),
        Finding::NoDeclaration => "Le fichier ne contient aucune déclaration.".into(),
        Finding::DeclarationWithout(code) => {
            format!("La déclaration n’a pas de valeur lisible en {code} : elle est écartée.")
        }
        Finding::SiretKey => "La clé du SIRET de l’établissement est fausse.".into(),
        Finding::SecondEtablissement => "Un second établissement apparaît dans la même déclaration.".into(),
        Finding::Substitution => "La déclaration est une DSN de substitution : ses heures ne sont pas comptées.".into(),
        Finding::NoIdentifier => "Le salarié n’a ni NIR ni numéro technique temporaire : il est écarté.".into(),
        Finding::Nir(faute) => format!("Le NIR n’en est pas un ({}) : le salarié est écarté.", nir_faute(*faute)),
        Finding::ReplacedNir(faute) => {
            format!("Le NIR n’en est pas un ({}) : le numéro technique temporaire le remplace.", nir_faute(*faute))
        }
        Finding::TemporaryNumber => "Le numéro technique temporaire a plus de 40 caractères.".into(),
        Finding::Nom(faute) => format!("Le nom de famille ne peut pas être lu : {}.", nom_faute(*faute)),
        Finding::Prenoms(faute) => format!("Les prénoms ne peuvent pas être lus : {}.", nom_faute(*faute)),
        Finding::NoNaissance => "La date de naissance manque.".into(),
        Finding::Naissance => "La date de naissance n’est pas une date.".into(),
        Finding::NaissanceAndNir(Incoherence::Year) => "L’année de naissance n’est pas celle du NIR.".into(),
        Finding::NaissanceAndNir(Incoherence::Month) => "Le mois de naissance n’est pas celui du NIR.".into(),
        Finding::DamagedIndividu => "Une ligne illisible touche ce salarié : il est écarté.".into(),
        Finding::OversizedIndividu => "Ce salarié a trop de contrats ou de paies : il est écarté.".into(),
        Finding::Value(code) => format!("La valeur de {code} n’a pas la forme attendue : elle est ignorée."),
        Finding::Missing(code) => format!("{code} manque : l’enregistrement est ignoré."),
        Finding::UnknownContrat => "La paie renvoie à un contrat que le salarié n’a pas dans cette déclaration.".into(),
        Finding::ActiviteOutside002 => "L’activité n’est pas rattachée à une rémunération de type 002.".into(),
        Finding::DuplicateActivite => {
            "L’activité est déclarée aussi hors de la rémunération de type 002 : elle n’est comptée qu’une fois.".into()
        }
        Finding::UncountedUnit => {
            "L’activité est mesurée dans une unité qui n’est ni l’heure ni le jour : elle n’est pas comptée.".into()
        }
        Finding::ReversedPeriod => "La période de paie finit avant de commencer : elle est ignorée.".into(),
    }
}

/// What to do about it, in one sentence.
pub const fn remedy(finding: &Finding) -> &'static str {
    match finding {
        Finding::Line(..) => "Corrigez la ligne, sous la forme Sxx.Gyy.zz.nnn,'valeur', et reprenez l’import.",
        Finding::Utf8Mark | Finding::Encoding(_) => {
            "Rien n’est perdu ; la norme veut ISO-8859-1, sur quoi l’export de la paie se règle."
        }
        Finding::MisplacedBlock(_) => "Rétablissez le bloc parent avant celui-ci, ou signalez-le à l’éditeur de paie.",
        Finding::TestEnvelope => "Déposez le fichier réel (code 02).",
        Finding::Norme => "Vérifiez les heures importées, ou exportez dans une norme de P24 à P26.",
        Finding::TotalRubrics { .. } | Finding::TotalDeclarations { .. } => {
            "Vérifiez que le fichier n’a été ni coupé ni retouché, et exportez-le de nouveau."
        }
        Finding::TruncatedFile => "Exportez le fichier de nouveau : la dernière déclaration n’est pas complète.",
        Finding::NoDeclaration => "Vérifiez que le fichier est bien une DSN.",
        Finding::DeclarationWithout(_) => "Complétez l’en-tête de la déclaration et reprenez l’import.",
        Finding::SiretKey => "Vérifiez le SIREN (S21.G00.06.001) et le NIC (S21.G00.11.001).",
        Finding::SecondEtablissement => "Faites une déclaration par établissement.",
        Finding::Substitution => "Déclarez vous-même le mois concerné.",
        Finding::NoIdentifier | Finding::Nir(_) | Finding::ReplacedNir(_) => {
            "Corrigez le NIR (S21.G00.30.001) d’après la carte Vitale, ou renseignez S21.G00.30.020."
        }
        Finding::TemporaryNumber => "Corrigez S21.G00.30.020.",
        Finding::Nom(_) => "Corrigez S21.G00.30.002 : le nom de naissance, tel qu’à l’état civil.",
        Finding::Prenoms(_) => "Corrigez S21.G00.30.004 : les prénoms, tels qu’à l’état civil.",
        Finding::NoNaissance | Finding::Naissance => {
            "Renseignez S21.G00.30.006 : jour, mois, année, 99 pour un jour ou un mois inconnu."
        }
        Finding::NaissanceAndNir(_) => "Vérifiez le NIR et la date de naissance sur une pièce d’identité.",
        Finding::DamagedIndividu => "Corrigez la ligne illisible et reprenez l’import.",
        Finding::OversizedIndividu => "Vérifiez que l’export ne répète pas les mêmes lignes.",
        Finding::Value(_) | Finding::Missing(_) => "Renseignez la rubrique et déposez une annule et remplace.",
        Finding::UnknownContrat => "Faites concorder S21.G00.51.010 et S21.G00.40.009.",
        Finding::ActiviteOutside002 | Finding::DuplicateActivite => {
            "Rattachez les blocs S21.G00.53 à la rémunération de type 002, sauf l’unité 40."
        }
        Finding::UncountedUnit => {
            "Donnez cette année de travail, en heures, en jours ou en rémunération, par « acquis importer activites »."
        }
        Finding::ReversedPeriod => "Corrigez S21.G00.51.001 et S21.G00.51.002.",
    }
}

/// The kind of fact, in a few words: what is counted without being listed.
pub const fn nom(finding: &Finding) -> &'static str {
    match finding {
        Finding::Line(..) => "lignes non lues",
        Finding::Utf8Mark => "marque UTF-8",
        Finding::Encoding(_) => "fichiers hors ISO-8859-1",
        Finding::MisplacedBlock(_) => "blocs sans leur parent",
        Finding::TestEnvelope => "envois de test",
        Finding::Norme => "versions de la norme hors P24 à P26",
        Finding::TotalRubrics { .. } => "totaux de rubriques faux",
        Finding::TotalDeclarations { .. } => "totaux de déclarations faux",
        Finding::TruncatedFile => "envois sans fin",
        Finding::NoDeclaration => "fichiers sans déclaration",
        Finding::DeclarationWithout(_) => "en-têtes de déclaration incomplets",
        Finding::SiretKey => "clés de SIRET fausses",
        Finding::SecondEtablissement => "seconds établissements",
        Finding::Substitution => "DSN de substitution",
        Finding::NoIdentifier => "salariés sans numéro",
        Finding::Nir(_) => "NIR faux",
        Finding::ReplacedNir(_) => "NIR remplacés par un numéro temporaire",
        Finding::TemporaryNumber => "numéros temporaires trop longs",
        Finding::Nom(_) => "noms illisibles",
        Finding::Prenoms(_) => "prénoms illisibles",
        Finding::NoNaissance => "dates de naissance absentes",
        Finding::Naissance => "dates de naissance fausses",
        Finding::NaissanceAndNir(_) => "dates de naissance en désaccord avec le NIR",
        Finding::DamagedIndividu => "salariés touchés par une ligne illisible",
        Finding::OversizedIndividu => "salariés aux contrats ou aux paies trop nombreux",
        Finding::Value(_) => "valeurs d’une autre forme",
        Finding::Missing(_) => "rubriques absentes",
        Finding::UnknownContrat => "paies d’un contrat inconnu",
        Finding::ActiviteOutside002 => "activités hors du type 002",
        Finding::DuplicateActivite => "activités déclarées deux fois",
        Finding::UncountedUnit => "activités sans durée",
        Finding::ReversedPeriod => "périodes de paie à l’envers",
    }
}

/// What it cost, in one word.
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Remark => "remarque",
        Severity::Loss => "perte",
        Severity::Gap => "écart",
    }
}

fn line_faute(faute: Faute) -> String {
    match faute {
        Faute::TooLong => format!("elle dépasse {MAX_LENGTH} octets"),
        Faute::Shape => "elle n’a pas la forme d’une rubrique".into(),
        Faute::Closing => "l’apostrophe fermante manque".into(),
        Faute::Precheck => "elle contient un caractère de contrôle".into(),
        Faute::Empty => "sa valeur est vide".into(),
    }
}

const fn nir_faute(faute: NirInvalide) -> &'static str {
    match faute {
        NirInvalide::Missing(_) => "il manque des caractères",
        NirInvalide::TooLong => "il a plus de treize caractères",
        NirInvalide::Caractere(_) => "un caractère n’y a pas sa place",
        NirInvalide::Provisional => "c’est un numéro provisoire",
        NirInvalide::Migrant => "c’est un numéro de migrant de passage",
        NirInvalide::Sexe => "le premier chiffre n’est ni 1 ni 2",
        NirInvalide::Month(_) => "le mois n’existe pas",
        NirInvalide::Departement(_) => "le département n’existe pas",
        NirInvalide::Commune => "la commune est 000",
        NirInvalide::Order => "le numéro d’ordre est 000",
        NirInvalide::Fictitious => "c’est un numéro factice",
        NirInvalide::CleMissing | NirInvalide::CleShape | NirInvalide::Cle => "la clé n’a pas sa place en DSN",
    }
}

const fn nom_faute(faute: NomInvalide) -> &'static str {
    match faute {
        NomInvalide::Empty => "il n’y a rien",
        NomInvalide::TooLong => "plus de 80 caractères",
        NomInvalide::Digit(_) => "un chiffre s’y trouve",
        NomInvalide::Alphabet(_) => "une lettre n’est pas de l’alphabet latin",
        NomInvalide::Caractere(_) => "un caractère n’y a pas sa place",
        NomInvalide::NeitherOne => "ni nom ni prénom",
        NomInvalide::NoLetter => "aucune lettre",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;
    use crate::blocks::INDIVIDU;

    #[test]
    fn every_fact_has_a_sentence_a_remedy_and_a_kind_of_its_own() {
        let code = Code::new(INDIVIDU, 1);
        let all = [
            Finding::Line(Faute::Shape, Some(code)),
            Finding::Utf8Mark,
            Finding::Encoding(Encoding::Utf8),
            Finding::MisplacedBlock(code),
            Finding::TestEnvelope,
            Finding::Norme,
            Finding::TotalRubrics { announced: 2, read: 1 },
            Finding::TotalDeclarations { announced: 2, read: 1 },
            Finding::TruncatedFile,
            Finding::NoDeclaration,
            Finding::DeclarationWithout(code),
            Finding::SiretKey,
            Finding::SecondEtablissement,
            Finding::Substitution,
            Finding::NoIdentifier,
            Finding::Nir(NirInvalide::Sexe),
            Finding::ReplacedNir(NirInvalide::Order),
            Finding::TemporaryNumber,
            Finding::Nom(NomInvalide::Empty),
            Finding::Prenoms(NomInvalide::TooLong),
            Finding::NoNaissance,
            Finding::Naissance,
            Finding::NaissanceAndNir(Incoherence::Year),
            Finding::DamagedIndividu,
            Finding::OversizedIndividu,
            Finding::Value(code),
            Finding::Missing(code),
            Finding::UnknownContrat,
            Finding::ActiviteOutside002,
            Finding::DuplicateActivite,
            Finding::UncountedUnit,
            Finding::ReversedPeriod,
        ];
        let mut kinds: Vec<_> = all.iter().map(Finding::kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), all.len());
        let mut noms: Vec<_> = all.iter().map(nom).collect();
        noms.sort_unstable();
        noms.dedup();
        assert_eq!(noms.len(), all.len());
        for finding in &all {
            assert!(what(finding).ends_with('.') && remedy(finding).ends_with('.'), "{finding:?}");
        }
    }
}

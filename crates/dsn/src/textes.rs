//! Every [`Constat`] in French: what is wrong, and how to mend it. The only sentences of the crate.

use domaine::identite::nir::Incoherence;
use domaine::identite::{NirInvalide, NomInvalide};

use crate::constat::{Constat, Gravite};
use crate::lignes::{Encodage, Faute, LONGUEUR_MAXIMALE};
use crate::norme;

/// What is wrong, in one sentence.
pub fn quoi(constat: &Constat) -> String {
    match constat {
        Constat::Ligne(faute, code) => {
            let quoi = faute_de_ligne(*faute);
            match code {
                Some(code) => format!("Ligne non lue ({code}) : {quoi}."),
                None => format!("Ligne non lue : {quoi}."),
            }
        }
        Constat::MarqueUtf8 => "Le fichier commence par la marque UTF-8 (BOM).".into(),
        Constat::Encodage(Encodage::Utf8) => "La valeur est écrite en UTF-8.".into(),
        Constat::Encodage(Encodage::Windows1252) => "La valeur est écrite en Windows-1252.".into(),
        Constat::Encodage(Encodage::Latin1) => "La valeur est écrite en ISO-8859-1.".into(),
        Constat::BlocMalPlace(code) => match norme::bloc(code.bloc()).and_then(|norme| norme.parent) {
            Some(parent) => format!("Le bloc {} n’est pas sous un bloc {parent} : il est ignoré.", code.bloc()),
            None => format!("Le bloc {} n’est pas à sa place : il est ignoré.", code.bloc()),
        },
        Constat::EnvoiTest => "L’envoi est un fichier de test (S10.G00.00.005) : rien n’en est compté.".into(),
        Constat::Norme => "La version de la norme (S10.G00.00.006) n’est pas de P24 à P26.".into(),
        Constat::TotalRubriques { annonce, lu } => {
            format!("L’envoi annonce {annonce} rubriques (S90.G00.90.001) et en contient {lu}.")
        }
        Constat::TotalDeclarations { annonce, lu } => {
            format!("L’envoi annonce {annonce} déclarations (S90.G00.90.002) et en contient {lu}.")
        }
        Constat::FichierTronque => "L’envoi n’a pas de fin (S90.G00.90) : le fichier est coupé.".into(),
        Constat::SansDeclaration => "Le fichier ne contient aucune déclaration.".into(),
        Constat::DeclarationSans(code) => {
            format!("La déclaration n’a pas de valeur lisible en {code} : elle est écartée.")
        }
        Constat::SiretCle => "La clé du SIRET de l’établissement est fausse.".into(),
        Constat::SecondEtablissement => "Un second établissement apparaît dans la même déclaration.".into(),
        Constat::Substitution => "La déclaration est une DSN de substitution : ses heures ne sont pas comptées.".into(),
        Constat::SansIdentifiant => "Le salarié n’a ni NIR ni numéro technique temporaire : il est écarté.".into(),
        Constat::Nir(faute) => format!("Le NIR n’en est pas un ({}) : le salarié est écarté.", faute_de_nir(*faute)),
        Constat::NirRemplace(faute) => {
            format!("Le NIR n’en est pas un ({}) : le numéro technique temporaire le remplace.", faute_de_nir(*faute))
        }
        Constat::NumeroTemporaire => "Le numéro technique temporaire a plus de 40 caractères.".into(),
        Constat::Nom(faute) => format!("Le nom de famille ne peut pas être lu : {}.", faute_de_nom(*faute)),
        Constat::Prenoms(faute) => format!("Les prénoms ne peuvent pas être lus : {}.", faute_de_nom(*faute)),
        Constat::SansNaissance => "La date de naissance manque.".into(),
        Constat::Naissance => "La date de naissance n’est pas une date.".into(),
        Constat::NaissanceEtNir(Incoherence::Annee) => "L’année de naissance n’est pas celle du NIR.".into(),
        Constat::NaissanceEtNir(Incoherence::Mois) => "Le mois de naissance n’est pas celui du NIR.".into(),
        Constat::IndividuAbime => "Une ligne illisible touche ce salarié : il est écarté.".into(),
        Constat::IndividuDemesure => "Ce salarié a trop de contrats ou de paies : il est écarté.".into(),
        Constat::Valeur(code) => format!("La valeur de {code} n’a pas la forme attendue : elle est ignorée."),
        Constat::Manque(code) => format!("{code} manque : l’enregistrement est ignoré."),
        Constat::ContratInconnu => "La paie renvoie à un contrat que le salarié n’a pas dans cette déclaration.".into(),
        Constat::ActiviteHors002 => "L’activité n’est pas rattachée à une rémunération de type 002.".into(),
        Constat::ActiviteEnDouble => {
            "L’activité est déclarée aussi hors de la rémunération de type 002 : elle n’est comptée qu’une fois.".into()
        }
        Constat::UniteNonComptee => {
            "L’activité est mesurée dans une unité qui n’est ni l’heure ni le jour : elle n’est pas comptée.".into()
        }
        Constat::PeriodeInverse => "La période de paie finit avant de commencer : elle est ignorée.".into(),
    }
}

/// What to do about it, in one sentence.
pub const fn remede(constat: &Constat) -> &'static str {
    match constat {
        Constat::Ligne(..) => "Corrigez la ligne, sous la forme Sxx.Gyy.zz.nnn,'valeur', et reprenez l’import.",
        Constat::MarqueUtf8 | Constat::Encodage(_) => "Réglez l’export de la paie sur ISO-8859-1.",
        Constat::BlocMalPlace(_) => "Rétablissez le bloc parent avant celui-ci, ou signalez-le à l’éditeur de paie.",
        Constat::EnvoiTest => "Déposez le fichier réel (code 02).",
        Constat::Norme => "Vérifiez les heures importées, ou exportez dans une norme de P24 à P26.",
        Constat::TotalRubriques { .. } | Constat::TotalDeclarations { .. } => {
            "Vérifiez que le fichier n’a été ni coupé ni retouché, et exportez-le de nouveau."
        }
        Constat::FichierTronque => "Exportez le fichier de nouveau : la dernière déclaration n’est pas complète.",
        Constat::SansDeclaration => "Vérifiez que le fichier est bien une DSN.",
        Constat::DeclarationSans(_) => "Complétez l’en-tête de la déclaration et reprenez l’import.",
        Constat::SiretCle => "Vérifiez le SIREN (S21.G00.06.001) et le NIC (S21.G00.11.001).",
        Constat::SecondEtablissement => "Faites une déclaration par établissement.",
        Constat::Substitution => "Déclarez vous-même le mois concerné.",
        Constat::SansIdentifiant | Constat::Nir(_) | Constat::NirRemplace(_) => {
            "Corrigez le NIR (S21.G00.30.001) d’après la carte Vitale, ou renseignez S21.G00.30.020."
        }
        Constat::NumeroTemporaire => "Corrigez S21.G00.30.020.",
        Constat::Nom(_) => "Corrigez S21.G00.30.002 : le nom de naissance, tel qu’à l’état civil.",
        Constat::Prenoms(_) => "Corrigez S21.G00.30.004 : les prénoms, tels qu’à l’état civil.",
        Constat::SansNaissance | Constat::Naissance => {
            "Renseignez S21.G00.30.006 : jour, mois, année, 99 pour un jour ou un mois inconnu."
        }
        Constat::NaissanceEtNir(_) => "Vérifiez le NIR et la date de naissance sur une pièce d’identité.",
        Constat::IndividuAbime => "Corrigez la ligne illisible et reprenez l’import.",
        Constat::IndividuDemesure => "Vérifiez que l’export ne répète pas les mêmes lignes.",
        Constat::Valeur(_) | Constat::Manque(_) => "Renseignez la rubrique et déposez une annule et remplace.",
        Constat::ContratInconnu => "Faites concorder S21.G00.51.010 et S21.G00.40.009.",
        Constat::ActiviteHors002 | Constat::ActiviteEnDouble => {
            "Rattachez les blocs S21.G00.53 à la rémunération de type 002, sauf l’unité 40."
        }
        Constat::UniteNonComptee => {
            "Donnez cette année de travail, en heures, en jours ou en rémunération, par « acquis importer activites »."
        }
        Constat::PeriodeInverse => "Corrigez S21.G00.51.001 et S21.G00.51.002.",
    }
}

/// The kind of fact, in a few words: what is counted without being listed.
pub const fn nom(constat: &Constat) -> &'static str {
    match constat {
        Constat::Ligne(..) => "lignes non lues",
        Constat::MarqueUtf8 => "marque UTF-8",
        Constat::Encodage(_) => "valeurs hors ISO-8859-1",
        Constat::BlocMalPlace(_) => "blocs sans leur parent",
        Constat::EnvoiTest => "envois de test",
        Constat::Norme => "versions de la norme hors P24 à P26",
        Constat::TotalRubriques { .. } => "totaux de rubriques faux",
        Constat::TotalDeclarations { .. } => "totaux de déclarations faux",
        Constat::FichierTronque => "envois sans fin",
        Constat::SansDeclaration => "fichiers sans déclaration",
        Constat::DeclarationSans(_) => "en-têtes de déclaration incomplets",
        Constat::SiretCle => "clés de SIRET fausses",
        Constat::SecondEtablissement => "seconds établissements",
        Constat::Substitution => "DSN de substitution",
        Constat::SansIdentifiant => "salariés sans numéro",
        Constat::Nir(_) => "NIR faux",
        Constat::NirRemplace(_) => "NIR remplacés par un numéro temporaire",
        Constat::NumeroTemporaire => "numéros temporaires trop longs",
        Constat::Nom(_) => "noms illisibles",
        Constat::Prenoms(_) => "prénoms illisibles",
        Constat::SansNaissance => "dates de naissance absentes",
        Constat::Naissance => "dates de naissance fausses",
        Constat::NaissanceEtNir(_) => "dates de naissance en désaccord avec le NIR",
        Constat::IndividuAbime => "salariés touchés par une ligne illisible",
        Constat::IndividuDemesure => "salariés aux contrats ou aux paies trop nombreux",
        Constat::Valeur(_) => "valeurs d’une autre forme",
        Constat::Manque(_) => "rubriques absentes",
        Constat::ContratInconnu => "paies d’un contrat inconnu",
        Constat::ActiviteHors002 => "activités hors du type 002",
        Constat::ActiviteEnDouble => "activités déclarées deux fois",
        Constat::UniteNonComptee => "activités sans durée",
        Constat::PeriodeInverse => "périodes de paie à l’envers",
    }
}

/// What it cost, in one word.
pub const fn gravite(gravite: Gravite) -> &'static str {
    match gravite {
        Gravite::Remarque => "remarque",
        Gravite::Perte => "perte",
        Gravite::Ecart => "écart",
    }
}

fn faute_de_ligne(faute: Faute) -> String {
    match faute {
        Faute::TropLongue => format!("elle dépasse {LONGUEUR_MAXIMALE} octets"),
        Faute::Forme => "elle n’a pas la forme d’une rubrique".into(),
        Faute::Fermeture => "l’apostrophe fermante manque".into(),
        Faute::Controle => "elle contient un caractère de contrôle".into(),
        Faute::Vide => "sa valeur est vide".into(),
    }
}

const fn faute_de_nir(faute: NirInvalide) -> &'static str {
    match faute {
        NirInvalide::Manque(_) => "il manque des caractères",
        NirInvalide::TropLong => "il a plus de treize caractères",
        NirInvalide::Caractere(_) => "un caractère n’y a pas sa place",
        NirInvalide::Provisoire => "c’est un numéro provisoire",
        NirInvalide::Migrant => "c’est un numéro de migrant de passage",
        NirInvalide::Sexe => "le premier chiffre n’est ni 1 ni 2",
        NirInvalide::Mois(_) => "le mois n’existe pas",
        NirInvalide::Departement(_) => "le département n’existe pas",
        NirInvalide::Commune => "la commune est 000",
        NirInvalide::Ordre => "le numéro d’ordre est 000",
        NirInvalide::Factice => "c’est un numéro factice",
        NirInvalide::CleManque | NirInvalide::CleForme | NirInvalide::Cle => "la clé n’a pas sa place en DSN",
    }
}

const fn faute_de_nom(faute: NomInvalide) -> &'static str {
    match faute {
        NomInvalide::Vide => "il n’y a rien",
        NomInvalide::TropLong => "plus de 80 caractères",
        NomInvalide::Chiffre(_) => "un chiffre s’y trouve",
        NomInvalide::Alphabet(_) => "une lettre n’est pas de l’alphabet latin",
        NomInvalide::Caractere(_) => "un caractère n’y a pas sa place",
        NomInvalide::SansLettre => "aucune lettre",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;
    use crate::blocs::INDIVIDU;

    #[test]
    fn every_fact_has_a_sentence_a_remedy_and_a_kind_of_its_own() {
        let code = Code::new(INDIVIDU, 1);
        let tous = [
            Constat::Ligne(Faute::Forme, Some(code)),
            Constat::MarqueUtf8,
            Constat::Encodage(Encodage::Utf8),
            Constat::BlocMalPlace(code),
            Constat::EnvoiTest,
            Constat::Norme,
            Constat::TotalRubriques { annonce: 2, lu: 1 },
            Constat::TotalDeclarations { annonce: 2, lu: 1 },
            Constat::FichierTronque,
            Constat::SansDeclaration,
            Constat::DeclarationSans(code),
            Constat::SiretCle,
            Constat::SecondEtablissement,
            Constat::Substitution,
            Constat::SansIdentifiant,
            Constat::Nir(NirInvalide::Sexe),
            Constat::NirRemplace(NirInvalide::Ordre),
            Constat::NumeroTemporaire,
            Constat::Nom(NomInvalide::Vide),
            Constat::Prenoms(NomInvalide::TropLong),
            Constat::SansNaissance,
            Constat::Naissance,
            Constat::NaissanceEtNir(Incoherence::Annee),
            Constat::IndividuAbime,
            Constat::IndividuDemesure,
            Constat::Valeur(code),
            Constat::Manque(code),
            Constat::ContratInconnu,
            Constat::ActiviteHors002,
            Constat::ActiviteEnDouble,
            Constat::UniteNonComptee,
            Constat::PeriodeInverse,
        ];
        let mut genres: Vec<_> = tous.iter().map(Constat::genre).collect();
        genres.sort_unstable();
        genres.dedup();
        assert_eq!(genres.len(), tous.len());
        let mut noms: Vec<_> = tous.iter().map(nom).collect();
        noms.sort_unstable();
        noms.dedup();
        assert_eq!(noms.len(), tous.len());
        for constat in &tous {
            assert!(quoi(constat).ends_with('.') && remede(constat).ends_with('.'), "{constat:?}");
        }
    }
}

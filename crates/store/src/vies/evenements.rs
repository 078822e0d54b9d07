//! What happens to an account besides years of work. An event is told once, under a reference of whoever
//! tells it; afterwards only its end may be told.

use std::collections::{BTreeSet, HashMap};

use domaine::droits::{
    Abondement, CategorieEngagement, ConversionDemandee, Depense, Engagement, Montant, NatureAbondement, Objet, Sens,
    Situation,
};
use domaine::mesures::{Annee, Euros, Heures, Jour};
use domaine::told::{Evenement, Nature};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::imports::{Reconnue, Travaux};
use crate::vies::activites::{PERSONNES_PAR_REQUETE, liste, rangees, rangees_par_requete};
use crate::vies::personnes::changer_version;
use crate::{Panne, Resultat, nombre, petit, texte, texte_ou_rien};

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortEvenement {
    /// Recorded.
    Nouveau,
    /// Known; its end was told now.
    Fini,
    /// The same was there.
    DejaLa,
    /// Another is known under that reference.
    Autre,
}

/// An event as its columns hold it.
#[derive(Clone, Default, PartialEq, Eq)]
struct Colonnes {
    personne: String,
    nature: &'static str,
    le: String,
    fin: Option<String>,
    centimes: Option<i64>,
    heures: Option<i64>,
    annee: Option<i64>,
    libelle: Option<String>,
    action: Option<String>,
    complement: i64,
}

const COLONNES: &str = "personne, nature, le, fin, centimes, heures, annee, libelle, action, reference, complement";

impl Colonnes {
    fn of(nature: &Nature, personne: &str) -> Self {
        let vide = Self { personne: personne.to_owned(), ..Self::default() };
        match nature {
            Nature::Abondement(abondement) => Self {
                nature: "abondement",
                le: abondement.date.to_string(),
                fin: abondement.echeance.map(|jour| jour.to_string()),
                centimes: Some(abondement.montant.centimes()),
                libelle: Some(abondement.financeur.clone()),
                action: abondement.action.clone(),
                complement: i64::from(abondement.nature == NatureAbondement::Complement),
                ..vide
            },
            Nature::Engagement(engagement) => Self {
                nature: "engagement",
                le: engagement.inscrit_le.to_string(),
                annee: Some(i64::from(engagement.annee.nombre())),
                libelle: Some(engagement.categorie.code().to_owned()),
                ..vide
            },
            Nature::Depense(depense) => {
                let (centimes, heures) = match depense.demande {
                    Montant::Euros(euros) => (Some(euros.centimes()), None),
                    Montant::Heures(heures) => (None, Some(i64::from(heures.nombre()))),
                };
                Self {
                    nature: "depense",
                    le: depense.date.to_string(),
                    centimes,
                    heures,
                    libelle: Some(depense.objet.code().to_owned()),
                    action: depense.action.clone(),
                    ..vide
                }
            }
            Nature::Conversion(conversion) => Self {
                nature: "conversion",
                le: conversion.date.to_string(),
                libelle: Some(conversion.sens.code().to_owned()),
                ..vide
            },
            Nature::Retraite { le, fin } => {
                Self { nature: "retraite", le: le.to_string(), fin: fin.map(|jour| jour.to_string()), ..vide }
            }
            Nature::Deces { le, fin } => {
                Self { nature: "deces", le: le.to_string(), fin: fin.map(|jour| jour.to_string()), ..vide }
            }
        }
    }
}

/// An event, from the columns that follow that of the person, in the order of [`COLONNES`].
pub(crate) fn lire(ligne: &AnyRow) -> Resultat<Evenement> {
    let jour = |colonne: usize, quoi| -> Resultat<Option<Jour>> {
        texte_ou_rien(ligne, colonne)?.map(|jour| jour.parse().map_err(|_| Panne::Donnee(quoi))).transpose()
    };
    let le = jour(2, "le")?.ok_or(Panne::Donnee("le"))?;
    let fin = jour(3, "fin")?;
    let libelle = || texte_ou_rien(ligne, 7)?.ok_or(Panne::Donnee("libelle"));
    let action = texte_ou_rien(ligne, 8)?;
    let reference = texte(ligne, 9)?;
    let nature = match texte(ligne, 1)?.as_str() {
        "abondement" => Nature::Abondement(Abondement {
            nature: match nombre(ligne, 10)? {
                0 => NatureAbondement::Dotation,
                _ => NatureAbondement::Complement,
            },
            date: le,
            montant: Euros::de_centimes(nombre(ligne, 4)?),
            financeur: libelle()?,
            action,
            echeance: fin,
        }),
        "engagement" => Nature::Engagement(Engagement {
            annee: Annee::new(petit(ligne, 6, "annee")?).map_err(|_| Panne::Donnee("annee"))?,
            categorie: CategorieEngagement::par_code(&libelle()?),
            inscrit_le: le,
        }),
        "depense" => {
            let centimes: Option<i64> = ligne.try_get(4)?;
            let demande = match centimes {
                Some(centimes) => Montant::Euros(Euros::de_centimes(centimes)),
                None => Montant::Heures(Heures::new(petit(ligne, 5, "heures")?)),
            };
            let objet = Objet::par_code(&libelle()?).ok_or(Panne::Donnee("objet"))?;
            Nature::Depense(Depense { date: le, demande, objet, action, reference: reference.clone() })
        }
        "conversion" => {
            let sens = Sens::par_code(&libelle()?).ok_or(Panne::Donnee("sens"))?;
            Nature::Conversion(ConversionDemandee { date: le, sens })
        }
        "retraite" => Nature::Retraite { le, fin },
        "deces" => Nature::Deces { le, fin },
        _ => return Err(Panne::Donnee("nature")),
    };
    Ok(Evenement { reference, nature })
}

/// Where they are read, and in which order they happened.
pub(crate) const TABLE: (&str, &str, &str) = (COLONNES, "evenements", "personne, le, reference");

/// Puts events in the life they happened to.
pub(crate) fn vivre(situation: &mut Situation, evenements: Vec<Evenement>) {
    for evenement in evenements {
        match evenement.nature {
            Nature::Abondement(abondement) => situation.abondements.push(abondement),
            Nature::Engagement(engagement) => situation.engagements.push(engagement),
            Nature::Depense(depense) => situation.depenses.push(depense),
            Nature::Conversion(conversion) => situation.conversions.push(conversion),
            Nature::Retraite { le, fin: None } => {
                situation.retraite_depuis = Some(situation.retraite_depuis.map_or(le, |autre| autre.min(le)));
            }
            Nature::Deces { le, fin: None } => {
                situation.deces = Some(situation.deces.map_or(le, |autre| autre.min(le)));
            }
            Nature::Retraite { .. } | Nature::Deces { .. } => {}
        }
    }
}

/// The events of a life, under their own reference or one that begins like that.
pub(crate) fn d_une_vie(situation: &Situation, prefixe: &str) -> Vec<Evenement> {
    let depenses = situation.depenses.iter().cloned().map(Nature::Depense);
    let toutes = (situation.abondements.iter().cloned().map(Nature::Abondement))
        .chain(situation.engagements.iter().cloned().map(Nature::Engagement))
        .chain(depenses)
        .chain(situation.conversions.iter().copied().map(Nature::Conversion))
        .chain(situation.retraite_depuis.map(|le| Nature::Retraite { le, fin: None }))
        .chain(situation.deces.map(|le| Nature::Deces { le, fin: None }));
    let reference = |nature: &Nature, rang: i32| match nature {
        Nature::Depense(depense) => depense.reference.clone(),
        _ => format!("{prefixe}-{rang}"),
    };
    toutes.zip(1..).map(|(nature, rang)| Evenement { reference: reference(&nature, rang), nature }).collect()
}

impl Travaux {
    /// Takes in events that happened to those people, recognised or not in the same order; what became of each,
    /// nothing for those of nobody.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn raconter(
        &mut self,
        reconnues: &[Reconnue],
        evenements: &[Evenement],
        maintenant: i64,
    ) -> Resultat<Vec<Option<SortEvenement>>> {
        let ids: Vec<Option<&str>> = reconnues
            .iter()
            .map(|reconnue| match reconnue {
                Reconnue::Personne { id, .. } => Some(id.as_str()),
                Reconnue::SansNom | Reconnue::CompteAutre => None,
            })
            .collect();
        inscrire(&mut self.0, &ids, evenements, maintenant).await
    }
}

/// Takes in events of people by their identifiers; what became of each.
pub(crate) async fn inscrire(
    connexion: &mut AnyConnection,
    personnes: &[Option<&str>],
    evenements: &[Evenement],
    maintenant: i64,
) -> Resultat<Vec<Option<SortEvenement>>> {
    let mut connus = connus(connexion, evenements).await?;
    let (mut sorts, mut nouveaux, mut touchees) = (Vec::with_capacity(evenements.len()), Vec::new(), BTreeSet::new());
    for (personne, evenement) in personnes.iter().zip(evenements) {
        let Some(personne) = personne else {
            sorts.push(None);
            continue;
        };
        let colonnes = Colonnes::of(&evenement.nature, personne);
        let connu = connus.get(&evenement.reference);
        let sort = match connu {
            None => SortEvenement::Nouveau,
            Some(connu) if *connu == colonnes => SortEvenement::DejaLa,
            Some(connu) if connu.fin.is_none() && *connu == (Colonnes { fin: None, ..colonnes.clone() }) => {
                SortEvenement::Fini
            }
            Some(_) => SortEvenement::Autre,
        };
        match sort {
            SortEvenement::Nouveau => nouveaux.push((evenement.reference.as_str(), colonnes.clone())),
            SortEvenement::Fini => {
                sqlx::query("UPDATE evenements SET fin = $1 WHERE reference = $2")
                    .bind(&colonnes.fin)
                    .bind(&evenement.reference)
                    .execute(&mut *connexion)
                    .await?;
            }
            SortEvenement::DejaLa | SortEvenement::Autre => {}
        }
        if matches!(sort, SortEvenement::Nouveau | SortEvenement::Fini) {
            touchees.insert(*personne);
            // The same reference further down is compared with this one.
            connus.insert(evenement.reference.clone(), colonnes);
        }
        sorts.push(Some(sort));
    }
    inserer(connexion, &nouveaux, maintenant).await?;
    for personne in touchees {
        changer_version(connexion, personne).await?;
    }
    Ok(sorts)
}

async fn connus(connexion: &mut AnyConnection, evenements: &[Evenement]) -> Resultat<HashMap<String, Colonnes>> {
    let mut connus = HashMap::new();
    for lot in evenements.chunks(PERSONNES_PAR_REQUETE) {
        let sql = format!("SELECT {COLONNES} FROM evenements WHERE reference IN {}", liste(0, lot.len()));
        let mut requete = sqlx::query(AssertSqlSafe(sql));
        for evenement in lot {
            requete = requete.bind(&evenement.reference);
        }
        for ligne in requete.fetch_all(&mut *connexion).await? {
            let Evenement { reference, nature } = lire(&ligne)?;
            connus.insert(reference, Colonnes::of(&nature, &texte(&ligne, 0)?));
        }
    }
    Ok(connus)
}

async fn inserer(connexion: &mut AnyConnection, nouveaux: &[(&str, Colonnes)], maintenant: i64) -> Resultat<()> {
    const NOMBRE: usize = 12;
    for lot in nouveaux.chunks(rangees_par_requete(NOMBRE)) {
        let sql = format!("INSERT INTO evenements ({COLONNES}, recu_le) VALUES {}", rangees(lot.len(), NOMBRE));
        let mut requete = sqlx::query(AssertSqlSafe(sql));
        for (reference, colonnes) in lot {
            requete = requete
                .bind(&colonnes.personne)
                .bind(colonnes.nature)
                .bind(&colonnes.le)
                .bind(&colonnes.fin)
                .bind(colonnes.centimes)
                .bind(colonnes.heures)
                .bind(colonnes.annee)
                .bind(&colonnes.libelle)
                .bind(&colonnes.action)
                .bind(*reference)
                .bind(colonnes.complement)
                .bind(maintenant);
        }
        requete.execute(&mut *connexion).await?;
    }
    Ok(())
}

//! People whom an import names: found by the keyed hash of their NIR and their year of birth, or
//! recorded; and the transaction in which an import writes.

use std::collections::{HashMap, HashSet};

use domaine::declarations::{Agreement, EarlierNir, Named, Recorded, may_join_earlier, recognise};
use domaine::identite::{DateNaissance, KnownIdentity, Nir13, Nom};
use domaine::told::PersonneNommee;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Transaction};
use vault::{Coffre, identifiant};

use crate::vies::activites::{PERSONNES_PAR_REQUETE, liste, rangees, rangees_par_requete};
use crate::{Resultat, Store, nombre, texte};

/// Who a named person turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reconnue {
    /// Known, or recorded just now.
    Personne {
        /// Identifier.
        id: String,
        /// Recorded just now.
        nouvelle: bool,
        /// What was known of them under another name or date.
        identite: Agreement,
    },
    /// Unknown, and without a name to record.
    SansNom,
    /// Somebody opened an account with this NIR under another name or birth date: an employer's
    /// hours must not go there.
    CompteAutre,
}

/// The writing of an import: all of it, or nothing.
pub struct Travaux(pub(crate) Transaction<'static, Any>);

/// The keyed hash of a NIR, and a year of birth.
type Cle = (String, u16);

struct Connue {
    id: String,
    nom: String,
    /// Nothing when what is stored is no date.
    naissance: Option<DateNaissance>,
    par_un_employeur: bool,
    a_un_compte: bool,
}

impl Connue {
    fn recorded(&self) -> Recorded<'_> {
        let identity = KnownIdentity { nom: &self.nom, naissance: self.naissance };
        Recorded { identity, by_employer: self.par_un_employeur, has_account: self.a_un_compte }
    }
}

fn named(nommee: &PersonneNommee) -> Named<'_> {
    Named { nom: nommee.nom.as_ref(), naissance: nommee.naissance }
}

impl Store {
    /// Begins to write for an import or a credit; waits for any other.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn travaux(&self) -> Resultat<Travaux> {
        let mut transaction = self.ecrire().await?;
        sqlx::query("UPDATE temoins SET valeur = '' WHERE nom = 'travaux'").execute(&mut *transaction).await?;
        Ok(Travaux(transaction))
    }

    /// Keeps what was written.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn garder(&self, travaux: Travaux) -> Resultat<()> {
        self.terminer(travaux.0).await
    }

    /// Drops what was written.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn abandonner(&self, travaux: Travaux) -> Resultat<()> {
        Ok(travaux.0.rollback().await?)
    }
}

impl Travaux {
    /// Finds or records those people, and gives who each of them is.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn reconnaitre(
        &mut self,
        coffre: &Coffre,
        nommees: &[PersonneNommee],
        maintenant: i64,
    ) -> Resultat<Vec<Reconnue>> {
        let cle =
            |nir: &Nir13, personne: &PersonneNommee| (coffre.empreinte_nir(nir.as_str()), personne.naissance.annee());
        let cles: Vec<Cle> = nommees.iter().map(|nommee| cle(&nommee.nir, nommee)).collect();
        let anciennes: Vec<Option<Cle>> =
            nommees.iter().map(|nommee| nommee.ancien_nir.as_ref().map(|nir| cle(nir, nommee))).collect();
        let mut connues = HashMap::new();
        chercher(&mut self.0, &cles, &mut connues).await?;
        let cherchees: Vec<Cle> = anciennes.iter().flatten().cloned().collect();
        chercher(&mut self.0, &cherchees, &mut connues).await?;
        let renumerotees = self.renumeroter(coffre, nommees, (&cles, &anciennes), &mut connues).await?;
        let mut a_creer: HashMap<&Cle, (String, &PersonneNommee)> = HashMap::new();
        for (cle, nommee) in cles.iter().zip(nommees) {
            if !connues.contains_key(cle) && nommee.nom.is_some() && nommee.prenoms.is_some() {
                a_creer.entry(cle).or_insert_with(|| (identifiant(), nommee));
            }
        }
        let nouvelles: Vec<(&Cle, String, &PersonneNommee)> =
            a_creer.into_iter().map(|(cle, (id, nommee))| (cle, id, nommee)).collect();
        creer(&mut self.0, coffre, &nouvelles, maintenant).await?;
        // An account may have been opened meanwhile: the database says who is there.
        let cherchees: Vec<Cle> = nouvelles.iter().map(|(cle, ..)| (*cle).clone()).collect();
        chercher(&mut self.0, &cherchees, &mut connues).await?;
        let anciennes_connues: Vec<bool> = anciennes
            .iter()
            .zip(&cles)
            .map(|(ancienne, cle)| ancienne.as_ref().is_some_and(|a| a != cle && connues.contains_key(a)))
            .collect();
        let ids: HashSet<&str> = nouvelles.iter().map(|(_, id, _)| id.as_str()).collect();
        let mut a_reconnaitre = Vec::new();
        let mut reconnues = Vec::with_capacity(nommees.len());
        for (rang, (cle, nommee)) in cles.iter().zip(nommees).enumerate() {
            let Some(connue) = connues.get_mut(cle) else {
                reconnues.push(Reconnue::SansNom);
                continue;
            };
            let earlier = if renumerotees.contains(&rang) {
                EarlierNir::Joined
            } else if anciennes_connues[rang] {
                EarlierNir::Apart
            } else {
                EarlierNir::Unknown
            };
            let Some(identite) = recognise(&connue.recorded(), &named(nommee), earlier) else {
                reconnues.push(Reconnue::CompteAutre);
                continue;
            };
            if !connue.par_un_employeur {
                a_reconnaitre.push(connue.id.clone());
            }
            if identite == Agreement::Changed {
                redresser(&mut self.0, connue, nommee).await?;
            }
            let nouvelle = ids.contains(connue.id.as_str());
            reconnues.push(Reconnue::Personne { id: connue.id.clone(), nouvelle, identite });
        }
        for lot in a_reconnaitre.chunks(PERSONNES_PAR_REQUETE) {
            let sql =
                format!("UPDATE personnes SET connue = 1, version = version + 1 WHERE id IN {}", liste(0, lot.len()));
            let mut requete = sqlx::query(AssertSqlSafe(sql));
            for id in lot {
                requete = requete.bind(id);
            }
            requete.execute(&mut *self.0).await?;
        }
        Ok(reconnues)
    }

    /// Gives those who are known under an earlier NIR the one they have now; the places of those people.
    async fn renumeroter(
        &mut self,
        coffre: &Coffre,
        nommees: &[PersonneNommee],
        (cles, anciennes): (&[Cle], &[Option<Cle>]),
        connues: &mut HashMap<Cle, Connue>,
    ) -> Resultat<HashSet<usize>> {
        let mut renumerotees = HashSet::new();
        for (rang, (cle, nommee)) in cles.iter().zip(nommees).enumerate() {
            let Some(ancienne) = anciennes[rang].as_ref().filter(|ancienne| *ancienne != cle) else { continue };
            let new_is_taken = connues.contains_key(cle);
            let joins = |connue: &Connue| may_join_earlier(new_is_taken, &connue.recorded(), &named(nommee));
            if !connues.get(ancienne).is_some_and(joins) {
                continue;
            }
            if let Some(connue) = connues.remove(ancienne) {
                sqlx::query("UPDATE personnes SET nir_empreinte = $1, nir_chiffre = $2 WHERE id = $3")
                    .bind(&cle.0)
                    .bind(coffre.chiffrer_nir(&connue.id, nommee.nir.as_str()))
                    .bind(&connue.id)
                    .execute(&mut *self.0)
                    .await?;
                connues.insert(cle.clone(), connue);
                renumerotees.insert(rang);
            }
        }
        Ok(renumerotees)
    }
}

/// Keeps the name and date that were declared last: nobody has an account under the others yet.
async fn redresser(connexion: &mut AnyConnection, connue: &mut Connue, nommee: &PersonneNommee) -> Resultat<()> {
    let texte = |nom: &Option<Nom>| nom.as_ref().map(|nom| nom.as_str().to_owned());
    sqlx::query(
        "UPDATE personnes SET nom_naissance = COALESCE($1, nom_naissance), prenoms = COALESCE($2, prenoms),
             date_naissance = $3, version = version + 1 WHERE id = $4",
    )
    .bind(texte(&nommee.nom))
    .bind(texte(&nommee.prenoms))
    .bind(nommee.naissance.iso())
    .bind(&connue.id)
    .execute(connexion)
    .await?;
    if let Some(nom) = texte(&nommee.nom) {
        connue.nom = nom;
    }
    connue.naissance = Some(nommee.naissance);
    Ok(())
}

async fn chercher(connexion: &mut AnyConnection, cles: &[Cle], connues: &mut HashMap<Cle, Connue>) -> Resultat<()> {
    for lot in cles.chunks(PERSONNES_PAR_REQUETE) {
        let sql = format!(
            "SELECT nir_empreinte, annee_naissance, id, nom_naissance, date_naissance, connue,
                 (SELECT COUNT(*) FROM comptes c WHERE c.personne = personnes.id) FROM personnes WHERE nir_empreinte IN {}",
            liste(0, lot.len())
        );
        let mut requete = sqlx::query(AssertSqlSafe(sql));
        for (empreinte, _) in lot {
            requete = requete.bind(empreinte);
        }
        for ligne in requete.fetch_all(&mut *connexion).await? {
            let connue = Connue {
                id: texte(&ligne, 2)?,
                nom: texte(&ligne, 3)?,
                naissance: DateNaissance::depuis_iso(&texte(&ligne, 4)?),
                par_un_employeur: nombre(&ligne, 5)? == 1,
                a_un_compte: nombre(&ligne, 6)? > 0,
            };
            connues.insert((texte(&ligne, 0)?, crate::petit(&ligne, 1, "annee_naissance")?), connue);
        }
    }
    Ok(())
}

async fn creer(
    connexion: &mut AnyConnection,
    coffre: &Coffre,
    nouvelles: &[(&Cle, String, &PersonneNommee)],
    maintenant: i64,
) -> Resultat<()> {
    const COLONNES: usize = 10;
    for lot in nouvelles.chunks(rangees_par_requete(COLONNES)) {
        let sql = format!(
            "INSERT INTO personnes (id, nir_empreinte, annee_naissance, nir_chiffre, nom_naissance, prenoms,
                 date_naissance, connue, version, creee_le) VALUES {} ON CONFLICT DO NOTHING",
            rangees(lot.len(), COLONNES)
        );
        let mut requete = sqlx::query(AssertSqlSafe(sql));
        for ((empreinte, annee), id, nommee) in lot {
            requete = requete
                .bind(id)
                .bind(empreinte)
                .bind(i64::from(*annee))
                .bind(coffre.chiffrer_nir(id, nommee.nir.as_str()))
                .bind(nommee.nom.as_ref().map(|nom| nom.as_str().to_owned()))
                .bind(nommee.prenoms.as_ref().map(|nom| nom.as_str().to_owned()))
                .bind(nommee.naissance.iso())
                .bind(1_i64)
                .bind(0_i64)
                .bind(maintenant);
        }
        requete.execute(&mut *connexion).await?;
    }
    Ok(())
}

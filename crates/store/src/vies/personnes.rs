//! People whose NIR is known, and what is known of their working life.

use domaine::dif::Rapport;
use domaine::droits::{AttestationDeclaree, Provenance, Situation};
use domaine::identite::DateNaissance;
use domaine::mesures::{Annee, Heures, Jour};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::evenements;
use crate::vies::activites::{self, Fait, NouveauFait, REPRISE};
use crate::{Panne, Resultat, Store, nombre, petit, texte, texte_ou_rien};

/// A person as the store knows them. No `Debug`.
pub struct Personne {
    /// Identifier.
    pub id: String,
    /// Birth name.
    pub nom_naissance: String,
    /// `1979-03-28`, unknown parts as 00.
    pub date_naissance: String,
    /// Given names.
    pub prenoms: String,
    /// The NIR, encrypted.
    pub nir_chiffre: String,
    /// Whether the employers' declarations know this person.
    pub connue: bool,
}

/// A person to record. No `Debug`.
pub struct NouvellePersonne {
    /// Identifier, chosen by the caller: the NIR is encrypted under it.
    pub id: String,
    /// What the NIR is looked up by.
    pub nir_empreinte: String,
    /// Year of birth, which tells apart two people a hundred years from each other.
    pub annee_naissance: u16,
    /// The NIR, encrypted.
    pub nir_chiffre: String,
    /// Birth name.
    pub nom_naissance: String,
    /// Given names.
    pub prenoms: String,
    /// `1979-03-28`.
    pub date_naissance: String,
}

/// Facts to record for a person: those of the employers replace whatever was there.
pub struct Faits {
    /// Whether the employers' declarations know this person.
    pub connue: bool,
    /// Hours, years and events; what a holder declares is not looked at.
    pub situation: Situation,
}

fn lire(ligne: &AnyRow) -> Resultat<Personne> {
    Ok(Personne {
        id: texte(ligne, 0)?,
        nom_naissance: texte(ligne, 1)?,
        date_naissance: texte(ligne, 2)?,
        prenoms: texte(ligne, 3)?,
        nir_chiffre: texte(ligne, 4)?,
        connue: nombre(ligne, 5)? == 1,
    })
}

/// The person under this NIR and year, recorded first if need be.
pub(crate) async fn trouver_ou_creer(
    connexion: &mut AnyConnection,
    nouvelle: &NouvellePersonne,
    maintenant: i64,
) -> Resultat<Personne> {
    sqlx::query(
        "INSERT INTO personnes
             (id, nir_empreinte, annee_naissance, nir_chiffre, nom_naissance, prenoms, date_naissance, connue, version, creee_le)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8) ON CONFLICT DO NOTHING",
    )
    .bind(&nouvelle.id)
    .bind(&nouvelle.nir_empreinte)
    .bind(i64::from(nouvelle.annee_naissance))
    .bind(&nouvelle.nir_chiffre)
    .bind(&nouvelle.nom_naissance)
    .bind(&nouvelle.prenoms)
    .bind(&nouvelle.date_naissance)
    .bind(maintenant)
    .execute(&mut *connexion)
    .await?;
    let ligne = sqlx::query(
        "SELECT id, nom_naissance, date_naissance, prenoms, nir_chiffre, connue
         FROM personnes WHERE nir_empreinte = $1 AND annee_naissance = $2",
    )
    .bind(&nouvelle.nir_empreinte)
    .bind(i64::from(nouvelle.annee_naissance))
    .fetch_one(connexion)
    .await?;
    lire(&ligne)
}

/// What rights are computed from changed: whoever remembers a statement must forget it.
pub(crate) async fn changer_version(connexion: &mut AnyConnection, personne: &str) -> Resultat<()> {
    sqlx::query("UPDATE personnes SET version = version + 1 WHERE id = $1").bind(personne).execute(connexion).await?;
    Ok(())
}

pub(crate) fn provenance(ligne: &AnyRow, colonne: usize) -> Resultat<Provenance> {
    Provenance::par_code(&texte(ligne, colonne)?).ok_or(Panne::Donnee("provenance"))
}

impl Store {
    /// The person of this identifier.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn personne(&self, id: &str) -> Resultat<Option<Personne>> {
        let ligne = sqlx::query(
            "SELECT id, nom_naissance, date_naissance, prenoms, nir_chiffre, connue FROM personnes WHERE id = $1",
        )
        .bind(id)
        .fetch_optional(&self.pool)
        .await?;
        ligne.as_ref().map(lire).transpose()
    }

    /// Records a person and what the employers know of them; twice the same is once.
    ///
    /// # Errors
    /// [`Panne`] when the database fails: then nothing was recorded.
    pub async fn enregistrer_faits(&self, nouvelle: &NouvellePersonne, faits: &Faits, maintenant: i64) -> Resultat<()> {
        let mut transaction = self.ecrire().await?;
        let personne = trouver_ou_creer(&mut transaction, nouvelle, maintenant).await?;
        sqlx::query("UPDATE personnes SET connue = $1, version = version + 1 WHERE id = $2")
            .bind(i64::from(faits.connue))
            .bind(&personne.id)
            .execute(&mut *transaction)
            .await?;
        for vider in [
            "DELETE FROM heures_anterieures WHERE personne = $1",
            "DELETE FROM activites WHERE personne = $1 AND corrige_le = '' AND origine = 'reprise'",
        ] {
            sqlx::query(vider).bind(&personne.id).execute(&mut *transaction).await?;
        }
        if let Some(heures) = &faits.situation.heures_anterieures {
            sqlx::query("INSERT INTO heures_anterieures (personne, heures, provenance) VALUES ($1, $2, $3)")
                .bind(&personne.id)
                .bind(i64::from(heures.heures.nombre()))
                .bind(heures.provenance.code())
                .execute(&mut *transaction)
                .await?;
        }
        let nouveaux: Vec<NouveauFait> = faits
            .situation
            .activites
            .iter()
            .zip(1..)
            .map(|(activite, rang)| {
                let (corrige_le, activite) = (String::new(), activite.clone());
                (personne.id.clone(), rang, Fait { corrige_le, origine: REPRISE.into(), activite })
            })
            .collect();
        activites::inserer(&mut transaction, &nouveaux).await?;
        let evenements = evenements::d_une_vie(&faits.situation, &format!("{REPRISE}-{}", personne.id));
        let a_qui = vec![Some(personne.id.as_str()); evenements.len()];
        evenements::inscrire(&mut transaction, &a_qui, &evenements, maintenant).await?;
        self.terminer(transaction).await?;
        Ok(())
    }
}

/// What opens an account: the birth date, and the first day of an apprenticeship.
#[derive(Clone, Copy, Default)]
pub(crate) struct Age {
    pub naissance: Option<Jour>,
    pub apprenti_depuis: Option<Jour>,
}

/// From that column on.
pub(crate) fn age(ligne: &AnyRow, colonne: usize) -> Resultat<Age> {
    let naissance = DateNaissance::depuis_iso(&texte(ligne, colonne)?).ok_or(Panne::Donnee("date_naissance"))?;
    let apprenti_depuis = texte_ou_rien(ligne, colonne + 1)?
        .map(|jour| jour.parse().map_err(|_| Panne::Donnee("apprenti_depuis")))
        .transpose()?;
    Ok(Age { naissance: naissance.au_plus_tot(), apprenti_depuis })
}

/// The year and the day of a correction, from that column on.
pub(crate) fn correction(ligne: &AnyRow, colonne: usize) -> Resultat<(Annee, Jour)> {
    let annee = Annee::new(petit(ligne, colonne, "annee")?).map_err(|_| Panne::Donnee("annee"))?;
    Ok((annee, texte(ligne, colonne + 1)?.parse().map_err(|_| Panne::Donnee("le"))?))
}

/// An attestation, from that column on.
pub(crate) fn attestation(ligne: &AnyRow, colonne: usize) -> Resultat<AttestationDeclaree> {
    Ok(AttestationDeclaree {
        heures: Heures::new(petit(ligne, colonne, "heures")?),
        rapport: Rapport::par_code(&texte(ligne, colonne + 1)?).ok_or(Panne::Donnee("rapport"))?,
        declaree_le: texte(ligne, colonne + 2)?.parse().map_err(|_| Panne::Donnee("declaree_le"))?,
        reference: texte(ligne, colonne + 3)?,
    })
}

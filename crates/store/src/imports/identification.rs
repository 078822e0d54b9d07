//! People whom an import names: found by the keyed hash of their NIR and their year of birth, or recorded.

use std::collections::{HashMap, HashSet};

use domaine::declarations::{Agreement, EarlierNir, Named, Recorded, may_join_earlier, recognise};
use domaine::identite::{DateNaissance, KnownIdentity, Nir13, Nom, Side};
use domaine::told::NamedPerson;
use sqlx::{AnyConnection, AssertSqlSafe};
use vault::{Vault, identifier};

use crate::StoreResult;
use crate::lives::activites::{PEOPLE_PER_QUERY, list, rows, rows_per_query};
use crate::recognition::Recognized;
use crate::row::{coded, flag, small_number, text, text_or_nothing};
use crate::write_tx::WriteTx;

/// The keyed hash of a NIR, and a year of birth.
type Key = (String, u16);

struct Known {
    id: String,
    nom: String,
    of_the_holder: Option<String>,
    naissance: DateNaissance,
    by_an_employeur: bool,
}

impl Known {
    fn recorded(&self) -> Recorded<'_> {
        let has_account = self.of_the_holder.is_some();
        // An account keeps the date that its holder typed.
        let side = if self.by_an_employeur && !has_account { Side::Payroll } else { Side::Holder };
        let identity = KnownIdentity {
            nom: &self.nom,
            of_the_holder: self.of_the_holder.as_deref(),
            naissance: Some(self.naissance),
            side,
        };
        Recorded { identity, by_employer: self.by_an_employeur, has_account }
    }
}

fn named(named_person: &NamedPerson) -> Named<'_> {
    let nom = match (&named_person.nom, &named_person.prenoms) {
        (Some(nom), Some(prenoms)) => Some(Nom::compared(nom, prenoms)),
        (nom, _) => nom.as_ref().filter(|nom| !nom.is_none()),
    };
    Named { nom, naissance: named_person.naissance }
}

impl WriteTx {
    /// Finds or records those people, and gives who each of them is.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn recognize(
        &mut self,
        vault: &Vault,
        named_ones: &[NamedPerson],
        now: i64,
    ) -> StoreResult<Vec<Recognized>> {
        let key = |nir: &Nir13, person: &NamedPerson| (vault.nir_digest(nir.as_str()), person.naissance.year());
        let keys: Vec<Key> = named_ones.iter().map(|named_person| key(&named_person.nir, named_person)).collect();
        let former_ones: Vec<Option<Key>> = named_ones
            .iter()
            .map(|named_person| named_person.former_nir.as_ref().map(|nir| key(nir, named_person)))
            .collect();
        let mut known_ones = HashMap::new();
        find(&mut self.0, &keys, &mut known_ones).await?;
        let wanted: Vec<Key> = former_ones.iter().flatten().cloned().collect();
        find(&mut self.0, &wanted, &mut known_ones).await?;
        let renumbered = self.renumber(vault, named_ones, (&keys, &former_ones), &mut known_ones).await?;
        let mut to_create: HashMap<&Key, (String, &NamedPerson)> = HashMap::new();
        for (key, named_person) in keys.iter().zip(named_ones) {
            if !known_ones.contains_key(key) && named_person.nom.is_some() && named_person.prenoms.is_some() {
                to_create.entry(key).or_insert_with(|| (identifier(), named_person));
            }
        }
        let new_ones: Vec<(&Key, String, &NamedPerson)> =
            to_create.into_iter().map(|(key, (id, named_person))| (key, id, named_person)).collect();
        create(&mut self.0, vault, &new_ones, now).await?;
        // An account may have been opened meanwhile: the database says who is there.
        let wanted: Vec<Key> = new_ones.iter().map(|(key, ..)| (*key).clone()).collect();
        find(&mut self.0, &wanted, &mut known_ones).await?;
        let known_former: Vec<bool> = former_ones
            .iter()
            .zip(&keys)
            .map(|(former, key)| former.as_ref().is_some_and(|a| a != key && known_ones.contains_key(a)))
            .collect();
        let ids: HashSet<&str> = new_ones.iter().map(|(_, id, _)| id.as_str()).collect();
        let mut to_recognize = Vec::new();
        let mut recognized_ones = Vec::with_capacity(named_ones.len());
        for (index, (key, named_person)) in keys.iter().zip(named_ones).enumerate() {
            let Some(known) = known_ones.get_mut(key) else {
                recognized_ones.push(Recognized::NoNom);
                continue;
            };
            let earlier = if renumbered.contains(&index) {
                EarlierNir::Joined
            } else if known_former[index] {
                EarlierNir::Apart
            } else {
                EarlierNir::Unknown
            };
            let Some(identite) = recognise(&known.recorded(), &named(named_person), earlier) else {
                recognized_ones.push(Recognized::OtherAccount);
                continue;
            };
            if !known.by_an_employeur {
                to_recognize.push(known.id.clone());
            }
            if identite == Agreement::Changed {
                straighten(&mut self.0, known, named_person).await?;
            }
            let new = ids.contains(known.id.as_str());
            recognized_ones.push(Recognized::Person { id: known.id.clone(), new, identite });
        }
        for batch in to_recognize.chunks(PEOPLE_PER_QUERY) {
            let sql =
                format!("UPDATE personnes SET connue = 1, version = version + 1 WHERE id IN {}", list(0, batch.len()));
            let mut request = sqlx::query(AssertSqlSafe(sql));
            for id in batch {
                request = request.bind(id);
            }
            request.execute(&mut *self.0).await?;
        }
        Ok(recognized_ones)
    }

    /// Gives those who are known under an earlier NIR the one they have now; the places of those people.
    async fn renumber(
        &mut self,
        vault: &Vault,
        named_ones: &[NamedPerson],
        (keys, former_ones): (&[Key], &[Option<Key>]),
        known_ones: &mut HashMap<Key, Known>,
    ) -> StoreResult<HashSet<usize>> {
        let mut renumbered = HashSet::new();
        for (index, (key, named_person)) in keys.iter().zip(named_ones).enumerate() {
            let Some(former) = former_ones[index].as_ref().filter(|former| *former != key) else { continue };
            let new_is_taken = known_ones.contains_key(key);
            let joins = |known: &Known| may_join_earlier(new_is_taken, &known.recorded(), &named(named_person));
            if !known_ones.get(former).is_some_and(joins) {
                continue;
            }
            if let Some(known) = known_ones.remove(former) {
                sqlx::query("UPDATE personnes SET nir_empreinte = $1, nir_chiffre = $2 WHERE id = $3")
                    .bind(&key.0)
                    .bind(vault.seal_nir(&known.id, named_person.nir.as_str()))
                    .bind(&known.id)
                    .execute(&mut *self.0)
                    .await?;
                known_ones.insert(key.clone(), known);
                renumbered.insert(index);
            }
        }
        Ok(renumbered)
    }
}

/// Keeps the name and date that were declared last: nobody has an account under the others yet.
async fn straighten(connexion: &mut AnyConnection, known: &mut Known, named_person: &NamedPerson) -> StoreResult<()> {
    let text = |nom: &Option<Nom>| nom.as_ref().map(|nom| nom.as_str().to_owned());
    sqlx::query(
        "UPDATE personnes SET nom_naissance = COALESCE($1, nom_naissance), prenoms = COALESCE($2, prenoms),
             date_naissance = $3, version = version + 1 WHERE id = $4",
    )
    .bind(text(&named_person.nom))
    .bind(text(&named_person.prenoms))
    .bind(named_person.naissance.iso())
    .bind(&known.id)
    .execute(connexion)
    .await?;
    if let Some(nom) = named(named_person).nom {
        known.nom = nom.as_str().to_owned();
    }
    known.naissance = named_person.naissance;
    Ok(())
}

async fn find(connexion: &mut AnyConnection, keys: &[Key], known_ones: &mut HashMap<Key, Known>) -> StoreResult<()> {
    for batch in keys.chunks(PEOPLE_PER_QUERY) {
        let sql = format!(
            "SELECT nir_empreinte, annee_naissance, id, COALESCE(NULLIF(nom_naissance, '-'), prenoms) AS nom, date_naissance, connue,
                 (SELECT COALESCE(NULLIF(c.nom_naissance, '-'), c.prenoms) FROM comptes c WHERE c.personne = personnes.id) AS nom_du_titulaire
             FROM personnes WHERE nir_empreinte IN {}",
            list(0, batch.len())
        );
        let mut request = sqlx::query(AssertSqlSafe(sql));
        for (digest, _) in batch {
            request = request.bind(digest);
        }
        for row in request.fetch_all(&mut *connexion).await? {
            let known = Known {
                id: text(&row, "id")?,
                nom: text(&row, "nom")?,
                naissance: coded(&row, "date_naissance", DateNaissance::from_iso)?,
                by_an_employeur: flag(&row, "connue")?,
                of_the_holder: text_or_nothing(&row, "nom_du_titulaire")?,
            };
            known_ones.insert((text(&row, "nir_empreinte")?, small_number(&row, "annee_naissance")?), known);
        }
    }
    Ok(())
}

async fn create(
    connexion: &mut AnyConnection,
    vault: &Vault,
    new_ones: &[(&Key, String, &NamedPerson)],
    now: i64,
) -> StoreResult<()> {
    const COLUMNS: usize = 10;
    for batch in new_ones.chunks(rows_per_query(COLUMNS)) {
        let sql = format!(
            "INSERT INTO personnes (id, nir_empreinte, annee_naissance, nir_chiffre, nom_naissance, prenoms,
                 date_naissance, connue, version, creee_le) VALUES {} ON CONFLICT DO NOTHING",
            rows(batch.len(), COLUMNS)
        );
        let mut request = sqlx::query(AssertSqlSafe(sql));
        for ((digest, year), id, named_person) in batch {
            request = request
                .bind(id)
                .bind(digest)
                .bind(i64::from(*year))
                .bind(vault.seal_nir(id, named_person.nir.as_str()))
                .bind(named_person.nom.as_ref().map(|nom| nom.as_str().to_owned()))
                .bind(named_person.prenoms.as_ref().map(|nom| nom.as_str().to_owned()))
                .bind(named_person.naissance.iso())
                .bind(1_i64)
                .bind(0_i64)
                .bind(now);
        }
        request.execute(&mut *connexion).await?;
    }
    Ok(())
}

//! People whom an import names: found by the keyed hash of their NIR and their year of birth, or recorded.

use std::collections::{HashMap, HashSet};

use domaine::declarations::{
    Agreement, Claim, EarlierNir, Named, Recorded, Return, may_join_earlier, recognise, sets_aside,
};
use domaine::identite::{DateNaissance, KnownIdentity, Names, Nir13, Nom, Side, nom};
use domaine::told::NamedPerson;
use sqlx::{AnyConnection, AssertSqlSafe};
use vault::{NirDigests, Vault, identifier};

use super::contradiction::{self, Holder, Testimony};
use crate::lives::activites::{PEOPLE_PER_QUERY, list, rows, rows_per_query};
use crate::recognition::Recognized;
use crate::row::{coded, flag, number_or_none, small_number, text, text_or_nothing};
use crate::write_tx::WriteTx;
use crate::{StoreError, StoreResult};

/// The keyed hashes of a NIR, and a year of birth.
type Key = (NirDigests, u16);

struct Known {
    id: String,
    nom: String,
    prenoms: String,
    holder: Option<Holder>,
    naissance: DateNaissance,
    by_an_employeur: bool,
}

impl Known {
    fn recorded(&self) -> Recorded<'_> {
        let has_account = self.holder.is_some();
        // An account keeps the date that its holder typed.
        let side = if self.by_an_employeur && !has_account { Side::Payroll } else { Side::Holder };
        let identity = KnownIdentity {
            nom: &self.nom,
            of_the_holder: self.holder.as_ref().map(|holder| the_one(&holder.nom, &holder.prenoms)),
            naissance: Some(self.naissance),
            side,
        };
        Recorded { identity, by_employer: self.by_an_employeur, has_account }
    }

    fn names(&self) -> Names<'_> {
        [&self.nom, &self.prenoms]
    }
}

/// The name that a person is compared by, as it is written.
fn the_one<'a>(nom: &'a str, prenoms: &'a str) -> &'a str {
    if nom == nom::NONE { prenoms } else { nom }
}

/// The names of a person who is named in full.
fn in_full(named_person: &NamedPerson) -> Option<Names<'_>> {
    Some([named_person.nom.as_ref()?.as_str(), named_person.prenoms.as_ref()?.as_str()])
}

fn named(named_person: &NamedPerson) -> Named<'_> {
    let nom = match (&named_person.nom, &named_person.prenoms) {
        (Some(nom), Some(prenoms)) => Some(Nom::compared(nom, prenoms)),
        (nom, _) => nom.as_ref().filter(|nom| !nom.is_none()),
    };
    Named { nom, naissance: named_person.naissance }
}

impl WriteTx {
    /// Finds or records those people, and gives who each of them is. Where an employer names them, an account that somebody
    /// else opened under their NIR is set aside.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn recognize(
        &mut self,
        vault: &Vault,
        named_ones: &[NamedPerson],
        testimony: Option<Testimony<'_>>,
        now: i64,
    ) -> StoreResult<Vec<Recognized>> {
        let search = vault.nir_search();
        let key = |nir: &Nir13, person: &NamedPerson| (search.digests(nir.as_str()), person.naissance.year());
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
        let mut ids: HashSet<String> = new_ones.iter().map(|(_, id, _)| id.clone()).collect();
        let set_aside = match testimony {
            Some(with) => self.set_aside(vault, (&keys, named_ones), &mut known_ones, with, now).await?,
            None => HashSet::new(),
        };
        ids.extend(set_aside.iter().filter_map(|index| known_ones.get(&keys[*index])).map(|known| known.id.clone()));
        let known_former: Vec<bool> = former_ones
            .iter()
            .zip(&keys)
            .map(|(former, key)| former.as_ref().is_some_and(|a| a != key && known_ones.contains_key(a)))
            .collect();
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
            let Some(mut identite) = recognise(&known.recorded(), &named(named_person), earlier) else {
                recognized_ones.push(Recognized::OtherAccount);
                continue;
            };
            if set_aside.contains(&index) {
                identite = Agreement::SetAside;
            }
            if let (Agreement::Changed, Some(names)) = (identite, in_full(named_person)) {
                let (who, is_new) = ((known.id.as_str(), known.names()), ids.contains(&known.id));
                match contradiction::rival(&mut self.0, who, (&named(named_person), names), is_new).await? {
                    Some((Return::Back, aside)) => {
                        let back = match testimony {
                            Some(with) => {
                                contradiction::return_to(&mut self.0, vault, &aside, &key.0, with, now).await?
                            }
                            None => false,
                        };
                        if !back {
                            recognized_ones.push(Recognized::Disputed);
                            continue;
                        }
                        identite = Agreement::GivenBack;
                        *known = Known {
                            id: aside.person,
                            nom: aside.holder.nom.clone(),
                            prenoms: aside.holder.prenoms.clone(),
                            holder: Some(aside.holder),
                            naissance: aside.naissance,
                            by_an_employeur: false,
                        };
                    }
                    Some((Return::Disputed, _)) => {
                        recognized_ones.push(Recognized::Disputed);
                        continue;
                    }
                    Some((Return::None, _)) | None => {}
                }
            }
            if !known.by_an_employeur {
                to_recognize.push(known.id.clone());
            }
            if identite == Agreement::Changed {
                straighten(&mut self.0, known, named_person).await?;
            }
            let new = ids.contains(&known.id);
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

    /// Sets aside the accounts that those people contradict, and records them under their NIR; their places.
    async fn set_aside(
        &mut self,
        vault: &Vault,
        (keys, named_ones): (&[Key], &[NamedPerson]),
        known_ones: &mut HashMap<Key, Known>,
        testimony: Testimony<'_>,
        now: i64,
    ) -> StoreResult<HashSet<usize>> {
        let mut places = HashSet::new();
        for (index, (key, named_person)) in keys.iter().zip(named_ones).enumerate() {
            let Some(known) = known_ones.get(key) else { continue };
            let (Some(holder), Some(names)) = (&known.holder, in_full(named_person)) else { continue };
            let claim = Claim { names: holder.names(), proved: holder.nir_proved, by_employer: known.by_an_employeur };
            if !sets_aside(&claim, names) {
                continue;
            }
            let id = identifier();
            let whose = (known.id.as_str(), holder);
            if contradiction::set_aside(&mut self.0, vault, whose, &id, testimony, now).await? {
                create(&mut self.0, vault, &[(key, id, named_person)], now).await?;
                find(&mut self.0, std::slice::from_ref(key), known_ones).await?;
                places.insert(index);
            }
        }
        Ok(places)
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
                    .bind(key.0.newest())
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
    if let Some(prenoms) = &named_person.prenoms {
        known.prenoms = prenoms.as_str().to_owned();
    }
    known.naissance = named_person.naissance;
    Ok(())
}

async fn find(connexion: &mut AnyConnection, keys: &[Key], known_ones: &mut HashMap<Key, Known>) -> StoreResult<()> {
    let each = keys.first().map_or(1, |(digests, _)| digests.all().len().max(1));
    for batch in keys.chunks(PEOPLE_PER_QUERY.div_ceil(each)) {
        let wanted: HashMap<&str, &NirDigests> = batch
            .iter()
            .flat_map(|(digests, _)| digests.all().iter().map(move |one| (one.as_str(), digests)))
            .collect();
        let sql = format!(
            "SELECT p.nir_empreinte, p.annee_naissance, p.id, COALESCE(NULLIF(p.nom_naissance, '-'), p.prenoms) AS nom, p.prenoms,
                 p.date_naissance, p.connue, c.id AS compte, c.nom_naissance AS nom_du_titulaire,
                 c.prenoms AS prenoms_du_titulaire, c.courriel, c.numero_prouve_le
             FROM personnes p LEFT JOIN comptes c ON c.personne = p.id WHERE p.nir_empreinte IN {}",
            list(0, wanted.len())
        );
        let mut request = sqlx::query(AssertSqlSafe(sql));
        for digest in wanted.keys() {
            request = request.bind(*digest);
        }
        for row in request.fetch_all(&mut *connexion).await? {
            let holder = match text_or_nothing(&row, "compte")? {
                None => None,
                Some(account) => Some(Holder {
                    account,
                    nom: text(&row, "nom_du_titulaire")?,
                    prenoms: text(&row, "prenoms_du_titulaire")?,
                    courriel: text(&row, "courriel")?,
                    nir_proved: number_or_none(&row, "numero_prouve_le")?.is_some(),
                }),
            };
            let known = Known {
                id: text(&row, "id")?,
                nom: text(&row, "nom")?,
                prenoms: text(&row, "prenoms")?,
                naissance: coded(&row, "date_naissance", DateNaissance::from_iso)?,
                by_an_employeur: flag(&row, "connue")?,
                holder,
            };
            let digests = wanted.get(text(&row, "nir_empreinte")?.as_str());
            let digests = digests.ok_or(StoreError::Corrupt("nir_empreinte"))?;
            known_ones.insert(((*digests).clone(), small_number(&row, "annee_naissance")?), known);
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
        for ((digests, year), id, named_person) in batch {
            request = request
                .bind(id)
                .bind(digests.newest())
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

//! Declarations of employers: each kept, replaced and cancelled as a whole; the years that they add up to.

use std::collections::{BTreeMap, BTreeSet};

use domaine::bareme::NatureAbsence;
use domaine::droits::{Absence, Activite, Provenance, Statut, Travail};
use domaine::mesures::{Annee, DureeTravaillee, Jour, Jours, MoisDeLAnnee, Quantite};
use domaine::told::PersonneNommee;
use dsn::division::{Decision, Portion, decider};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use vault::Coffre;

use super::divisions::{champ, ramenee};
use crate::recognition::Reconnue;
use crate::vies::activites::{
    DSN, PERSONNES_PAR_REQUETE, Unite, deballer, emballer, liste, rangees, rangees_par_requete,
};
use crate::vies::annees::{self, Changements, Dires};
use crate::write_tx::Travaux;
use crate::{Panne, Resultat, nombre, petit, texte, texte_ou_rien};

/// What became of a declaration.
pub use dsn::Sort as SortDsn;

/// What one declaration says.
pub struct DepotDsn {
    /// The establishment.
    pub siret: String,
    /// `2026-01`.
    pub mois: String,
    /// Its place in that month.
    pub portion: Portion,
    /// Whether it cancels.
    pub annule: bool,
    /// A keyed hash of the rest.
    pub empreinte: String,
    /// The people it names.
    pub personnes: Vec<PersonneNommee>,
    /// What it says of each, by the place of the person in the list above.
    pub mois_travailles: Vec<(usize, MoisTravaille)>,
}

/// A month of a person under one status. In hundredths, negative when it takes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoisTravaille {
    /// The year.
    pub annee: u16,
    /// The month.
    pub mois: u8,
    /// `salarie`, `esat` or `agent_public`.
    pub statut: &'static str,
    /// Hours worked.
    pub heures: i64,
    /// Days worked, those of a *forfait-jours* included.
    pub jours: i64,
    /// The days of a full year in the agreement.
    pub accord: Option<i64>,
    /// Absences by nature.
    pub absences: Vec<(NatureAbsence, Unite, i64)>,
    /// Whether a disability was declared (BOETH).
    pub boeth: bool,
    /// The first day of a contract of apprenticeship.
    pub apprenti_depuis: Option<Jour>,
}

/// What a deposit came to.
pub struct Depose {
    /// What became of the declaration.
    pub sort: SortDsn,
    /// Whether it took the place of another division of its month.
    pub redivise: bool,
    /// Whether anything was written.
    pub ecrit: bool,
    /// Who its people are, in its order; nothing when the declaration changed nothing.
    pub reconnues: Vec<Reconnue>,
    /// What changed.
    pub changements: Changements,
}

impl DepotDsn {
    fn id(&self) -> String {
        format!("{}-{}-{}-{}", self.siret, self.mois, champ(self.portion.division), self.portion.fraction)
    }
}

impl Travaux {
    /// Puts a whole declaration in its place, as `dsn::division::decider` says.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn deposer(
        &mut self,
        coffre: &Coffre,
        depot: &DepotDsn,
        aujourdhui: Jour,
        maintenant: i64,
    ) -> Resultat<Depose> {
        let (ids, en_place) = self.en_place(depot).await?;
        let entendues = self.entendues(depot).await?;
        let Decision { sort, retirees, redivise } = decider(ramenee(depot.portion), &en_place, &entendues);
        let mut touchees = BTreeSet::new();
        for rang in &retirees {
            self.retirer(&ids[*rang], &mut touchees).await?;
        }
        let entendue = self.entendre(depot, &entendues).await?;
        let mut reconnues = Vec::new();
        let compte = matches!(sort, SortDsn::Nouveau | SortDsn::Remplace);
        if compte {
            reconnues = self.reconnaitre(coffre, &depot.personnes, maintenant).await?;
            let tous = reconnues.iter().all(|reconnue| matches!(reconnue, Reconnue::Personne { .. }));
            self.inscrire(depot, if tous { &depot.empreinte } else { "" }, maintenant).await?;
            let mut lignes = Vec::with_capacity(depot.mois_travailles.len());
            for (place, mois) in &depot.mois_travailles {
                if let Some(Reconnue::Personne { id, .. }) = reconnues.get(*place) {
                    touchees.insert((mois.annee, id.clone()));
                    lignes.push((id.as_str(), mois));
                }
            }
            inserer(&mut self.0, &depot.id(), &lignes).await?;
        }
        let changements = self.totaliser(&touchees, aujourdhui).await?;
        let ecrit = compte || entendue || !retirees.is_empty();
        Ok(Depose { sort, redivise, ecrit, reconnues, changements })
    }

    async fn retirer(&mut self, id: &str, touchees: &mut BTreeSet<(u16, String)>) -> Resultat<()> {
        let lignes = sqlx::query("SELECT DISTINCT personne, annee FROM mois_dsn WHERE declaration = $1")
            .bind(id)
            .fetch_all(&mut *self.0)
            .await?;
        for ligne in &lignes {
            touchees.insert((petit(ligne, 1, "annee")?, texte(ligne, 0)?));
        }
        for effacer in ["DELETE FROM mois_dsn WHERE declaration = $1", "DELETE FROM declarations_dsn WHERE id = $1"] {
            sqlx::query(effacer).bind(id).execute(&mut *self.0).await?;
        }
        Ok(())
    }

    async fn inscrire(&mut self, depot: &DepotDsn, empreinte: &str, maintenant: i64) -> Resultat<()> {
        sqlx::query(
            "INSERT INTO declarations_dsn (id, siret, mois, champ, fraction, fractions, ordre, annulee, empreinte, importee_le)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(depot.id())
        .bind(&depot.siret)
        .bind(&depot.mois)
        .bind(champ(depot.portion.division))
        .bind(i64::from(depot.portion.fraction))
        .bind(i64::from(depot.portion.division.fractions))
        .bind(i64::try_from(depot.portion.ordre).unwrap_or(i64::MAX))
        .bind(i64::from(depot.annule))
        .bind(empreinte)
        .bind(maintenant)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// Adds up again the years that a declaration touches.
    async fn totaliser(&mut self, touchees: &BTreeSet<(u16, String)>, aujourdhui: Jour) -> Resultat<Changements> {
        let mut changements = Changements::default();
        let touchees: Vec<&(u16, String)> = touchees.iter().collect();
        for annee in touchees.chunk_by(|un, autre| un.0 == autre.0) {
            let nombre = annee[0].0;
            for lot in annee.chunks(PERSONNES_PAR_REQUETE) {
                let personnes: Vec<&str> = lot.iter().map(|(_, personne)| personne.as_str()).collect();
                let dires = totaux(&mut self.0, nombre, &personnes).await?;
                changements += annees::changer(&mut self.0, nombre, &dires, aujourdhui).await?;
                dater_les_apprentissages(&mut self.0, &personnes).await?;
            }
        }
        Ok(changements)
    }
}

/// Says again since when each of those people is known to be an apprentice.
async fn dater_les_apprentissages(connexion: &mut AnyConnection, personnes: &[&str]) -> Resultat<()> {
    let sql = format!(
        "SELECT p.id, MIN(m.apprenti_depuis) FROM personnes p LEFT JOIN mois_dsn m ON m.personne = p.id
         WHERE p.id IN {} GROUP BY p.id, p.apprenti_depuis
         HAVING COALESCE(MIN(m.apprenti_depuis), '') <> COALESCE(p.apprenti_depuis, '')",
        liste(0, personnes.len())
    );
    let mut requete = sqlx::query(AssertSqlSafe(sql));
    for personne in personnes {
        requete = requete.bind(*personne);
    }
    for ligne in requete.fetch_all(&mut *connexion).await? {
        sqlx::query("UPDATE personnes SET apprenti_depuis = $1, version = version + 1 WHERE id = $2")
            .bind(texte_ou_rien(&ligne, 1)?)
            .bind(texte(&ligne, 0)?)
            .execute(&mut *connexion)
            .await?;
    }
    Ok(())
}

async fn inserer(connexion: &mut AnyConnection, declaration: &str, lignes: &[(&str, &MoisTravaille)]) -> Resultat<()> {
    const COLONNES: usize = 12;
    let par_requete = rangees_par_requete(COLONNES);
    for (tranche, lot) in lignes.chunks(par_requete).enumerate() {
        let sql = format!(
            "INSERT INTO mois_dsn (declaration, rang, personne, annee, mois, statut, heures, jours, accord, absences, boeth,
                 apprenti_depuis) VALUES {}",
            rangees(lot.len(), COLONNES)
        );
        let mut requete = sqlx::query(AssertSqlSafe(sql));
        for (rang, (personne, mois)) in lot.iter().enumerate() {
            requete = requete
                .bind(declaration)
                .bind(i64::try_from(tranche * par_requete + rang).unwrap_or(i64::MAX))
                .bind(*personne)
                .bind(i64::from(mois.annee))
                .bind(i64::from(mois.mois))
                .bind(mois.statut)
                .bind(mois.heures)
                .bind(mois.jours)
                .bind(mois.accord)
                .bind(emballer(mois.absences.iter().copied()))
                .bind(i64::from(mois.boeth))
                .bind(mois.apprenti_depuis.map(|jour| jour.to_string()));
        }
        requete.execute(&mut *connexion).await?;
    }
    Ok(())
}

/// The months of one person and status in one year, added up.
#[derive(Default)]
struct Somme {
    heures: i64,
    jours: i64,
    accord: Option<i64>,
    absences: BTreeMap<(NatureAbsence, Unite), i64>,
    boeth: MoisDeLAnnee,
}

async fn totaux(connexion: &mut AnyConnection, annee: u16, personnes: &[&str]) -> Resultat<Dires> {
    let sql = format!(
        "SELECT personne, statut, heures, jours, accord, absences, boeth, mois FROM mois_dsn
         WHERE annee = $1 AND personne IN {}",
        liste(1, personnes.len())
    );
    let mut requete = sqlx::query(AssertSqlSafe(sql)).bind(i64::from(annee));
    for personne in personnes {
        requete = requete.bind(*personne);
    }
    let mut sommes: BTreeMap<(String, String), Somme> = BTreeMap::new();
    for ligne in requete.fetch_all(connexion).await? {
        sommes.entry((texte(&ligne, 0)?, texte(&ligne, 1)?)).or_default().ajouter(&ligne)?;
    }
    let annee = Annee::new(annee).map_err(|_| Panne::Donnee("annee"))?;
    let mut dires: Dires =
        personnes.iter().map(|personne| (((*personne).to_owned(), DSN.to_owned()), Vec::new())).collect();
    for ((personne, statut), somme) in sommes {
        let statut = match statut.as_str() {
            "salarie" => Statut::Salarie,
            "esat" => Statut::Esat,
            _ => Statut::AgentPublic { sans_niveau_3: false, non_complet: false },
        };
        dires.entry((personne, DSN.to_owned())).or_default().extend(somme.activites(annee, statut));
    }
    Ok(dires)
}

impl Somme {
    fn ajouter(&mut self, ligne: &AnyRow) -> Resultat<()> {
        self.heures = self.heures.saturating_add(nombre(ligne, 2)?);
        self.jours = self.jours.saturating_add(nombre(ligne, 3)?);
        let accord: Option<i64> = ligne.try_get(4)?;
        // Of several agreements the one under which a full year is the shortest.
        self.accord = [self.accord, accord].into_iter().flatten().min();
        for (nature, unite, centiemes) in deballer(&texte(ligne, 5)?)? {
            let total = self.absences.entry((nature, unite)).or_default();
            *total = total.saturating_add(centiemes);
        }
        if nombre(ligne, 6)? == 1 {
            self.boeth = self.boeth.avec(petit(ligne, 7, "mois")?);
        }
        Ok(())
    }

    /// One record for hours, one for days: what corrections take back beyond zero is nothing.
    fn activites(&self, annee: Annee, statut: Statut) -> impl Iterator<Item = Activite> {
        let borne = |centiemes: i64| u32::try_from(centiemes.clamp(0, 99_999_999)).unwrap_or(0);
        let absences = |voulue: Unite, quantite: fn(u32) -> Quantite| -> Vec<Absence> {
            let comptees = self.absences.iter().filter(|((_, unite), n)| *unite == voulue && **n > 0);
            comptees.map(|((nature, _), n)| Absence { nature: *nature, quantite: quantite(borne(*n)) }).collect()
        };
        let en_heures = absences(Unite::Heures, |n| Quantite::Heures(DureeTravaillee::de_centiemes(n)));
        let en_jours = absences(Unite::Jours, |n| Quantite::Jours(Jours::de_centiemes(n)));
        let (heures, jours) = (borne(self.heures), borne(self.jours));
        let faites = DureeTravaillee::de_centiemes(heures);
        let faits = Jours::de_centiemes(jours);
        let accord = self.accord.map(|accord| Jours::de_centiemes(borne(accord)));
        let (boeth, provenance) = (self.boeth, Provenance::Employeurs);
        let activite = |travail, absences| Activite { annee, statut, travail, absences, boeth, provenance };
        let heures = (heures > 0 || !en_heures.is_empty())
            .then(|| activite(Travail::Heures { faites, reference: None }, en_heures));
        let jours = (jours > 0 || !en_jours.is_empty()).then(|| activite(Travail::Jours { faits, accord }, en_jours));
        heures.into_iter().chain(jours)
    }
}

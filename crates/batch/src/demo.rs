//! Fills the database with the fictional people.

use domaine::exemples::{Exemple, PERSONNES};
use domaine::identite::DateNaissance;
use store::{Faits, NouvellePersonne, Resultat, Store};
use vault::{Coffre, identifiant};

/// Records the people whom the employers know, with their working lives; gives how many.
///
/// # Errors
/// [`store::Panne`] when the database fails.
pub async fn remplir(store: &Store, coffre: &Coffre, now: i64) -> Resultat<usize> {
    let connues = PERSONNES.iter().filter(|exemple| exemple.connu);
    let mut nombre = 0;
    for exemple in connues {
        let faits = Faits { connue: true, situation: exemple.situation() };
        store.enregistrer_faits(&personne(coffre, exemple), &faits, now).await?;
        nombre += 1;
    }
    Ok(nombre)
}

fn personne(coffre: &Coffre, exemple: &Exemple) -> NouvellePersonne {
    let id = identifiant();
    let annee = DateNaissance::depuis_iso(exemple.date_naissance).map_or(0, |naissance| naissance.annee());
    NouvellePersonne {
        nir_empreinte: coffre.empreinte_nir(exemple.nir),
        annee_naissance: annee,
        nir_chiffre: coffre.chiffrer_nir(&id, exemple.nir),
        id,
        nom_naissance: exemple.nom_naissance.into(),
        prenoms: exemple.prenoms.into(),
        date_naissance: exemple.date_naissance.into(),
    }
}

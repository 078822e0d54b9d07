//! What it costs to judge a whole form, as each keystroke does, and to compute a statement.

use divan::{Bencher, black_box};
use domaine::bareme::Bareme;
use domaine::droits::calculer;
use domaine::exemples::PERSONNES;
use domaine::forms::{Formulaire, SaisieInscription};
use domaine::mesures::Jour;

const AUJOURDHUI: Jour = Jour::date(2026, 11, 23);

fn main() {
    divan::main();
}

#[divan::bench]
fn une_inscription_entiere(bencher: Bencher<'_, '_>) {
    let saisie = SaisieInscription {
        nom_naissance: "Pat-Trois".into(),
        prenoms: "Dominique Marie-Louise".into(),
        date_naissance: "28/03/1979".into(),
        nir: "2 79 03 51 215 189".into(),
        cle: "89".into(),
        telephone_fixe: "0262 12 34 56".into(),
        telephone_mobile: "06 12 34 56 78".into(),
        courriel: "dominique@example.org".into(),
        mot_de_passe: "trois grues vertes".into(),
        cgu: true,
    };
    bencher.bench_local(|| black_box(&saisie).valider(AUJOURDHUI).is_ok());
}

#[divan::bench]
fn un_releve_de_sept_lignes(bencher: Bencher<'_, '_>) {
    let situation = PERSONNES[2].situation();
    bencher.bench_local(|| calculer(black_box(&situation), AUJOURDHUI, &Bareme::EN_VIGUEUR));
}

//! What it costs to judge a whole form, as each keystroke does, and to compute a statement.

use divan::{Bencher, black_box};
use domaine::bareme::Bareme;
use domaine::droits::calculate;
use domaine::examples::PEOPLE;
use domaine::forms::{Formulaire, SaisieInscription};
use domaine::mesures::Day;

const TODAY: Day = Day::date(2026, 11, 23);

fn main() {
    divan::main();
}

#[divan::bench]
fn a_whole_inscription(bencher: Bencher<'_, '_>) {
    let saisie = SaisieInscription {
        nom_naissance: "Pat-Trois".into(),
        prenoms: "Dominique Marie-Louise".into(),
        date_naissance: "28/03/1979".into(),
        nir: "2 79 03 51 215 189".into(),
        key: "89".into(),
        telephone_fixe: "0262 12 34 56".into(),
        telephone_mobile: "06 12 34 56 78".into(),
        courriel: "dominique@example.org".into(),
        mot_de_passe: "trois grues vertes".into(),
        cgu: true,
    };
    bencher.bench_local(|| black_box(&saisie).validate(TODAY).is_ok());
}

#[divan::bench]
fn a_releve_of_seven_lines(bencher: Bencher<'_, '_>) {
    let situation = PEOPLE[2].situation();
    bencher.bench_local(|| calculate(black_box(&situation), TODAY, &Bareme::IN_FORCE));
}

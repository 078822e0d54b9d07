//! Why a line of the statement is what it is, in plain French and in figures.

use domaine::droits::{AnneeTravaillee, Hypothese, Ligne, Motif, Provenance};
use domaine::mesures::{DureeTravaillee, Euros, Heures};

use super::formats;

/// A line of the statement explained.
pub struct Explication {
    /// What the line is: « Activité de 2021, à moins d’un mi-temps ».
    pub titre: String,
    /// Why it gives this amount.
    pub pourquoi: String,
    /// The left side of the sum, piece by piece: « 803 h », « ÷ », « 1 607 h », « × », « 500,00 € ».
    pub calcul: Vec<String>,
    /// Its right side: what the rule gives, before the ceiling.
    pub resultat: String,
    /// Who said so, and the other facts: a word, then the fact.
    pub faits: Vec<(&'static str, String)>,
}

/// Explains a line.
pub fn expliquer(ligne: &Ligne) -> Explication {
    let resultat = formats::euros(ligne.montant + ligne.retenu);
    let mut faits = vec![("Règle", [&ligne.source.texte, ", ", &article(&ligne.source.article)].concat())];
    let (titre, pourquoi, calcul) = match &ligne.motif {
        Motif::HeuresConverties { heures, taux, provenance } => {
            faits.push(("Connu par", connu_par(*provenance, None)));
            faits.push(("Ce qui l’aurait changé", une_heure_de_plus(*taux)));
            (
                ["Conversion de ", &formats::heures_en_mots(*heures), ", à ", &formats::euros_ronds(*taux), " l’heure"].concat(),
                "Jusqu’à la fin de 2018, le compte était tenu en heures. Les vôtres ont été converties en euros le 1er janvier 2019, au même taux pour tous.".into(),
                produit(*heures, *taux),
            )
        }
        Motif::AnneePleine { annee } => {
            let plein = annee.travail >= annee.reference;
            faits.push(("Connu par", connu_par(annee.provenance, Some(annee))));
            faits.push(("Ce qui était connu", travaillees(annee)));
            faits.push(("Ce qui l’aurait changé", en_dessous(annee)));
            (
                titre_d_annee(annee, if plein { ", à temps plein" } else { ", à mi-temps ou plus" }),
                if plein {
                    "Vous avez travaillé toute l’année : le crédit annuel est entier.".into()
                } else {
                    "Vous avez travaillé au moins la moitié de l’année : le crédit annuel est entier, comme à temps plein.".into()
                },
                vec!["Crédit annuel entier".into()],
            )
        }
        Motif::AnneePartielle { annee, manque } => {
            faits.push(("Connu par", connu_par(annee.provenance, Some(annee))));
            faits.push((
                "Ce qui l’aurait changé",
                [
                    &majuscule(&formats::duree_en_mots(*manque)),
                    " de plus dans l’année : ",
                    &formats::euros(annee.credit),
                ]
                .concat(),
            ));
            (
                titre_d_annee(annee, ", à moins d’un mi-temps"),
                "Vous avez travaillé moins de la moitié de l’année : le crédit annuel est proportionnel, arrondi au centime supérieur.".into(),
                vec![
                    formats::duree(annee.travail),
                    "÷".into(),
                    formats::duree(annee.reference),
                    "×".into(),
                    formats::euros(annee.credit),
                ],
            )
        }
        Motif::Dif { heures, taux, reference } => {
            faits.push(("Connu par", ["Votre déclaration ", reference, " et son attestation"].concat()));
            faits.push(("Ce qui l’aurait changé", une_heure_de_plus(*taux)));
            (
                ["DIF : ", &formats::heures_en_mots(*heures), ", à ", &formats::euros_ronds(*taux), " l’heure"].concat(),
                "Vous avez déclaré des heures de droit individuel à la formation acquises avant 2015, attestation à l’appui.".into(),
                produit(*heures, *taux),
            )
        }
    };
    Explication { titre, pourquoi, calcul, resultat, faits }
}

/// What the ceiling withheld of this line, if anything.
pub fn retenue(ligne: &Ligne, plafond: Euros) -> Option<String> {
    (ligne.retenu > Euros::ZERO).then(|| {
        let plafond = formats::euros(plafond);
        let inscrit = if ligne.montant > Euros::ZERO {
            ["Seuls ", &formats::euros(ligne.montant), " ont été inscrits"].concat()
        } else {
            "Rien n’a été inscrit".into()
        };
        [
            "Un compte s’arrête à ",
            &plafond,
            ". ",
            &inscrit,
            " ; ",
            &formats::euros(ligne.retenu),
            " ont été retenus par ce plafond.",
        ]
        .concat()
    })
}

/// What was assumed where the law says nothing. No `_` arm.
pub const fn supposition(hypothese: Hypothese) -> &'static str {
    match hypothese {
        Hypothese::JourDeCredit => {
            "Les textes ne fixent pas de jour : ils disent « au cours du premier semestre de l’année suivante ». Ce compte retient un jour de ce semestre, choisi par l’hébergeur."
        }
    }
}

/// « article R6323-1, I », or the reference as it is when it is no article.
fn article(reference: &str) -> String {
    let est_un_article = matches!(reference.as_bytes(), [b'L' | b'R' | b'D', b'0'..=b'9', ..]);
    if est_un_article { ["article ", reference].concat() } else { reference.into() }
}

fn titre_d_annee(annee: &AnneeTravaillee, suite: &str) -> String {
    ["Activité de ", &annee.annee.to_string(), suite].concat()
}

fn connu_par(provenance: Provenance, annee: Option<&AnneeTravaillee>) -> String {
    match (provenance, annee) {
        (Provenance::Employeurs, Some(annee)) => {
            ["Les déclarations de vos employeurs pour ", &annee.annee.to_string()].concat()
        }
        (Provenance::Employeurs, None) => "Les déclarations de vos employeurs".into(),
        (Provenance::AncienCompte, _) => "Le solde en heures de votre ancien compte, au 31 décembre 2018".into(),
        (Provenance::Titulaire, _) => "Vous-même".into(),
    }
}

fn travaillees(annee: &AnneeTravaillee) -> String {
    [&formats::duree(annee.travail), " travaillées, pour une année de ", &formats::duree(annee.reference)].concat()
}

fn en_dessous(annee: &AnneeTravaillee) -> String {
    let mi_temps = DureeTravaillee::de_centiemes(annee.reference.centiemes().div_ceil(2));
    ["Moins de ", &formats::duree(mi_temps), " dans l’année : un crédit en proportion"].concat()
}

fn une_heure_de_plus(taux: Euros) -> String {
    ["Une heure de plus : ", &formats::euros(taux), " de plus"].concat()
}

fn produit(heures: Heures, taux: Euros) -> Vec<String> {
    vec![formats::heures(heures), "×".into(), formats::euros(taux)]
}

fn majuscule(texte: &str) -> String {
    let mut lettres = texte.chars();
    lettres.next().map_or_else(String::new, |premiere| premiere.to_uppercase().chain(lettres).collect())
}

#[cfg(test)]
mod tests {
    use domaine::droits::Reference;
    use domaine::mesures::{Annee, Jour};

    use super::super::compose::faute_de_composition;
    use super::*;

    fn ligne(montant: i64, retenu: i64, motif: Motif) -> Ligne {
        Ligne {
            date: Jour::date(2022, 6, 30),
            montant: Euros::de_centimes(montant),
            solde: Euros::de_centimes(montant),
            retenu: Euros::de_centimes(retenu),
            motif,
            source: Reference { texte: "Code du travail".into(), article: "R6323-1, II".into() },
            hypothese: Some(Hypothese::JourDeCredit),
        }
    }

    fn annee(travail: u32) -> AnneeTravaillee {
        AnneeTravaillee {
            annee: Annee::new(2021).expect("a year"),
            travail: DureeTravaillee::de_centiemes(travail),
            reference: DureeTravaillee::heures(1_607),
            credit: Euros::entiers(500),
            provenance: Provenance::Employeurs,
        }
    }

    #[test]
    fn a_part_time_year_shows_its_sum_and_what_would_have_changed_it() {
        let manque = DureeTravaillee::de_centiemes(50);
        let explication = expliquer(&ligne(24_985, 0, Motif::AnneePartielle { annee: annee(80_300), manque }));
        assert_eq!(explication.titre, "Activité de 2021, à moins d’un mi-temps");
        assert_eq!(explication.calcul.join(" "), "803\u{a0}h ÷ 1\u{202f}607\u{a0}h × 500,00\u{a0}€");
        assert_eq!(explication.resultat, "249,85\u{a0}€");
        assert_eq!(explication.faits[0].1, "Code du travail, article R6323-1, II");
        assert_eq!(explication.faits[2].1, "Une demi-heure de plus dans l’année\u{a0}: 500,00\u{a0}€");
    }

    #[test]
    fn full_time_and_half_time_are_told_apart() {
        let plein = expliquer(&ligne(50_000, 0, Motif::AnneePleine { annee: annee(160_700) }));
        assert_eq!(plein.titre, "Activité de 2021, à temps plein");
        let moitie = expliquer(&ligne(50_000, 0, Motif::AnneePleine { annee: annee(80_350) }));
        assert_eq!(moitie.titre, "Activité de 2021, à mi-temps ou plus");
        assert_eq!(moitie.faits[3].1, "Moins de 803,50\u{a0}h dans l’année\u{a0}: un crédit en proportion");
    }

    #[test]
    fn the_ceiling_says_what_it_withheld() {
        let motif =
            || Motif::Dif { heures: Heures::new(87), taux: Euros::entiers(15), reference: "DIF-7K2M-9QXA".into() };
        assert_eq!(retenue(&ligne(130_500, 0, motif()), Euros::entiers(5_000)), None);
        let partielle = retenue(&ligne(100_000, 30_500, motif()), Euros::entiers(5_000)).expect("withheld");
        assert!(partielle.contains("Seuls 1\u{202f}000,00\u{a0}€"), "{partielle}");
        let totale = retenue(&ligne(0, 130_500, motif()), Euros::entiers(5_000)).expect("withheld");
        assert!(totale.contains("Rien n’a été inscrit"), "{totale}");
        assert_eq!(faute_de_composition(&totale), None);
        assert_eq!(expliquer(&ligne(0, 130_500, motif())).resultat, "1\u{202f}305,00\u{a0}€");
        assert_eq!(faute_de_composition(supposition(Hypothese::JourDeCredit)), None);
    }
}

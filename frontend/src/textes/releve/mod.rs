//! Why a line of the statement is what it is, in plain French and in figures.

mod calcul;
mod faits;
mod hypotheses;
mod raisons;

use std::borrow::Cow;

use domaine::droits::{AnneeTravaillee, Categorie, Ligne, Montant, Motif, Raison};
use domaine::mesures::Euros;

pub use calcul::change;
use calcul::{credit_entier, majorer, montant, mouvement, produit, quantite, quantite_en_mots};
use faits::{absences, connu_par, en_dessous, engagement, poche, precisions, travaillees, une_heure_de_plus};
pub use hypotheses::{TITRE as TITRE_DES_HYPOTHESES, supposition};
use raisons::dire_raison;

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
    /// What this account assumes, where the law says nothing.
    pub hypotheses: Vec<Cow<'static, str>>,
}

/// Explains a line. No `_` arm: a new rule must find its words here.
pub fn expliquer(ligne: &Ligne) -> Explication {
    let mut faits = vec![("Règle", [&*ligne.source.texte, ", ", &article(&ligne.source.article)].concat())];
    let mut resultat = mouvement(ligne, true);
    let (titre, pourquoi, calcul): (String, String, Vec<String>) = match &ligne.motif {
        Motif::HeuresConverties { heures, taux, provenance } => {
            faits.push(("Connu par", connu_par(*provenance, None)));
            faits.push(("Ce qui l’aurait changé", une_heure_de_plus(*taux)));
            resultat = formats::euros(ligne.montant + ligne.retenu);
            (
                ["Conversion de ", &formats::heures_en_mots(*heures), ", à ", &formats::euros_ronds(*taux), " l’heure"].concat(),
                "Jusqu’à la fin de 2018, le compte était tenu en heures. Les vôtres ont été converties en euros le 1er janvier 2019, au même taux pour tous.".into(),
                produit(*heures, *taux),
            )
        }
        Motif::AnneePleine { faits: annee } => {
            let plein = annee.travail.centiemes() >= annee.reference.centiemes();
            faits.push(("Connu par", connu_par(annee.provenance, Some(annee))));
            faits.push(("Ce qui était connu", travaillees(annee)));
            faits.extend(absences(annee));
            let (suite, pourquoi) = match (annee.categorie, annee.credit) {
                (Categorie::Salarie | Categorie::SalarieSousNiveau3, Montant::Euros(_)) => {
                    faits.push(("Ce qui l’aurait changé", en_dessous(annee)));
                    if plein {
                        (", à temps plein", "Vous avez travaillé toute l’année : le crédit annuel est entier.")
                    } else {
                        (
                            ", à mi-temps ou plus",
                            "Vous avez travaillé au moins la moitié de l’année : le crédit annuel est entier, comme à temps plein.",
                        )
                    }
                }
                (Categorie::Salarie | Categorie::SalarieSousNiveau3, Montant::Heures(_)) => {
                    (", à temps plein", "Vous avez travaillé toute l’année : le crédit annuel en heures est entier.")
                }
                (Categorie::Esat, _) => {
                    (", en ESAT", "Le crédit d’une année en ESAT est le même à temps plein et à temps partiel.")
                }
                (Categorie::Independant, _) => (
                    ", à votre compte",
                    "Vous avez exercé toute l’année et payé la contribution à la formation : le crédit annuel est entier.",
                ),
                (Categorie::Agent | Categorie::AgentSousNiveau3, _) => (
                    ", dans la fonction publique",
                    "Le compte d’un agent public est tenu en heures. Le temps partiel y compte comme le temps plein.",
                ),
            };
            (titre_d_annee(annee, suite), pourquoi.into(), credit_entier(annee))
        }
        Motif::AnneePartielle { faits: annee, manque } => {
            faits.push(("Connu par", connu_par(annee.provenance, Some(annee))));
            faits.extend(absences(annee));
            faits.push((
                "Ce qui l’aurait changé",
                [&majuscule(&quantite_en_mots(*manque)), " de plus dans l’année : ", &montant(annee.credit)].concat(),
            ));
            let (suite, pourquoi) = match (annee.categorie, annee.credit) {
                (Categorie::Salarie | Categorie::SalarieSousNiveau3 | Categorie::Esat, Montant::Euros(_)) => (
                    ", à moins d’un mi-temps",
                    "Vous avez travaillé moins de la moitié de l’année : le crédit annuel est proportionnel, arrondi au centime supérieur.",
                ),
                (Categorie::Independant, _) => (
                    ", à votre compte",
                    "Vous avez exercé une partie de l’année : le crédit annuel est proportionnel, arrondi au centime supérieur.",
                ),
                (_, _) => (
                    ", une partie de l’année",
                    "Le crédit annuel en heures est proportionnel au travail, arrondi à l’heure supérieure.",
                ),
            };
            let mut calcul =
                vec![quantite(annee.travail), "÷".into(), quantite(annee.reference), "×".into(), montant(annee.credit)];
            majorer(&mut calcul, annee);
            (titre_d_annee(annee, suite), pourquoi.into(), calcul)
        }
        Motif::AnneeSansCredit { faits: annee, raison } => {
            faits.push(("Connu par", connu_par(annee.provenance, Some(annee))));
            (titre_d_annee(annee, ", sans crédit"), dire_raison(*raison).into(), vec!["Crédit annuel".into()])
        }
        Motif::Dif { heures, taux, reference } => {
            faits.push(("Connu par", ["Votre déclaration ", reference, " et son attestation"].concat()));
            let (suite, calcul) = if *taux > Euros::ZERO {
                faits.push(("Ce qui l’aurait changé", une_heure_de_plus(*taux)));
                ([", à ", &formats::euros_ronds(*taux), " l’heure"].concat(), produit(*heures, *taux))
            } else {
                (String::new(), vec!["Heures attestées".into()])
            };
            (
                ["DIF : ", &formats::heures_en_mots(*heures), &suite].concat(),
                "Vous avez déclaré des heures de droit individuel à la formation acquises avant 2015, attestation à l’appui.".into(),
                calcul,
            )
        }
        Motif::DifTropTard { heures, fin } => (
            ["DIF : ", &formats::heures_en_mots(*heures), ", hors délai"].concat(),
            ["Le droit individuel à la formation se déclarait jusqu’au ", &formats::jour_long(*fin), "."].concat(),
            vec![formats::heures(*heures)],
        ),
        Motif::Engagement(categorie) => (
            ["Engagement citoyen : ", engagement(categorie)].concat(),
            "Une activité par catégorie et par an donne des droits, à part du plafond de votre compte.".into(),
            vec!["Crédit de l’activité".into()],
        ),
        Motif::Abondement(dotation) => {
            faits.extend(precisions(dotation));
            (
                ["Abondement : ", &dotation.financeur].concat(),
                "Un tiers a ajouté cette somme. Elle ne compte pas dans le plafond.".into(),
                vec!["Somme versée".into()],
            )
        }
        Motif::AbondementEchu(dotation) => {
            faits.extend(precisions(dotation));
            (
                ["Abondement échu : ", &dotation.financeur].concat(),
                "Cette somme n’a pas été dépensée à temps : elle retourne à qui l’avait versée.".into(),
                vec!["Reste".into()],
            )
        }
        Motif::Depense(paiement) => {
            faits.push(("Demandé", montant(paiement.demande)));
            (
                ["Formation, dossier ", &paiement.reference].concat(),
                ["Votre compte a payé cette part avec ", poche(ligne.poche), "."].concat(),
                vec!["Part payée".into()],
            )
        }
        Motif::DepenseNonCouverte(paiement) => {
            faits.push(("Demandé", montant(paiement.demande)));
            resultat = mouvement(ligne, false);
            (
                ["Formation, dossier ", &paiement.reference, " : reste à payer"].concat(),
                paiement.refus.map_or("", dire_raison).into(),
                vec!["Pris sur le compte".into()],
            )
        }
        Motif::Conversion { heures, taux } => (
            ["Conversion de ", &formats::heures_en_mots(*heures), ", à ", &formats::euros_ronds(*taux), " l’heure"]
                .concat(),
            "Vous avez demandé à convertir vos droits entre heures et euros.".into(),
            produit(*heures, *taux),
        ),
        Motif::Contrepassation { du, raison } => (
            ["Correction de la ligne du ", &formats::jour_court(*du)].concat(),
            dire_raison(*raison).into(),
            vec!["Montant repris".into()],
        ),
        Motif::Cloture => {
            ("Clôture du compte".into(), "Le compte se ferme au décès.".into(), vec!["Solde repris".into()])
        }
    };
    let hypotheses = ligne.hypotheses.iter().map(|hypothese| supposition(hypothese, ligne)).collect();
    Explication { titre, pourquoi, calcul, resultat, faits, hypotheses }
}

/// What was withheld of this line, if anything, and by what.
pub fn retenue(ligne: &Ligne) -> Option<String> {
    if ligne.retenu <= Euros::ZERO && ligne.retenu_heures.est_nulle() {
        return None;
    }
    let plafond = match (ligne.plafond, &ligne.motif) {
        (Some(Montant::Heures(plafond)), _) => {
            let retenues = formats::heures(ligne.retenu_heures.absolue());
            let plafond = formats::heures(plafond);
            return Some(
                ["Un compte s’arrête à ", &plafond, ". ", &retenues, " ont été retenues par ce plafond."].concat(),
            );
        }
        (None, Motif::DepenseNonCouverte(_)) => {
            let reste = if ligne.retenu_heures.est_nulle() {
                formats::euros(ligne.retenu)
            } else {
                formats::heures(ligne.retenu_heures.absolue())
            };
            return Some(["Il vous restait ", &reste, " à trouver."].concat());
        }
        (None, Motif::Engagement(_)) => {
            return Some("Une seule activité de cette catégorie compte dans l’année.".into());
        }
        (None, _) => return Some(dire_raison(Raison::Retraite).into()),
        (Some(Montant::Euros(plafond)), _) => formats::euros(plafond),
    };
    let inscrit = if ligne.montant > Euros::ZERO {
        ["Seuls ", &formats::euros(ligne.montant), " ont été inscrits"].concat()
    } else {
        "Rien n’a été inscrit".into()
    };
    let retenu = formats::euros(ligne.retenu);
    Some(
        ["Un compte s’arrête à ", &plafond, ". ", &inscrit, " ; ", &retenu, " ont été retenus par ce plafond."]
            .concat(),
    )
}

/// « article R6323-1, I », or the reference as it is when it is no article.
fn article(reference: &str) -> String {
    let est_un_article = matches!(reference.as_bytes(), [b'L' | b'R' | b'D', b'0'..=b'9', ..]);
    if est_un_article { ["article ", reference].concat() } else { reference.into() }
}

fn titre_d_annee(annee: &AnneeTravaillee, suite: &str) -> String {
    ["Activité de ", &annee.annee.to_string(), suite].concat()
}

fn majuscule(texte: &str) -> String {
    let mut lettres = texte.chars();
    lettres.next().map_or_else(String::new, |premiere| premiere.to_uppercase().chain(lettres).collect())
}

#[cfg(test)]
mod tests {
    use domaine::bareme::NaturesAbsence;
    use domaine::droits::{
        CategorieEngagement, Dotation, Hypothese, Hypotheses, Paiement, Poche, Provenance, Reference,
    };
    use domaine::mesures::{Annee, DureeTravaillee, Heures, Jour, Quantite, VariationHeures};

    use super::super::compose::faute_de_composition;
    use super::*;

    pub(super) fn ligne(montant: i64, retenu: i64, motif: Motif) -> Ligne {
        Ligne {
            date: Jour::date(2022, 6, 30),
            poche: Poche::Cpf,
            heures: VariationHeures::ZERO,
            solde_heures: VariationHeures::ZERO,
            retenu_heures: VariationHeures::ZERO,
            plafond: Some(Montant::Euros(Euros::entiers(5_000))),
            montant: Euros::de_centimes(montant),
            solde: Euros::de_centimes(montant),
            retenu: Euros::de_centimes(retenu),
            motif,
            source: Reference { texte: "Code du travail".into(), article: "R6323-1, II".into() },
            hypotheses: Hypotheses::AUCUNE.avec(Hypothese::JourDeCredit),
        }
    }

    fn annee(travail: u32) -> AnneeTravaillee {
        AnneeTravaillee {
            annee: Annee::new(2021).expect("a year"),
            categorie: Categorie::Salarie,
            ecartee: None,
            travail: Quantite::Heures(DureeTravaillee::de_centiemes(travail)),
            absences: None,
            natures: NaturesAbsence::AUCUNE,
            reference: Quantite::Heures(DureeTravaillee::heures(1_607)),
            credit: Montant::Euros(Euros::entiers(500)),
            majoration: Euros::ZERO,
            provenance: Provenance::Employeurs,
        }
    }

    #[test]
    fn a_part_time_year_shows_its_sum_and_what_would_have_changed_it() {
        let manque = Quantite::Heures(DureeTravaillee::de_centiemes(50));
        let explication = expliquer(&ligne(24_985, 0, Motif::AnneePartielle { faits: annee(80_300), manque }));
        assert_eq!(explication.titre, "Activité de 2021, à moins d’un mi-temps");
        assert_eq!(explication.calcul.join(" "), "803\u{a0}h ÷ 1\u{202f}607\u{a0}h × 500,00\u{a0}€");
        assert_eq!(explication.resultat, "249,85\u{a0}€");
        assert_eq!(explication.faits[0].1, "Code du travail, article R6323-1, II");
        assert_eq!(explication.faits[2].1, "Une demi-heure de plus dans l’année\u{a0}: 500,00\u{a0}€");
    }

    #[test]
    fn full_time_and_half_time_are_told_apart() {
        let plein = expliquer(&ligne(50_000, 0, Motif::AnneePleine { faits: annee(160_700) }));
        assert_eq!(plein.titre, "Activité de 2021, à temps plein");
        let moitie = expliquer(&ligne(50_000, 0, Motif::AnneePleine { faits: annee(80_350) }));
        assert_eq!(moitie.titre, "Activité de 2021, à mi-temps ou plus");
        assert_eq!(moitie.faits[3].1, "Moins de 803,50\u{a0}h dans l’année\u{a0}: un crédit en proportion");
    }

    #[test]
    fn the_ceiling_says_what_it_withheld() {
        let motif =
            || Motif::Dif { heures: Heures::new(87), taux: Euros::entiers(15), reference: "DIF-7K2M-9QXA".into() };
        assert_eq!(retenue(&ligne(130_500, 0, motif())), None);
        let partielle = retenue(&ligne(100_000, 30_500, motif())).expect("withheld");
        assert!(partielle.contains("Seuls 1\u{202f}000,00\u{a0}€"), "{partielle}");
        let totale = retenue(&ligne(0, 130_500, motif())).expect("withheld");
        assert!(totale.contains("Rien n’a été inscrit"), "{totale}");
        assert_eq!(faute_de_composition(&totale), None);
        assert_eq!(expliquer(&ligne(0, 130_500, motif())).resultat, "1\u{202f}305,00\u{a0}€");
    }

    #[test]
    fn every_rule_is_explained_in_well_set_sentences() {
        let faits = |categorie, credit, travail| AnneeTravaillee { categorie, credit, ..annee(travail) };
        let (euros, heures) = (Montant::Euros(Euros::entiers(500)), Montant::Heures(Heures::new(24)));
        let manque = Quantite::Heures(DureeTravaillee::heures(100));
        let categories = [
            Categorie::Salarie,
            Categorie::SalarieSousNiveau3,
            Categorie::Esat,
            Categorie::Independant,
            Categorie::Agent,
            Categorie::AgentSousNiveau3,
        ];
        let raisons = [
            Raison::CotisationImpayee,
            Raison::Age,
            Raison::Retraite,
            Raison::SansRegle,
            Raison::SansReference,
            Raison::SoldeInsuffisant,
            Raison::AttestationRemplacee,
            Raison::AnneeRectifiee,
            Raison::DeclarationAnnulee,
        ];
        let paiement = |refus| Paiement { reference: "F-1".into(), demande: euros, refus };
        let dotation = || Dotation {
            financeur: "Employeur".into(),
            action: Some("RNCP1".into()),
            echeance: Some(Jour::date(2027, 12, 31)),
        };
        let mut motifs = vec![
            Motif::DifTropTard { heures: Heures::new(87), fin: Jour::date(2021, 6, 30) },
            Motif::Engagement(CategorieEngagement::Benevolat),
            Motif::Abondement(dotation()),
            Motif::AbondementEchu(dotation()),
            Motif::Depense(paiement(None)),
            Motif::Conversion { heures: Heures::new(50), taux: Euros::entiers(15) },
            Motif::Cloture,
        ];
        for categorie in categories {
            for credit in [euros, heures] {
                motifs.push(Motif::AnneePleine { faits: faits(categorie, credit, 160_700) });
                motifs.push(Motif::AnneePartielle { faits: faits(categorie, credit, 80_000), manque });
            }
        }
        for raison in raisons {
            motifs.push(Motif::AnneeSansCredit { faits: faits(Categorie::Salarie, euros, 160_700), raison });
            motifs.push(Motif::Contrepassation { du: Jour::date(2022, 6, 30), raison });
            motifs.push(Motif::DepenseNonCouverte(paiement(Some(raison))));
        }
        for motif in motifs {
            for montant in [50_000, 0, -40_000] {
                let mut ligne = ligne(montant, 10_000, motif.clone());
                ligne.heures = VariationHeures::new(if montant == 0 { -24 } else { 0 });
                let explication = expliquer(&ligne);
                assert_eq!(faute_de_composition(&explication.pourquoi), None, "{motif:?}");
                assert!(!explication.titre.is_empty() && !explication.calcul.is_empty(), "{motif:?}");
                assert!(!explication.resultat.is_empty() && !change(&ligne).is_empty(), "{motif:?}");
                ligne.plafond = None;
                assert_eq!(retenue(&ligne).as_deref().and_then(faute_de_composition), None, "{motif:?}");
            }
        }
    }
}

//! Every kind of line has its words, and the sum that it tells is the one that was made.

use domaine::bareme::{NatureAbsence, NaturesAbsence};
use domaine::droits::{CategorieEngagement, Dotation, Hypotheses, Paiement, Provenance, Reference};
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

fn fait<'e>(explication: &'e Explication, mot: &str) -> Option<&'e str> {
    explication.faits.iter().find(|(dit, _)| *dit == mot).map(|(_, fait)| &**fait)
}

#[test]
fn a_part_time_year_shows_its_sum_and_what_would_have_changed_it() {
    let manque = Quantite::Heures(DureeTravaillee::de_centiemes(50));
    let explication = expliquer(&ligne(24_985, 0, Motif::AnneePartielle { faits: annee(80_300), manque }));
    assert_eq!(explication.titre, "Activité de 2021, à moins d’un mi-temps");
    assert_eq!(explication.calcul.join(" "), "803\u{a0}h ÷ 1\u{202f}607\u{a0}h × 500,00\u{a0}€");
    assert_eq!(explication.resultat, "249,85\u{a0}€");
    assert_eq!(explication.faits[0].1, "Code du travail, article R6323-1, II");
    assert_eq!(
        fait(&explication, "Ce qui l’aurait changé"),
        Some("Une demi-heure de plus dans l’année\u{a0}: un crédit de 500,00\u{a0}€")
    );
}

#[test]
fn full_time_and_half_time_are_told_apart() {
    let plein = expliquer(&ligne(50_000, 0, Motif::AnneePleine { faits: annee(160_700) }));
    assert_eq!(plein.titre, "Activité de 2021, à temps plein");
    let moitie = expliquer(&ligne(50_000, 0, Motif::AnneePleine { faits: annee(80_350) }));
    assert_eq!(moitie.titre, "Activité de 2021, à mi-temps ou plus");
    assert_eq!(
        fait(&moitie, "Ce qui l’aurait changé"),
        Some("Moins de 803,50\u{a0}h dans l’année\u{a0}: le crédit ordinaire, en proportion")
    );
}

#[test]
fn below_level_3_and_half_time_the_whole_credit_to_reach_is_the_raised_one() {
    let manque = Quantite::Heures(DureeTravaillee::de_centiemes(50));
    let mut declaree = ligne(24_985, 0, Motif::AnneePartielle { faits: annee(80_300), manque });
    declaree.hypotheses = declaree.hypotheses.avec(Hypothese::SousNiveau3SousMiTemps);
    let explication = expliquer(&declaree);
    let attendu = "Une demi-heure de plus dans l’année\u{a0}: un crédit de 800,00\u{a0}€";
    assert_eq!(fait(&explication, "Ce qui l’aurait changé"), Some(attendu));
    let niveau = fait(&explication, "Sous le niveau 3 de diplôme").expect("who declared it");
    assert!(niveau.starts_with("Votre propre déclaration") && niveau.contains("L6323-11-1"), "{niveau}");
    assert!(explication.hypotheses.iter().any(|dite| dite.contains("5\u{202f}000\u{a0}€")));

    let faits = AnneeTravaillee { majoration: Euros::entiers(300), ..annee(80_300) };
    declaree.motif = Motif::AnneePartielle { faits, manque };
    let attendu = "Une demi-heure de plus dans l’année\u{a0}: un crédit de 1\u{202f}100,00\u{a0}€";
    assert_eq!(fait(&expliquer(&declaree), "Ce qui l’aurait changé"), Some(attendu));
}

#[test]
fn a_disability_a_level_and_absences_say_their_article_and_who_said_so() {
    let mut faits = AnneeTravaillee {
        categorie: Categorie::SalarieSousNiveau3,
        majoration: Euros::entiers(300),
        absences: Some(Quantite::Heures(DureeTravaillee::heures(300))),
        natures: NaturesAbsence::AUCUNE.avec(NatureAbsence::AccidentDuTravail).avec(NatureAbsence::Maternite),
        ecartee: Some(Categorie::Independant),
        ..annee(160_700)
    };
    let dit = |faits| expliquer(&ligne(110_000, 0, Motif::AnneePleine { faits }));
    let explication = dit(faits);
    assert_eq!(
        fait(&explication, "Handicap reconnu"),
        Some("300,00\u{a0}€ de plus, obligation d’emploi (article D6323-3-3), selon vos employeurs")
    );
    assert_eq!(
        fait(&explication, "Sous le niveau 3 de diplôme"),
        Some("Votre propre déclaration\u{a0}: ni CAP, ni BEP, ni titre équivalent (articles L6323-11-1 et R6323-3-1)")
    );
    assert_eq!(
        fait(&explication, "Dont absences comptées comme du travail"),
        Some("300\u{a0}h\u{a0}: maternité, accident du travail (article L6323-12)")
    );
    assert_eq!(
        fait(&explication, "Plusieurs statuts"),
        Some("Salarié et à votre compte\u{a0}: le montant et le plafond les plus favorables (article R6323-27)")
    );
    faits.provenance = Provenance::Titulaire;
    assert!(fait(&dit(faits), "Handicap reconnu").is_some_and(|fait| fait.ends_with("selon votre réponse")));
    let sans = dit(annee(160_700));
    for mot in ["Handicap reconnu", "Sous le niveau 3 de diplôme", "Plusieurs statuts"] {
        assert_eq!(fait(&sans, mot), None);
    }
}

#[test]
fn nobody_declares_the_hours_of_a_self_employed_person() {
    let faits = AnneeTravaillee { categorie: Categorie::Independant, ..annee(160_700) };
    let explication = expliquer(&ligne(50_000, 0, Motif::AnneePleine { faits }));
    let connu = fait(&explication, "Connu par").expect("who said so");
    assert!(!connu.contains("employeur"), "{connu}");
}

#[test]
fn a_year_without_credit_says_what_was_known_and_what_would_have_changed_it() {
    for (raison, change) in [
        (Raison::CotisationImpayee, "Le paiement de la contribution à la formation pour 2021"),
        (Raison::Age, "16 ans, ou 15 ans en apprentissage, atteints avant la fin de 2021"),
        (Raison::Retraite, "Un crédit inscrit avant le jour de la retraite à taux plein"),
        (Raison::SansReference, "Le SMIC horaire de l’année, que l’employeur déclare avec la paie"),
    ] {
        let explication = expliquer(&ligne(0, 0, Motif::AnneeSansCredit { faits: annee(80_300), raison }));
        assert_eq!(fait(&explication, "Ce qui l’aurait changé"), Some(change));
        let connu = fait(&explication, "Ce qui était connu");
        assert_eq!(connu, Some("803\u{a0}h travaillées, pour une année de 1\u{202f}607\u{a0}h"));
    }
}

#[test]
fn a_line_that_the_ceiling_stopped_is_not_said_to_change_with_more_work() {
    let manque = Quantite::Heures(DureeTravaillee::de_centiemes(50));
    let dif = Motif::Dif { heures: Heures::new(87), taux: Euros::entiers(15), reference: "DIF-7K2M-9QXA".into() };
    let attendu = Some("Un solde plus bas ce jour-là\u{a0}: davantage aurait été inscrit");
    for motif in [Motif::AnneePartielle { faits: annee(80_300), manque }, dif.clone()] {
        for montant in [0, 10_000] {
            let explication = expliquer(&ligne(montant, 14_985, motif.clone()));
            assert_eq!(fait(&explication, "Ce qui l’aurait changé"), attendu);
        }
    }
    // Nothing was withheld, and nothing more would have fitted.
    let mut juste = ligne(130_500, 0, dif.clone());
    juste.solde = Euros::entiers(5_000);
    assert_eq!(fait(&expliquer(&juste), "Ce qui l’aurait changé"), None);
    let attendu = Some("Une heure de plus\u{a0}: 15,00\u{a0}€ de plus");
    assert_eq!(fait(&expliquer(&ligne(130_500, 0, dif)), "Ce qui l’aurait changé"), attendu);
}

#[test]
fn hours_are_converted_on_the_day_of_their_line() {
    let motif = Motif::HeuresConverties {
        heures: Heures::new(24),
        taux: Euros::entiers(15),
        provenance: Provenance::Employeurs,
    };
    let mut tardive = ligne(36_000, 0, motif);
    tardive.date = Jour::date(2019, 6, 30);
    let pourquoi = expliquer(&tardive).pourquoi;
    assert!(pourquoi.contains("30\u{a0}juin 2019") && !pourquoi.contains("1er"), "{pourquoi}");
    tardive.date = Jour::date(2019, 1, 1);
    assert!(expliquer(&tardive).pourquoi.contains("converties en euros le 1er\u{a0}janvier 2019"));
    tardive.poche = Poche::Dif;
    assert!(expliquer(&tardive).pourquoi.starts_with("Vos heures de DIF"));
}

#[test]
fn what_stops_a_line_is_called_by_its_name() {
    let faits = AnneeTravaillee { credit: Montant::Heures(Heures::new(24)), ..annee(160_700) };
    let mut au_palier = ligne(0, 0, Motif::AnneePleine { faits });
    au_palier.retenu_heures = VariationHeures::new(12);
    au_palier.plafond = Some(Montant::Heures(Heures::new(150)));
    assert_eq!(arret(&au_palier), Some("arrêté au plafond"));
    assert!(retenue(&au_palier).is_some_and(|dite| dite.contains("150\u{a0}h")));
    au_palier.hypotheses = au_palier.hypotheses.avec(Hypothese::PassageDuPalier);
    assert_eq!(arret(&au_palier), Some("arrêté au palier"));
    let dite = retenue(&au_palier).expect("withheld");
    assert!(dite.contains("120\u{a0}h") && !dite.contains("150"), "{dite}");
    let mut benevole = ligne(0, 24_000, Motif::Engagement(CategorieEngagement::Benevolat));
    benevole.poche = Poche::Cec;
    assert!(retenue(&benevole).is_some_and(|dite| dite.starts_with("Le compte d’engagement citoyen")));
}

#[test]
fn the_ceiling_says_what_it_withheld() {
    let motif = || Motif::Dif { heures: Heures::new(87), taux: Euros::entiers(15), reference: "DIF-7K2M-9QXA".into() };
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
        Raison::AutreLigneCorrigee,
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
        motifs.push(Motif::Contrepassation { du: Jour::date(2022, 6, 30), raison, annee: None });
        motifs.push(Motif::DepenseNonCouverte(paiement(Some(raison))));
    }
    for motif in motifs {
        for montant in [50_000, 0, -40_000] {
            let mut ligne = ligne(montant, 10_000, motif.clone());
            ligne.heures = VariationHeures::new(if montant == 0 { -24 } else { 0 });
            let explication = expliquer(&ligne);
            assert_eq!(faute_de_composition(&explication.pourquoi), None, "{motif:?}");
            for (mot, fait) in &explication.faits {
                let phrase = [fait, "."].concat();
                assert_eq!(faute_de_composition(&phrase), None, "{mot}: {fait}");
            }
            assert!(!explication.titre.is_empty() && !explication.calcul.is_empty(), "{motif:?}");
            assert!(!explication.resultat.is_empty() && !change(&ligne).is_empty(), "{motif:?}");
            ligne.plafond = None;
            assert_eq!(retenue(&ligne).as_deref().and_then(faute_de_composition), None, "{motif:?}");
        }
    }
}

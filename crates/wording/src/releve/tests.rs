//! Every kind of line has its words, and the sum that it tells is the one that was made.

use domaine::bareme::{AbsenceNature, AbsenceNatures};
use domaine::droits::{Dotation, EngagementCategory, Hypotheses, Paiement, Provenance, Reference};
use domaine::mesures::{Day, Hours, HoursVariation, Quantity, WorkDuration, Year};

use super::*;
use crate::compose::composition_faute;

pub(super) fn ligne(montant: i64, withheld: i64, motif: Motif) -> Ligne {
    Ligne {
        date: Day::date(2022, 6, 30),
        poche: Poche::Cpf,
        hours: HoursVariation::ZERO,
        solde_hours: HoursVariation::ZERO,
        withheld_hours: HoursVariation::ZERO,
        plafond: Some(Montant::Euros(Euros::whole(5_000))),
        montant: Euros::from_centimes(montant),
        solde: Euros::from_centimes(montant),
        withheld: Euros::from_centimes(withheld),
        motif,
        source: Reference { text: "Code du travail".into(), article: "R6323-1, II".into() },
        hypotheses: Hypotheses::NONE.with(Hypothesis::CreditDay),
    }
}

fn year(work: u32) -> YearOfWork {
    YearOfWork {
        year: Year::new(2021).expect("a year"),
        category: Category::Salarie,
        discarded: None,
        work: Quantity::Hours(WorkDuration::from_hundredths(work)),
        absences: None,
        natures: AbsenceNatures::NONE,
        reference: Quantity::Hours(WorkDuration::hours(1_607)),
        credit: Montant::Euros(Euros::whole(500)),
        majoration: Euros::ZERO,
        declared_disability: false,
        provenance: Provenance::Employeurs,
    }
}

fn fact<'e>(explication: &'e Explication, word: &str) -> Option<&'e str> {
    explication.facts.iter().find(|(said, _)| *said == word).map(|(_, fact)| &**fact)
}

#[test]
fn a_part_time_year_shows_its_sum_and_what_would_have_changed_it() {
    let missing = Quantity::Hours(WorkDuration::from_hundredths(50));
    let explication = explain(&ligne(24_985, 0, Motif::PartialYear { facts: year(80_300), missing }));
    assert_eq!(explication.title, "Activité de 2021, à moins d’un mi-temps");
    assert_eq!(explication.computation.join(" "), "803\u{a0}h ÷ 1\u{202f}607\u{a0}h × 500,00\u{a0}€");
    assert_eq!(explication.result, "249,85\u{a0}€");
    assert_eq!(explication.facts[0].1, "Code du travail, article R6323-1, II");
    assert_eq!(
        fact(&explication, "Ce qui l’aurait changé"),
        Some("Une demi-heure de plus dans l’année\u{a0}: un crédit de 500,00\u{a0}€")
    );
}

#[test]
fn full_time_and_half_time_are_told_apart() {
    let full = explain(&ligne(50_000, 0, Motif::FullYear { facts: year(160_700) }));
    assert_eq!(full.title, "Activité de 2021, à temps plein");
    let half = explain(&ligne(50_000, 0, Motif::FullYear { facts: year(80_350) }));
    assert_eq!(half.title, "Activité de 2021, à mi-temps ou plus");
    assert_eq!(
        fact(&half, "Ce qui l’aurait changé"),
        Some("En dessous de 803,50\u{a0}h dans l’année, vous auriez reçu moins, en proportion")
    );
}

#[test]
fn below_level_3_and_half_time_the_whole_credit_to_reach_is_the_raised_one() {
    let missing = Quantity::Hours(WorkDuration::from_hundredths(50));
    let mut declared = ligne(24_985, 0, Motif::PartialYear { facts: year(80_300), missing });
    declared.hypotheses = declared.hypotheses.with(Hypothesis::SousNiveau3BelowHalfTime);
    let explication = explain(&declared);
    let expected = "Une demi-heure de plus dans l’année\u{a0}: un crédit de 800,00\u{a0}€";
    assert_eq!(fact(&explication, "Ce qui l’aurait changé"), Some(expected));
    let niveau = fact(&explication, "Sous le niveau 3 de diplôme").expect("who declared it");
    assert!(niveau.starts_with("Votre propre déclaration") && niveau.contains("L6323-11-1"), "{niveau}");
    assert!(explication.hypotheses.iter().any(|said| said.contains("5\u{202f}000\u{a0}€")));

    let facts = YearOfWork { majoration: Euros::whole(300), ..year(80_300) };
    declared.motif = Motif::PartialYear { facts, missing };
    let expected = "Une demi-heure de plus dans l’année\u{a0}: un crédit de 800,00\u{a0}€";
    assert_eq!(fact(&explain(&declared), "Ce qui l’aurait changé"), Some(expected));
}

#[test]
fn a_disability_a_level_and_absences_say_their_article_and_who_said_so() {
    let mut facts = YearOfWork {
        category: Category::SalarieSousNiveau3,
        majoration: Euros::whole(300),
        absences: Some(Quantity::Hours(WorkDuration::hours(300))),
        natures: AbsenceNatures::NONE.with(AbsenceNature::AccidentDuTravail).with(AbsenceNature::Maternite),
        discarded: Some(Category::Independant),
        ..year(160_700)
    };
    let said = |facts| explain(&ligne(110_000, 0, Motif::FullYear { facts }));
    let explication = said(facts);
    assert_eq!(
        fact(&explication, "Handicap reconnu"),
        Some("300,00\u{a0}€ de plus, obligation d’emploi (article D6323-3-3), selon vos employeurs")
    );
    assert_eq!(
        fact(&explication, "Sous le niveau 3 de diplôme"),
        Some(
            "Votre propre déclaration\u{a0}: ni CAP, ni BEP, ni titre équivalent (articles L6323-11-1 et R6323-3-1, I)"
        )
    );
    assert_eq!(
        fact(&explication, "Dont absences comptées comme du travail"),
        Some("300\u{a0}h\u{a0}: maternité, accident du travail (article L6323-12)")
    );
    assert_eq!(
        fact(&explication, "Plusieurs statuts"),
        Some("Salarié et à votre compte\u{a0}: le montant et le plafond les plus favorables (article R6323-27)")
    );
    facts.provenance = Provenance::Titulaire;
    assert!(fact(&said(facts), "Handicap reconnu").is_some_and(|fact| fact.ends_with("selon votre réponse")));
    let without = said(year(160_700));
    for word in ["Handicap reconnu", "Sous le niveau 3 de diplôme", "Plusieurs statuts"] {
        assert_eq!(fact(&without, word), None);
    }
}

#[test]
fn absences_are_said_under_the_text_of_the_status() {
    for (category, text) in [
        (Category::Salarie, "(article L6323-12)"),
        (Category::Esat, "(article L6323-35)"),
        (Category::Independant, "(article L6323-28)"),
        (Category::Agent, "(Décret n° 2017-928, article 3)"),
    ] {
        let absences = Some(Quantity::Hours(WorkDuration::hours(300)));
        let natures = AbsenceNatures::NONE.with(AbsenceNature::Maternite);
        let facts = YearOfWork { category, absences, natures, ..year(160_700) };
        let said = explain(&ligne(50_000, 0, Motif::FullYear { facts }));
        let said = fact(&said, "Dont absences comptées comme du travail").expect("said").to_owned();
        assert!(said.ends_with(text), "{category:?}: {said}");
    }
}

#[test]
fn nobody_declares_the_hours_of_a_self_employed_person() {
    let facts = YearOfWork { category: Category::Independant, ..year(160_700) };
    let explication = explain(&ligne(50_000, 0, Motif::FullYear { facts }));
    let known = fact(&explication, "Connu par").expect("who said so");
    assert!(!known.contains("employeur"), "{known}");
}

#[test]
fn a_year_without_credit_says_what_was_known_and_what_would_have_changed_it() {
    for (raison, change) in [
        (Raison::UnpaidCotisation, "Le paiement de la contribution à la formation pour 2021"),
        (Raison::Age, "16 ans, ou 15 ans en apprentissage, atteints avant la fin de 2021"),
        (Raison::Retraite, "Un crédit inscrit avant que les conditions de la retraite à taux plein soient remplies"),
        (Raison::NoReference, "Le SMIC horaire de l’année, que l’employeur déclare avec la paie"),
    ] {
        let explication = explain(&ligne(0, 0, Motif::YearWithoutCredit { facts: year(80_300), raison }));
        assert_eq!(fact(&explication, "Ce qui l’aurait changé"), Some(change));
        let known = fact(&explication, "Ce qui était connu");
        assert_eq!(known, Some("803\u{a0}h travaillées, pour une année de 1\u{202f}607\u{a0}h"));
    }
}

#[test]
fn a_line_that_the_ceiling_stopped_is_not_said_to_change_with_more_work() {
    let missing = Quantity::Hours(WorkDuration::from_hundredths(50));
    let dif = Motif::Dif { hours: Hours::new(87), taux: Euros::whole(15), reference: "DIF-7K2M-9QXA".into() };
    let expected = Some("Avec un solde plus bas ce jour-là, vous auriez reçu davantage");
    for motif in [Motif::PartialYear { facts: year(80_300), missing }, dif.clone()] {
        for montant in [0, 10_000] {
            let explication = explain(&ligne(montant, 14_985, motif.clone()));
            assert_eq!(fact(&explication, "Ce qui l’aurait changé"), expected);
        }
    }
    // Nothing was withheld, and nothing more would have fitted.
    let mut right = ligne(130_500, 0, dif.clone());
    right.solde = Euros::whole(5_000);
    assert_eq!(fact(&explain(&right), "Ce qui l’aurait changé"), None);
    let expected = Some("Une heure de plus\u{a0}: 15,00\u{a0}€ de plus");
    assert_eq!(fact(&explain(&ligne(130_500, 0, dif)), "Ce qui l’aurait changé"), expected);
}

#[test]
fn hours_are_converted_on_the_day_of_their_line() {
    let motif =
        Motif::ConvertedHours { hours: Hours::new(24), taux: Euros::whole(15), provenance: Provenance::Employeurs };
    let mut late = ligne(36_000, 0, motif);
    late.date = Day::date(2019, 6, 30);
    let why = explain(&late).why;
    assert!(why.contains("30\u{a0}juin 2019") && !why.contains("1er"), "{why}");
    late.date = Day::date(2019, 1, 1);
    assert!(explain(&late).why.contains("converties en euros le 1er\u{a0}janvier 2019"));
    late.poche = Poche::Dif;
    assert!(explain(&late).why.starts_with("Vos heures de DIF"));
}

#[test]
fn what_stops_a_line_is_called_by_its_name() {
    let facts = YearOfWork { credit: Montant::Hours(Hours::new(24)), ..year(160_700) };
    let mut at_palier = ligne(0, 0, Motif::FullYear { facts });
    at_palier.withheld_hours = HoursVariation::new(12);
    at_palier.plafond = Some(Montant::Hours(Hours::new(150)));
    assert_eq!(stop(&at_palier), Some("arrêté au plafond"));
    assert!(withheld(&at_palier).is_some_and(|said| said.contains("150\u{a0}h")));
    at_palier.hypotheses = at_palier.hypotheses.with(Hypothesis::PalierCrossing);
    assert_eq!(stop(&at_palier), Some("arrêté au palier"));
    let said = withheld(&at_palier).expect("withheld");
    assert!(said.contains("120\u{a0}h") && !said.contains("150"), "{said}");
    let mut benevole = ligne(0, 24_000, Motif::Engagement(EngagementCategory::Benevolat));
    benevole.poche = Poche::Cec;
    assert!(withheld(&benevole).is_some_and(|said| said.starts_with("Le compte d’engagement citoyen")));
}

#[test]
fn the_ceiling_says_what_it_withheld() {
    let motif = || Motif::Dif { hours: Hours::new(87), taux: Euros::whole(15), reference: "DIF-7K2M-9QXA".into() };
    assert_eq!(withheld(&ligne(130_500, 0, motif())), None);
    let partial = withheld(&ligne(100_000, 30_500, motif())).expect("withheld");
    assert!(partial.contains("Seuls 1\u{202f}000,00\u{a0}€"), "{partial}");
    let total = withheld(&ligne(0, 130_500, motif())).expect("withheld");
    assert!(total.contains("Rien n’a été inscrit"), "{total}");
    assert_eq!(composition_faute(&total), None);
    assert_eq!(explain(&ligne(0, 130_500, motif())).result, "1\u{202f}305,00\u{a0}€");
}

#[test]
fn every_rule_is_explained_in_well_set_sentences() {
    let facts = |category, credit, work| YearOfWork { category, credit, ..year(work) };
    let (euros, hours) = (Montant::Euros(Euros::whole(500)), Montant::Hours(Hours::new(24)));
    let missing = Quantity::Hours(WorkDuration::hours(100));
    let categories = [
        Category::Salarie,
        Category::SalarieSousNiveau3,
        Category::Esat,
        Category::Independant,
        Category::Agent,
        Category::AgentSousNiveau3,
    ];
    let raisons = [
        Raison::UnpaidCotisation,
        Raison::Age,
        Raison::Retraite,
        Raison::NoRule,
        Raison::NoReference,
        Raison::InsufficientSolde,
        Raison::ReplacedAttestation,
        Raison::RefusedAttestation,
        Raison::RectifiedYear,
        Raison::CancelledDeclaration,
        Raison::OtherLineCorrected,
        Raison::CorrectedRule,
    ];
    let paiement = |refusal| Paiement { reference: "F-1".into(), asked: euros, refusal };
    let dotation = || Dotation {
        financeur: "Employeur".into(),
        action: Some("RNCP1".into()),
        echeance: Some(Day::date(2027, 12, 31)),
        accord: None,
    };
    let mut motifs = vec![
        Motif::DifTooLate { hours: Hours::new(87), end: Day::date(2021, 6, 30) },
        Motif::Engagement(EngagementCategory::Benevolat),
        Motif::Abondement(dotation()),
        Motif::ExpiredAbondement(dotation()),
        Motif::Depense(paiement(None)),
        Motif::Conversion { hours: Hours::new(50), taux: Euros::whole(15) },
        Motif::Closing,
    ];
    for category in categories {
        for credit in [euros, hours] {
            motifs.push(Motif::FullYear { facts: facts(category, credit, 160_700) });
            motifs.push(Motif::PartialYear { facts: facts(category, credit, 80_000), missing });
        }
    }
    for raison in raisons {
        motifs.push(Motif::YearWithoutCredit { facts: facts(Category::Salarie, euros, 160_700), raison });
        motifs.push(Motif::Contrepassation { of: Day::date(2022, 6, 30), raison, year: None });
        motifs.push(Motif::UncoveredDepense(paiement(Some(raison))));
    }
    for motif in motifs {
        for montant in [50_000, 0, -40_000] {
            let mut ligne = ligne(montant, 10_000, motif.clone());
            ligne.hours = HoursVariation::new(if montant == 0 { -24 } else { 0 });
            let explication = explain(&ligne);
            assert_eq!(composition_faute(&explication.why), None, "{motif:?}");
            for (word, fact) in &explication.facts {
                let phrase = [fact, "."].concat();
                assert_eq!(composition_faute(&phrase), None, "{word}: {fact}");
            }
            assert!(!explication.title.is_empty() && !explication.computation.is_empty(), "{motif:?}");
            assert!(!explication.result.is_empty() && !change(&ligne).is_empty(), "{motif:?}");
            ligne.plafond = None;
            assert_eq!(withheld(&ligne).as_deref().and_then(composition_faute), None, "{motif:?}");
        }
    }
}

#[test]
fn what_an_agreement_gives_names_it_and_says_whether_it_counts_under_the_ceiling() {
    let given = |poche| {
        let dotation = Dotation {
            financeur: "Ateliers Morel".into(),
            action: None,
            echeance: None,
            accord: Some("Accord du 12 mars 2024".into()),
        };
        explain(&Ligne { poche, ..ligne(300, 0, Motif::Abondement(dotation)) })
    };
    for (poche, why) in [
        (Poche::Cpf, "Un accord ajoute cette somme à vos droits. Elle compte dans le plafond."),
        (Poche::Abondement, "Un accord ajoute cette somme à vos droits. Elle ne compte pas dans le plafond."),
    ] {
        let said = given(poche);
        assert_eq!((said.title.as_str(), &*said.why), ("Versement de l’employeur\u{a0}: Ateliers Morel", why));
        assert!(said.facts.contains(&("En application de", "Accord du 12 mars 2024".into())));
    }
}

//! What is wrong is said, at its line, and costs no more than it must.

use crate::communs;
use domaine::identite::NirInvalide;
use domaine::identite::nir::Incoherence;
use dsn::lignes::{Encodage, Faute};
use dsn::{Code, Constat, Controle, Evenement, Gravite, Individu, Rapport, Totaux};

/// The example with one text in place of another.
fn lire(avant: &str, apres: &[u8]) -> (Vec<Individu>, Rapport) {
    let exemple = String::from_utf8(dsn::exemple()).expect("the example is ASCII");
    let (tete, queue) = exemple.split_once(avant).expect("the example has that");
    let (evenements, rapport) = communs::lire(&[tete.as_bytes(), apres, queue.as_bytes()].concat());
    let individus = evenements.into_iter().filter_map(|e| if let Evenement::Individu(i) = e { Some(i) } else { None });
    (individus.collect(), rapport)
}

fn constats(rapport: &Rapport) -> Vec<(u64, Constat)> {
    rapport.signalements.iter().map(|signalement| (signalement.ligne, signalement.constat)).collect()
}

fn code(texte: &str) -> Code {
    Code::lire(texte.as_bytes()).expect("a code")
}

#[test]
fn a_broken_line_with_its_code_costs_its_record_only() {
    let (individus, rapport) = lire("53.002,'7.00'", b"53.002,'7.00");
    let mesure = code("S21.G00.53.002");
    let attendus = [(31, Constat::Ligne(Faute::Fermeture, Some(mesure))), (30, Constat::Manque(mesure))];
    assert_eq!(constats(&rapport), attendus);
    assert_eq!(individus[0].paies[0].activites.len(), 1);
    assert!(!rapport.est_sans_perte());
}

#[test]
fn a_line_of_which_nothing_can_be_read_costs_the_person_it_lies_in() {
    let (individus, rapport) = lire("S21.G00.53.002,'7.00'", b"???");
    assert_eq!(individus, []);
    assert_eq!(
        constats(&rapport),
        [
            (31, Constat::Ligne(Faute::Forme, None)),
            // Without its measure, the numbers of the block still follow one another.
            (11, Constat::IndividuAbime),
        ]
    );
    assert_eq!((rapport.individus, rapport.individus_ecartes), (0, 1));
}

#[test]
fn faults_of_lines_are_told_apart() {
    let cas: [(&[u8], Faute); 4] = [
        (b"S21.G00.30.007,''", Faute::Vide),
        (b"S21.G00.30.007,'\x00'", Faute::Controle),
        (b"S21.G00.30.007 'x'", Faute::Forme),
        (b"S21.G00.30.007,'x' ", Faute::Fermeture),
    ];
    for (ligne, faute) in cas {
        let (individus, rapport) = lire("S21.G00.40.001,'01092020'", ligne);
        assert_eq!(constats(&rapport), [(15, Constat::Ligne(faute, Some(code("S21.G00.30.007"))))]);
        assert_eq!(individus.len(), 1);
    }
    let longue = [b"S21.G00.30.007,'".as_slice(), &[b'x'; 200_000], b"'"].concat();
    let (individus, rapport) = lire("S21.G00.40.001,'01092020'", &longue);
    assert_eq!(constats(&rapport), [(15, Constat::Ligne(Faute::TropLongue, Some(code("S21.G00.30.007"))))]);
    assert_eq!(individus.len(), 1);
}

#[test]
fn what_is_not_latin1_is_read_and_told() {
    let (individus, rapport) = lire("PAT-TROIS", "PAT-TROÏS".as_bytes());
    assert_eq!(constats(&rapport), [(12, Constat::Encodage(Encodage::Utf8))]);
    assert_eq!(individus[0].nom.as_ref().map(|nom| nom.as_str()), Some("PAT-TROÏS"));
    let (individus, rapport) = lire("PAT-TROIS", b"PAT-TRO\xcfS");
    assert_eq!(rapport.total(), 0);
    assert_eq!(individus[0].nom.as_ref().map(|nom| nom.as_str()), Some("PAT-TROÏS"));
    let (_, rapport) = lire("S10.G00.00.001,'ACQUIS'", b"\xef\xbb\xbfS10.G00.00.001,'ACQUIS'");
    assert_eq!(constats(&rapport), [(1, Constat::MarqueUtf8)]);
}

#[test]
fn a_number_that_is_none_leaves_the_person_out_unless_there_is_another() {
    let (individus, rapport) = lire("2790351215189", b"2791351215189");
    assert_eq!(individus, []);
    assert_eq!(constats(&rapport), [(11, Constat::Nir(NirInvalide::Mois(['1', '3'])))]);
    let (_, rapport) = lire("2790351215189", b"2 79 03 51 215 189");
    assert_eq!(constats(&rapport), [(11, Constat::Nir(NirInvalide::Caractere(' ')))]);
    let (_, rapport) = lire("S21.G00.30.001,'2790351215189'\n", b"");
    assert_eq!(rapport.compte("sans_identifiant"), 1);
    assert_eq!(rapport.compte("total_rubriques"), 1);
    let (individus, rapport) = lire("S21.G00.40.001,", b"S21.G00.30.020,'2732829320AB12'\nS21.G00.40.001,");
    assert_eq!((individus.len(), rapport.compte_de(Gravite::Ecart)), (1, 0));
}

#[test]
fn a_person_is_masked_wherever_the_report_or_debug_shows_one() {
    let (individus, rapport) = lire("28031979", b"28041979");
    assert_eq!(constats(&rapport), [(11, Constat::NaissanceEtNir(Incoherence::Mois))]);
    let texte = format!("{rapport} {rapport:?} {individus:?}");
    assert!(texte.contains("salarié n° 1 (NIR 2 •• •• •• ••• ••• ••)"), "{texte}");
    for secret in ["2790351215189", "PAT-TROIS", "DOMINIQUE", "1979"] {
        assert!(!texte.contains(secret), "{secret}: {texte}");
    }
}

#[test]
fn a_declaration_that_cannot_be_placed_is_left_out_with_its_people() {
    for (avant, apres, manque) in [
        ("05.001,'01'", "05.001,'XX'", "S20.G00.05.001"),
        ("05.004,'1'", "05.004,'un'", "S20.G00.05.004"),
        ("05.005,'01012026'", "05.005,'01132026'", "S20.G00.05.005"),
        ("06.001,'732829320'", "06.001,'73282932'", "S21.G00.06.001"),
    ] {
        let (individus, rapport) = lire(avant, apres.as_bytes());
        assert_eq!(individus, []);
        assert!(rapport.signalements.iter().any(|s| s.constat == Constat::DeclarationSans(code(manque))), "{rapport}");
        assert_eq!((rapport.declarations, rapport.declarations_ecartees), (0, 1));
        assert_eq!((rapport.individus, rapport.individus_ecartes), (0, 1));
    }
}

#[test]
fn totals_that_do_not_agree_are_told() {
    let (_, rapport) = lire("S90.G00.90.001,'34'\nS90.G00.90.002,'1'", b"S90.G00.90.001,'35'\nS90.G00.90.002,'2'");
    let totaux =
        [(33, Constat::TotalRubriques { annonce: 35, lu: 34 }), (33, Constat::TotalDeclarations { annonce: 2, lu: 1 })];
    assert_eq!(constats(&rapport), totaux);
}

#[test]
fn an_envelope_that_lost_lines_is_known_before_anything_is_kept() {
    let exemple = String::from_utf8(dsn::exemple()).expect("the example is ASCII");
    let ampute = exemple.replace("S21.G00.53.002,'7.00'\n", "");
    let coupe = exemple.split("S90").next().expect("a beginning").to_owned();
    let muet = exemple.replace("S90.G00.90.002,'1'\n", "");
    let octets = [exemple.as_str(), &ampute, &exemple, &coupe, &muet, &exemple].concat();
    let (evenements, _) = communs::lire(octets.as_bytes());
    let totaux: Vec<Totaux> = evenements
        .iter()
        .filter_map(|e| if let Evenement::FinEnvoi(totaux) = e { Some(*totaux) } else { None })
        .collect();
    use Totaux::{Absents, Faux, Justes};
    assert_eq!(totaux, [Justes, Faux, Justes, Absents, Absents, Justes]);
    let controle = Controle::faire(octets.as_bytes()).expect("bytes in memory have no fault");
    for (rang, totaux) in (0..).zip(totaux) {
        assert_eq!(controle.est_douteux(rang), totaux != Justes, "{rang}");
    }
    // However many there are, none is taken for a sound one.
    let beaucoup = "S10.G00.00.001,'ACQUIS'\n".repeat(12_000);
    let controle = Controle::faire(beaucoup.as_bytes()).expect("bytes in memory have no fault");
    assert!((0..12_000).all(|rang| controle.est_douteux(rang)));
}

#[test]
fn hours_are_counted_once_whatever_the_pay_they_stand_under() {
    let heures = |individus: &[Individu]| individus[0].parts()[0].temps.heures.to_string();
    let (individus, rapport) = lire("51.011,'002'", b"51.011,'001'");
    assert_eq!((heures(&individus).as_str(), rapport.compte("activite_hors_002")), ("144.67", 1));
    let double =
        b"S21.G00.51.001,'01012026'\nS21.G00.51.002,'31012026'\nS21.G00.51.010,'00001'\nS21.G00.51.011,'001'\n\
        S21.G00.53.001,'01'\nS21.G00.53.002,'144.67'\nS21.G00.51.001,'01012026'";
    let (individus, rapport) = lire("S21.G00.51.001,'01012026'", double);
    assert_eq!((heures(&individus).as_str(), rapport.compte("activite_en_double")), ("144.67", 1));
    // Said twice and counted once: nothing is lost.
    assert_eq!((rapport.compte_de(Gravite::Perte), rapport.compte_de(Gravite::Remarque)), (1, 1));
    assert_eq!(rapport.compte("total_rubriques"), 1);
    // A measure without a unit is in that of the contract.
    let (individus, _) = lire("53.002,'144.67'\nS21.G00.53.003,'10'", b"53.002,'144.67'");
    assert_eq!(heures(&individus), "144.67");
}

#[test]
fn work_in_a_unit_that_is_no_time_is_a_loss_and_the_report_says_what_to_do() {
    for unite in ["31", "32", "33", "36", "37", "39", "99"] {
        let (individus, rapport) = lire("53.003,'10'", format!("53.003,'{unite}'").as_bytes());
        assert_eq!(individus[0].parts()[0].temps.heures.to_string(), "0.00", "{unite}");
        assert!(!rapport.est_sans_perte());
        assert_eq!(constats(&rapport), [(23, Constat::UniteNonComptee)]);
        assert!(rapport.to_string().contains("« acquis importer activites »"), "{rapport}");
    }
}

#[test]
fn what_is_no_time_does_not_hide_the_hours_that_stand_elsewhere() {
    let ailleurs = b"53.003,'36'\nS21.G00.51.001,'01012026'\nS21.G00.51.002,'31012026'\nS21.G00.51.010,'00001'\n\
        S21.G00.51.011,'001'\nS21.G00.53.001,'01'\nS21.G00.53.002,'12.00'\nS21.G00.53.003,'10'\nS90.G00.90.001";
    let exemple = String::from_utf8(dsn::exemple()).expect("the example is ASCII");
    let absence = "S21.G00.53.001,'02'\nS21.G00.53.002,'7.00'\nS21.G00.53.003,'10'\n";
    let sans_absence = exemple.replace(absence, "");
    let octets = sans_absence.replace("53.003,'10'\nS90.G00.90.001", &String::from_utf8_lossy(ailleurs));
    let (evenements, rapport) = communs::lire(octets.as_bytes());
    let individus = evenements.iter().filter_map(|e| if let Evenement::Individu(i) = e { Some(i) } else { None });
    let heures: Vec<_> = individus.flat_map(Individu::parts).map(|part| part.temps.heures.to_string()).collect();
    assert_eq!(heures, ["12.00"]);
    assert_eq!((rapport.compte("unite_non_comptee"), rapport.compte("activite_en_double")), (1, 0));
}

#[test]
fn a_person_of_too_many_pieces_is_left_out_and_the_next_is_read() {
    let contrats = "S21.G00.40.001,'01092020'\nS21.G00.40.009,'00001'\n".repeat(2001);
    let suite = format!("{contrats}S21.G00.30.001,'2790351215189'\nS21.G00.30.006,'28031979'\nS21.G00.40.001,");
    let (individus, rapport) = lire("S21.G00.40.001,", suite.as_bytes());
    assert_eq!((individus.len(), rapport.compte("individu_demesure")), (1, 1));
    assert_eq!(individus[0].rang, 2);
}

#[test]
fn an_empty_file_is_not_silent() {
    let (evenements, rapport) = communs::lire(b"");
    assert_eq!(evenements, []);
    assert_eq!(constats(&rapport), [(1, Constat::SansDeclaration)]);
}

#[test]
fn the_report_keeps_a_bounded_number_of_facts_and_counts_the_others() {
    let (_, rapport) = communs::lire(&b"x\n".repeat(5000));
    // The file holds no declaration, which is worse and has its own room.
    assert_eq!((rapport.signalements.len(), rapport.compte("ligne")), (1001, 5000));
    assert!(rapport.to_string().contains("non listés [perte] lignes non lues : 4000 fois"), "{rapport}");
}

#[test]
fn remarks_however_many_never_hide_a_loss() {
    let personne = "S21.G00.30.001,'2790351215189'\nS21.G00.30.002,'PAT-TRO\u{cf}S'\n";
    let foule = personne.repeat(1500) + "S21.G00.40.001,'01092020'\nS21.G00.40.002,'trop long'\nS90.G00.90.001";
    let (_, rapport) = lire("S90.G00.90.001", foule.as_bytes());
    assert_eq!((rapport.compte("encodage"), rapport.compte("sans_naissance")), (1500, 1500));
    let pertes = rapport.signalements.iter().filter(|s| s.constat.gravite() == Gravite::Perte).count();
    assert_eq!((pertes, rapport.signalements.len()), (3, 1003));
    let compte_rendu = rapport.to_string();
    for attendu in [
        "S21.G00.40.002 n’a pas la forme attendue",
        "non listés [remarque] valeurs hors ISO-8859-1 : 1000 fois",
        "non listés [remarque] dates de naissance absentes : 1000 fois",
    ] {
        assert!(compte_rendu.contains(attendu), "{attendu}");
    }
}

#[test]
fn the_report_says_where_who_what_and_what_to_do() {
    let (_, rapport) = lire("S21.G00.50.001,'31012026'\n", b"");
    let texte = rapport.to_string();
    let attendu = [
        "essai.dsn : 33 lignes, 33 rubriques",
        "déclarations : 1 lues, 0 écartées",
        "salariés : 1 lus, 0 écartés",
        "essai.dsn, ligne 22, salarié n° 1 (NIR 2 •• •• •• ••• ••• ••) [perte] Le bloc S21.G00.51 n’est pas sous un \
         bloc S21.G00.50 : il est ignoré. Rétablissez le bloc parent avant celui-ci, ou signalez-le à l’éditeur de paie.",
        "essai.dsn, ligne 32 [perte] L’envoi annonce 34 rubriques (S90.G00.90.001) et en contient 33. Vérifiez que le \
         fichier n’a été ni coupé ni retouché, et exportez-le de nouveau.",
    ];
    assert_eq!(texte.lines().collect::<Vec<_>>(), attendu);
}

#[test]
fn hours_outside_of_type_002_count_from_one_pay_of_each_contract() {
    let paie = |contrat: &str, genre: &str, mesure: &str| {
        format!(
            "S21.G00.51.001,'01012026'\nS21.G00.51.002,'31012026'\nS21.G00.51.010,'{contrat}'\n\
             S21.G00.51.011,'{genre}'\nS21.G00.53.001,'01'\nS21.G00.53.002,'{mesure}'\nS21.G00.53.003,'10'\n"
        )
    };
    let heures = |paies: String| {
        let (individus, rapport) = lire("S90.G00.90.001", format!("{paies}S90.G00.90.001").as_bytes());
        (individus[0].parts()[0].temps.heures.to_string(), rapport)
    };
    // The same contract under 001 and 003: once. Another contract: beside it.
    let (total, rapport) = heures(paie("00002", "001", "10.00") + &paie("00002", "003", "10.00"));
    assert_eq!((total.as_str(), rapport.compte("activite_en_double")), ("154.67", 1));
    assert_eq!((rapport.compte("activite_hors_002"), rapport.compte("contrat_inconnu")), (1, 2));
}

#[test]
fn people_of_a_second_establishment_are_nobody_s() {
    let second = "S21.G00.11.001,'00082'\nS21.G00.30.001,'2790351215189'\nS90.G00.90.001";
    let (individus, rapport) = lire("S90.G00.90.001", second.as_bytes());
    assert_eq!((individus.len(), rapport.individus_ecartes, rapport.compte("second_etablissement")), (1, 1, 1));
    let (individus, rapport) = lire("11.001,'00074'", b"11.001,'00074'\nS21.G00.11.001,'00082'");
    assert_eq!((individus.len(), rapport.declarations_ecartees, rapport.compte("second_etablissement")), (0, 1, 1));
}

#[test]
fn a_line_is_read_up_to_the_longest_that_is_allowed() {
    for (de_trop, lue) in [(0, true), (1, false)] {
        for fin in ["\n", "\r\n"] {
            let valeur = "x".repeat(1024 - 17 + de_trop);
            let ligne = format!("S21.G00.30.007,'{valeur}'{fin}S21.G00.40.001,'01092020'");
            let (_, rapport) = lire("S21.G00.40.001,'01092020'", ligne.as_bytes());
            assert_eq!(rapport.compte("ligne") == 0, lue, "{rapport}");
        }
    }
}

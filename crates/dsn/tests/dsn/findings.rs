//! What is wrong is said, at its line, and costs no more than it must.

use crate::support;
use domaine::identite::NirInvalide;
use domaine::identite::nir::Incoherence;
use dsn::rubrics::{Encoding, Faute};
use dsn::{Code, Event, Finding, Individu, Precheck, ReadingReport, Severity, Totals};

/// The example with one text in place of another.
fn read(before: &str, after: &[u8]) -> (Vec<Individu>, ReadingReport) {
    let example = String::from_utf8(dsn::example()).expect("the example is ASCII");
    let (head, queue) = example.split_once(before).expect("the example has that");
    let (events, report) = support::read(&[head.as_bytes(), after, queue.as_bytes()].concat());
    let individus = events.into_iter().filter_map(|e| if let Event::Individu(i) = e { Some(i) } else { None });
    (individus.collect(), report)
}

fn findings(report: &ReadingReport) -> Vec<(u64, Finding)> {
    report.signalements.iter().map(|signalement| (signalement.line, signalement.finding)).collect()
}

fn code(text: &str) -> Code {
    Code::parse(text.as_bytes()).expect("a code")
}

#[test]
fn a_broken_line_with_its_code_costs_its_record_only() {
    let (individus, report) = read("53.002,'7.00'", b"53.002,'7.00");
    let measure = code("S21.G00.53.002");
    let all_expected = [(31, Finding::Line(Faute::Closing, Some(measure))), (30, Finding::Missing(measure))];
    assert_eq!(findings(&report), all_expected);
    assert_eq!(individus[0].paies[0].activites.len(), 1);
    assert!(!report.is_lossless());
}

#[test]
fn a_line_of_which_nothing_can_be_read_costs_the_person_it_lies_in() {
    let (individus, report) = read("S21.G00.53.002,'7.00'", b"???");
    assert_eq!(individus, []);
    assert_eq!(
        findings(&report),
        [
            (31, Finding::Line(Faute::Shape, None)),
            // Without its measure, the numbers of the block still follow one another.
            (11, Finding::DamagedIndividu),
        ]
    );
    assert_eq!((report.individus, report.discarded_individus), (0, 1));
}

#[test]
fn faults_of_lines_are_told_apart() {
    let case: [(&[u8], Faute); 4] = [
        (b"S21.G00.30.007,''", Faute::Empty),
        (b"S21.G00.30.007,'\x00'", Faute::Precheck),
        (b"S21.G00.30.007 'x'", Faute::Shape),
        (b"S21.G00.30.007,'x' ", Faute::Closing),
    ];
    for (line, faute) in case {
        let (individus, report) = read("S21.G00.40.001,'01092020'", line);
        assert_eq!(findings(&report), [(15, Finding::Line(faute, Some(code("S21.G00.30.007"))))]);
        assert_eq!(individus.len(), 1);
    }
    let long = [b"S21.G00.30.007,'".as_slice(), &[b'x'; 200_000], b"'"].concat();
    let (individus, report) = read("S21.G00.40.001,'01092020'", &long);
    assert_eq!(findings(&report), [(15, Finding::Line(Faute::TooLong, Some(code("S21.G00.30.007"))))]);
    assert_eq!(individus.len(), 1);
}

#[test]
fn what_is_not_latin1_is_read_and_told() {
    let (individus, report) = read("PAT-TROIS", "PAT-TROÏS".as_bytes());
    assert_eq!(findings(&report), [(12, Finding::Encoding(Encoding::Utf8))]);
    assert_eq!(individus[0].nom.as_ref().map(|nom| nom.as_str()), Some("PAT-TROÏS"));
    let (individus, report) = read("PAT-TROIS", b"PAT-TRO\xcfS");
    assert_eq!(report.total(), 0);
    assert_eq!(individus[0].nom.as_ref().map(|nom| nom.as_str()), Some("PAT-TROÏS"));
    let (_, report) = read("S10.G00.00.001,'ACQUIS'", b"\xef\xbb\xbfS10.G00.00.001,'ACQUIS'");
    assert_eq!(findings(&report), [(1, Finding::Utf8Mark)]);
}

/// The example with those names, in that encoding, for each of four people.
fn four_people(noms: [&[u8]; 4]) -> Vec<u8> {
    let example = String::from_utf8(dsn::example()).expect("the example is ASCII");
    let (head, tail) = example.split_once("S21.G00.30.001").expect("somebody");
    let (somebody, totals) = tail.split_once("S90.G00.90.001,'34'").expect("totals");
    let (before, after) = somebody.split_once("PAT-TROIS").expect("a name");
    let people = noms.map(|nom| [b"S21.G00.30.001", before.as_bytes(), nom, after.as_bytes()].concat()).concat();
    let lines = head.lines().count() + people.split(|byte| *byte == b'\n').count() - 1 + 2;
    [head.as_bytes(), &people, format!("S90.G00.90.001,'{lines}'{totals}").as_bytes()].concat()
}

fn noms(bytes: &[u8]) -> (Vec<String>, ReadingReport) {
    let (events, report) = support::read(bytes);
    let nom = |individu: Individu| individu.nom.map_or("unreadable".to_owned(), |nom| nom.as_str().to_owned());
    let individus = events.into_iter().filter_map(|e| if let Event::Individu(i) = e { Some(i) } else { None });
    (individus.map(nom).collect(), report)
}

#[test]
fn a_file_in_windows_1252_or_in_utf_8_is_read_whole_and_that_is_told_once() {
    let expected = ["BŒUF", "D’ÉPINAY", "L’HAŸ", "NAÏS"];
    let windows: [&[u8]; 4] = [b"B\x8cUF", b"D\x92\xc9PINAY", b"L\x92HA\x9f", b"NA\xcfS"];
    let of_windows = four_people(windows);
    let of_utf8 = four_people(expected.map(str::as_bytes));
    let marked = [b"\xef\xbb\xbf".as_slice(), &of_utf8].concat();
    for (bytes, encoding) in
        [(&of_windows, Encoding::Windows1252), (&of_utf8, Encoding::Utf8), (&marked, Encoding::Utf8)]
    {
        let (noms, report) = noms(bytes);
        assert_eq!(noms, expected, "{encoding:?}");
        assert_eq!(findings(&report), [(12, Finding::Encoding(encoding))]);
        assert!(report.is_lossless());
    }
    // Bytes that are letters in UTF-8 too, but no letters that a French register writes.
    let (noms, report) = noms(&four_people([b"ANDR\xc9\x92S", b"A", b"B", b"C"]));
    assert_eq!((noms[0].as_str(), report.count("encodage")), ("ANDRÉ’S", 1));
}

#[test]
fn what_tools_leave_between_envelopes_and_behind_them_is_passed_over() {
    let one = dsn::example();
    let (alone, _) = support::read(&one);
    let twice = |between: &[u8], behind: &[u8]| [one.as_slice(), between, &one, behind].concat();
    let zeros = [0; 200_000];
    let cases: [(&[u8], &[u8]); 8] = [
        (b"\x1a", b"\x1a"),
        (b"\x1a\r\n", b"\x1a\r\n"),
        (b"\xef\xbb\xbf", b"\0"),
        (b"\x1a\xef\xbb\xbf", b"\x1a\0\0"),
        (b"\0", b"\n\n\x1a"),
        (&zeros, &zeros),
        (b"\r\r", b"\r"),
        (b"", b""),
    ];
    for (between, behind) in cases {
        let (events, report) = support::read(&twice(between, behind));
        assert_eq!(events.len(), 2 * alone.len(), "{between:?}");
        assert!(report.is_lossless(), "{between:?}: {report}");
        assert_eq!((report.envelopes, report.individus), (2, 2));
    }
    // Behind the last line, without an end of line.
    let without_end = one.strip_suffix(b"\n").expect("an end of line");
    let (events, report) = support::read(&[without_end, b"\x1a".as_slice()].concat());
    assert_eq!((events, report.total()), (alone, 0));
    // In a value, it is a fault as before.
    let (_, report) = read("ACQUIS", b"AC\x1aQUIS");
    assert_eq!(report.count("ligne"), 1);
}

#[test]
fn lines_that_end_with_a_carriage_return_alone_are_lines() {
    let example = String::from_utf8(dsn::example()).expect("the example is ASCII");
    let expected = support::read(example.as_bytes());
    assert_eq!(support::read(example.replace('\n', "\r").as_bytes()), expected);
    assert_eq!(support::read(example.replace('\n', "\r\n").as_bytes()), expected);
}

#[test]
fn a_number_that_is_none_leaves_the_person_out_unless_there_is_another() {
    let (individus, report) = read("2790351215189", b"2791351215189");
    assert_eq!(individus, []);
    assert_eq!(findings(&report), [(11, Finding::Nir(NirInvalide::Month(['1', '3'])))]);
    let (_, report) = read("2790351215189", b"2 79 03 51 215 189");
    assert_eq!(findings(&report), [(11, Finding::Nir(NirInvalide::Caractere(' ')))]);
    let (_, report) = read("S21.G00.30.001,'2790351215189'\n", b"");
    assert_eq!(report.count("sans_identifiant"), 1);
    assert_eq!(report.count("total_rubriques"), 1);
    let (individus, report) = read("S21.G00.40.001,", b"S21.G00.30.020,'2732829320AB12'\nS21.G00.40.001,");
    assert_eq!((individus.len(), report.count_of(Severity::Gap)), (1, 0));
}

#[test]
fn a_person_is_masked_wherever_the_report_or_debug_shows_one() {
    let (individus, report) = read("28031979", b"28041979");
    assert_eq!(findings(&report), [(11, Finding::NaissanceAndNir(Incoherence::Month))]);
    let text = format!("{report} {report:?} {individus:?}");
    assert!(text.contains("salarié n° 1 (NIR 2 •• •• •• ••• ••• ••)"), "{text}");
    for secret in ["2790351215189", "PAT-TROIS", "DOMINIQUE", "1979"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

#[test]
fn a_declaration_that_cannot_be_placed_is_left_out_with_its_people() {
    for (before, after, missing) in [
        ("05.001,'01'", "05.001,'XX'", "S20.G00.05.001"),
        ("05.004,'1'", "05.004,'un'", "S20.G00.05.004"),
        ("05.005,'01012026'", "05.005,'01132026'", "S20.G00.05.005"),
        ("06.001,'732829320'", "06.001,'73282932'", "S21.G00.06.001"),
    ] {
        let (individus, report) = read(before, after.as_bytes());
        assert_eq!(individus, []);
        assert!(
            report.signalements.iter().any(|s| s.finding == Finding::DeclarationWithout(code(missing))),
            "{report}"
        );
        assert_eq!((report.declarations, report.discarded_declarations), (0, 1));
        assert_eq!((report.individus, report.discarded_individus), (0, 1));
    }
}

#[test]
fn totals_that_do_not_agree_are_told() {
    let (_, report) = read("S90.G00.90.001,'34'\nS90.G00.90.002,'1'", b"S90.G00.90.001,'35'\nS90.G00.90.002,'2'");
    let totals = [
        (33, Finding::TotalRubrics { announced: 35, read: 34 }),
        (33, Finding::TotalDeclarations { announced: 2, read: 1 }),
    ];
    assert_eq!(findings(&report), totals);
}

#[test]
fn an_envelope_that_lost_lines_is_known_before_anything_is_kept() {
    let example = String::from_utf8(dsn::example()).expect("the example is ASCII");
    let cut_short = example.replace("S21.G00.53.002,'7.00'\n", "");
    let cut = example.split("S90").next().expect("a beginning").to_owned();
    let silent = example.replace("S90.G00.90.002,'1'\n", "");
    let bytes = [example.as_str(), &cut_short, &example, &cut, &silent, &example].concat();
    let (events, _) = support::read(bytes.as_bytes());
    let totals: Vec<Totals> =
        events.iter().filter_map(|e| if let Event::EnvelopeEnd(totals) = e { Some(*totals) } else { None }).collect();
    use Totals::{Absents, Right, Wrong};
    assert_eq!(totals, [Right, Wrong, Right, Absents, Absents, Right]);
    let precheck = Precheck::make(bytes.as_bytes()).expect("bytes in memory have no fault");
    for (index, totals) in (0..).zip(totals) {
        assert_eq!(precheck.is_doubtful(index), totals != Right, "{index}");
    }
    // However many there are, none is taken for a sound one.
    let many = "S10.G00.00.001,'ACQUIS'\n".repeat(12_000);
    let precheck = Precheck::make(many.as_bytes()).expect("bytes in memory have no fault");
    assert!((0..12_000).all(|index| precheck.is_doubtful(index)));
}

#[test]
fn hours_are_counted_once_whatever_the_pay_they_stand_under() {
    let hours = |individus: &[Individu]| individus[0].parts()[0].time.hours.to_string();
    let (individus, report) = read("51.011,'002'", b"51.011,'001'");
    assert_eq!((hours(&individus).as_str(), report.count("activite_hors_002")), ("144.67", 1));
    let double =
        b"S21.G00.51.001,'01012026'\nS21.G00.51.002,'31012026'\nS21.G00.51.010,'00001'\nS21.G00.51.011,'001'\n\
        S21.G00.53.001,'01'\nS21.G00.53.002,'144.67'\nS21.G00.51.001,'01012026'";
    let (individus, report) = read("S21.G00.51.001,'01012026'", double);
    assert_eq!((hours(&individus).as_str(), report.count("activite_en_double")), ("144.67", 1));
    // Said twice and counted once: nothing is lost.
    assert_eq!((report.count_of(Severity::Loss), report.count_of(Severity::Remark)), (1, 1));
    assert_eq!(report.count("total_rubriques"), 1);
    // A measure without a unit is in that of the contract.
    let (individus, _) = read("53.002,'144.67'\nS21.G00.53.003,'10'", b"53.002,'144.67'");
    assert_eq!(hours(&individus), "144.67");
}

#[test]
fn work_in_a_unit_that_is_no_time_is_a_loss_and_the_report_says_what_to_do() {
    for unit in ["31", "32", "33", "36", "37", "39", "99"] {
        let (individus, report) = read("53.003,'10'", format!("53.003,'{unit}'").as_bytes());
        assert_eq!(individus[0].parts()[0].time.hours.to_string(), "0.00", "{unit}");
        assert!(!report.is_lossless());
        assert_eq!(findings(&report), [(23, Finding::UncountedUnit)]);
        assert!(report.to_string().contains("« acquis importer activites »"), "{report}");
    }
}

#[test]
fn what_is_no_time_does_not_hide_the_hours_that_stand_elsewhere() {
    let elsewhere = b"53.003,'36'\nS21.G00.51.001,'01012026'\nS21.G00.51.002,'31012026'\nS21.G00.51.010,'00001'\n\
        S21.G00.51.011,'001'\nS21.G00.53.001,'01'\nS21.G00.53.002,'12.00'\nS21.G00.53.003,'10'\nS90.G00.90.001";
    let example = String::from_utf8(dsn::example()).expect("the example is ASCII");
    let absence = "S21.G00.53.001,'02'\nS21.G00.53.002,'7.00'\nS21.G00.53.003,'10'\n";
    let without_absence = example.replace(absence, "");
    let bytes = without_absence.replace("53.003,'10'\nS90.G00.90.001", &String::from_utf8_lossy(elsewhere));
    let (events, report) = support::read(bytes.as_bytes());
    let individus = events.iter().filter_map(|e| if let Event::Individu(i) = e { Some(i) } else { None });
    let hours: Vec<_> = individus.flat_map(Individu::parts).map(|part| part.time.hours.to_string()).collect();
    assert_eq!(hours, ["12.00"]);
    assert_eq!((report.count("unite_non_comptee"), report.count("activite_en_double")), (1, 0));
}

#[test]
fn a_person_of_too_many_pieces_is_left_out_and_the_next_is_read() {
    let contrats = "S21.G00.40.001,'01092020'\nS21.G00.40.009,'00001'\n".repeat(2001);
    let tail = format!("{contrats}S21.G00.30.001,'2790351215189'\nS21.G00.30.006,'28031979'\nS21.G00.40.001,");
    let (individus, report) = read("S21.G00.40.001,", tail.as_bytes());
    assert_eq!((individus.len(), report.count("individu_demesure")), (1, 1));
    assert_eq!(individus[0].index, 2);
}

#[test]
fn an_empty_file_is_not_silent() {
    let (events, report) = support::read(b"");
    assert_eq!(events, []);
    assert_eq!(findings(&report), [(1, Finding::NoDeclaration)]);
}

#[test]
fn the_report_keeps_a_bounded_number_of_facts_and_counts_the_others() {
    let (_, report) = support::read(&b"x\n".repeat(5000));
    // The file holds no declaration, which is worse and has its own room.
    assert_eq!((report.signalements.len(), report.count("ligne")), (1001, 5000));
    assert!(report.to_string().contains("non listés [perte] lignes non lues : 4000 fois"), "{report}");
}

#[test]
fn remarks_however_many_never_hide_a_loss() {
    let person = "S21.G00.30.001,'2790351215189'\nS21.G00.30.002,'PAT-TRO\u{cf}S'\n";
    let crowd = person.repeat(1500) + "S21.G00.40.001,'01092020'\nS21.G00.40.002,'trop long'\nS90.G00.90.001";
    let (_, report) = read("S90.G00.90.001", crowd.as_bytes());
    assert_eq!((report.count("encodage"), report.count("sans_naissance")), (1, 1500));
    let losses = report.signalements.iter().filter(|s| s.finding.severity() == Severity::Loss).count();
    assert_eq!((losses, report.signalements.len()), (3, 1003));
    let summary = report.to_string();
    for expected in
        ["S21.G00.40.002 n’a pas la forme attendue", "non listés [remarque] dates de naissance absentes : 501 fois"]
    {
        assert!(summary.contains(expected), "{expected}");
    }
}

#[test]
fn the_report_says_where_who_what_and_what_to_do() {
    let (_, report) = read("S21.G00.50.001,'31012026'\n", b"");
    let text = report.to_string();
    let expected = [
        "essai.dsn : 33 lignes, 33 rubriques",
        "déclarations : 1 lues, 0 écartées",
        "salariés : 1 lus, 0 écartés",
        "essai.dsn, ligne 22, salarié n° 1 (NIR 2 •• •• •• ••• ••• ••) [perte] Le bloc S21.G00.51 n’est pas sous un \
         bloc S21.G00.50 : il est ignoré. Rétablissez le bloc parent avant celui-ci, ou signalez-le à l’éditeur de paie.",
        "essai.dsn, ligne 32 [perte] L’envoi annonce 34 rubriques (S90.G00.90.001) et en contient 33. Vérifiez que le \
         fichier n’a été ni coupé ni retouché, et exportez-le de nouveau.",
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn hours_outside_of_type_002_count_from_one_pay_of_each_contract() {
    let paie = |contrat: &str, kind: &str, measure: &str| {
        format!(
            "S21.G00.51.001,'01012026'\nS21.G00.51.002,'31012026'\nS21.G00.51.010,'{contrat}'\n\
             S21.G00.51.011,'{kind}'\nS21.G00.53.001,'01'\nS21.G00.53.002,'{measure}'\nS21.G00.53.003,'10'\n"
        )
    };
    let hours = |paies: String| {
        let (individus, report) = read("S90.G00.90.001", format!("{paies}S90.G00.90.001").as_bytes());
        (individus[0].parts()[0].time.hours.to_string(), report)
    };
    // The same contract under 001 and 003: once. Another contract: beside it.
    let (total, report) = hours(paie("00002", "001", "10.00") + &paie("00002", "003", "10.00"));
    assert_eq!((total.as_str(), report.count("activite_en_double")), ("154.67", 1));
    assert_eq!((report.count("activite_hors_002"), report.count("contrat_inconnu")), (1, 2));
}

#[test]
fn people_of_a_second_establishment_are_nobody_s() {
    let second = "S21.G00.11.001,'00082'\nS21.G00.30.001,'2790351215189'\nS90.G00.90.001";
    let (individus, report) = read("S90.G00.90.001", second.as_bytes());
    assert_eq!((individus.len(), report.discarded_individus, report.count("second_etablissement")), (1, 1, 1));
    let (individus, report) = read("11.001,'00074'", b"11.001,'00074'\nS21.G00.11.001,'00082'");
    assert_eq!((individus.len(), report.discarded_declarations, report.count("second_etablissement")), (0, 1, 1));
}

#[test]
fn a_line_is_read_up_to_the_longest_that_is_allowed() {
    for (in_excess, is_read) in [(0, true), (1, false)] {
        for end in ["\n", "\r\n"] {
            let value = "x".repeat(1024 - 17 + in_excess);
            let line = format!("S21.G00.30.007,'{value}'{end}S21.G00.40.001,'01092020'");
            let (_, report) = read("S21.G00.40.001,'01092020'", line.as_bytes());
            assert_eq!(report.count("ligne") == 0, is_read, "{report}");
        }
    }
}

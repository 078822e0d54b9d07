//! Tables as sheets save them, from their bytes to the years of people: read whole, or refused whole.

use testbed::{Application, trial};

const HEADER: &str = "nir;nom_naissance;prenoms;date_naissance;annee;heures;employeur";
const CAMILLE: &str = "1800175999029;Nouvel;Camille;12/01/1980;2024;1607;Les Ateliers fictifs";
const DOMINIQUE: &str = "2790351215189;Pat-Trois;Dominique;28/03/1979;2024;803,5;Les Ateliers fictifs";

/// Years of work and their employers.
async fn years(application: &Application) -> Vec<String> {
    application
        .rows("SELECT CAST(annee AS TEXT) || ' ' || CAST(travail AS TEXT) || ' ' || origine FROM activites WHERE origine <> 'reprise'")
        .await
}

/// The two people and nothing else, by that file.
fn gives_both(what: &str, bytes: &[u8]) {
    trial(async |application| {
        let report = application.import_table(bytes, false).await.unwrap_or_else(|stop| panic!("{what}: {stop}"));
        assert!(report.is_lossless(), "{what}: {report}");
        assert_eq!(report.lines, 2, "{what}: {report}");
        let expected = ["2024 160700", "2024 80350"].map(|year| format!("{year} fichier:salarie:Les Ateliers fictifs"));
        assert_eq!(years(&application).await, expected, "{what}");
    });
}

#[test]
fn a_table_saved_by_any_sheet_gives_its_years() {
    let lines = |all: &[&str]| all.join("\r\n");
    let plain = lines(&[HEADER, CAMILLE, DOMINIQUE, ""]);
    let above = lines(&["", ";;;;;;", HEADER, "", CAMILLE, "; ;;;;;", DOMINIQUE, ";;;;;;", ""]);
    let columns = lines(&[&format!("{HEADER};;"), &format!("{CAMILLE};;"), &format!("{DOMINIQUE};; "), ";;;;;;;;"]);
    let title =
        HEADER.replace("nom_naissance", "Nom de naissance").replace("prenoms", "PRÉNOMS").replace("annee", "Année");
    let texts = lines(&[
        HEADER,
        &CAMILLE.replace("1800175999029", "=\"1800175999029\"").replace("12/01/1980", "12/01/1980 00:00:00"),
        &DOMINIQUE.replace("2790351215189", "'2\u{a0}79\u{202f}03 51 215 189"),
    ]);
    let spaced = plain.replace(";1607;", ";1\u{202f}607,00;");
    let over_lines = plain.replace("Les Ateliers fictifs", "\"Les Ateliers\r\nfictifs\"");
    let utf16: Vec<u8> = plain.replace(';', "\t").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (what, bytes) in [
        ("as asked for", plain.clone().into_bytes()),
        ("with its mark", ["\u{feff}", &plain].concat().into_bytes()),
        ("a separator said first", ["sep=;\r\n", &plain].concat().into_bytes()),
        ("CR alone", plain.replace("\r\n", "\r").into_bytes()),
        ("blank rows", above.into_bytes()),
        ("blank columns", columns.into_bytes()),
        ("names as a person writes them", lines(&[&title, CAMILLE, DOMINIQUE]).into_bytes()),
        ("numbers as texts", texts.into_bytes()),
        ("spaces between thousands", spaced.into_bytes()),
        ("a value over two lines", over_lines.into_bytes()),
        ("UTF-16 with tabs", [b"\xff\xfe".as_slice(), &utf16].concat()),
    ] {
        gives_both(what, &bytes);
    }
}

#[test]
fn a_table_of_windows_keeps_its_letters_and_says_how_it_was_read() {
    trial(async |application| {
        let bytes = [
            HEADER.as_bytes(),
            b"\r\n1800175999029;B\x9cuf;Lo\xefc;12/01/1980;2024;1607;Garage de l\x92\x8cillet \x96 9 \x80\r\n",
            b"2790351215189;D\x92\xc9on;Ga\xeblle;28/03/1979;2024;1607;L\x92Ha\xff\r\n",
        ]
        .concat();
        let report = application.import_table(&bytes, false).await.expect("an import");
        assert!(report.is_lossless() && report.to_string().contains("essai.csv : lu en Windows-1252\n"), "{report}");
        let expected = ["2024 160700 fichier:salarie:Garage de l’Œillet – 9 €", "2024 160700 fichier:salarie:L’Haÿ"];
        assert_eq!(years(&application).await, expected);
        let names = application
            .rows("SELECT nom_naissance || ' ' || prenoms FROM personnes WHERE id IN (SELECT personne FROM activites WHERE origine <> 'reprise')")
            .await;
        assert_eq!(names, ["Bœuf Loïc", "D’Éon Gaëlle"]);
    });
}

#[test]
fn a_fault_of_form_anywhere_refuses_the_whole_file_with_its_remedy() {
    let many = [HEADER, "\n", &[CAMILLE, "\n"].concat().repeat(3)].concat();
    for (tail, whys) in [
        ("2790351215189;Pat-Trois;Dominique;28/03/1979;2024;1607;\"Chez Paul\n", ["ligne 5", "ne sont pas refermés"]),
        (
            "2790351215189;Pat-Trois;Dominique;28/03/1979;2024;803;5;Chez Paul\n",
            ["ligne 5 : 8 valeurs pour 7", "guillemets"],
        ),
        ("Chez Paul\n", ["ligne 5 : 1 valeurs pour 7", "retour à la ligne"]),
        ("2790351215189;Pat-Trois;Dominique;28/03/1979;2024;803;Zo\u{fffd}\n", ["ligne 5", "déjà perdues"]),
    ] {
        trial(async |application| {
            let before = application.all().await;
            let file = [many.as_str(), tail].concat();
            let Err(stop) = application.import_table(file.as_bytes(), false).await else { panic!("taken: {tail}") };
            let stop = stop.to_string();
            for why in whys {
                assert!(stop.contains(why), "{stop}");
            }
            assert!(!stop.contains("Chez Paul") && !stop.contains("27903"), "{stop}");
            assert_eq!(application.all().await, before);
        });
    }
}

#[test]
fn a_number_that_lost_its_figures_is_told_with_what_to_do_and_the_other_lines_are_taken() {
    trial(async |application| {
        let lost = CAMILLE.replace("1800175999029", "1,80018E+12");
        let employeur = CAMILLE.replace("Les Ateliers fictifs", "9,9999E+13");
        let report = application.import_csv(&[HEADER, &lost, &employeur, DOMINIQUE].join("\n"), false).await;
        assert_eq!((report.lines, report.gaps()), (1, 2), "{report}");
        let said = report.to_string();
        assert!(said.contains("ligne 2 [écarté] nir : le tableur n'a gardé que les premiers chiffres"), "{said}");
        assert!(said.contains("ligne 3 [écarté] employeur : le tableur") && said.contains("format Texte"), "{said}");
    });
}

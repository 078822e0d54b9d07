//! The command line: help, settings that cannot be used, filling the database.

use std::process::{Command, Output};

fn acquis(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_acquis"));
    for (nom, _) in std::env::vars_os().filter(|(nom, _)| nom.to_string_lossy().starts_with("ACQUIS_")) {
        command.env_remove(nom);
    }
    command.args(arguments).envs(variables.iter().copied()).current_dir(dir.path());
    command.output().expect("the program runs")
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_help_is_in_french_and_tells_every_setting() {
    let output = acquis(&["--help"], &[]);
    assert!(output.status.success());
    let help = said(&output.stdout);
    assert!(help.contains("Usage : acquis"), "{help}");
    // Every setting has a line in the documented file, « #nom = "…" ».
    let documented = include_str!("../../../../docs/acquis.toml.exemple").lines();
    let names: Vec<&str> =
        documented.filter_map(|line| line.strip_prefix('#')?.split_once(" = ")).map(|(name, _)| name).collect();
    assert!(names.len() > 10, "{names:?}");
    for name in names {
        assert!(help.contains(&format!("ACQUIS_{}", name.to_uppercase())), "{name}");
    }
}

#[test]
fn what_cannot_be_used_stops_the_program_with_a_sentence() {
    for (arguments, variables, expected) in [
        (vec!["migrate"], vec![("ACQUIS_ECOUTES", "x")], "ACQUIS_ECOUTES"),
        (vec!["migrate"], vec![("ACQUIS_ECOUTE", "ici")], "ecoute : une adresse et un port"),
        (vec!["migrate"], vec![("ACQUIS_CONFIG", "absent.toml")], "absent.toml"),
        (vec!["migrate", "--config", "absent.toml"], vec![], "absent.toml"),
        (
            vec!["migrate"],
            vec![("ACQUIS_DATABASE_URL", "postgres://127.0.0.1:1/rien")],
            "la base de données ne répond pas",
        ),
        (vec!["danser"], vec![], "« danser » n'est pas une commande"),
        (vec![], vec![], "une commande est attendue"),
        (vec!["serve", "demo"], vec![], "une seule commande"),
        (vec!["servir", "demo"], vec![], "une seule commande"),
    ] {
        let output = acquis(&arguments, &variables);
        assert!(!output.status.success(), "{arguments:?}");
        let error = said(&output.stderr);
        assert!(error.starts_with("acquis : ") && error.contains(expected), "{arguments:?}: {error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
}

#[test]
fn the_database_is_made_and_filled_from_nothing() {
    let output = acquis(&["demo"], &[]);
    assert!(output.status.success(), "{}", said(&output.stderr));
    assert!(said(&output.stdout).contains("personnes fictives"));
    for command in ["migrer", "migrate"] {
        assert!(acquis(&[command], &[]).status.success(), "{command}");
    }
    assert_eq!(said(&acquis(&["reglages"], &[]).stdout), include_str!("../../../../docs/acquis.toml.exemple"));
}

#[test]
fn the_fictional_people_never_join_those_of_a_public_server() {
    let output = acquis(&["demo"], &[("ACQUIS_ADRESSE_PUBLIQUE", "https://acquis.example")]);
    let error = said(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{error}");
    assert!(error.contains("« demo » y ajouterait des personnes fictives") && error.lines().count() == 1, "{error}");
}

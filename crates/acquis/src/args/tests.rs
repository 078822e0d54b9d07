//! What each line asks, and what is said of those that ask nothing.

use batch::contestations::Action;

use super::*;

fn line(text: &str) -> Result<(Command, Option<PathBuf>), String> {
    match parse(text.split_ascii_whitespace().map(OsString::from))? {
        Asked::Run(line) => Ok((line.command, line.config)),
        Asked::Tell(told) => Err(told),
    }
}

fn told(text: &str) -> String {
    match parse(text.split_ascii_whitespace().map(OsString::from)) {
        Ok(Asked::Tell(told)) => told,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn options_may_stand_anywhere() {
    let expected =
        Command::Import(Import { format: Format::Dsn, files: vec!["a.dsn".into(), "-".into()], dry_run: true });
    for text in ["importer dsn a.dsn - --a-blanc", "--a-blanc importer dsn a.dsn -"] {
        assert_eq!(line(text), Ok((expected.clone(), None)), "{text}");
    }
    let year = Year::new(2025).expect("a year");
    let expected = Command::Credit(Credit { year, dry_run: false });
    for text in
        ["alimenter --annee=2025 --config x", "--annee 2025 --config x alimenter", "--config=x --annee=2025 alimenter"]
    {
        assert_eq!(line(text), Ok((expected.clone(), Some("x".into()))), "{text}");
    }
}

#[test]
fn the_former_names_of_commands_still_work() {
    assert_eq!(line("serve"), line("servir"));
    assert_eq!(line("servir"), Ok((Command::Serve, None)));
    assert_eq!(line("migrate"), line("migrer"));
    assert_eq!(line("migrer"), Ok((Command::Migrate(Migrate { unsaved: false }), None)));
}

#[test]
fn an_export_is_checked_with_the_keys_that_are_given_or_those_of_here() {
    let checked = |text: &str| match line(text) {
        Ok((Command::CheckExport(asked), None)) => (asked.file, asked.keys),
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(checked("export verifier a.zip"), ("a.zip".into(), None));
    assert_eq!(checked("export verifier a.zip --cle k.json"), ("a.zip".into(), Some("k.json".into())));
    assert!(line("export a.zip").is_err() && line("export verifier").is_err());
}

#[test]
fn the_keys_are_listed_added_to_turned_or_retired_by_their_number() {
    let request = |text: &str| match line(text) {
        Ok((Command::Keys(keys), None)) => keys.request(),
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(request("cles"), Ok(KeyRequest::List));
    assert_eq!(request("cles ajouter"), Ok(KeyRequest::Add));
    assert_eq!(request("cles tourner"), Ok(KeyRequest::Turn));
    assert_eq!(request("cles retirer 3"), Ok(KeyRequest::Retire(3)));
    for (text, why) in [
        ("cles retirer", "retirer attend le numéro"),
        ("cles tourner 3", "n'a de sens qu'avec retirer"),
        ("cles detruire", "cles attend « ajouter », « tourner » ou « retirer »"),
        ("cles retirer un", "retirer attend le numéro"),
    ] {
        assert!(line(text).is_err_and(|refusal| refusal.contains(why)), "{text}: {:?}", line(text));
    }
}

#[test]
fn an_answer_comes_from_the_standard_input_unless_a_file_follows_the_reference() {
    let request = |text: &str| match line(text) {
        Ok((Command::Disputes(disputes), None)) => disputes.request(),
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(request("contestations"), Ok(DisputeRequest::List(false)));
    assert_eq!(request("--toutes contestations"), Ok(DisputeRequest::List(true)));
    for (text, gesture) in [
        ("contestations CTR-1", Action::Show),
        ("contestations CTR-1 --en-cours", Action::UnderWay),
        ("contestations CTR-1 --repondre", Action::Answer("-".into())),
        ("contestations --repondre CTR-1", Action::Answer("-".into())),
        ("contestations CTR-1 --repondre -", Action::Answer("-".into())),
        ("contestations CTR-1 --repondre lettre.txt", Action::Answer("lettre.txt".into())),
        ("contestations CTR-1 --completer lettre.txt", Action::Complete("lettre.txt".into())),
    ] {
        assert_eq!(request(text), Ok(DisputeRequest::One("CTR-1".into(), gesture)), "{text}");
    }
}

#[test]
fn a_proof_is_listed_shown_taken_out_accepted_or_refused() {
    let request = |text: &str| match line(text) {
        Ok((Command::Proofs(proofs), None)) => proofs.request(),
        other => panic!("{text}: {other:?}"),
    };
    let of = || "HAN-1".to_owned();
    let accept = |until: Option<&str>| ProofRequest::Accept(of(), Some("01/01/2024".into()), until.map(str::to_owned));
    for (text, expected) in [
        ("justificatifs", ProofRequest::List(false)),
        ("--tous justificatifs", ProofRequest::List(true)),
        ("justificatifs HAN-1", ProofRequest::Show(of())),
        ("justificatifs HAN-1 --extraire piece.pdf", ProofRequest::TakeOut(of(), "piece.pdf".into())),
        ("justificatifs HAN-1 --accepter 01/01/2024", accept(None)),
        ("attestations HAN-1 --accepter", ProofRequest::Accept(of(), None, None)),
        ("justificatifs --accepter=01/01/2024 HAN-1 --jusqu-au 31/12/2028", accept(Some("31/12/2028"))),
        ("justificatifs HAN-1 --refuser", ProofRequest::Refuse(of(), "-".into())),
        ("justificatifs HAN-1 --refuser raison.txt", ProofRequest::Refuse(of(), "raison.txt".into())),
    ] {
        assert_eq!(request(text), Ok(expected), "{text}");
    }
}

#[test]
fn what_makes_no_sense_is_told() {
    for (text, expected) in [
        ("importer", "« dsn », « activites » ou « evenements »"),
        ("importer xml a", "« dsn », « activites » ou « evenements »"),
        ("importer dsn", "attend des fichiers"),
        ("alimenter", "--annee"),
        ("alimenter --annee deux", "quatre chiffres"),
        ("alimenter --annee", "quatre chiffres"),
        ("serve --a-blanc", "--a-blanc n'a de sens"),
        ("--a-blanc servir", "--a-blanc n'a de sens"),
        ("migrate --annee 2025", "--annee n'a de sens"),
        ("serve --json", "--json n'ont de sens"),
        ("serve --json=x", "--json n'ont de sens"),
        ("alimenter --annee 2025 --au 2025-01-01", "--au et --json n'ont de sens"),
        ("releve --au", "--au attend"),
        ("releve --json=x", "« --json » n'attend pas de valeur"),
        ("releve 2790351215189", "entrée standard"),
        ("--config acquis.toml releves 2790351215189", "entrée standard"),
        ("servir --config", "--config attend"),
        ("--sec", "« --sec » n'est pas une commande"),
        ("servir --sec", "« --sec » n'est pas une commande"),
        ("serve --toutes", "--toutes"),
        ("migrate --repondre", "--repondre"),
        ("contestations --en-cours", "attend la référence"),
        ("contestations CTR-1 --toutes", "l'un ou l'autre"),
        ("contestations CTR-1 --en-cours --repondre", "un seul à la fois"),
        ("contestations CTR-1 lettre.txt", "une seule commande"),
        ("contestations CTR-1 --repondre a b", "une seule commande"),
        ("serve --tous", "qu'avec justificatifs"),
        ("contestations CTR-1 --refuser", "qu'avec justificatifs"),
        ("justificatifs --refuser", "attendent la référence"),
        ("justificatifs --jusqu-au 2028-12-31", "attendent la référence"),
        ("justificatifs HAN-1 --tous", "l'un ou l'autre"),
        ("justificatifs HAN-1 --accepter 2024-01-01 --refuser", "un seul à la fois"),
        ("justificatifs HAN-1 --refuser --jusqu-au 2028-12-31", "qu'avec --accepter"),
        ("justificatifs HAN-1 --extraire", "un fichier nouveau"),
        ("justificatifs HAN-1 --accepter 2024-01-01 --jusqu-au", "attend le dernier jour"),
        ("justificatifs HAN-1 lettre.txt", "une seule commande"),
        ("releve --quoi export", "qu'avec journal"),
        ("servir --jusqu-au 2028-12-31", "qu'avec justificatifs et journal"),
        ("journal --geler", "qu'avec comptes"),
        ("comptes --geler --raison x", "--geler attend la référence"),
        ("comptes CPT-1 --geler", "--geler attend --raison"),
        ("comptes CPT-1 --prouver --raison x", "--prouver attend --preuve"),
        ("comptes CPT-1 --geler --fermer --raison x", "un seul à la fois"),
        ("comptes CPT-1 --raison x", "accompagnent un acte"),
        ("comptes CPT-1 --liberer-nir --raison x", "--liberer-nir attend --preuve"),
        ("comptes CPT-1 --liberer-nir --geler --preuve x", "un seul à la fois"),
        ("comptes CPT-1 --deces --preuve x", "--deces attend"),
        ("comptes CPT-1 --nom Durand --preuve x", "ni NIR, ni nom"),
        ("releve --preuve x", "--preuve n'a de sens qu'avec comptes"),
        ("comptes CPT-1 --raison", "attend un texte"),
        ("comptes CPT-1 2790351215189", "ni NIR, ni nom"),
        ("journal --depuis", "attend le premier jour"),
        ("journal --compte", "CPT-XXXX-XXXX-XXXX"),
        ("journal --agent", "le nom de qui agit"),
        ("journal hier", "journal n'attend que « verifier »"),
        ("sauvegarder", "attend un dossier"),
        ("journal --ancres a", "verifier"),
        ("journal verifier --cle-publique a", "--ancres"),
        ("sauvegarde", "acquis sauvegarde verifier DOSSIER"),
        ("sauvegarde jeter d", "acquis sauvegarde verifier DOSSIER"),
        ("sauvegarde verifier", "attend un dossier"),
        ("restaurer", "attend un dossier"),
        ("servir --sans-copie", "--sans-copie n'a de sens"),
        ("completions", "bash, elvish, fish, powershell ou zsh"),
        ("completions cmd", "bash, elvish, fish, powershell ou zsh"),
        ("servir demo", "une seule commande"),
        ("danser", "« danser » n'est pas une commande"),
        ("--a-blanc", "une commande est attendue"),
        ("", "une commande est attendue"),
    ] {
        let said = line(text).expect_err(text);
        assert!(said.contains(expected), "{text}: {said}");
        assert_eq!(said.lines().count(), 1, "{text}: {said}");
    }
}

#[test]
fn every_help_is_in_french() {
    Line::command().debug_assert();
    let mut helps = vec![told("--help"), told("-h"), told("--aide")];
    for command in Line::command().get_subcommands() {
        let name = command.get_name();
        assert!(helps[0].contains(&format!("\n  {name} ")), "{name} is not listed");
        assert!(command.get_about().is_some(), "{name}");
        for option in command.get_arguments().filter(|option| !option.is_hide_set()) {
            assert!(option.get_help().is_some(), "{name} {}", option.get_id());
        }
        helps.push(told(&format!("{name} --help")));
        helps.push(told(&format!("{name} -h")));
    }
    for help in &helps {
        assert!(help.contains("\nUsage : acquis") && help.ends_with('\n') && !help.ends_with("\n\n"), "{help}");
        for english in ["Usage:", "Options:", "Arguments:", "Commands:", "Print", "[possible", "[default", "[alias"] {
            assert!(!help.contains(english), "{english}: {help}");
        }
    }
    assert_eq!(told("--version"), concat!("acquis ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn each_shell_completes_the_commands() {
    for shell in Shell::value_variants() {
        let script = String::from_utf8(completions(*shell)).expect("text");
        for word in ["servir", "migrer", "contestations", "a-blanc"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

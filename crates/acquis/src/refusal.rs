//! What is said of a command line that cannot be followed: one French line, whatever clap has to say in English.
//! What a line may hold is in `args`.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

pub(crate) const ONE_COMMAND: &str = "une seule commande à la fois ; voir acquis --help";
pub(crate) const YEAR: &str = "--annee attend une année en quatre chiffres";

/// The sentence for that error of a line whose command has that name; nothing when clap was only asked to tell.
pub(crate) fn say(error: &Error, command: &str) -> Option<String> {
    let sentence = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return None,
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "une commande est attendue : servir, migrer ou demo ; voir acquis --help".to_owned()
        }
        ErrorKind::InvalidSubcommand => unknown(&first(error, ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => out_of_place(&first(error, ContextKind::InvalidArg), command),
        ErrorKind::MissingRequiredArgument if command == "alimenter" => {
            "alimenter attend --annee et l'année de travail à créditer".to_owned()
        }
        ErrorKind::MissingRequiredArgument if first(error, ContextKind::InvalidArg).starts_with("--ancres") => {
            "--cle-publique vérifie un fichier d'ancres : donnez-le avec --ancres".to_owned()
        }
        ErrorKind::MissingRequiredArgument | ErrorKind::InvalidValue
            if command == "export" && first(error, ContextKind::InvalidArg) != "--cle" =>
        {
            "export attend « verifier », puis un fichier : acquis export verifier FICHIER".to_owned()
        }
        ErrorKind::MissingRequiredArgument | ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            expected(&first(error, ContextKind::InvalidArg)).to_owned()
        }
        ErrorKind::TooManyValues => format!("« {} » n'attend pas de valeur", first(error, ContextKind::InvalidArg)),
        ErrorKind::InvalidUtf8 => "cette ligne de commande n'est pas en UTF-8".to_owned(),
        _ => "cette ligne de commande ne se comprend pas ; voir acquis --help".to_owned(),
    };
    Some(sentence)
}

/// What was expected where that argument stands, or should.
fn expected(argument: &str) -> &'static str {
    match argument {
        "--au" => "--au attend un jour, JJ/MM/AAAA",
        "--jusqu-au" => "--jusqu-au attend le dernier jour, JJ/MM/AAAA",
        "--depuis" => "--depuis attend le premier jour, JJ/MM/AAAA",
        "--compte" => "--compte attend la référence d'un compte, CPT-XXXX-XXXX-XXXX",
        "--deces" => "--deces attend le jour du décès, JJ/MM/AAAA",
        "--preuve" => "--preuve attend un texte : ce qui a été vu, et quand",
        "--raison" => "--raison attend un texte : ce qui vous fait agir",
        "--par" => "--par attend le nom d'un agent",
        "--quoi" => "--quoi attend un mot du journal ; voir acquis journal --help",
        "--agent" => "--agent attend le nom de qui agit",
        "--cle" => "--cle attend le nom d'un fichier : les clés publiées par un service",
        "--config" => "--config attend le nom d'un fichier",
        "--annee" => YEAR,
        "<FORMAT>" => "importer attend « dsn », « activites » ou « evenements », puis des fichiers",
        "<FICHIER>..." => "importer attend des fichiers, un dossier, ou « - » pour l'entrée standard",
        "<ACTION>" => "sauvegarde attend « verifier », puis un dossier : acquis sauvegarde verifier DOSSIER",
        "[GESTE]" => "cles attend « ajouter », « tourner » ou « retirer » et un numéro, ou rien, qui liste",
        "[VERSION]" => "retirer attend le numéro d'une version : acquis cles les donne",
        "[ACTION]" => "journal n'attend que « verifier », ou des options ; voir acquis journal --help",
        "<DOSSIER>" => "cette commande attend un dossier ; voir acquis --help",
        "<SHELL>" => "completions attend un interpréteur : bash, elvish, fish, powershell ou zsh",
        _ => "il manque quelque chose à cette commande ; voir acquis --help",
    }
}

/// What that word or option does behind that command.
fn out_of_place(argument: &str, command: &str) -> String {
    match argument {
        "--a-blanc" => "--a-blanc n'a de sens qu'avec importer et alimenter",
        "--au" | "--json" => "--au et --json n'ont de sens qu'avec releve et releves",
        "--sans-copie" => "--sans-copie n'a de sens qu'avec migrer",
        "--cle" => "--cle n'a de sens qu'avec export",
        "--annee" => "--annee n'a de sens qu'avec alimenter",
        "--toutes" | "--en-cours" | "--repondre" | "--completer" => {
            "--toutes, --en-cours, --repondre et --completer n'ont de sens qu'avec contestations"
        }
        "--tous" | "--extraire" | "--accepter" | "--refuser" => {
            "--tous, --extraire, --accepter et --refuser n'ont de sens qu'avec justificatifs"
        }
        "--jusqu-au" => "--jusqu-au n'a de sens qu'avec justificatifs et journal",
        "--depuis" | "--compte" | "--par" | "--quoi" | "--adresse" => {
            "--depuis, --compte, --par, --quoi et --adresse n'ont de sens qu'avec journal"
        }
        "--geler" | "--degeler" | "--deconnecter" | "--fermer" | "--garder" | "--raison" | "--liberer-nir"
        | "--nom" | "--nir" | "--naissance" | "--deces" | "--preuve" => {
            return format!("{argument} n'a de sens qu'avec comptes");
        }
        option if option.len() > 1 && option.starts_with('-') => return unknown(option),
        _ if matches!(command, "releve" | "releves" | "comptes") => {
            "ni NIR, ni nom, ni courriel ne se donne sur la ligne de commande, où toute la machine peut le lire : \
             ils sont lus sur l'entrée standard"
        }
        _ => ONE_COMMAND,
    }
    .to_owned()
}

fn unknown(word: &str) -> String {
    format!("« {word} » n'est pas une commande ; voir acquis --help")
}

/// The name that clap gives there, without the `<VALUE>` that follows it.
fn first(error: &Error, kind: ContextKind) -> String {
    let text = match error.get(kind) {
        Some(ContextValue::String(text)) => text.as_str(),
        Some(ContextValue::Strings(texts)) => texts.first().map_or("", String::as_str),
        _ => "",
    };
    if kind == ContextKind::InvalidArg { text.split(" <").next().unwrap_or_default() } else { text }.to_owned()
}

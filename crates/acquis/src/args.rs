//! The command line: what is asked, before any setting is read.

use std::path::PathBuf;

use batch::contestations::Geste;
use domaine::mesures::Annee;

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commande {
    /// Serves the page.
    Servir,
    /// Brings the database up to date.
    Migrer,
    /// Fills it with the fictional people.
    Demo,
    /// Writes the settings file.
    Reglages,
    /// Imports files of employers.
    Importer {
        /// Which files.
        format: Format,
        /// Files, folders, or `-`.
        fichiers: Vec<PathBuf>,
        /// Only say what would change.
        a_blanc: bool,
    },
    /// Credits a year.
    Alimenter {
        /// The year of work.
        annee: Annee,
        /// Only say what would change.
        a_blanc: bool,
    },
    /// Gives the statement of one person, or of everybody.
    Relever {
        /// Of everybody, one JSON object a line.
        tous: bool,
        /// As it stood on that day, as typed; today when there is none.
        au: Option<String>,
        /// In JSON rather than as a table.
        json: bool,
    },
    /// Lists the disputed lines.
    Contestations {
        /// The answered ones too.
        toutes: bool,
    },
    /// Reads one of them, or says something about it.
    Contestation {
        /// The reference given to its holder.
        reference: String,
        /// What is done.
        geste: Geste,
    },
    /// The help.
    Aide,
    /// The version.
    Version,
}

impl Commande {
    /// Whether it only says what would change.
    pub const fn est_a_blanc(&self) -> bool {
        matches!(self, Self::Importer { a_blanc: true, .. } | Self::Alimenter { a_blanc: true, .. })
    }
}

/// The files that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// DSN.
    Dsn,
    /// CSV, one year of work on each line.
    Activites,
    /// CSV, one event of an account on each line.
    Evenements,
}

/// The command and the settings file named on the line.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn comprendre(arguments: impl Iterator<Item = String>) -> Result<(Commande, Option<PathBuf>), String> {
    let mut arguments = arguments.peekable();
    let (mut mots, mut fichier, mut a_blanc, mut annee) = (Vec::new(), None, false, None);
    let (mut au, mut json) = (None, false);
    let (mut toutes, mut gestes) = (false, Vec::new());
    let mut tout_est_fichier = false;
    while let Some(argument) = arguments.next() {
        let suite = |option: &str| argument.strip_prefix(option).and_then(|reste| reste.strip_prefix('='));
        match argument.as_str() {
            _ if tout_est_fichier => mots.push(argument),
            "-h" | "--help" | "--aide" => return Ok((Commande::Aide, None)),
            "-V" | "--version" => return Ok((Commande::Version, None)),
            "--" => tout_est_fichier = true,
            "--a-blanc" => a_blanc = true,
            "--json" => json = true,
            "--au" => au = Some(arguments.next().ok_or("--au attend un jour, JJ/MM/AAAA")?),
            _ if suite("--au").is_some() => au = suite("--au").map(str::to_owned),
            "--toutes" => toutes = true,
            "--en-cours" | "--repondre" | "--completer" => gestes.push(argument),
            "--config" => fichier = Some(arguments.next().ok_or("--config attend le nom d'un fichier")?.into()),
            "--annee" => annee = Some(lire_annee(&arguments.next().unwrap_or_default())?),
            _ if suite("--config").is_some() => fichier = suite("--config").map(PathBuf::from),
            _ if suite("--annee").is_some() => annee = Some(lire_annee(suite("--annee").unwrap_or_default())?),
            autre if autre.len() > 1 && autre.starts_with('-') => return Err(inconnue(autre)),
            _ => mots.push(argument),
        }
    }
    let mut mots = mots.into_iter();
    let nom = mots.next().ok_or("une commande est attendue : serve, migrate ou demo ; voir acquis --help")?;
    let commande = match nom.as_str() {
        "serve" => Commande::Servir,
        "migrate" => Commande::Migrer,
        "demo" => Commande::Demo,
        "reglages" => Commande::Reglages,
        "importer" => importer(&mut mots, a_blanc)?,
        "alimenter" => {
            let annee = annee.ok_or("alimenter attend --annee et l'année de travail à créditer")?;
            Commande::Alimenter { annee, a_blanc }
        }
        "releve" => Commande::Relever { tous: false, au: au.take(), json: std::mem::take(&mut json) },
        "releves" => Commande::Relever { tous: true, au: au.take(), json: std::mem::take(&mut json) },
        "contestations" => contestations(&mut mots, toutes, &gestes)?,
        autre => return Err(inconnue(autre)),
    };
    let reste = mots.next().is_some();
    if reste && matches!(commande, Commande::Relever { .. }) {
        return Err("un NIR ne se donne pas sur la ligne de commande, où toute la machine peut le lire : \
                    il est lu sur l'entrée standard"
            .into());
    }
    if reste {
        return Err("une seule commande à la fois ; voir acquis --help".into());
    }
    if a_blanc && !matches!(commande, Commande::Importer { .. } | Commande::Alimenter { .. }) {
        return Err("--a-blanc n'a de sens qu'avec importer et alimenter".into());
    }
    if au.is_some() || json {
        return Err("--au et --json n'ont de sens qu'avec releve et releves".into());
    }
    if annee.is_some() && !matches!(commande, Commande::Alimenter { .. }) {
        return Err("--annee n'a de sens qu'avec alimenter".into());
    }
    let de_contestation = matches!(commande, Commande::Contestations { .. } | Commande::Contestation { .. });
    if (toutes || !gestes.is_empty()) && !de_contestation {
        return Err("--toutes, --en-cours, --repondre et --completer n'ont de sens qu'avec contestations".into());
    }
    Ok((commande, fichier))
}

fn importer(mots: &mut impl Iterator<Item = String>, a_blanc: bool) -> Result<Commande, String> {
    let format = match mots.next().as_deref() {
        Some("dsn") => Format::Dsn,
        Some("activites") => Format::Activites,
        Some("evenements") => Format::Evenements,
        _ => return Err("importer attend « dsn », « activites » ou « evenements », puis des fichiers".into()),
    };
    let fichiers: Vec<PathBuf> = mots.map(PathBuf::from).collect();
    if fichiers.is_empty() {
        return Err("importer attend des fichiers, un dossier, ou « - » pour l'entrée standard".into());
    }
    Ok(Commande::Importer { format, fichiers, a_blanc })
}

fn contestations(mots: &mut impl Iterator<Item = String>, toutes: bool, gestes: &[String]) -> Result<Commande, String> {
    let Some(reference) = mots.next() else {
        return match gestes.first() {
            None => Ok(Commande::Contestations { toutes }),
            Some(geste) => {
                Err(format!("{geste} attend la référence d'une contestation, puis son fichier s'il y en a un"))
            }
        };
    };
    if toutes {
        return Err("--toutes donne la liste, une référence en montre une : l'un ou l'autre".into());
    }
    let mut source = || PathBuf::from(mots.next().unwrap_or_else(|| "-".into()));
    let geste = match gestes {
        [] => Geste::Montrer,
        [seul] => match seul.as_str() {
            "--repondre" => Geste::Repondre(source()),
            "--completer" => Geste::Completer(source()),
            _ => Geste::EnCours,
        },
        _ => return Err("--en-cours, --repondre ou --completer : un seul à la fois".into()),
    };
    Ok(Commande::Contestation { reference, geste })
}

fn lire_annee(texte: &str) -> Result<Annee, String> {
    let annee = texte.parse().ok().and_then(|annee: u16| Annee::new(annee).ok());
    annee.ok_or_else(|| "--annee attend une année en quatre chiffres".to_owned())
}

fn inconnue(mot: &str) -> String {
    format!("« {mot} » n'est pas une commande ; voir acquis --help")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lire(ligne: &str) -> Result<(Commande, Option<PathBuf>), String> {
        comprendre(ligne.split_ascii_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_may_stand_anywhere() {
        let attendue =
            Commande::Importer { format: Format::Dsn, fichiers: vec!["a.dsn".into(), "-".into()], a_blanc: true };
        for ligne in ["importer dsn a.dsn - --a-blanc", "--a-blanc importer dsn a.dsn -"] {
            assert_eq!(lire(ligne), Ok((attendue.clone(), None)), "{ligne}");
        }
        let annee = Annee::new(2025).expect("a year");
        let attendue = Commande::Alimenter { annee, a_blanc: false };
        assert_eq!(lire("alimenter --annee=2025 --config x"), Ok((attendue, Some("x".into()))));
    }

    #[test]
    fn an_answer_comes_from_the_standard_input_unless_a_file_follows_the_reference() {
        assert_eq!(lire("contestations"), Ok((Commande::Contestations { toutes: false }, None)));
        assert_eq!(lire("--toutes contestations"), Ok((Commande::Contestations { toutes: true }, None)));
        for (ligne, geste) in [
            ("contestations CTR-1", Geste::Montrer),
            ("contestations CTR-1 --en-cours", Geste::EnCours),
            ("contestations CTR-1 --repondre", Geste::Repondre("-".into())),
            ("contestations --repondre CTR-1", Geste::Repondre("-".into())),
            ("contestations CTR-1 --repondre -", Geste::Repondre("-".into())),
            ("contestations CTR-1 --repondre lettre.txt", Geste::Repondre("lettre.txt".into())),
            ("contestations CTR-1 --completer lettre.txt", Geste::Completer("lettre.txt".into())),
        ] {
            let attendue = Commande::Contestation { reference: "CTR-1".into(), geste };
            assert_eq!(lire(ligne), Ok((attendue, None)), "{ligne}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_told() {
        for (ligne, attendu) in [
            ("importer", "« dsn », « activites » ou « evenements »"),
            ("importer dsn", "attend des fichiers"),
            ("alimenter", "--annee"),
            ("alimenter --annee deux", "quatre chiffres"),
            ("serve --a-blanc", "--a-blanc"),
            ("migrate --annee 2025", "--annee"),
            ("serve --json", "--json"),
            ("alimenter --annee 2025 --au 2025-01-01", "--au"),
            ("releve --au", "--au attend"),
            ("releve 2790351215189", "entrée standard"),
            ("--sec", "« --sec »"),
            ("serve --toutes", "--toutes"),
            ("migrate --repondre", "--repondre"),
            ("contestations --en-cours", "attend la référence"),
            ("contestations CTR-1 --toutes", "l'un ou l'autre"),
            ("contestations CTR-1 --en-cours --repondre", "un seul à la fois"),
            ("contestations CTR-1 lettre.txt", "une seule commande"),
            ("contestations CTR-1 --repondre a b", "une seule commande"),
        ] {
            assert!(lire(ligne).is_err_and(|dit| dit.contains(attendu)), "{ligne}");
        }
    }
}

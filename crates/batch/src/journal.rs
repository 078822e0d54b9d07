//! `acquis journal`: the journal of operations, filtered, one line each. Nothing in it tells of a holder but the reference of
//! their account.

use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::net::IpAddr;
use std::path::Path;

use domaine::droits::parse_date;
use domaine::mesures::Day;
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;
use store::{
    Act, Checked, JournalFault, JournalFilter, JournalLine, Operation, Operator, Store, StoreError, Who,
    account_prefix, account_reference,
};
use vault::{PublicKey, Vault};

use crate::Moment;
use crate::outside::{self, Outside};
use crate::wording::{format_day, without_command};

/// How many lines are read at a time.
const BATCH: i64 = 1_000;

/// Which lines are asked for, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The first day.
    pub since: Option<String>,
    /// The last day.
    pub until: Option<String>,
    /// The reference of an account.
    pub account: Option<String>,
    /// The name of an operator.
    pub operator: Option<String>,
    /// The word of an operation.
    pub what: Option<String>,
}

/// Why nothing is told.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It is no day.
    #[error("{0} : un jour passé est attendu, JJ/MM/AAAA ou AAAA-MM-JJ")]
    Day(&'static str),
    /// It is no reference.
    #[error("--compte attend la référence d'un compte, CPT-XXXX-XXXX-XXXX, que son titulaire lit dans son profil")]
    Account,
    /// It is no operation.
    #[error("--quoi : « {} » n'est pas un mot du journal ; les mots : {}", without_command(.0), words())]
    What(String),
    /// It is no address.
    #[error("une adresse IP est attendue sur l'entrée standard, comme 203.0.113.7 ou 2001:db8::7")]
    Address,
    /// A file cannot be read.
    #[error("{0} ne peut pas être lu : {1}")]
    File(String, io::Error),
    /// It is no public key.
    #[error("--cle-publique attend un fichier « -----BEGIN PUBLIC KEY----- », lu à /.well-known/acquis-signatures/…")]
    Key,
    /// The destination.
    #[error(transparent)]
    Writer(#[from] io::Error),
    /// The database.
    #[error("la base de données a fait défaut : {0}")]
    Base(#[from] StoreError),
}

fn words() -> String {
    let words: Vec<&str> = Operation::ALL.iter().map(|operation| operation.code()).collect();
    words.join(", ")
}

impl Asked {
    /// What is looked for; `today` is in French legal time.
    ///
    /// # Errors
    /// [`Refusal`] names what cannot be understood.
    pub fn understand(&self, today: Day) -> Result<JournalFilter, Refusal> {
        let day = |typed: &Option<String>, option| {
            typed.as_deref().map(|typed| parse_date(typed, today).map_err(|_| Refusal::Day(option))).transpose()
        };
        let since = day(&self.since, "--depuis")?.map_or(i64::MIN, midnight);
        let until = day(&self.until, "--jusqu-au")?.map_or(i64::MAX, |day| midnight(day.next_day()));
        let account = self.account.as_deref().map(|typed| account_prefix(typed).ok_or(Refusal::Account)).transpose()?;
        let what = self.what.as_deref().map(|word| {
            let known = Operation::ALL.iter().find(|operation| operation.code() == word);
            known.copied().ok_or_else(|| Refusal::What(word.to_owned()))
        });
        Ok(JournalFilter {
            since,
            until,
            account: account.unwrap_or_default(),
            operator: self.operator.clone().unwrap_or_default(),
            what: what.transpose()?,
            origin: String::new(),
        })
    }
}

/// The mark of the place whose address is on the first line of `source`: an address is personal data, and stays out of the
/// command line.
///
/// # Errors
/// [`Refusal`] when it is no address.
pub fn place(vault: &Vault, source: impl Read) -> Result<String, Refusal> {
    let mut line = String::new();
    BufReader::new(source).read_line(&mut line)?;
    let address: IpAddr = line.trim().parse().map_err(|_| Refusal::Address)?;
    Ok(limits::origin(vault, address))
}

/// Writes the lines that are asked for, oldest first, and notes that they were read. Gives how many.
///
/// # Errors
/// [`Refusal`] when the database or the destination fails.
pub async fn tell(
    store: &Store,
    operator: &Operator,
    moment: Moment,
    filter: &JournalFilter,
    towards: impl Write,
) -> Result<u64, Refusal> {
    // Whoever looks for one account is told of in what that account leaves.
    let sought = if filter.account.is_empty() { Vec::new() } else { store.accounts_by_prefix(&filter.account).await? };
    let act = Act { account: sought.first().map(String::as_str), ..Act::of(operator) };
    store.record_act(moment.now, act, Operation::JournalRead).await?;
    let mut towards = io::BufWriter::new(towards);
    let (mut last, mut count) = (None, 0);
    loop {
        let batch = store.journal(filter, last.as_ref(), BATCH).await?;
        for line in &batch {
            writeln!(towards, "{}", one_line(line))?;
            count += 1;
        }
        let Some(end) = batch.into_iter().next_back() else { break };
        last = Some(end);
    }
    towards.flush()?;
    Ok(count)
}

/// Looks through the whole journal, and at the anchors that left it if they are given. Gives what is said of it, and whether
/// nothing was touched.
///
/// # Errors
/// [`Refusal`] when the database or the file fails.
pub async fn check(store: &Store, vault: &Vault, anchored: Option<&Path>) -> Result<(String, bool), Refusal> {
    let keys = store.public_keys(vault).await?;
    let Checked { sound, from_before, purged, anchors, faults } = store.check_journal(&keys).await?;
    let outside = match anchored {
        Some(file) => Some(outside::look(&read(file)?, &keys, Some(&store.anchors().await?))),
        None => None,
    };
    let mut said = format!("lignes telles qu'elles ont été écrites : {sound}\n");
    if from_before > 0 {
        said.push_str(&format!(
            "dont {from_before} d'avant les sceaux : intactes depuis la mise à jour, rien n'est su d'avant\n"
        ));
    }
    if let Some((lines, day)) = purged {
        said.push_str(&format!(
            "lignes effacées, leurs jours ayant fait leur temps : {lines}, jusqu'au {} compris\n",
            format_day(day)
        ));
    }
    if anchors > 0 {
        said.push_str(&format!("jours qui ont laissé leur ancre : {anchors}\n"));
    }
    for fault in &faults {
        said.push_str(&match *fault {
            JournalFault::Changed(rank, when) => format!("TOUCHÉ : la ligne {rank}, du {}, a été changée\n", at(when)),
            JournalFault::Removed(rank, when) => {
                format!("TOUCHÉ : la ligne {rank}, du {}, a été supprimée\n", at(when))
            }
            JournalFault::Foreign(rank, when) => {
                format!("TOUCHÉ : la ligne {rank}, du {}, n'a pas été écrite avec la clé de ce service\n", at(when))
            }
            JournalFault::BrokenLink(rank) => format!("TOUCHÉ : le maillon {rank} n'est pas celui de ce service\n"),
            JournalFault::Gap(rank) => {
                format!("TOUCHÉ : il manque des lignes avant la ligne {rank}, ou leur ordre a changé\n")
            }
            JournalFault::WrongAnchor(number) => {
                format!("TOUCHÉ : l'ancre n° {number} ne dit pas ce que dit le journal, ou ne suit pas la précédente\n")
            }
            JournalFault::Shortened(rank) => {
                format!("TOUCHÉ : le journal s'arrête avant la ligne {rank}, que la dernière ancre a vue\n")
            }
        });
    }
    said.push_str(&outside.as_ref().map_or_else(String::new, Outside::told));
    let sound = faults.is_empty() && outside.is_none_or(|outside| outside.faults.is_empty());
    said.push_str(if sound {
        "intact\n"
    } else {
        "touché : gardez une copie de la base, et cherchez qui peut y écrire (docs/comptes.md)\n"
    });
    Ok((said, sound))
}

/// Looks at the anchors of a file alone, with a public key in the form of `openssl`: for whoever has neither the database nor
/// the key of the service.
///
/// # Errors
/// [`Refusal`] when one of the files cannot be read, or is no key.
pub fn check_alone(anchored: &Path, key: &Path) -> Result<(String, bool), Refusal> {
    let key = PublicKey::from_pem(&read(key)?).ok_or(Refusal::Key)?;
    let outside = outside::look(&read(anchored)?, &[key], None);
    let sound = outside.faults.is_empty() && outside.sound > 0;
    Ok((outside.told() + if sound { "intact\n" } else { "touché, ou signé par une autre clé\n" }, sound))
}

fn read(file: &Path) -> Result<String, Refusal> {
    std::fs::read_to_string(file).map_err(|error| Refusal::File(file.display().to_string(), error))
}

/// « 28/11/2026 14:05:09  connexion_refusee  CPT-…  visiteur, origine … ».
fn one_line(line: &JournalLine) -> String {
    let account = line.account.as_deref().map(|id| format!("  {}", account_reference(id))).unwrap_or_default();
    let who = match &line.who {
        Who::Holder => "titulaire".to_owned(),
        Who::Operator(name) => format!("agent {}", without_command(name)),
        Who::SomeOperator => "opérateur".to_owned(),
        Who::Visitor => "visiteur".to_owned(),
        Who::Service => "service".to_owned(),
    };
    let origin = line.origin.as_deref().map(|mark| format!(", origine {mark}")).unwrap_or_default();
    let reason = line.reason.as_deref().map(|reason| format!("  « {} »", without_command(reason))).unwrap_or_default();
    format!("{}  {}{account}  {who}{origin}{reason}", at(line.when), without_command(&line.what))
}

/// « 28/11/2026 14:05:09 », in French legal time.
pub fn at(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(paris());
    at.strftime("%d/%m/%Y %H:%M:%S").to_string()
}

/// The first millisecond of that day in Paris.
fn midnight(day: Day) -> i64 {
    let figures = (i16::try_from(day.year()), i8::try_from(day.month()), i8::try_from(day.day()));
    let (Ok(year), Ok(month), Ok(day)) = figures else { return 0 };
    date(year, month, day).to_zoned(paris()).map_or(0, |start| start.timestamp().as_millisecond())
}

fn paris() -> TimeZone {
    TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_and_ends_at_midnight_in_paris_summer_and_winter() {
        for (day, begins) in
            [(Day::date(2026, 11, 28), "28/11/2026 00:00:00"), (Day::date(2026, 7, 1), "01/07/2026 00:00:00")]
        {
            assert_eq!(at(midnight(day)), begins);
            assert_eq!(at(midnight(day.next_day()) - 1), begins.replace("00:00:00", "23:59:59"));
        }
    }

    #[test]
    fn what_cannot_be_looked_for_is_told_with_what_can() {
        let today = Day::date(2026, 11, 28);
        let one = |asked: Asked| asked.understand(today).map(drop).map_err(|refusal| refusal.to_string());
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(one(Asked::default()), Ok(()));
        for (asked, expected) in [
            (Asked { since: text("hier"), ..Asked::default() }, "--depuis : un jour passé"),
            (Asked { until: text("01/01/2199"), ..Asked::default() }, "--jusqu-au : un jour passé"),
            (Asked { account: text("CTR-7K2M-9QXA"), ..Asked::default() }, "CPT-XXXX"),
            (Asked { what: text("danse\u{1b}"), ..Asked::default() }, "« danse\\u{1b} » n'est pas un mot du journal"),
            (Asked { what: text("gel"), ..Asked::default() }, "connexion_refusee"),
        ] {
            let said = one(asked).expect_err(expected);
            assert!(said.contains(expected), "{said}");
        }
    }
}

//! `acquis comptes`: an account is found, shown without its secrets, frozen, thawed, signed out, closed; whose it is, put right.
//! Whoever is looked for by e-mail or NIR is typed, never named on a command line.

mod civil;
mod sheet;

use std::io::{self, BufRead as _, BufReader, Read};

use domaine::identite::{Courriel, Nir, Nir13};
use domaine::retention::Closing;
use identity::Requests;
use mail::{Address, Occasion, Writer};
use store::{
    Account, Act, Acted, Mailbox, Operation, Operator, Pieces, Store, StoreError, account_prefix, account_reference,
};
use vault::Vault;

pub use civil::Civil;

use crate::journal::at;
use crate::reason::{self, ReasonRefusal};
use crate::wording::without_command;
use crate::{Console, Moment};

/// What is done about an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Shows it.
    Show,
    /// Freezes it, for that reason.
    Freeze(String),
    /// Thaws it.
    Thaw(String),
    /// Signs every device out.
    SignOut(String),
    /// Closes it and erases what it held, now or later.
    Close(String),
    /// Keeps it after all.
    Keep(String),
    /// Puts right whose it is, for that proof.
    Civil(Civil, String),
}

/// Why nothing was shown or recorded.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It is no reference.
    #[error("« {} » n'est pas la référence d'un compte, CPT-XXXX-XXXX-XXXX, que son titulaire lit dans son profil", without_command(.0))]
    Reference(String),
    /// Nobody has it.
    #[error("aucun compte ouvert n'a la référence {0} ; « acquis journal --compte {0} » dit s'il a été fermé")]
    Closed(String),
    /// What was typed is neither an e-mail nor a NIR.
    #[error(
        "une référence, un courriel, ou un NIR de 13 caractères (15 avec sa clé) est attendu sur l'entrée standard"
    )]
    Sought,
    /// No account has it.
    #[error("aucun compte ouvert n'a ce courriel, ou ce NIR")]
    Nobody,
    /// What was typed is no name, NIR or birth date, or does not agree with the rest.
    #[error("{0} ; rien n'a été enregistré")]
    Typed(&'static str),
    /// Another account has that NIR.
    #[error(
        "un autre compte a ce NIR ; si son titulaire n'est pas le bon, libérez-le d'abord : --liberer-nir sur ce compte-là, que \
         « acquis comptes » trouve par ce NIR"
    )]
    Taken,
    /// The employers know somebody else under that NIR.
    #[error(
        "des employeurs connaissent ce NIR sous un autre nom ou une autre date de naissance : corrigez d'abord le nom ou la date du \
         compte, ou demandez-leur de corriger leur déclaration ; rien n'a été enregistré"
    )]
    Disagrees,
    /// Another account has that e-mail.
    #[error("un autre compte a cette adresse de courriel ; rien n'a été enregistré")]
    MailboxTaken,
    /// The account is frozen.
    #[error("ce compte est gelé : un code ne l'ouvrirait pas ; « acquis comptes RÉFÉRENCE --degeler » d'abord")]
    Frozen,
    /// The account has no NIR any more.
    #[error(
        "ce compte est mis à part, sans NIR : il le reste tant qu'un autre ne lui est pas donné, --nir, ou le sien rendu quand un employeur \
         s'était trompé, --rendre-nir"
    )]
    SetAside,
    /// Here accounts are not closed.
    #[error(
        "ici un compte ne se ferme pas (fermeture = « exclue ») : le Code du travail (R6323-38) en excepte ce système ; rien n'a été \
         enregistré"
    )]
    ClosingExcluded,
    /// The reason is none.
    #[error(transparent)]
    Reason(#[from] ReasonRefusal),
    /// The terminal.
    #[error(transparent)]
    Reader(#[from] io::Error),
    /// The store failed.
    #[error("la base de données a fait défaut : {0} ; rien n'a été enregistré")]
    Base(#[from] StoreError),
}

/// What an operator works with.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// Where accounts are kept.
    pub store: &'a Store,
    /// What reads a NIR back, to show it masked.
    pub vault: &'a Vault,
    /// Where their proofs are.
    pub pieces: &'a Pieces,
    /// What writes to their holders.
    pub letters: &'a Writer,
    /// What prints a code.
    pub requests: &'a Requests,
    /// Who works at it.
    pub operator: &'a Operator,
    /// What becomes of an account that is closed.
    pub closing: Closing,
    /// Where what must not stand on a command line is typed.
    pub console: &'a dyn Console,
    /// When this happens.
    pub moment: Moment,
}

/// Shows the accounts of whoever is named on the first line of `source`: by reference, e-mail or NIR.
///
/// # Errors
/// [`Refusal`] says why nothing was shown.
pub async fn find(desk: Desk<'_>, source: impl Read) -> Result<String, Refusal> {
    let mut line = String::new();
    BufReader::new(source).read_line(&mut line)?;
    let typed = line.trim();
    let found = if typed.contains('@') {
        let courriel = Courriel::parse(typed).map_err(|_| Refusal::Sought)?;
        let account = desk.store.account_by_courriel(&Mailbox::of(&courriel)).await?;
        account.into_iter().map(|account| account.id).collect()
    } else if let Some(prefix) = account_prefix(typed) {
        desk.store.accounts_by_prefix(&prefix).await?
    } else {
        let compact: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
        let nir = if compact.chars().count() > 13 {
            Nir::parse15(&compact).map(|nir| nir.body().clone()).ok()
        } else {
            Nir13::parse(&compact).ok()
        };
        let nir = nir.ok_or(Refusal::Sought)?;
        desk.store.accounts_by_nir(&desk.vault.nir_digests(nir.as_str())).await?
    };
    if found.is_empty() {
        desk.store.record_act(desk.moment.now, Act::of(desk.operator), Operation::AccountSought).await?;
        return Err(Refusal::Nobody);
    }
    let mut sheets = Vec::new();
    for id in found {
        if let Some(account) = desk.store.account(&id).await? {
            sheets.push(show(desk, &account).await?);
        }
    }
    Ok(sheets.join("\n"))
}

/// Does that about the account of this reference, tells its holder by mail, and says what became of it.
///
/// # Errors
/// [`Refusal`] says why nothing was shown or recorded.
pub async fn follow(desk: Desk<'_>, reference: &str, action: &Action) -> Result<String, Refusal> {
    let prefix = account_prefix(reference).ok_or_else(|| Refusal::Reference(reference.to_owned()))?;
    let id = desk.store.accounts_by_prefix(&prefix).await?.into_iter().next();
    let account = match id {
        Some(id) => desk.store.account(&id).await?,
        None => None,
    };
    // The prefix is whole: no other figure of the identifier is in a reference.
    let account = account.ok_or_else(|| Refusal::Closed(account_reference(&prefix)))?;
    let reference = account_reference(&account.id);
    let (store, now) = (desk.store, desk.moment.now);
    let write = |occasion: &Occasion<'_>| desk.letters.write(Address(&account.courriel), occasion, now);
    let (acted, said) = match action {
        Action::Show => return show(desk, &account).await,
        Action::Freeze(why) => {
            let why = reason::parse("--raison", why)?;
            let letter = write(&Occasion::AccountFrozen { account: &reference });
            let act = Act::of(desk.operator).because(&why);
            (
                store.freeze(&account.id, act, &letter, now).await?,
                "gelé, ses appareils déconnectés, son titulaire prévenu".to_owned(),
            )
        }
        Action::Thaw(why) => {
            let why = reason::parse("--raison", why)?;
            let letter = write(&Occasion::AccountThawed { account: &reference });
            let act = Act::of(desk.operator).because(&why);
            (store.thaw(&account.id, act, &letter, now).await?, "dégelé, son titulaire prévenu".to_owned())
        }
        Action::SignOut(why) => {
            let why = reason::parse("--raison", why)?;
            let letter = write(&Occasion::SignedOut { account: &reference });
            let act = Act::of(desk.operator).because(&why);
            (
                store.sign_out(&account.id, act, &letter, now).await?,
                "déconnecté partout, son titulaire prévenu".to_owned(),
            )
        }
        Action::Civil(civil, proof) => {
            let proof = reason::parse("--preuve", proof)?;
            civil::correct(desk, &account, civil, &proof).await?
        }
        Action::Close(why) => {
            let why = reason::parse("--raison", why)?;
            let act = Act::of(desk.operator).because(&why);
            return close(desk, &account, act).await;
        }
        Action::Keep(why) => {
            let why = reason::parse("--raison", why)?;
            let letter = write(&Occasion::ClosingTakenBack);
            let act = Act::of(desk.operator).because(&why);
            let acted = store.keep_for_its_holder(&account.id, act, &letter, now).await?;
            (acted, "gardé, son titulaire prévenu".to_owned())
        }
    };
    told(acted, &reference, &said)
}

/// Closes it: at once, or once the delay that whoever runs the service grants is over. One that is frozen goes at once: nobody could
/// come and keep it.
async fn close(desk: Desk<'_>, account: &Account, act: Act<'_>) -> Result<String, Refusal> {
    let (store, now, reference) = (desk.store, desk.moment.now, account_reference(&account.id));
    let write = |occasion: &Occasion<'_>| desk.letters.write(Address(&account.courriel), occasion, now);
    let (acted, said) = match desk.closing.later(now).filter(|_| account.frozen_on.is_none()) {
        _ if desk.closing == Closing::Excluded => return Err(Refusal::ClosingExcluded),
        Some(on) => {
            let letter =
                desk.letters.write_about(&account.id, Address(&account.courriel), &Occasion::ClosingAsked { on }, now);
            let acted = store.plan_closing_for_its_holder(&account.id, on, act, &letter, now).await?;
            let said = format!(
                "sera effacé le {}, ses appareils déconnectés, son titulaire prévenu ; d'ici là il peut le garder, vous aussi : --garder",
                at(on)
            );
            (acted, said)
        }
        None => {
            let letter = write(&Occasion::AccountClosed);
            let closed = store.close_for_its_holder(account, act, &letter, now).await?;
            for piece in closed.iter().flatten() {
                // The record is gone: the hourly clean-up of the service takes what stays behind.
                let _left = desk.pieces.erase(piece).await;
            }
            let acted = if closed.is_some() { Acted::Done } else { Acted::Unknown };
            (acted, "fermé, ce qu'il contenait effacé, son titulaire prévenu".to_owned())
        }
    };
    told(acted, &reference, &said)
}

/// What is answered to whoever acted.
fn told(acted: Acted, reference: &str, said: &str) -> Result<String, Refusal> {
    match acted {
        Acted::Done => Ok(format!("{reference} : {said}\n")),
        Acted::Already => Ok(format!("{reference} : c'était déjà fait, rien n'a changé\n")),
        Acted::SetAside => Err(Refusal::SetAside),
        Acted::Taken => Err(Refusal::Taken),
        Acted::MailboxTaken => Err(Refusal::MailboxTaken),
        Acted::Frozen => Err(Refusal::Frozen),
        Acted::Disagrees => Err(Refusal::Disagrees),
        Acted::Unknown => Err(Refusal::Closed(reference.to_owned())),
    }
}

/// What an operator reads of an account, and notes that they did.
async fn show(desk: Desk<'_>, account: &Account) -> Result<String, Refusal> {
    let closed = || Refusal::Closed(account_reference(&account.id));
    let overview = desk.store.overview(&account.id, desk.moment.now).await?.ok_or_else(closed)?;
    let person = desk.store.person(&account.person).await?.ok_or_else(closed)?;
    let nir = match overview.set_aside_on {
        Some(_) if !overview.contradicted => None,
        _ => Some(person.nir(desk.vault)?.masked()),
    };
    let act = Act::of(desk.operator).on(&account.id);
    desk.store.record_act(desk.moment.now, act, Operation::AccountRead).await?;
    Ok(sheet::compose(account, &person, nir.as_deref(), &overview))
}

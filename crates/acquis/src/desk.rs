//! What an operator does about people, from the words of the command line to `batch`: disputes, proofs, the journal.

use std::process::ExitCode;
use std::sync::Arc;

use batch::contestations::{self, Desk};
use batch::{Console as _, Moment, accounts, journal, justificatifs};
use domaine::droits::parse_date;
use domaine::mesures::Day;
use identity::Requests;
use mail::Writer;
use store::{Act, Operation, Operator, Pieces, Store};
use vault::Vault;

use crate::args::{AccountRequest, Accounts, DisputeRequest, Disputes, Journal, ProofRequest, Proofs};
use crate::settings::Config;
use crate::terminal::Terminal;
use crate::{Failure, say};

/// Who works, with what, and when.
pub(crate) struct Office<'a> {
    pub(crate) store: &'a Store,
    pub(crate) vault: &'a Arc<Vault>,
    pub(crate) operator: &'a Operator,
    pub(crate) moment: Moment,
    pub(crate) config: &'a Config,
}

impl Office<'_> {
    pub(crate) fn letters(&self) -> Writer {
        Writer::new(Arc::clone(self.vault), self.config.http().own_address())
    }

    pub(crate) fn pieces(&self) -> Result<Pieces, Failure> {
        Ok(Pieces::open(&self.config.pieces_dir(), Arc::clone(self.vault))?)
    }

    /// Notes an act on no account in particular, unless it is a dry run, which writes nothing.
    pub(crate) async fn record(&self, what: Operation, dry_run: bool) -> Result<(), Failure> {
        if !dry_run {
            self.store.record_act(self.moment.now, Act::of(self.operator), what).await?;
        }
        Ok(())
    }

    /// `acquis contestations`.
    pub(crate) async fn disputes(&self, disputes: Disputes) -> Result<(), Failure> {
        let said = match disputes.request()? {
            DisputeRequest::List(all) => contestations::list(self.store, all).await?,
            DisputeRequest::One(reference, action) => {
                let desk = Desk {
                    store: self.store,
                    letters: &self.letters(),
                    operator: self.operator,
                    console: &Terminal,
                    moment: self.moment,
                    bareme: &self.config.bareme(),
                };
                contestations::follow(desk, &reference, &action).await?
            }
        };
        say(&said)
    }

    /// `acquis justificatifs`.
    pub(crate) async fn proofs(&self, proofs: Proofs) -> Result<(), Failure> {
        let (reference, action) = match proofs.request()? {
            ProofRequest::List(all) => return say(&justificatifs::list(self.store, all).await?),
            ProofRequest::Show(reference) => (reference, justificatifs::Action::Show),
            ProofRequest::TakeOut(reference, file) => (reference, justificatifs::Action::TakeOut(file)),
            ProofRequest::Accept(reference, since, until) => {
                let since = since.as_deref().map(|since| parse_date(since, self.moment.today)).transpose();
                let since = since.map_err(|_| "--accepter : un jour passé est attendu, JJ/MM/AAAA ou AAAA-MM-JJ")?;
                let until = until.as_deref().map(any_day).transpose()?;
                (reference, justificatifs::Action::Accept(since, until))
            }
            ProofRequest::Refuse(reference, source) => (reference, justificatifs::Action::Refuse(source)),
        };
        let desk = justificatifs::Desk {
            store: self.store,
            pieces: &self.pieces()?,
            letters: &self.letters(),
            operator: self.operator,
            console: &Terminal,
            moment: self.moment,
        };
        say(&justificatifs::follow(desk, &reference, &action).await?)
    }

    /// `acquis comptes`.
    pub(crate) async fn accounts(&self, accounts: Accounts) -> Result<(), Failure> {
        let desk = accounts::Desk {
            store: self.store,
            vault: self.vault,
            pieces: &self.pieces()?,
            letters: &self.letters(),
            requests: &Requests::new(self.store.clone(), Arc::clone(self.vault), self.letters()),
            operator: self.operator,
            console: &Terminal,
            closing: self.config.closing,
            moment: self.moment,
        };
        let said = match accounts.request()? {
            AccountRequest::Find => accounts::find(desk, Terminal.input(Some("Référence, courriel ou NIR : "))).await?,
            AccountRequest::One(reference, action) => accounts::follow(desk, &reference, &action).await?,
        };
        say(&said)
    }

    /// `acquis journal verifier`.
    pub(crate) async fn check_journal(&self, asked: &Journal) -> Result<ExitCode, Failure> {
        let (said, sound) = journal::check(self.store, self.vault, asked.anchored()).await?;
        say(&said)?;
        Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// `acquis journal`.
    pub(crate) async fn journal(&self, asked: Journal) -> Result<(), Failure> {
        let from_an_address = asked.from_an_address;
        let mut filter = asked.asked().understand(self.moment.today)?;
        if from_an_address {
            filter.origin = journal::place(self.vault, Terminal.input(Some("Adresse IP : ")))?;
        }
        journal::tell(self.store, self.operator, self.moment, &filter, std::io::stdout().lock()).await?;
        Ok(())
    }
}

/// A day that may come: the end of a recognition.
fn any_day(typed: &str) -> Result<Day, &'static str> {
    parse_date(typed, Day::date(2199, 12, 31)).map_err(|_| "--jusqu-au : un jour est attendu, JJ/MM/AAAA ou AAAA-MM-JJ")
}

//! An identity that a provider of elsewhere proves: a browser goes there and comes back, and what becomes of whom it names: a
//! session on the account that it opens, an account to open, a link to an account. How providers speak is `federation`'s.

use domaine::forms::Inscription;
use domaine::identite::pivot::{Contradiction, Pivot, SaidIdentity};
use domaine::identite::{KnownIdentity, NamedIdentity, Nom, Side, same_person};
use federation::{Failure, Journey, Provider, Returned};
use mail::{Address, Occasion};
use serde::{Deserialize, Serialize};
use store::{Account, IdentityLink, Linked, Proofs, Session, ShownIdentity, StoreError, StoreResult};
use vault::{token, token_digest};

use crate::Requests;
use crate::asking::{Asked, Submission, Unasked};
use crate::contents::Contents;
use crate::kept::{Brought, Kept, record_of_said, seal, unseal};

/// How long a browser may be away, in milliseconds.
pub const AWAY: i64 = 10 * 60_000;
/// How long an identity waits for its holder to say what it is for: as long as a form takes.
pub const WAITS: i64 = 20 * 60_000;

/// What a browser carries there and back, sealed. No `Debug`.
#[derive(Serialize, Deserialize)]
enum Carried {
    /// It is away.
    Away(Journey),
    /// It came back with this identity, while this account was open in it if one was.
    Back(Held, Option<String>),
    /// An account was asked for with it, under this key: the same request may come again, and no other.
    Asked(Held, String),
}

/// An identity that was proved, and of which nothing came yet. No `Debug`.
#[derive(Serialize, Deserialize)]
pub struct Held {
    subject: String,
    issuer: String,
    said: SaidIdentity,
    substantial: bool,
    id_token: String,
}

/// A browser about to leave. No `Debug`.
pub struct Leaving {
    /// Where to.
    pub address: String,
    /// What it is known by when it comes back.
    pub secret: String,
}

/// Who came back.
pub enum Arrival {
    /// The holder of an account.
    Holder(Box<Known>),
    /// Somebody whom no account knows: this secret holds their identity.
    Stranger(String),
}

/// The holder of an account, with what is written in their session. No `Debug`.
pub struct Known {
    /// The account.
    pub account: Account,
    /// By what its identity is known.
    pub subject: String,
    /// What it is worth.
    pub proofs: Proofs,
    /// What ends the session of the provider.
    pub id_token: String,
}

/// Why nobody came back, or nothing comes of them.
#[derive(Debug, thiserror::Error)]
pub enum Astray {
    /// What the provider did, or did not.
    #[error(transparent)]
    Provider(#[from] Failure),
    /// The identity cannot be understood, or is that of somebody who may have no account.
    #[error("an identity that serves nothing here")]
    Unusable,
    /// This browser holds no identity, or no more.
    #[error("no identity is held")]
    Over,
    /// The identity is not that of whom the account, or the NIR, is.
    #[error("another person")]
    Contradicted,
    /// The identity, or the account, is linked already.
    #[error("linked already")]
    Taken,
    /// A request could not be taken.
    #[error(transparent)]
    Unasked(#[from] Unasked),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An identity that opens the account, as its holder is told. No `Debug`.
pub struct Told {
    /// When it was linked.
    pub linked_on: i64,
    /// When it last opened the account.
    pub seen_on: i64,
}

impl Requests {
    /// The identities of elsewhere that open this account, whole, for its holder: when each was linked, and what its provider said.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or holds what it cannot.
    pub async fn identities(&self, account: &str) -> StoreResult<Vec<(IdentityLink, SaidIdentity)>> {
        let links = self.store.identity_links(account).await?.into_iter();
        let whole = links.map(|link| {
            let said = unseal(&self.vault, &record_of_said(&link.subject), &link.said)?;
            Ok((link, said))
        });
        whole.collect()
    }
}

/// The provider, and what comes of whom it names.
pub struct Elsewhere {
    requests: Requests,
    provider: Provider,
    /// What people call it.
    label: String,
    /// Whether its level counts as that of « FranceConnect+ ».
    plus: bool,
}

fn record_of_journey(handle: &str) -> String {
    store::bound::journey(handle)
}

impl Held {
    /// Who it names.
    ///
    /// # Errors
    /// [`Astray::Unusable`].
    pub fn pivot(&self) -> Result<Pivot, Astray> {
        self.said.read().map_err(|_| Astray::Unusable)
    }

    fn proofs(&self, plus: bool) -> Proofs {
        // The provider asked for its own second step where its level says so.
        Proofs { second_step: self.substantial, france_connect_plus: plus && self.substantial }
    }
}

impl Elsewhere {
    /// This provider, under the name that people know it by; `plus`: whether its level is that of « FranceConnect+ ».
    pub const fn new(requests: Requests, provider: Provider, label: String, plus: bool) -> Self {
        Self { requests, provider, label, plus }
    }

    /// What people call it.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Sends a browser there that came by this address of the service: it comes back to it.
    ///
    /// # Errors
    /// [`Astray`].
    pub async fn leave(&self, service: &str, now: i64) -> Result<Leaving, Astray> {
        let departure = self.provider.depart(service).await?;
        let secret = self.keep(&Carried::Away(departure.journey), now.saturating_add(AWAY)).await?;
        Ok(Leaving { address: departure.address, secret })
    }

    /// Takes a browser back, once, in which this account is open, if one is.
    ///
    /// # Errors
    /// [`Astray`].
    pub async fn arrive(
        &self,
        secret: &str,
        returned: Returned,
        open: Option<&str>,
        now: i64,
    ) -> Result<Arrival, Astray> {
        let handle = token_digest(secret);
        let sealed = self.requests.store.take_journey(&handle, now).await?;
        let sealed = sealed.ok_or(Failure::NotThisJourney)?;
        let Carried::Away(journey) = unseal(&self.requests.vault, &record_of_journey(&handle), &sealed)? else {
            return Err(Failure::NotThisJourney.into());
        };
        let proof = self.provider.arrive(journey, returned, now / 1_000).await?;
        let issuer = self.provider.issuer().to_owned();
        let subject = self.requests.vault.digest("identité d'ailleurs", &[issuer.as_bytes(), proof.subject.as_bytes()]);
        let held = Held { subject, issuer, said: proof.said, substantial: proof.substantial, id_token: proof.id_token };
        let pivot = held.pivot()?;
        let Some(account) = self.requests.store.account_of_identity(&held.subject).await? else {
            let carried = Carried::Back(held, open.map(str::to_owned));
            return Ok(Arrival::Stranger(self.keep(&carried, now.saturating_add(WAITS)).await?));
        };
        // What was linked was that of the holder; what comes must be, still.
        if !self.is_holder(&account, &pivot).await? {
            return Err(Astray::Contradicted);
        }
        let proofs = held.proofs(self.plus);
        Ok(Arrival::Holder(Box::new(Known { account, subject: held.subject, proofs, id_token: held.id_token })))
    }

    /// The identity that this browser holds.
    ///
    /// # Errors
    /// [`Astray`].
    pub async fn held(&self, secret: Option<&str>, now: i64) -> Result<Held, Astray> {
        self.held_and_open(secret, now).await.map(|(held, _)| held)
    }

    /// The same, with the account that was open in it.
    async fn held_and_open(&self, secret: Option<&str>, now: i64) -> Result<(Held, Option<String>), Astray> {
        let handle = token_digest(secret.ok_or(Astray::Over)?);
        let sealed = self.requests.store.journey(&handle, now).await?.ok_or(Astray::Over)?;
        match unseal(&self.requests.vault, &record_of_journey(&handle), &sealed)? {
            Carried::Back(held, open) => Ok((held, open)),
            Carried::Away(_) | Carried::Asked(..) => Err(Astray::Over),
        }
    }

    /// Forgets the identity that this browser holds: whoever sits there next must not have it.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn forget(&self, secret: Option<&str>, now: i64) -> StoreResult<()> {
        if let Some(secret) = secret {
            self.requests.store.take_journey(&token_digest(secret), now).await?;
        }
        Ok(())
    }

    /// The identity with which an account is asked for under this key: held by this browser, or asked with under the same key before.
    ///
    /// # Errors
    /// [`Astray`].
    pub async fn held_to_ask(&self, secret: Option<&str>, key: &str, now: i64) -> Result<Held, Astray> {
        let handle = token_digest(secret.ok_or(Astray::Over)?);
        let sealed = self.requests.store.journey(&handle, now).await?.ok_or(Astray::Over)?;
        match unseal(&self.requests.vault, &record_of_journey(&handle), &sealed)? {
            Carried::Back(held, _) => Ok(held),
            Carried::Asked(held, asked) if asked == key => Ok(held),
            Carried::Asked(..) | Carried::Away(_) => Err(Astray::Over),
        }
    }

    /// Asks for an account for whom this identity names, whose name and birth date the form has. It serves for nothing else in this
    /// browser, but the same request sent again.
    ///
    /// # Errors
    /// [`Astray`].
    pub async fn ask_account(
        &self,
        (held, secret): (Held, &str),
        submission: Submission<'_>,
        inscription: &Inscription,
        (password_hash, cgu): (String, &str),
        now: i64,
    ) -> Result<Asked, Astray> {
        if let Some(part) = held.pivot()?.contradiction(inscription.nir.body()) {
            tracing::info!(partie = part_of(part), "a number is not that of whom an identity names");
            return Err(Astray::Contradicted);
        }
        let mut contents = Contents::of_form(inscription, password_hash, cgu);
        contents.identity =
            Some(Kept { subject: held.subject.clone(), issuer: held.issuer.clone(), said: held.said.clone() });
        contents.brought = Some(Brought::new(held.id_token.clone(), held.proofs(self.plus), now));
        let handle = token_digest(secret);
        let carried = Carried::Asked(held, submission.key.to_owned());
        let sealed = seal(&self.requests.vault, &record_of_journey(&handle), &carried);
        // First: asked for twice, under two keys, it would open two.
        self.requests.store.change_journey(&handle, &sealed).await?;
        Ok(self.requests.ask_sign_up(submission, &contents, now).await?)
    }

    /// Lets the identity that this browser holds open the account of this session, which has another secret from now on, of this hash.
    ///
    /// # Errors
    /// [`Astray`]: then nothing was changed.
    pub async fn link(&self, session: &Session, secret: Option<&str>, digest: &str, now: i64) -> Result<(), Astray> {
        let (held, open) = self.held_and_open(secret, now).await?;
        // Somebody else was connected when it came back: it is theirs.
        if open.is_some_and(|open| open != session.account) {
            return Err(Astray::Over);
        }
        let account = self.requests.store.account(&session.account).await?.ok_or(Astray::Over)?;
        if !self.is_holder(&account, &held.pivot()?).await? {
            return Err(Astray::Contradicted);
        }
        let token = self.requests.seal_identity_token(&account.id, digest, &held.id_token).of_session;
        let shown = ShownIdentity { digest, proofs: held.proofs(self.plus), token: &token };
        let kept = Kept { subject: held.subject, issuer: held.issuer, said: held.said };
        let link = kept.link(&self.requests.vault);
        let handle = token_digest(secret.unwrap_or_default());
        let occasion = Occasion::IdentityLinked { provider: &self.label };
        let letter = self.requests.letters.write_about(&account.id, Address(&account.courriel), &occasion, now);
        match self.requests.store.link_identity(session, (&link, &handle), &shown, &letter, now).await? {
            Linked::Done => Ok(()),
            Linked::Taken => Err(Astray::Taken),
        }
    }

    /// Takes back that an identity opens the account of this session, whoever proved it.
    ///
    /// # Errors
    /// [`Astray`]: then nothing was changed.
    pub async fn unlink(&self, session: &Session, now: i64) -> Result<(), Astray> {
        let account = self.requests.store.account(&session.account).await?.ok_or(Astray::Over)?;
        let occasion = Occasion::IdentityUnlinked { provider: &self.label };
        let letter = self.requests.letters.write_about(&account.id, Address(&account.courriel), &occasion, now);
        let done = self.requests.store.unlink_identity(session, &letter, now).await?;
        if done { Ok(()) } else { Err(Astray::Over) }
    }

    /// The identity that opens this account, if one does.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn link_of(&self, account: &str) -> StoreResult<Option<Told>> {
        let links = self.requests.store.identity_links(account).await?;
        // That of another provider, before this one was set, opens nothing here; its holder sees it, and takes it back.
        let ours = links.iter().position(|link| link.issuer == self.provider.issuer()).unwrap_or_default();
        Ok(links.get(ours).map(|link| Told { linked_on: link.linked_on, seen_on: link.seen_on }))
    }

    /// Where whoever signed out by this address of the service is sent, to end the session of the provider too.
    pub async fn farewell(&self, token: &str, state: &str, service: &str) -> Option<String> {
        self.provider.farewell(token, state, service).await
    }

    async fn keep(&self, carried: &Carried, expires_on: i64) -> StoreResult<String> {
        let secret = token();
        let handle = token_digest(&secret);
        let sealed = seal(&self.requests.vault, &record_of_journey(&handle), carried);
        self.requests.store.keep_journey(&handle, &sealed, expires_on).await?;
        Ok(secret)
    }

    /// Whether the identity is that of the holder: the name and the birth date, and a NIR that can be theirs. One that is set
    /// aside has no NIR: an operator decides.
    async fn is_holder(&self, account: &Account, pivot: &Pivot) -> StoreResult<bool> {
        if account.level == domaine::assurance::Level::SetAside {
            return Ok(false);
        }
        let Some(person) = self.requests.store.person(&account.person).await? else { return Ok(false) };
        let nir = person.nir(&self.requests.vault)?;
        let known = KnownIdentity {
            nom: if account.nom_naissance == domaine::identite::nom::NONE {
                &account.prenoms
            } else {
                &account.nom_naissance
            },
            of_the_holder: None,
            naissance: Some(person.date_naissance),
            side: Side::Holder,
        };
        // A provider knows a birth as civil status does: in part, sometimes.
        let named = NamedIdentity {
            nom: Some(Nom::compared(&pivot.nom, &pivot.prenoms)),
            naissance: pivot.naissance,
            side: Side::Payroll,
        };
        Ok(same_person(known, named) && pivot.contradiction(nir.body()).is_none())
    }
}

/// What is written in a log of a number that is refused: which part, and nothing of it.
const fn part_of(part: Contradiction) -> &'static str {
    match part {
        Contradiction::Sexe => "sexe",
        Contradiction::Year => "annee",
        Contradiction::Month => "mois",
        Contradiction::Place => "lieu",
    }
}

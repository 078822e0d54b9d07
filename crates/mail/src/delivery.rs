//! The way of a letter out of this machine, or its stay on it. Knows no database.

use std::net::IpAddr;
use std::time::Duration;

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use crate::writer::Sealed;

/// How long each step of a conversation with the mail server may take, then the whole of it.
const STEP: Duration = Duration::from_secs(20);
/// The whole conversation: a letter is nobody else's for longer than that ([`crate::mailer`]).
pub(crate) const CONVERSATION: Duration = Duration::from_secs(90);

/// Where letters go.
pub enum Delivery {
    /// To a mail server.
    Smtp(Box<Smtp>),
    /// Nowhere: they are read on this machine.
    Here,
}

/// What whoever runs the server says of their mail server. No `Debug`: it holds a password.
pub struct SmtpSettings<'a> {
    /// « smtps://host:465 » (TLS from the first byte) or « smtp://host:587 » (TLS before anything is said). On this very
    /// machine « smtp:// » speaks without TLS.
    pub address: &'a str,
    /// Who sends, when the server asks.
    pub user: &'a str,
    /// Its password.
    pub password: &'a str,
    /// Whom letters are from: « Acquis <ne-pas-repondre@acquis.example> ».
    pub from: &'a str,
}

/// Settings of mail that cannot be used, by the setting at fault and what it expects, in French.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnusableSmtp {
    /// The address of the server.
    #[error("smtp : smtps://hôte:465 ou smtp://hôte:587 est attendu")]
    Address,
    /// Whom letters are from.
    #[error("expediteur : une adresse est attendue, par exemple « Acquis <ne-pas-repondre@exemple.fr> »")]
    From,
    /// TLS cannot be set up, for want of certificates of authorities for example.
    #[error("smtp : le chiffrement ne peut pas être préparé ({0})")]
    Tls(String),
}

/// A mail server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Why a letter did not leave. Never what the server said: it repeats addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The mailbox does not exist, or nothing is ever taken for it.
    Refused,
    /// The server did not take it now: with the code that it gave, if it spoke.
    NotNow(Option<u16>),
}

impl Smtp {
    /// The mail server of these settings. Nothing is said to it yet.
    ///
    /// # Errors
    /// [`UnusableSmtp`] names the setting.
    pub fn new(settings: &SmtpSettings<'_>) -> Result<Self, UnusableSmtp> {
        let from = settings.from.parse().map_err(|_| UnusableSmtp::From)?;
        let (scheme, place) = settings.address.split_once("://").ok_or(UnusableSmtp::Address)?;
        let (host, port) = host_and_port(place).ok_or(UnusableSmtp::Address)?;
        let tls = |error: SmtpError| UnusableSmtp::Tls(error.to_string());
        let builder = match scheme {
            "smtps" => AsyncSmtpTransport::<Tokio1Executor>::relay(host).map_err(tls)?,
            "smtp" if of_this_machine(host) => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host),
            "smtp" => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(host).map_err(tls)?,
            _ => return Err(UnusableSmtp::Address),
        };
        let builder = match port {
            Some(port) => builder.port(port),
            None => builder,
        };
        let builder = match settings.user {
            "" => builder,
            user => builder.credentials(Credentials::new(user.to_owned(), settings.password.to_owned())),
        };
        Ok(Self { transport: builder.timeout(Some(STEP)).build(), from })
    }

    pub(crate) async fn send(&self, id: &str, letter: &Sealed) -> Result<(), Failure> {
        let message = self.message(id, letter).ok_or(Failure::Refused)?;
        match tokio::time::timeout(CONVERSATION, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(of(&error)),
            Err(_) => Err(Failure::NotNow(None)),
        }
    }

    fn message(&self, id: &str, letter: &Sealed) -> Option<Message> {
        let to = Mailbox::new(None, letter.to.parse().ok()?);
        // The same for each try: a letter that leaves twice is shown once.
        let message_id = format!("<{id}@{}>", self.from.email.domain());
        let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject.as_str())
            .message_id(Some(message_id))
            // Nobody's holiday answers it.
            .raw_header(automatic)
            .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
            .ok()
    }
}

/// « host », « host:port », « [::1]:port ».
fn host_and_port(place: &str) -> Option<(&str, Option<u16>)> {
    let place = place.strip_suffix('/').unwrap_or(place);
    let (host, port) = match place.strip_prefix('[') {
        Some(tail) => {
            let (host, port) = tail.split_once(']')?;
            (host, port.strip_prefix(':').or_else(|| port.is_empty().then_some("")).filter(|_| true)?)
        }
        None => place.split_once(':').unwrap_or((place, "")),
    };
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b".-:".contains(&byte);
    if host.is_empty() || !host.bytes().all(allowed) {
        return None;
    }
    if port.is_empty() { Some((host, None)) } else { Some((host, Some(port.parse().ok()?))) }
}

fn of_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

/// The codes by which a server says that this mailbox will never take it (RFC 5321, 4.2.3). Any other refusal, a wrong
/// password among them, is mended by somebody: the letter waits.
fn of(error: &SmtpError) -> Failure {
    let code = error.status().map(u16::from);
    match code {
        Some(550 | 551 | 553 | 556) => Failure::Refused,
        code => Failure::NotNow(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(address: &str, from: &str) -> Result<Smtp, UnusableSmtp> {
        Smtp::new(&SmtpSettings { address, user: "", password: "", from })
    }

    #[test]
    fn an_address_is_a_scheme_a_host_and_a_port_or_none() {
        assert_eq!(host_and_port("mail.example"), Some(("mail.example", None)));
        assert_eq!(host_and_port("mail.example:2525/"), Some(("mail.example", Some(2525))));
        assert_eq!(host_and_port("[::1]:25"), Some(("::1", Some(25))));
        assert_eq!(host_and_port("[::1]"), Some(("::1", None)));
        for wrong in
            ["", ":25", "mail.example:port", "mail.example:70000", "user@mail.example", "[::1]25", "mail example"]
        {
            assert_eq!(host_and_port(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_cannot_be_used_names_its_setting() {
        let from = "Acquis <ne-pas-repondre@acquis.example>";
        assert!(opened("smtp://127.0.0.1:25", from).is_ok());
        for wrong in ["", "mail.example", "http://mail.example", "smtps://"] {
            assert_eq!(opened(wrong, from).err(), Some(UnusableSmtp::Address), "{wrong}");
        }
        for wrong in ["", "Acquis", "a@", "Acquis <a@b"] {
            assert_eq!(opened("smtp://127.0.0.1:25", wrong).err(), Some(UnusableSmtp::From), "{wrong}");
        }
    }

    #[test]
    fn only_this_machine_is_spoken_to_without_tls() {
        assert!(of_this_machine("localhost") && of_this_machine("127.0.0.1") && of_this_machine("::1"));
        assert!(!of_this_machine("192.168.1.20") && !of_this_machine("localhost.example"));
    }

    #[test]
    fn a_message_says_who_it_is_from_and_that_nobody_need_answer() {
        let smtp = opened("smtp://127.0.0.1:25", "Acquis <ne-pas-repondre@acquis.example>").expect("sound settings");
        let letter = Sealed {
            to: "camille@exemple.fr".to_owned(),
            subject: "Votre mot de passe a changé".to_owned(),
            text: "Bonjour,".to_owned(),
            html: "<p>Bonjour,</p>".to_owned(),
        };
        let message = smtp.message("0123", &letter).expect("a message").formatted();
        let message = String::from_utf8(message).expect("a message in ASCII");
        for line in [
            "From: Acquis <ne-pas-repondre@acquis.example>",
            "To: camille@exemple.fr",
            "Message-ID: <0123@acquis.example>",
            "Auto-Submitted: auto-generated",
            "Content-Type: multipart/alternative",
        ] {
            assert!(message.contains(line), "{line} in {message}");
        }
        assert!(smtp.message("0123", &Sealed { to: "nobody".to_owned(), ..letter }).is_none());
    }
}

//! Letters that leave: the program itself and its outbox, before a real mail server.

use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use domaine::identite::CodeCourriel;
use mail::{Address, Delivery, Mailer, Occasion, Smtp, SmtpSettings, Writer, delay_after};
use store::Store;
use testbed::{Application, DataDir, MASTER_KEY, Mailroom, code_in, trial};
use vault::Vault;

use crate::program::Program as _;

const NOW: i64 = 1_795_860_300_000;
const FROM: &str = "Acquis <ne-pas-repondre@acquis.example>";

fn smtp(mailroom: &Mailroom, password: &str) -> Delivery {
    let address = format!("smtp://{}", mailroom.address);
    let settings = SmtpSettings { address: &address, user: "user", password, from: FROM };
    Delivery::Smtp(Box::new(Smtp::new(&settings).expect("settings of mail")))
}

fn mailer(application: &Application, delivery: Delivery) -> Mailer {
    Mailer::new(application.state.store.clone(), Arc::clone(&application.state.vault), delivery)
}

async fn post(application: &Application, to: &str) {
    let letter = application.state.letters.write(Address(to), &Occasion::MotDePasseChanged, NOW);
    application.state.store.post(&letter, NOW).await.expect("a letter posted");
}

async fn with_fate(application: &Application, fate: &str) -> i64 {
    application.count(&format!("courriers WHERE sort = '{fate}'")).await
}

#[test]
fn a_letter_leaves_once_whole_and_what_it_said_is_erased() {
    trial(async |application| {
        let mailroom = Mailroom::plain();
        let mailer = mailer(&application, smtp(&mailroom, "secret"));
        post(&application, "camille@exemple.fr").await;
        for _ in 0..2 {
            mailer.send_due(|| NOW).await.expect("an outbox");
        }
        let received = mailroom.received();
        assert_eq!(received.len(), 1);
        assert_eq!(received[0].to, "camille@exemple.fr");
        for line in
            ["From: Acquis <ne-pas-repondre@acquis.example>", "text/plain; charset=utf-8", "text/html; charset=utf-8"]
        {
            assert!(received[0].data.contains(line), "{line} in {}", received[0].data);
        }
        assert_eq!(with_fate(&application, "parti").await, 1);
        assert_eq!(application.count("courriers WHERE lettre IS NOT NULL").await, 0);
    });
}

#[test]
fn the_letters_of_one_mailbox_leave_in_the_order_in_which_they_were_posted() {
    const CODES: [&str; 5] = ["111 111", "222 222", "333 333", "444 444", "555 555"];
    trial(async |application| {
        let mailroom = Mailroom::plain();
        for (posted_on, code) in (NOW..).zip(CODES) {
            let code = CodeCourriel::parse(code).expect("a code");
            let occasion = Occasion::SignUpCode { code: &code, token: "token", until: NOW };
            let letter = application.state.letters.write(Address("camille@exemple.fr"), &occasion, posted_on);
            application.state.store.post(&letter, posted_on).await.expect("a letter posted");
            post(&application, &format!("somebody{posted_on}@exemple.fr")).await;
        }
        mailer(&application, smtp(&mailroom, "secret")).send_due(|| NOW + 60_000).await.expect("an outbox");
        let received = mailroom.received();
        let to_camille = received.iter().filter(|letter| letter.to == "camille@exemple.fr");
        let codes: Vec<_> = to_camille.filter_map(|letter| code_in(&letter.data)).collect();
        assert_eq!((codes.as_slice(), received.len()), (CODES.as_slice(), 10), "the last letter holds the last code");
    });
}

#[test]
fn two_servers_on_one_database_send_each_letter_once() {
    trial(async |application| {
        let mailroom = Mailroom::plain();
        for rank in 0..40 {
            post(&application, &format!("p{rank}@exemple.fr")).await;
        }
        let other = Store::open(&application.url).await.expect("a second server");
        let servers = [
            mailer(&application, smtp(&mailroom, "secret")),
            Mailer::new(other.clone(), Arc::clone(&application.state.vault), smtp(&mailroom, "secret")),
        ];
        let [one, two] = &servers;
        let (one, two) = tokio::join!(one.send_due(|| NOW), two.send_due(|| NOW));
        assert!(one.is_ok() && two.is_ok());
        let mut to: Vec<String> = mailroom.received().into_iter().map(|letter| letter.to).collect();
        to.sort_unstable();
        to.dedup();
        assert_eq!((mailroom.received().len(), to.len()), (40, 40), "none lost, none twice");
        other.close().await;
    });
}

#[test]
fn a_server_that_says_later_is_asked_again_later_and_a_mailbox_that_is_not_there_never() {
    trial(async |application| {
        let mailroom = Mailroom::plain();
        let mailer = mailer(&application, smtp(&mailroom, "secret"));
        for to in ["later@exemple.fr", "nobody@exemple.fr", "not an address"] {
            post(&application, to).await;
        }
        mailer.send_due(|| NOW).await.expect("an outbox");
        assert_eq!((with_fate(&application, "attend").await, with_fate(&application, "abandonne").await), (1, 2));
        mailer.send_due(|| NOW + delay_after(1) - 1).await.expect("an outbox");
        assert!(mailroom.received().is_empty(), "before its time");
        mailer.send_due(|| NOW + delay_after(1)).await.expect("an outbox");
        assert_eq!(mailroom.received().len(), 1);
        assert_eq!(mailroom.asked().iter().filter(|to| *to == "nobody@exemple.fr").count(), 1);
        assert_eq!(application.count("courriers WHERE lettre IS NOT NULL").await, 0);
    });
}

#[test]
fn a_wrong_password_or_a_server_that_is_down_loses_no_letter_but_days_do() {
    trial(async |application| {
        let mailroom = Mailroom::plain();
        post(&application, "camille@exemple.fr").await;
        mailer(&application, smtp(&mailroom, "wrong")).send_due(|| NOW).await.expect("an outbox");
        assert_eq!((mailroom.received().len(), with_fate(&application, "attend").await), (0, 1));
        let nowhere = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|socket| socket.local_addr());
        let address = format!("smtp://{}", nowhere.expect("a port that nobody listens to any more"));
        let down = SmtpSettings { address: &address, user: "", password: "", from: FROM };
        let down = Delivery::Smtp(Box::new(Smtp::new(&down).expect("settings of mail")));
        let later = NOW + delay_after(1);
        mailer(&application, down).send_due(|| later).await.expect("an outbox");
        assert_eq!(with_fate(&application, "attend").await, 1);
        let mended = mailer(&application, smtp(&mailroom, "secret"));
        mended.send_due(|| later + delay_after(2)).await.expect("an outbox");
        assert_eq!(mailroom.received().len(), 1);
        post(&application, "renaud@exemple.fr").await;
        mended.send_due(|| NOW + 4 * 24 * 3_600_000).await.expect("an outbox");
        assert_eq!(
            (mailroom.received().len(), with_fate(&application, "abandonne").await),
            (1, 1),
            "too late to be of use"
        );
    });
}

/// A server of its own, until it is dropped.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn post_in(data: &DataDir, to: &str) {
    alone(async {
        let vault = Arc::new(Vault::new(&MASTER_KEY));
        let store = Store::open(&data.url).await.expect("a database");
        store.migrate(&vault).await.expect("tables");
        // The program has the clock of the machine: this letter is of use in every year.
        let mut letter =
            Writer::new(vault, "https://acquis.example".to_owned()).write(Address(to), &Occasion::AccountClosed, NOW);
        letter.useful_until = i64::MAX;
        store.post(&letter, 0).await.expect("a letter posted");
        store.close().await;
    });
}

fn serving(data: &DataDir, settings: &[(&str, &str)]) -> Command {
    let mut command = data.acquis(&["servir"]);
    command.env("ACQUIS_ECOUTE", "127.0.0.1:0").stdout(Stdio::null()).stderr(Stdio::piped());
    command.envs(crate::program::of_the_host()).envs(settings.iter().copied());
    command
}

#[test]
fn the_program_sends_its_letters_through_tls_and_believes_only_a_certificate_that_it_knows() {
    DataDir::trial(|new| {
        let data = new();
        let certificate = data.dir.path().join("authority.pem");
        let mailroom = Mailroom::encrypted(&certificate);
        post_in(&data, "camille@exemple.fr");
        let address = format!("smtps://localhost:{}", mailroom.address.port());
        let settings = [
            ("ACQUIS_SMTP", address.as_str()),
            ("ACQUIS_SMTP_IDENTIFIANT", "user"),
            ("ACQUIS_SMTP_MOT_DE_PASSE", "secret"),
            ("ACQUIS_EXPEDITEUR", FROM),
            ("ACQUIS_ADRESSE_PUBLIQUE", "https://acquis.example"),
        ];
        let mut untrusted = Served(serving(&data, &settings).spawn().expect("the program"));
        wait_for_a_try(&mut untrusted);
        drop(untrusted);
        assert!(mailroom.received().is_empty(), "a certificate that no authority signed");
        again(&data);
        let mut command = serving(&data, &settings);
        let _served = Served(command.env("SSL_CERT_FILE", &certificate).spawn().expect("the program"));
        let received = mailroom.wait_for(1);
        assert!(received[0].encrypted && received[0].to == "camille@exemple.fr");
    });
}

/// Waits until the program says that the letter is put off.
fn wait_for_a_try(served: &mut Served) {
    let log = BufReader::new(served.0.stderr.take().expect("a log"));
    let put_off = log.lines().map_while(Result::ok).any(|line| line.contains("it will be tried again"));
    assert!(put_off, "the letter was not tried");
}

/// Makes the letter due again.
fn again(data: &DataDir) {
    use sqlx::Connection as _;
    alone(async {
        let mut connexion = sqlx::AnyConnection::connect(&data.url).await.expect("the database of the test");
        let again = sqlx::query("UPDATE courriers SET pas_avant = 0 WHERE sort = 'attend' AND essais = 1");
        assert_eq!(again.execute(&mut connexion).await.expect("a letter that waits").rows_affected(), 1);
    });
}

fn alone<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

fn refusal(data: &Path, settings: &[(&str, &str)]) -> String {
    let mut command = crate::program::acquis(data, &["servir"]);
    command.envs(crate::program::of_the_host()).env("ACQUIS_ECOUTE", "127.0.0.1:0");
    let output = command.envs(settings.iter().copied()).output().expect("the program");
    assert!(!output.status.success());
    String::from_utf8(output.stderr).expect("French in UTF-8")
}

#[test]
fn a_public_server_that_cannot_write_to_its_people_does_not_start() {
    DataDir::trial(|new| {
        let data = new();
        let data = data.dir.path();
        let public = ("ACQUIS_ADRESSE_PUBLIQUE", "https://acquis.example");
        assert!(refusal(data, &[public]).contains("smtp : un serveur public écrit aux titulaires"));
        let smtp = ("ACQUIS_SMTP", "smtp://127.0.0.1:25");
        assert!(refusal(data, &[public, smtp]).contains("expediteur : une adresse est attendue"));
        let secret =
            refusal(data, &[public, ("ACQUIS_SMTP", "mail://user:motdepasse@mail"), ("ACQUIS_EXPEDITEUR", FROM)]);
        assert!(secret.contains("smtp : smtps://hôte:465") && !secret.contains("motdepasse"), "{secret}");
    });
}

//! Whose account it is, put right on a proof: what is typed is judged as a form judges it, then written with its letter.

use std::io::{BufRead as _, BufReader};

use domaine::droits::parse_date;
use domaine::identite::nir::coherence;
use domaine::identite::{Courriel, DateNaissance, Nir, Nom};
use mail::{Address, Occasion, SecondStepNews};
use store::{Account, Act, Acted, Mailbox, NewPerson, Person, account_reference};
use vault::{identifier, reference};

use super::{Desk, Refusal};
use crate::journal::at;

/// What is put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Civil {
    /// The NIR belongs to somebody else: it is free again, and the account set aside.
    ReleaseNir,
    /// The names are others, which are typed.
    Name,
    /// The NIR is another, which is typed.
    Nir,
    /// The birth date is another, which is typed.
    Naissance,
    /// The holder died on that day, as typed.
    Death(String),
    /// Nothing: a document proves that it is all theirs.
    Prove,
    /// Nothing: an employer was wrong, and the NIR is that of an account that was set aside for it.
    GiveNirBack,
    /// The e-mail is another, which is typed: its holder lost the one that opens the account.
    Courriel,
    /// Nothing: a code is printed, for who has no mail to read another in.
    PrintCode,
    /// Nothing: the holder has neither the application nor a code that the account asks for besides its password.
    LiftSecondStep,
}

const NAMES: &str =
    "un nom de naissance, puis des prénoms, sont attendus sur deux lignes ; « - » là où il n'y en a pas";
const NIR: &str = "un NIR de 15 chiffres, clé comprise, est attendu";
const COURRIEL: &str =
    "une adresse de courriel est attendue, deux fois la même, sur deux lignes : qui la lit ouvre le compte";
const NAISSANCE: &str = "une date de naissance est attendue, JJ/MM/AAAA, 00 pour un jour ou un mois inconnu";
const DEATH: &str = "--deces : un jour passé est attendu, JJ/MM/AAAA ou AAAA-MM-JJ";
const DIFFER: &str = "ce NIR et cette date de naissance ne vont pas ensemble : vérifiez les deux ; s'ils étaient faux tous deux, \
                      --liberer-nir, puis --naissance, puis --nir";

/// Does it, and says so: what became of it, and a sentence that ends well.
pub(super) async fn correct(
    desk: Desk<'_>,
    account: &Account,
    civil: &Civil,
    proof: &str,
) -> Result<(Acted, String), Refusal> {
    let (store, now, today) = (desk.store, desk.moment.now, desk.moment.today);
    let act = Act::of(desk.operator).because(proof);
    let own = account_reference(&account.id);
    let write = |occasion: &Occasion<'_>| desk.letters.write(Address(&account.courriel), occasion, now);
    let corrected = |what| write(&Occasion::IdentityCorrected { account: &own, what });
    let person = store.person(&account.person).await?.ok_or_else(|| Refusal::Closed(own.clone()))?;
    let (acted, said) = match civil {
        Civil::Prove => {
            let letter = write(&Occasion::IdentityProved { account: &own });
            (store.prove_identity(account, act, &letter, now).await?, "identité prouvée, son titulaire prévenu")
        }
        Civil::ReleaseNir => {
            let letter = write(&Occasion::NirReleased { account: &own });
            let acted = store.release_nir(account, desk.vault, act, &letter, now).await?;
            (acted, "mis à part et gelé, son titulaire prévenu ; son NIR est libre")
        }
        Civil::Name => {
            let [nom, prenoms] = lines(desk, "Nom de naissance, puis prénoms, chacun sur sa ligne :\n")?;
            let parse = |text: &str| Nom::parse_if_any(text).map_err(|_| Refusal::Typed(NAMES));
            let (nom, prenoms) = (parse(&nom)?, parse(&prenoms)?);
            if Nom::compared(&nom, &prenoms).is_none() {
                return Err(Refusal::Typed(NAMES));
            }
            let acted = store.correct_name(account, (&nom, &prenoms), act, &corrected("votre nom"), now).await?;
            (acted, "nom corrigé, son titulaire prévenu")
        }
        Civil::Nir => {
            let [typed] = lines(desk, "Nouveau NIR, ses 15 chiffres : ")?;
            let compact: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
            let nir = Nir::parse15(&compact).map_err(|_| Refusal::Typed(NIR))?;
            coherence(nir.body(), &person.date_naissance).map_err(|_| Refusal::Typed(DIFFER))?;
            let (new, letter) = (named(desk, account, &person, &nir), corrected("votre numéro de sécurité sociale"));
            (store.correct_nir(account, &new, act, &letter, now).await?, "NIR corrigé, son titulaire prévenu")
        }
        Civil::Naissance => {
            let [typed] = lines(desk, "Date de naissance, JJ/MM/AAAA : ")?;
            let naissance = DateNaissance::parse(&typed, today).map_err(|_| Refusal::Typed(NAISSANCE))?;
            let overview = store.overview(&account.id, now).await?.ok_or_else(|| Refusal::Closed(own.clone()))?;
            // One that was set aside has no NIR to agree with.
            if overview.set_aside_on.is_none() {
                let nir = person.nir(desk.vault)?;
                coherence(nir.body(), &naissance).map_err(|_| Refusal::Typed(DIFFER))?;
            }
            let letter = corrected("votre date de naissance");
            let acted = store.correct_naissance(account, naissance, act, &letter, now).await?;
            (acted, "date de naissance corrigée, son titulaire prévenu")
        }
        Civil::GiveNirBack => {
            let letter = write(&Occasion::NirGivenBack { account: &own });
            // Of one that an operator freed there is none to read.
            let digests =
                person.nir(desk.vault).map(|nir| desk.vault.nir_digests(nir.body().as_str())).unwrap_or_default();
            let acted = store.give_nir_back(account, &digests, desk.vault, act, &letter, now).await?;
            (acted, "son NIR lui est rendu, son identité prouvée, son titulaire prévenu")
        }
        Civil::Courriel => {
            let [typed, again] = lines(desk, "Nouvelle adresse de courriel, puis la même sur la ligne suivante :\n")?;
            let courriel = Courriel::parse(&typed).map_err(|_| Refusal::Typed(COURRIEL))?;
            let mailbox = Mailbox::of(&courriel);
            // A mailbox opens an account: a slip would give it to somebody else.
            if Courriel::parse(&again).map(|again| Mailbox::of(&again).key() == mailbox.key()) != Ok(true) {
                return Err(Refusal::Typed(COURRIEL));
            }
            let taken_off = Occasion::CourrielTakenOff { account: &own };
            let taken_off = desk.letters.write_about(&account.id, Address(&account.courriel), &taken_off, now);
            let given = Occasion::CourrielGiven { account: &own };
            let given = desk.letters.write(Address(courriel.as_str()), &given, now);
            let acted = store.replace_courriel(account, (&courriel, &mailbox), act, (&taken_off, &given), now).await?;
            (
                acted,
                "courriel remplacé, à confirmer par son titulaire ; ses appareils déconnectés, les deux adresses prévenues",
            )
        }
        Civil::LiftSecondStep => {
            let occasion = Occasion::SecondStep(SecondStepNews::Lifted);
            let letter = desk.letters.write_about(&account.id, Address(&account.courriel), &occasion, now);
            let acted = store.lift_second_step(account, act, &letter, now).await?;
            (acted, "seconde étape levée : le mot de passe seul l'ouvre, son titulaire prévenu")
        }
        Civil::PrintCode => {
            return Ok(match desk.requests.print_code(account, act, now).await? {
                Ok(printed) => (Acted::Done, letter(&printed.code, &at(printed.until))),
                Err(acted) => (acted, String::new()),
            });
        }
        Civil::Death(typed) => {
            let on = parse_date(typed, today).map_err(|_| Refusal::Typed(DEATH))?;
            let (letter, event) = (write(&Occasion::DeathRecorded { account: &own }), reference("DEC"));
            let acted = store.record_death(account, (on, &event), act, &letter, now).await?;
            let said = format!(
                "décès noté sous la référence {event}, le compte clos et gelé ; un courriel est parti à son adresse, si c'était faux"
            );
            return Ok((acted, said));
        }
    };
    Ok((acted, said.to_owned()))
}

/// What is copied on the letter: the code alone on its line, and how long it serves.
fn letter(code: &str, until: &str) -> String {
    format!(
        "code à recopier sur la lettre, son titulaire prévenu

    {code}

Il sert une fois, jusqu'au {until}, à l'adresse /mot-de-passe-oublie, « Saisir le code de la lettre ». Un code imprimé avant
pour ce compte ne sert plus. Ni I, ni L, ni O, ni U ; minuscules et traits sont sans importance. Il n'est gardé nulle part en
clair : remettez-le, ou postez-le à une adresse prouvée, puis effacez cet écran."
    )
}

/// The holder of this account under that NIR.
fn named(desk: Desk<'_>, account: &Account, person: &Person, nir: &Nir) -> NewPerson {
    let (id, body) = (identifier(), nir.body().as_str());
    NewPerson {
        nir_digests: desk.vault.nir_digests(body),
        sealed_nir: desk.vault.seal_nir(&id, body),
        id,
        nom_naissance: account.nom_naissance.clone(),
        prenoms: account.prenoms.clone(),
        date_naissance: person.date_naissance,
    }
}

/// What is typed, a line for each; empty past the end.
fn lines<const N: usize>(desk: Desk<'_>, prompt: &str) -> Result<[String; N], Refusal> {
    let mut source = BufReader::new(desk.console.input(Some(prompt)));
    let mut typed = [const { String::new() }; N];
    for line in &mut typed {
        source.read_line(line)?;
        line.truncate(line.trim_end().len());
    }
    Ok(typed)
}

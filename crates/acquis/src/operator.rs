//! Who acts: the name that `--agent` gives, else that of the system. A person answers for what is done about people; what
//! works alone at night may be named by its machine.

use std::env;

use store::Operator;

/// What is wrong with the name that was typed.
const NO_NAME: &str =
    "--agent attend le nom de qui agit, d'une lettre à 64 : lettres, chiffres, espaces, points, tirets";

/// Whoever works with people's accounts, by name.
///
/// # Errors
/// A sentence that says what to do, when nobody is named.
pub(crate) fn person(typed: Option<&str>) -> Result<Operator, String> {
    match typed {
        Some(typed) => Operator::parse(typed).ok_or_else(|| NO_NAME.to_owned()),
        None => system_user().filter(|user| user.name() != "root").ok_or_else(|| {
            "dites qui agit, --agent NOM : cet acte est noté au journal sous le nom d'une personne (« root » n'en est pas une)"
                .to_owned()
        }),
    }
}

/// Whoever works, be it a machine.
///
/// # Errors
/// A sentence that says what to do, when the name that was typed is none.
pub(crate) fn anybody(typed: Option<&str>) -> Result<Operator, String> {
    match typed {
        Some(_) => person(typed),
        None => system_user()
            .or_else(|| Operator::parse(&user_number()))
            .ok_or_else(|| "dites qui agit, --agent NOM : cet acte est noté au journal".to_owned()),
    }
}

/// The user of the system: through `sudo`, whoever asked for it.
fn system_user() -> Option<Operator> {
    ["SUDO_USER", "USER", "LOGNAME", "USERNAME"].iter().find_map(|name| Operator::parse(&env::var(name).ok()?))
}

/// Where no variable has a name, as in a container.
#[cfg(unix)]
fn user_number() -> String {
    format!("uid {}", rustix::process::getuid().as_raw())
}

#[cfg(not(unix))]
fn user_number() -> String {
    String::new()
}

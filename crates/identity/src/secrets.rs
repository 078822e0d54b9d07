//! What a request is recognised by, hashed for its purpose: nothing here can be read back.

use domaine::identite::{CodeCourriel, CodeSecours, Token};
use vault::{Vault, random};

use crate::Usage;

/// The secret of the browser that sends this key: sent again, it gets the same.
pub(crate) fn secret(vault: &Vault, usage: Usage, key: &str) -> String {
    vault.digest("poignée d'une demande", &[usage.code().as_bytes(), key.as_bytes()])
}

/// What a submission is known by.
pub(crate) fn key(vault: &Vault, usage: Usage, key: &str) -> String {
    vault.digest("clé d'une demande", &[usage.code().as_bytes(), key.as_bytes()])
}

/// What a body is compared by.
pub(crate) fn body(vault: &Vault, usage: Usage, body: &[u8]) -> String {
    vault.digest("corps d'une demande", &[usage.code().as_bytes(), body])
}

/// What a code of this request is compared by: of another, the same figures are something else.
pub(crate) fn code(vault: &Vault, request: &str, code: &CodeCourriel) -> String {
    vault.digest("code d'une demande", &[request.as_bytes(), code.as_str().as_bytes()])
}

/// A code that nobody can guess better than by chance: the remainder of so great a number favours none.
pub(crate) fn new_code() -> CodeCourriel {
    let number = u64::from_be_bytes(random()) % 1_000_000;
    CodeCourriel::of(u32::try_from(number).unwrap_or_default())
}

/// What a code that was kept is compared by: of another account, the same signs are something else.
pub(crate) fn kept_code(vault: &Vault, account: &str, code: &CodeSecours) -> String {
    vault.digest("code de secours", &[account.as_bytes(), code.as_str().as_bytes()])
}

/// The characters of a code to print: each of the 32 is as likely.
pub(crate) fn new_printed() -> String {
    let alphabet = Token::ALPHABET.as_bytes();
    random::<{ Token::PRINTED }>().iter().map(|byte| char::from(alphabet[usize::from(byte % 32)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_figures_of_two_requests_have_two_hashes_and_the_same_key_one_secret() {
        let vault = Vault::new(&[7; 32]);
        let figures = CodeCourriel::of(41_837);
        assert_ne!(code(&vault, "a", &figures), code(&vault, "b", &figures));
        assert_eq!(secret(&vault, Usage::SignUp, "k"), secret(&vault, Usage::SignUp, "k"));
        assert_ne!(secret(&vault, Usage::SignUp, "k"), secret(&vault, Usage::Recovery, "k"));
        assert_ne!(secret(&vault, Usage::SignUp, "k"), key(&vault, Usage::SignUp, "k"));
    }

    #[test]
    fn what_is_printed_reads_back() {
        let printed = new_printed();
        assert_eq!(Token::parse(&printed.to_lowercase()), Ok(Token::Printed(printed)));
    }
}

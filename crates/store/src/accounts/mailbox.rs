//! What two writings of one e-mail address have in common: the key that an account is found by. Keeps none.
//!
//! An accented domain and its `xn--` form are one, and so are composed letters and letters with their marks, before the
//! @ too. It takes tables of Unicode and of IDNA: folded here, on the server, so that the page never carries them.
//! Sources: UTS #46 (domains), Unicode NFC (RFC 6532, 3.1).

use domaine::identite::Courriel;
use unicode_normalization::UnicodeNormalization;

use crate::row::text;
use crate::{Store, StoreResult};

/// The keys of an address: the one that accounts have, and the one that they had when only capitals were folded.
pub struct Mailbox {
    key: String,
    earlier: String,
}

impl Mailbox {
    /// The mailbox of this address.
    ///
    /// ```
    /// use domaine::identite::Courriel;
    /// use store::Mailbox;
    /// let mailbox = |text| Mailbox::of(&Courriel::parse(text).unwrap());
    /// assert_eq!(mailbox("Zoe\u{301}@exämple.fr").key(), mailbox("zoé@xn--exmple-cua.fr").key());
    /// ```
    pub fn of(courriel: &Courriel) -> Self {
        Self { key: fold(courriel.as_str()), earlier: courriel.as_str().to_lowercase() }
    }

    /// What an account is found by.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether an account that is found by this key is that of the mailbox.
    pub fn is(&self, key: &str) -> bool {
        key == self.key || key == self.earlier
    }

    pub(super) fn earlier(&self) -> &str {
        &self.earlier
    }
}

/// Small letters, composed; strictly, the part before the @ may tell capitals apart: no mail service that people use
/// does. A domain that IDNA does not know is only put in small letters.
fn fold(address: &str) -> String {
    let small = |text: &str| text.nfc().flat_map(char::to_lowercase).nfc().collect::<String>();
    let Some((nom, domaine)) = address.split_once('@') else { return small(address) };
    let domaine = idna::domain_to_ascii(domaine).unwrap_or_else(|_| small(domaine));
    [&small(nom), "@", &domaine].concat()
}

impl Store {
    /// Gives each account the key of today. Where two have one mailbox under two writings, the first opened takes it and
    /// the other keeps its own: each still opens with what was typed when it was made ([`Store::account_by_courriel`]).
    /// Begun again at each start: killed half-way it is only unfinished, and a key that was freed is taken.
    pub(crate) async fn fold_courriels(&self) -> StoreResult<()> {
        // Of ASCII alone, both keys are the same.
        let rows = sqlx::query(
            "SELECT id, courriel_cle FROM comptes WHERE octet_length(courriel_cle) <> length(courriel_cle)
             ORDER BY ouvert_le, cgu_le, id",
        )
        .fetch_all(&self.readers)
        .await?;
        for row in rows {
            let (account, former) = (text(&row, "id")?, text(&row, "courriel_cle")?);
            let key = fold(&former);
            if key == former {
                continue;
            }
            let change = sqlx::query(
                "UPDATE comptes SET courriel_cle = $1
                 WHERE id = $2 AND NOT EXISTS (SELECT 1 FROM comptes autre WHERE autre.courriel_cle = $1)",
            )
            .bind(&key)
            .bind(&account)
            .execute(&self.writer)
            .await;
            let taken = match change {
                // Another start took it at the same time.
                Err(sqlx::Error::Database(error)) if error.is_unique_violation() => true,
                change => change?.rows_affected() == 0,
            };
            if taken {
                tracing::warn!(
                    compte = account,
                    "another account has the mailbox of this one under another writing: each opens with its own"
                );
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_writing_of_a_mailbox_has_one_key() {
        for (key, writings) in [
            ("zoé@xn--exmple-cua.fr", &["zoé@exämple.fr", "Zoe\u{301}@exa\u{308}mple.fr", "ZOÉ@XN--EXMPLE-CUA.FR"][..]),
            ("a.b@exemple.fr", &["A.B@Exemple.FR", "a.b@exemple.fr"]),
            ("a@xn--caf-dma.example.org", &["a@café.example.org", "a@cafe\u{301}.Example.org", "a@CAFÉ.example.org"]),
            ("почта@xn--e1afmkfd.xn--p1ai", &["почта@пример.рф", "ПОЧТА@Пример.рф"]),
        ] {
            for writing in writings {
                assert_eq!(fold(writing), key, "{writing}");
            }
            assert_eq!(fold(key), key);
        }
    }

    #[test]
    fn two_mailboxes_have_two_keys() {
        for (one, other) in [
            ("zoe@exemple.fr", "zoé@exemple.fr"),
            ("a@straße.de", "a@strasse.de"),
            ("a@exemple.fr", "a@exämple.fr"),
            ("a+b@exemple.fr", "a@exemple.fr"),
            ("a.b@gmail.com", "ab@gmail.com"),
        ] {
            assert_ne!(fold(one), fold(other));
        }
    }

    #[test]
    fn an_address_of_ascii_keeps_the_key_that_it_had() {
        for address in
            ["A.b+c@Exemple.fr", "x@a--b.fr", "x@ab--cd.fr", "x@xn--a.fr", "x@xn--zzzzzz.com", "o'neil@Exemple.Org"]
        {
            assert_eq!(fold(address), address.to_lowercase(), "{address}");
        }
    }
}

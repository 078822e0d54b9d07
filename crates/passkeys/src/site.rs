//! By which name browsers know a site, and from which pages of it a passkey may answer.

use std::net::IpAddr;

use webauthn_rp::request::{AsciiDomain, RpId};

/// A site where passkeys can be used.
pub struct Site {
    id: RpId,
    origins: Vec<String>,
}

impl Site {
    /// The site of these addresses (« https://acquis.example »), the first of which is its own; nothing where browsers refuse
    /// passkeys: at the address of a machine, and by http but on the machine itself.
    pub fn of(addresses: &[String]) -> Option<Self> {
        let name = name(addresses.first()?)?;
        let id = RpId::Domain(AsciiDomain::try_from(name.to_owned()).ok()?);
        let below = [".", name].concat();
        let is_ours =
            |address: &&String| self::name(address).is_some_and(|other| other == name || other.ends_with(&below));
        let origins = addresses.iter().filter(is_ours).cloned().collect();
        Some(Self { id, origins })
    }

    pub(crate) const fn id(&self) -> &RpId {
        &self.id
    }

    pub(crate) fn origins(&self) -> &[String] {
        &self.origins
    }
}

/// The name that stands in this address, where a browser would take passkeys.
fn name(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    let name = rest.split_once(':').map_or(rest, |(name, _)| name);
    let secure = scheme == "https" || name == "localhost" || name.ends_with(".localhost");
    let is_a_machine = rest.starts_with('[') || name.parse::<IpAddr>().is_ok();
    (secure && !is_a_machine && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(addresses: &[&str]) -> Option<(String, Vec<String>)> {
        let addresses: Vec<String> = addresses.iter().map(|address| (*address).to_owned()).collect();
        Site::of(&addresses).map(|site| (site.id.as_ref().to_owned(), site.origins))
    }

    #[test]
    fn a_site_is_known_by_the_name_of_its_own_address_and_answers_from_its_pages_alone() {
        let (id, origins) =
            of(&["https://acquis.example", "https://www.acquis.example", "https://example"]).expect("a site");
        assert_eq!(id, "acquis.example");
        assert_eq!(origins, ["https://acquis.example", "https://www.acquis.example"]);
        let (id, origins) = of(&["http://localhost:8087"]).expect("this machine");
        assert_eq!((id.as_str(), origins), ("localhost", vec!["http://localhost:8087".to_owned()]));
        assert_eq!(of(&["https://acquis.example:8443"]).expect("a port").1, ["https://acquis.example:8443"]);
    }

    #[test]
    fn browsers_take_no_passkey_at_the_address_of_a_machine_nor_by_http() {
        for address in
            ["https://192.168.1.20", "http://192.168.1.20:8087", "https://[::1]:8087", "http://acquis.example"]
        {
            assert_eq!(of(&[address]), None, "{address}");
        }
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn a_name_that_ends_like_another_is_not_below_it() {
        assert_eq!(
            of(&["https://acquis.example", "https://pasacquis.example"]).expect("a site").1,
            ["https://acquis.example"]
        );
    }
}

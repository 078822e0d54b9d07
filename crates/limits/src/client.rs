//! Whose request it is, by its address: that of the connection, or what the declared proxies say. Counts nothing.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;
use vault::Vault;

/// The address of the client: each declared proxy is believed about whom it saw, and nobody else is. `said`: the lines of
/// `X-Forwarded-For`, in their order.
pub fn address<'a>(peer: IpAddr, said: impl DoubleEndedIterator<Item = &'a [u8]>, proxies: &[IpNet]) -> IpAddr {
    let mut client = peer.to_canonical();
    // Each proxy adds whom it saw at the end: from there, back to the first that is not one of ours.
    for entry in said.rev().flat_map(|line| line.rsplit(|byte| *byte == b',')) {
        if !is_one(proxies, client) {
            break;
        }
        // What cannot be read ends the search: what stands before it may be what the client wrote.
        let Some(seen) = parse(entry) else { break };
        client = seen;
    }
    client
}

/// Whether an address is one of these proxies.
pub fn is_one(proxies: &[IpNet], address: IpAddr) -> bool {
    proxies.iter().any(|network| network.contains(&address))
}

/// An address as proxies write one: alone or with a port, in brackets, in quotes.
fn parse(entry: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(entry).ok()?.trim();
    let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().ok().or_else(|| text.parse().ok().map(|socket: SocketAddr| socket.ip()))?;
    // An IPv4 client is one client, whichever way a proxy writes it.
    Some(IpAddr::to_canonical(&address))
}

/// The bytes of an address, or of the network that an IPv6 client has to itself.
pub(crate) fn network(address: IpAddr, bits: usize) -> Vec<u8> {
    match address {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets()[..bits / 8].to_vec(),
    }
}

/// How many characters of a keyed hash tell places apart in the journal of a year.
const ORIGIN: usize = 16;

/// What the journal says of a place: the same for the same client, that is an address in IPv4 and the network of one home in
/// IPv6; it cannot be read back without the master key.
pub fn origin(vault: &Vault, address: IpAddr) -> String {
    let mut digest = vault.digest("origine au journal", &[&network(address.to_canonical(), 64)]);
    digest.truncate(ORIGIN);
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who calls, behind a proxy at 10.0.0.1 (and any of 10.0.0.0/24 or 2001:db8:f::/48) that sent these lines.
    fn client(lines: &[&str]) -> String {
        let proxies = ["10.0.0.0/24", "2001:db8:f::/48"].map(|network| network.parse().expect("a network"));
        address(IpAddr::from([10, 0, 0, 1]), lines.iter().map(|line| line.as_bytes()), &proxies).to_string()
    }

    #[test]
    fn an_address_is_read_however_a_proxy_writes_it() {
        for (line, expected) in [
            ("203.0.113.7", "203.0.113.7"),
            ("203.0.113.7:443", "203.0.113.7"),
            (" \"203.0.113.7:443\" ", "203.0.113.7"),
            ("2001:db8::7", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("[2001:db8::7]:443", "2001:db8::7"),
            ("\"[2001:db8::7]:443\"", "2001:db8::7"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("[::ffff:203.0.113.7]:443", "203.0.113.7"),
        ] {
            assert_eq!(client(&[line]), expected, "{line}");
            assert_eq!(client(&[&format!("198.51.100.1, {line}")]), expected, "{line}");
            assert_eq!(client(&["198.51.100.1", line]), expected, "{line}");
        }
    }

    #[test]
    fn a_proxy_behind_a_proxy_is_believed_and_nobody_before_the_first_stranger() {
        assert_eq!(client(&["203.0.113.7, 10.0.0.9"]), "203.0.113.7");
        assert_eq!(client(&["198.51.100.1, 203.0.113.7, 2001:db8:f::2, 10.0.0.9:80"]), "203.0.113.7");
        assert_eq!(client(&["198.51.100.1, 203.0.113.7", "10.0.0.9"]), "203.0.113.7");
        // All of them ours: the furthest that one of ours saw.
        assert_eq!(client(&["10.0.0.8, 10.0.0.9"]), "10.0.0.8");
        assert_eq!(client(&[]), "10.0.0.1");
    }

    #[test]
    fn an_entry_that_cannot_be_read_ends_the_search_at_the_proxy_that_wrote_it() {
        for entry in
            ["unknown", "_hidden", "", " ", "203.0.113.7:", "203.0.113", "[2001:db8::7", "fe80::1%eth0", "é", "\"\""]
        {
            assert_eq!(client(&[&format!("203.0.113.7, {entry}")]), "10.0.0.1", "{entry}");
            assert_eq!(client(&[&format!("203.0.113.7, {entry}, 10.0.0.9")]), "10.0.0.9", "{entry}");
            assert_eq!(client(&["203.0.113.7", entry]), "10.0.0.1", "{entry}");
        }
    }

    #[test]
    fn a_place_has_one_mark_that_tells_nothing_of_it() {
        let vault = Vault::new(&[7; 32]);
        let mark = |address: &str| origin(&vault, address.parse().expect("an address"));
        assert_eq!(mark("203.0.113.7"), mark("::ffff:203.0.113.7"));
        assert_ne!(mark("203.0.113.7"), mark("203.0.113.8"));
        assert_eq!(mark("2001:db8:0:1::7"), mark("2001:db8:0:1:ffff::1"), "one home");
        assert_ne!(mark("2001:db8:0:1::7"), mark("2001:db8:0:2::7"));
        assert_ne!(mark("203.0.113.7"), origin(&Vault::new(&[8; 32]), IpAddr::from([203, 0, 113, 7])), "its key");
        assert_eq!(mark("203.0.113.7").len(), 16);
    }

    #[test]
    fn whoever_is_no_proxy_of_ours_is_not_believed() {
        let said = || [b"203.0.113.7".as_slice()].into_iter();
        let peer: IpAddr = "::ffff:192.0.2.1".parse().expect("an address");
        assert_eq!(address(peer, said(), &[]).to_string(), "192.0.2.1");
        let mapped = "::ffff:10.0.0.1".parse().expect("an address");
        assert_eq!(address(mapped, said(), &["10.0.0.1/32".parse().expect("a network")]).to_string(), "203.0.113.7");
    }
}

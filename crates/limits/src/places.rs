//! Who may hold how many connections. Opens and closes none.
//!
//! One address holds a part of the places at most, and the last ones are kept for whoever holds next to none: filling
//! them all takes hundreds of addresses. A declared proxy holds as many as it likes: it speaks for many.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use ipnet::IpNet;

use crate::client;

/// The share of the places that is kept for whoever holds few.
const RESERVE: usize = 8;
/// How many are few: what a browser opens for a page.
const FEW: usize = 8;

/// The connections that are open.
pub struct Places {
    /// How many there may be at once.
    pub capacity: usize,
    by_address: usize,
    proxies: Vec<IpNet>,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_client: HashMap<IpAddr, usize>,
}

impl Places {
    /// So many, so many of them for one address; for these proxies, as many as there are.
    pub fn new(capacity: usize, by_address: usize, proxies: Vec<IpNet>) -> Arc<Self> {
        Arc::new(Self { capacity, by_address, proxies, taken: Mutex::default() })
    }

    /// A place for a connection from there, unless whoever is there holds enough of them.
    pub fn take(self: &Arc<Self>, peer: IpAddr) -> Option<Place> {
        let peer = peer.to_canonical();
        let client = (!client::is_one(&self.proxies, peer)).then(|| network(peer));
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = client {
            let held = taken.by_client.get(&client).copied().unwrap_or(0);
            let scarce = taken.all >= self.capacity - self.capacity / RESERVE;
            if held >= if scarce { FEW.min(self.by_address) } else { self.by_address } {
                return None;
            }
            taken.by_client.insert(client, held + 1);
        }
        taken.all += 1;
        Some(Place { places: Arc::clone(self), client })
    }
}

/// A place that is taken, until it is dropped.
pub struct Place {
    places: Arc<Places>,
    client: Option<IpAddr>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        if let Some(client) = self.client {
            match taken.by_client.get_mut(&client) {
                Some(held) if *held > 1 => *held -= 1,
                _ => drop(taken.by_client.remove(&client)),
            }
        }
    }
}

/// Whoever holds an address of IPv6 holds the 64 bits after its network as well.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(proxies: &[&str]) -> Arc<Places> {
        Places::new(80, 20, proxies.iter().map(|network| network.parse().expect("a network")).collect())
    }

    /// How many of so many connections from there are taken.
    fn held(places: &Arc<Places>, address: &str, tried: usize) -> Vec<Place> {
        (0..tried).filter_map(|_| places.take(address.parse().expect("an address"))).collect()
    }

    #[test]
    fn an_address_holds_its_share_and_has_it_back() {
        let places = places(&[]);
        let mut first = held(&places, "203.0.113.7", 30);
        assert_eq!(first.len(), 20);
        assert_eq!(held(&places, "::ffff:203.0.113.7", 1).len(), 0);
        assert_eq!(held(&places, "203.0.113.8", 1).len(), 1);
        first.truncate(15);
        assert_eq!(held(&places, "203.0.113.7", 30).len(), 5);
        drop(first);
        let taken = places.taken.lock().expect("nobody panicked");
        assert_eq!((taken.all, taken.by_client.len()), (0, 0));
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let places = places(&[]);
        let _held: Vec<Place> = (0..20).flat_map(|n| held(&places, &format!("2001:db8::{n}"), 1)).collect();
        assert_eq!(held(&places, "2001:db8::ffff", 1).len(), 0);
        assert_eq!(held(&places, "2001:db8:0:1::1", 1).len(), 1);
    }

    #[test]
    fn the_last_places_are_for_those_who_hold_few() {
        let places = places(&[]);
        let greedy: Vec<Place> = (1..5).flat_map(|n| held(&places, &format!("203.0.113.{n}"), 20)).collect();
        assert_eq!(greedy.len(), 70);
        assert_eq!(held(&places, "203.0.113.4", 1).len(), 0);
        assert_eq!(held(&places, "198.51.100.1", 20).len(), 8);
    }

    #[test]
    fn a_proxy_holds_as_many_as_there_are() {
        let places = places(&["10.0.0.0/8"]);
        let of_proxy = held(&places, "10.0.0.9", 80);
        assert_eq!(of_proxy.len(), 80);
        drop(of_proxy);
        assert_eq!(held(&places, "10.0.0.9", 80).len(), 80);
    }
}

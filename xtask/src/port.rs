//! The ports of this machine that ours listen on.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

/// Fails with what to do if another program holds the port.
pub(crate) fn must_be_free(port: u16, remedy: &str) -> Result<(), String> {
    match TcpListener::bind(address(port)) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("port {port} cannot be used ({error}): {remedy}")),
    }
}

/// That of this machine alone.
pub(crate) fn address(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

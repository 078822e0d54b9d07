//! The one door to the network: requests, the sending of a file, what a screen reads.
//! Holds no sentence.

pub mod client;
pub mod remote;
pub mod session;
pub mod upload;

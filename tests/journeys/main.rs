//! The journeys: a real browser in front of the real server, one file for each thing a person comes to do.
//!
//! What drives them is in `support/`. They know an address and the table of screens, never a room of the
//! project.

mod accesses;
mod account;
mod attestation;
mod back;
mod changes;
mod detour;
mod dialog;
mod dif;
mod freezing;
mod handicap;
mod handover;
mod home;
mod identity;
mod keyboard;
mod outages;
mod passkeys;
mod personas;
mod profil;
mod recovery;
mod releve;
mod screens;
mod second_step;
mod session;
mod set_aside;
mod sign_up;
mod simulation;
mod sizes;
mod states;
mod stopped;
mod tabs;
mod toggles;

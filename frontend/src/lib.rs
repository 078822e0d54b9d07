//! The page of Acquis: shows and asks. Computes nothing that `domaine` can compute.
//!
//! In reading order: [`app`] (routes and contexts), [`session`] (who is connected), [`form`] (how a form behaves),
//! [`components`] and [`pages`] (what a person sees), [`textes`] (how it is said), [`client`] (the network).

pub mod app;
pub mod client;
pub mod components;
pub mod envoi;
pub mod form;
pub mod gabarit;
pub mod json;
pub mod lecture;
pub mod navigateur;
pub mod pages;
pub mod session;
pub mod textes;

//! The page of Acquis: shows and asks. Computes nothing that `domaine` can compute.
//!
//! In reading order: [`app`] (routes and contexts), [`session`] (who is connected), [`form`] (how a form behaves),
//! [`components`] and [`pages`] (what a person sees), [`wording`] (how it is said), [`net`] (the network),
//! [`browser`] (what is asked of the browser).

// `view!` writes the path of [`template`] from outside as well as from here.
extern crate self as frontend;

pub use markup;

pub mod app;
pub mod browser;
pub mod components;
pub mod failure;
pub mod follow;
pub mod form;
pub mod json;
pub mod net;
pub mod pages;
pub mod parts;
pub mod screens;
pub mod session;
pub mod template;
pub mod wording;

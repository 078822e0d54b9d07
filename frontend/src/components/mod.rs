//! What screens are made of: few functions with plain arguments, each giving one view. They know no page, no
//! app and no network: what they need of those is passed to them.
//!
//! | function | gives |
//! |---|---|
//! | [`form::formulaire`] | the `<form>`: listens for all its fields |
//! | [`field::field`], [`field::password`], [`field::checkbox`] | a field: label, hint, input, error |
//! | [`radios::radios`] | one answer among a few |
//! | [`error_summary::summary`] | the list of what is to be mended; nothing before a refused submission |
//! | [`button::submit_button`] | the submit button, with its progress |
//! | [`awaited::awaited`] | what is being read: bars, itself, or why not |
//! | [`letter::typing`], [`letter::nothing_came`] | codes were sent: where, the form that takes them, and what if nothing comes |
//! | [`second_step::prove`] | the code of an application, or one that was kept, is asked for |
//! | [`alert::failure_alert`], [`alert::unavailable`] | why a sending, a reading failed |
//! | [`releve::row`] | a line of a statement with its reasons |
//! | [`chart::chart`] | the drawing of the years, and its table |
//! | [`set_aside::set_aside`] | why an account is set aside, and the way back |
//! | [`skeleton::skeleton`] | bars where words will be, after 300 ms |
//! | [`guard::guard`] | a screen for connected people only |

pub mod again;
pub mod alert;
pub mod awaited;
pub mod balance;
pub mod button;
pub mod chart;
pub mod contact;
pub mod dialogs;
pub mod dif;
pub mod error_summary;
pub mod field;
pub mod footer;
pub mod form;
pub mod guard;
pub mod header;
pub mod letter;
pub mod provider;
pub mod radios;
pub mod releve;
pub mod second_step;
pub mod set_aside;
pub mod skeleton;

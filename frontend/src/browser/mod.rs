//! The browser, asked politely: outside one (the first paint is written natively) every question has a quiet answer.
//! Knows nothing of forms, sessions or screens.

pub mod address;
pub mod clock;
pub mod crossing;
pub mod dom;
pub mod download;
pub mod focus;
pub mod handover;
pub mod passkeys;
pub mod pointer;
pub mod storage;

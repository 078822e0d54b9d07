//! One thing read from the server for a screen: awaited, there, or out of reach with a way to try again.
//! Does not show it (see `components::awaited`).

use std::future::Future;

use api::probleme::Code;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::failure::ApiFailure;
use crate::follow::follow;
use crate::session::{Phase, session};

/// Something to read. Copyable, like the signal that it is.
pub struct Remote<T: 'static> {
    state: RwSignal<Option<Result<T, ApiFailure>>, LocalStorage>,
    call: StoredValue<Box<dyn Fn()>, LocalStorage>,
}

impl<T> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Remote<T> {}

impl<T: 'static> Remote<T> {
    /// Begins to read, in a browser; natively it stays awaited.
    pub fn new<F: Future<Output = Result<T, ApiFailure>> + 'static>(call: impl Fn() -> F + 'static) -> Self {
        let state = RwSignal::new_local(None);
        let call: Box<dyn Fn()> = Box::new(move || {
            let issue = call();
            spawn_local(async move {
                let issue = issue.await;
                // The screen may have gone in the meantime.
                let _part = state.try_set(Some(issue));
            });
        });
        let remote = Self { state, call: StoredValue::new_local(call) };
        let phase = session().phase();
        // What the end of a session prevented from being read is read once the person is back.
        follow(move || {
            if phase.get() == Phase::Opened && remote.state.with_untracked(|state| state.is_none() || is_closed(state))
            {
                remote.reread();
            }
        });
        remote
    }

    /// Reads again; what is there stays on the screen until the answer comes.
    pub fn reread(self) {
        let _part = self.call.try_with_value(|call| call());
    }

    /// What was read by another way takes the place of what is there.
    pub fn set(self, value: T) {
        let _part = self.state.try_set(Some(Ok(value)));
    }

    /// Changes what is there, in silence.
    pub fn change(self, change: impl FnOnce(&mut T)) {
        let _part = self.state.try_update_untracked(|state| state.as_mut()?.as_mut().ok().map(change));
    }

    /// What is there, if it has come; not tracked.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.state.try_with_untracked(|state| state.as_ref()?.as_ref().ok().map(read)).flatten()
    }

    /// What has come of it so far.
    pub fn answer(self) -> RwSignal<Option<Result<T, ApiFailure>>, LocalStorage> {
        self.state
    }

    /// Reads again what could not be read: nothing is there until the answer comes.
    pub fn retry(self) {
        self.state.set(None);
        self.reread();
    }
}

/// Whether nothing could be read because the session was over.
fn is_closed<T>(state: &Option<Result<T, ApiFailure>>) -> bool {
    matches!(state, Some(Err(failure)) if failure.code() == Some(Code::SessionRequired))
}

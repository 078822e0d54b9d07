//! One thing read from the server for a screen: awaited, there, or out of reach with a way to try again.
//! Does not show it (see `components::awaited`).

use std::future::Future;

use api::probleme::Code;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::failure::Echec;
use crate::session::{Phase, session};

/// Something to read. Copyable, like the signal that it is.
pub struct Lecture<T: 'static> {
    etat: RwSignal<Option<Result<T, Echec>>, LocalStorage>,
    appel: StoredValue<Box<dyn Fn()>, LocalStorage>,
}

impl<T> Clone for Lecture<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Lecture<T> {}

impl<T: 'static> Lecture<T> {
    /// Begins to read, in a browser; natively it stays awaited.
    pub fn nouvelle<F: Future<Output = Result<T, Echec>> + 'static>(appel: impl Fn() -> F + 'static) -> Self {
        let etat = RwSignal::new_local(None);
        let appel: Box<dyn Fn()> = Box::new(move || {
            let issue = appel();
            spawn_local(async move {
                let issue = issue.await;
                // The screen may have gone in the meantime.
                let _partie = etat.try_set(Some(issue));
            });
        });
        let lecture = Self { etat, appel: StoredValue::new_local(appel) };
        let phase = session().phase();
        // What the end of a session prevented from being read is read once the person is back.
        Effect::new(move || {
            if phase.get() == Phase::Ouverte && lecture.etat.with_untracked(|etat| etat.is_none() || est_fermee(etat)) {
                lecture.relire();
            }
        });
        lecture
    }

    /// Reads again; what is there stays on the screen until the answer comes.
    pub fn relire(self) {
        let _partie = self.appel.try_with_value(|appel| appel());
    }

    /// What was read by another way takes the place of what is there.
    pub fn poser(self, valeur: T) {
        let _partie = self.etat.try_set(Some(Ok(valeur)));
    }

    /// Changes what is there, in silence.
    pub fn changer(self, changer: impl FnOnce(&mut T)) {
        let _partie = self.etat.try_update_untracked(|etat| etat.as_mut()?.as_mut().ok().map(changer));
    }

    /// What is there, if it has come; not tracked.
    pub fn avec<R>(self, lire: impl FnOnce(&T) -> R) -> Option<R> {
        self.etat.try_with_untracked(|etat| etat.as_ref()?.as_ref().ok().map(lire)).flatten()
    }

    /// What has come of it so far.
    pub fn answer(self) -> RwSignal<Option<Result<T, Echec>>, LocalStorage> {
        self.etat
    }

    /// Reads again what could not be read: nothing is there until the answer comes.
    pub fn retry(self) {
        self.etat.set(None);
        self.relire();
    }
}

/// Whether nothing could be read because the session was over.
fn est_fermee<T>(etat: &Option<Result<T, Echec>>) -> bool {
    matches!(etat, Some(Err(echec)) if echec.code() == Some(Code::SessionRequise))
}

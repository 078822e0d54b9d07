//! The sessions read a moment ago, so that who goes on asking does not wait for the database. What reads them stands in `sessions`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::sessions::Session;
use crate::{Engine, Store, StoreResult};

/// How long a session read from SQLite is taken as read: a bound on what another process could
/// change meanwhile. Our own writes are seen at once.
const MEMORY: Duration = Duration::from_secs(1);
/// From when on it is read again aside, while it still serves: whoever goes on asking never waits for the database.
const READ_AGAIN: Duration = Duration::from_millis(500);
/// Past this many it begins again from nothing: a bound on memory, not a tuning.
const KEPT: usize = 10_000;

/// The sessions read a moment ago. Only for SQLite, whose file one server alone writes; each
/// writing transaction empties it, but those that write of one account alone, and a reading that was under way meanwhile is not kept.
#[derive(Default)]
pub(crate) struct SeenSessions(Mutex<Views>);

#[derive(Default)]
struct Views {
    generation: u64,
    sessions: HashMap<String, View>,
}

struct View {
    read: Instant,
    session: Arc<Session>,
    /// Whether somebody reads it again.
    reread: bool,
}

/// What is remembered of a session.
enum Remembered {
    /// It was just read.
    Fresh(Arc<Session>),
    /// It was, and is to be read again aside, and kept under this generation.
    Aging(Arc<Session>, u64),
    /// Nothing; what is read may be kept under this generation.
    Nothing(u64),
}

impl SeenSessions {
    fn views(&self) -> MutexGuard<'_, Views> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look_up(&self, digest: &str) -> Remembered {
        let mut views = self.views();
        let generation = views.generation;
        match views.sessions.get_mut(digest) {
            Some(view) if view.read.elapsed() < READ_AGAIN || (view.reread && view.read.elapsed() < MEMORY) => {
                Remembered::Fresh(Arc::clone(&view.session))
            }
            Some(view) if view.read.elapsed() < MEMORY => {
                view.reread = true;
                Remembered::Aging(Arc::clone(&view.session), generation)
            }
            _ => Remembered::Nothing(generation),
        }
    }

    fn keep(&self, generation: u64, read: Instant, session: &Arc<Session>) {
        let mut views = self.views();
        if views.generation == generation {
            if views.sessions.len() >= KEPT {
                views.sessions.clear();
            }
            let view = View { read, session: Arc::clone(session), reread: false };
            views.sessions.insert(session.digest.clone(), view);
        }
    }

    /// Forgets everything: something was written.
    pub(crate) fn forget(&self) {
        self.forget_those(|_| true);
    }

    /// Forgets those of which something was written; a reading that was under way meanwhile is not kept, whosever it is.
    pub(super) fn forget_those(&self, written: impl Fn(&Session) -> bool) {
        let mut views = self.views();
        views.generation += 1;
        views.sessions.retain(|_, view| !written(&view.session));
    }
}

impl Store {
    /// The session of this secret, whether or not it has ended.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn session(&self, digest: &str) -> StoreResult<Option<Arc<Session>>> {
        if self.engine == Engine::Postgres {
            return self.read_session(digest).await;
        }
        match self.views.look_up(digest) {
            Remembered::Fresh(session) => Ok(Some(session)),
            Remembered::Aging(session, generation) => {
                let (store, digest) = (self.clone(), digest.to_owned());
                // What fails is asked again by whoever comes next.
                tokio::spawn(async move { drop(store.read_and_keep(&digest, generation).await) });
                Ok(Some(session))
            }
            Remembered::Nothing(generation) => self.read_and_keep(digest, generation).await,
        }
    }

    async fn read_and_keep(&self, digest: &str, generation: u64) -> StoreResult<Option<Arc<Session>>> {
        let asked = Instant::now();
        let session = self.read_session(digest).await?;
        if let Some(session) = &session {
            self.views.keep(generation, asked, session);
        }
        Ok(session)
    }

    /// Forgets every session that was read a moment ago: another program wrote.
    pub fn forget_sessions(&self) {
        self.views.forget();
    }
}

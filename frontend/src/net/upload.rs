//! Sends a file and tells how far it is: `fetch` cannot, so this is an `XMLHttpRequest`.
//! Knows neither forms nor sentences.

use std::cell::Cell;
use std::rc::Rc;

use api::dif::DifEnregistre;
use api::routes;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, ProgressEvent, XmlHttpRequest};

use super::client;
use crate::failure::Echec;
use crate::session;

/// How a sending ends.
pub enum Issue {
    /// The server answered, or the line broke. After a break nothing is known to be recorded: the same key may be
    /// sent again.
    Reponse(Result<Box<DifEnregistre>, Echec>),
    /// The person stopped it.
    Arrete,
}

/// A sending under way, which can be stopped.
#[derive(Clone)]
pub struct Envoi {
    requete: XmlHttpRequest,
    arrete: Rc<Cell<bool>>,
}

impl Envoi {
    /// A sending that has not begun; nothing where the browser cannot.
    pub fn new() -> Option<Self> {
        Some(Self { requete: XmlHttpRequest::new().ok()?, arrete: Rc::default() })
    }

    /// Stops it at once.
    pub fn arreter(&self) {
        self.arrete.set(true);
        // Fails only when nothing was sent yet: then there is nothing to stop.
        let _rien_a_arreter = self.requete.abort();
    }

    /// Sends the declaration of DIF; `avance` hears how many hundredths have gone.
    pub async fn envoyer(&self, cle: &str, corps: &FormData, avance: impl Fn(u8) + 'static) -> Issue {
        let requete = &self.requete;
        let avance = Closure::<dyn FnMut(ProgressEvent)>::new(move |etape: ProgressEvent| {
            if etape.length_computable() {
                avance(centieme(etape.loaded() as u64, etape.total() as u64));
            }
        });
        let partie = requete.open("POST", routes::DIF).and_then(|()| {
            requete.set_request_header(routes::CLE_IDEMPOTENCE, cle)?;
            if let Some(compte) = session::compte() {
                requete.set_request_header(routes::COMPTE, &compte)?;
            }
            requete.upload()?.set_onprogress(Some(avance.as_ref().unchecked_ref()));
            Ok(())
        });
        // `loadend` comes in every case: answered, broken or stopped.
        let fin = Promise::new(&mut |fini, _| requete.set_onloadend(Some(&fini)));
        if partie.and_then(|()| requete.send_with_opt_form_data(Some(corps))).is_err()
            || JsFuture::from(fin).await.is_err()
        {
            return Issue::Reponse(Err(Echec::HorsLigne));
        }
        requete.set_onloadend(None);
        if self.arrete.get() {
            return Issue::Arrete;
        }
        let texte = requete.response_text().ok().flatten().unwrap_or_default();
        Issue::Reponse(client::juger_reponse(requete.status().unwrap_or(0), texte).and_then(client::lire).map(Box::new))
    }
}

fn centieme(parti: u64, total: u64) -> u8 {
    u8::try_from(parti.saturating_mul(100).checked_div(total).unwrap_or(0).min(100)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_goes_from_0_to_100() {
        assert_eq!(
            [centieme(0, 0), centieme(0, 9), centieme(64, 100), centieme(9, 9), centieme(10, 9)],
            [0, 0, 64, 100, 100]
        );
    }
}

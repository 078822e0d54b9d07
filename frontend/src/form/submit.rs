//! How a form goes out: once, under a key of its own, and what becomes of a refusal.
//! Sends nothing itself: it is told how.

use std::future::Future;

use api::probleme::{Code, ErreurVue};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::AnyForm;
use crate::browser::{clock, dom, focus};
use crate::failure::Echec;

impl AnyForm {
    /// Sends the form once, if everything in it is right; else shows what is not, and gives the focus to the summary.
    /// `partir` receives the key of this submission, the same for the same texts.
    pub fn envoyer<T, R>(self, partir: impl FnOnce(String) -> R, suite: impl FnOnce(T) + 'static)
    where
        R: Future<Output = Result<T, Echec>> + 'static,
        T: 'static,
    {
        if let Some(cle) = self.depart() {
            let reponse = partir(cle);
            spawn_local(async move {
                let reponse = reponse.await;
                self.0.en_cours.set(false);
                match reponse {
                    Ok(valeur) => suite(valeur),
                    Err(echec) => self.echouer(echec),
                }
            });
        }
    }

    /// Whether the form may go out: the key of its submission. From here to [`AnyForm::arrivee`] no other leaves.
    pub fn depart(self) -> Option<String> {
        if self.0.en_cours.get_untracked() {
            return None;
        }
        self.relire();
        self.0.suivi.update_value(|suivi| {
            suivi.jugees.fill(true);
            suivi.du_serveur.fill(None);
        });
        self.0.echec.set(None);
        self.0.bilan_ouvert.set(true);
        self.juger();
        if !self.0.bilan.read_untracked().is_empty() {
            self.montrer_bilan();
            return None;
        }
        self.0.bilan_ouvert.set(false);
        self.0.en_cours.set(true);
        let mut textes = self.textes();
        textes.push(self.0.suivi.with_value(|suivi| suivi.subject.clone()));
        let connue = self.0.suivi.with_value(|suivi| match &suivi.envoi {
            Some((envoyes, cle)) if *envoyes == textes => Some(cle.clone()),
            _ => None,
        });
        let cle = connue.unwrap_or_else(dom::au_hasard);
        self.0.suivi.update_value(|suivi| suivi.envoi = Some((textes, cle.clone())));
        Some(cle)
    }

    /// The submission that [`AnyForm::depart`] let out is over.
    pub fn arrivee(self) {
        self.0.en_cours.set(false);
    }

    /// Says why a sending failed: at the fields, or in [`AnyForm::echec`].
    pub fn echouer(self, echec: Echec) {
        if let Echec::Refus(probleme) = &echec {
            if probleme.code == Code::Saisie && self.refuser(&probleme.erreurs) {
                return;
            }
            // The server knows this key with another text: the next attempt takes another key.
            if probleme.code == Code::CleIdempotenceReprise {
                self.0.suivi.update_value(|suivi| suivi.envoi = None);
            }
        }
        self.0.echec.set(Some(echec));
    }

    /// Shows the server's faults at their fields; whether there is such a field.
    fn refuser(self, erreurs: &[ErreurVue]) -> bool {
        let connues: Vec<_> = erreurs.iter().filter_map(|e| Some((self.rang_du_serveur(&e.champ)?, e.faute))).collect();
        self.0.suivi.update_value(|suivi| {
            for (rang, faute) in &connues {
                suivi.du_serveur[*rang] = Some(*faute);
            }
        });
        self.0.bilan_ouvert.set(!connues.is_empty());
        self.juger();
        if !connues.is_empty() {
            self.montrer_bilan();
        }
        !connues.is_empty()
    }

    /// The server knows no prefix.
    fn rang_du_serveur(self, id: &str) -> Option<usize> {
        self.0.cases.iter().position(|case| case.id.strip_prefix(self.0.prefix) == Some(id))
    }

    fn montrer_bilan(self) {
        let id = [self.0.name, "-bilan"].concat();
        clock::bientot(move || {
            focus::donner_focus(&id);
            dom::amener_en_haut(&id);
        });
    }
}

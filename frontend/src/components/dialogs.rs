//! What concerns the whole page: no network, a session about to end, a session that has ended.

use leptos::prelude::*;
use markup::view;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, HtmlInputElement};

use crate::browser::{clock, dom, focus};
use crate::session::{Phase, Session, session};

/// A bar under the header while there is no network.
pub fn hors_connexion() -> AnyView {
    let absent = RwSignal::new(!dom::est_en_ligne());
    dom::ecouter("online", move |_| absent.set(false));
    dom::ecouter("offline", move |_| absent.set(true));
    let bandeau = move || {
        absent.get().then(|| {
            view! {
                <div class="banner">
                    <div class="banner__in page">
                        <p>
                            <strong>"Vous êtes hors connexion."</strong>
                            " Ce que vous avez saisi reste ici."
                        </p>
                    </div>
                </div>
            }
        })
    };
    view! { <div role="status">{bandeau}</div> }
}

/// The button that keeps the session.
const RESTER: &str = "rester-connecte";

/// The session is about to end, or has ended; `keep` makes it start again, `reconnexion` is the form that opens it again in place.
pub fn fin_de_session(keep: fn(Session), reconnexion: fn() -> AnyView) -> AnyView {
    let session = session();
    let finie = Memo::new(move |_| session.phase().get() == Phase::Terminee);
    let avant = StoredValue::new_local(None::<HtmlElement>);
    let reste = StoredValue::new(false);
    // Nothing behind the dialog can be reached; what had the focus has it again afterwards.
    Effect::new(move |etait: Option<bool>| {
        let finie = finie.get();
        if finie != etait.unwrap_or(false) {
            focus::isoler_dialogue(finie);
            if finie {
                // The button of the notice goes with it: what was before it is still known then.
                if let Some(actif) = focus::element_actif().filter(|actif| actif.id() != RESTER) {
                    avant.set_value(Some(actif));
                }
                clock::bientot(|| focus::donner_focus("session-titre"));
            } else if let Some(element) = avant.try_update_value(Option::take).flatten() {
                clock::bientot(move || {
                    // It may have gone with its screen.
                    let _gone = element.focus();
                });
            }
        }
        finie
    });
    // The notice takes no focus, and hides nothing that has it; its button gives back the focus that it took.
    Effect::new(move |etait: Option<bool>| {
        let bientot_finie = session.bientot_finie().get();
        if bientot_finie {
            reste.set_value(false);
            avant.set_value(focus::element_actif());
            clock::bientot(focus::garder_en_vue);
        } else if etait == Some(true) && session.phase().get_untracked() == Phase::Ouverte {
            let element = avant.try_update_value(Option::take).flatten();
            clock::bientot(move || {
                if reste.try_update_value(std::mem::take).unwrap_or_default() {
                    focus::rendre_focus(element);
                }
            });
        }
        bientot_finie
    });
    // A field that was left for the button is where the person goes on; a link met on the way there is not.
    let arriver = move |evenement: FocusEvent| {
        let quitte = evenement.related_target();
        let champ = quitte.as_ref().is_some_and(|quitte| quitte.has_type::<HtmlInputElement>());
        if let Some(Ok(quitte)) = quitte.map(JsCast::dyn_into::<HtmlElement>)
            && (champ || avant.with_value(Option::is_none))
        {
            avant.set_value(Some(quitte));
        }
    };
    let dialogue = move || {
        if finie.get() {
            Some(reconnexion())
        } else if session.bientot_finie().get() {
            let rester = move |_| {
                reste.set_value(true);
                keep(session);
            };
            Some(view! {
                <div class="banner banner--session" role="alert">
                    <div class="banner__in page">
                        <p>
                            <strong>
                                "Vous serez déconnecté dans "
                                {match session.preavis().div_ceil(60) {
                                    1 => "1\u{a0}minute".into(),
                                    minutes => [&minutes.to_string(), "\u{a0}minutes"].concat(),
                                }}
                                "."
                            </strong>
                            " Ce que vous avez saisi sera gardé."
                        </p>
                        <button class="button button--small" type="button" id=RESTER on:focusin=arriver on:click=rester>
                            "Rester connecté"
                        </button>
                    </div>
                </div>
            })
        } else {
            None
        }
    };
    view! { {dialogue} }
}

//! What concerns the whole page: no network, a session about to end, a session that has ended.

use leptos::prelude::*;
use markup::view;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, HtmlInputElement};

use crate::browser::{clock, dom, focus};
use crate::follow::follow;
use crate::session::{Phase, Session, session};
use crate::wording::formats;

/// A bar at the top of the window while there is no network.
pub fn signed_out() -> AnyView {
    let absent = RwSignal::new(!dom::is_online());
    dom::listen("online", move |_| absent.set(false));
    dom::listen("offline", move |_| absent.set(true));
    let banner = move || {
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
    view! { <div class="stuck" role="status">{banner}</div> }
}

/// Says each second how many are left, for as long as there is somebody to say it to.
fn count_down(left: RwSignal<u64>, end: u64) {
    clock::after(1_000, move || {
        if left.try_set(end.saturating_sub(clock::seconds())).is_none() {
            count_down(left, end);
        }
    });
}

/// The button that keeps the session.
const STAY: &str = "rester-connecte";

/// The session is about to end, or has ended; `keep` makes it start again, `sign_in_again` is the form that opens it again in place.
pub fn session_end(keep: fn(Session), sign_in_again: fn() -> AnyView) -> AnyView {
    let session = session();
    let finished = Memo::new(move |_| session.phase().get() == Phase::Finished);
    let before = StoredValue::new_local(None::<HtmlElement>);
    let rest = StoredValue::new(false);
    // Nothing behind the dialog can be reached; what had the focus has it again afterwards.
    let mut isolated = false;
    follow(move || {
        let finished = finished.get();
        if finished != std::mem::replace(&mut isolated, finished) {
            focus::isolate_dialog(finished);
            if finished {
                // The button of the notice goes with it: what was before it is still known then.
                if let Some(active) = focus::active_element_of().filter(|active| active.id() != STAY) {
                    before.set_value(Some(active));
                }
                clock::soon(|| focus::give_focus("session-titre"));
            } else if let Some(element) = before.try_update_value(Option::take).flatten() {
                clock::soon(move || {
                    // It may have gone with its screen.
                    let _gone = element.focus();
                });
            }
        }
    });
    // The notice takes no focus, and hides nothing that has it; its button gives back the focus that it took.
    let mut told = false;
    follow(move || {
        let was = told;
        let ending_soon = session.ending_soon().get();
        if ending_soon {
            rest.set_value(false);
            before.set_value(focus::active_element_of());
            clock::soon(focus::keep_in_view);
        } else if was && session.phase().get_untracked() == Phase::Opened {
            let element = before.try_update_value(Option::take).flatten();
            clock::soon(move || {
                if rest.try_update_value(std::mem::take).unwrap_or_default() {
                    focus::give_focus_back(element);
                }
            });
        }
        told = ending_soon;
    });
    // A field that was left for the button is where the person goes on; a link met on the way there is not.
    let arrive = move |event: FocusEvent| {
        let leaving = event.related_target();
        let champ = leaving.as_ref().is_some_and(|leaving| leaving.has_type::<HtmlInputElement>());
        if let Some(Ok(leaving)) = leaving.map(JsCast::dyn_into::<HtmlElement>)
            && (champ || before.with_value(Option::is_none))
        {
            before.set_value(Some(leaving));
        }
    };
    let dialogue = move || {
        if finished.get() {
            Some(sign_in_again())
        } else if session.ending_soon().get() {
            let stay = move |_| {
                rest.set_value(true);
                keep(session);
            };
            // Said once as it is now; who looks at it sees it go down.
            let left = RwSignal::new(session.notice());
            count_down(left, clock::seconds() + session.notice());
            Some(view! {
                <div class="banner banner--session" role="alert">
                    <div class="banner__in page">
                        <p>
                            <strong>
                                "Vous serez déconnecté dans "
                                <span role="timer" aria-live="off">{move || formats::wait(&left.get().to_string())}</span>
                                "."
                            </strong>
                            " Ce que vous avez saisi sera gardé."
                        </p>
                        <button class="button button--small" type="button" id=STAY on:focusin=arrive on:click=stay>
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

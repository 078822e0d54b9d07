//! What concerns the whole page: no network, a session about to end, a session that has ended.

use crate::gabarit::ecoute;
use crate::html;
use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::navigateur;
use crate::session::{Phase, session};

/// A bar under the header while there is no network.
pub fn hors_connexion() -> AnyView {
    let absent = RwSignal::new(!navigateur::est_en_ligne());
    navigateur::ecouter("online", move |_| absent.set(false));
    navigateur::ecouter("offline", move |_| absent.set(true));
    let bandeau = move || {
        absent.get().then(|| {
            html!(
                r#"
                <div class="banner">
                    <div class="banner__in page">
                        <p><strong>Vous êtes hors connexion.</strong> Ce que vous avez saisi reste ici.</p>
                    </div>
                </div>
            "#
            )
        })
    };
    html!(r#"<div role="status">{}</div>"#, bandeau)
}

/// The session is about to end, or has ended; `reconnexion` is the form that opens it again in place.
pub fn fin_de_session(reconnexion: fn() -> AnyView) -> AnyView {
    let session = session();
    let finie = Memo::new(move |_| session.phase().get() == Phase::Terminee);
    let avant = StoredValue::new_local(None::<HtmlElement>);
    // Nothing behind the dialog can be reached; what had the focus has it again afterwards.
    Effect::new(move |etait: Option<bool>| {
        let finie = finie.get();
        if finie != etait.unwrap_or(false) {
            navigateur::isoler_dialogue(finie);
            if finie {
                avant.set_value(navigateur::element_actif());
                navigateur::bientot(|| navigateur::donner_focus("session-titre"));
            } else if let Some(element) = avant.try_update_value(Option::take).flatten() {
                navigateur::bientot(move || {
                    // It may have gone with its screen.
                    let _gone = element.focus();
                });
            }
        }
        finie
    });
    let dialogue = move || {
        if finie.get() {
            Some(reconnexion())
        } else if session.bientot_finie().get() {
            let rester = move |_| session.demander();
            Some(html!(
                r#"
                    <div class="banner banner--session" role="alertdialog" aria-labelledby="session-titre" aria-describedby="session-texte">
                        <div class="banner__in page">
                            <p>
                                <strong id="session-titre">Vous serez déconnecté dans {}.</strong> <span id="session-texte">Ce que vous avez saisi sera gardé.</span>
                            </p>
                            <button class="button button--small" type="button" on:click={}>Rester connecté</button>
                        </div>
                    </div>
                "#,
                match session.preavis().div_ceil(60) {
                    1 => "1\u{a0}minute".into(),
                    minutes => [&minutes.to_string(), "\u{a0}minutes"].concat(),
                },
                ecoute(rester)
            ))
        } else {
            None
        }
    };
    html!("{}", dialogue)
}

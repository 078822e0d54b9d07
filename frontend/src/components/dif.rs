//! The yellow box, the one highlight of the page.

use crate::html;
use leptos::prelude::*;

/// « Vous étiez salarié du privé avant le 31 décembre 2014 ? »
pub fn case_dif() -> AnyView {
    html!(
        r#"
        <section class="sun" aria-labelledby="dif-titre">
            <h2 id="dif-titre">Vous étiez salarié du privé avant le 31 décembre 2014&#8239;?</h2>
            <p>Vos heures de DIF valent 15&nbsp;€ chacune et s’ajoutent à votre solde.</p>
            <p><a class="button" id="lien-dif" href="/dif">Saisir mon DIF</a></p>
        </section>
    "#
    )
}

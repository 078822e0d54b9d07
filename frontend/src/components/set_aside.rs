//! What is said of an account that is set aside, wherever its holder comes first; never for whom.

use leptos::prelude::*;
use markup::view;

/// Why nothing of employers is here, what is left, and the way back.
pub fn set_aside() -> AnyView {
    view! {
        <section class="alert" aria-labelledby="mis-a-part">
            <h2 class="alert__title" id="mis-a-part">"Votre compte est mis à part"</h2>
            <p>
                "Un employeur a déclaré votre numéro de sécurité sociale pour une autre personne. Tant que ce n’est pas vérifié, ce que les employeurs déclarent n’est pas versé ici, et vous ne pouvez rien ajouter."
            </p>
            <p>
                "Ce que vous avez écrit reste à vous, et n’est montré à personne d’autre\u{a0}: vous pouvez l’"
                <a href="/profil#emporter">"emporter"</a>
                ", ou "
                <a href="/profil#fermer">"fermer le compte"</a>
                "."
            </p>
            <p>
                "Ce numéro est bien le vôtre, ou vous vous êtes trompé de numéro\u{202f}? Montrez une pièce d’identité et une attestation de droits à la personne qui tient ce service. "
                <a href="/aide">"La joindre"</a>
            </p>
        </section>
    }
}

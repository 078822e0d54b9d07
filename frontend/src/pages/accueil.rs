//! « Accueil »: what the account is, what it serves, and two ways in.

use leptos::prelude::*;
use markup::view;

use crate::components::alert::left_word;
use crate::session::ACCOUNT_CLOSED;

/// The screen.
pub fn accueil() -> AnyView {
    view! {
        {left_word(
            ACCOUNT_CLOSED,
            "Votre compte est fermé",
            "Tous vos appareils sont déconnectés. Un courriel dit ce qui est effacé, et quand."
        )}
        <div class="accueil">
            <div class="stack">
                <h1 class="accueil__title" tabindex="-1">"Vos droits à la formation, ligne par ligne"</h1>
                <p class="lede">
                    "Le compte personnel de formation (CPF) réunit les droits que vous avez acquis tout au long de votre vie active, jusqu’à votre départ à la retraite, et les formations dont vous pouvez bénéficier. Ici, chaque montant dit d’où il vient."
                </p>
                <p class="actions">
                    <a class="button" href="/inscription">"Créer mon compte"</a>
                    <a class="button button--quiet" href="/connexion">"Me connecter"</a>
                </p>
                <p><a href="/simuler">"Simuler mes droits sans compte"</a></p>
            </div>
            <div>
                <p class="soft small">"Un exemple, avec des chiffres inventés"</p>
                <p class="accueil__figure">"1\u{202f}810,00\u{a0}€"</p>
                <figure class="drawing">
                    <svg
                        class="drawing__plot"
                        role="img"
                        aria-label="Exemple\u{a0}: 810 euros convertis en 2019, puis 500 euros crédités en 2020 et en 2021."
                    >
                        <rect class="drawing__credit" x="0%" width="33.33%" y="55.25%" height="44.75%"/>
                        <rect class="drawing__carried" x="33.33%" width="33.33%" y="55.25%" height="44.75%"/>
                        <rect class="drawing__credit" x="33.33%" width="33.33%" y="27.62%" height="27.62%"/>
                        <rect class="drawing__carried" x="66.67%" width="33.33%" y="27.62%" height="72.38%"/>
                        <rect class="drawing__credit" x="66.67%" width="33.33%" y="0%" height="27.62%"/>
                    </svg>
                    <ol class="drawing__years" aria-hidden="true">
                        <li>"2019"</li>
                        <li>"2020"</li>
                        <li>"2021"</li>
                    </ol>
                </figure>
            </div>
        </div>
        <section class="accueil__part" aria-labelledby="buts">
            <h2 id="buts">"Les formations dont vous pouvez bénéficier"</h2>
            <div class="stack">
                <p>"Elles visent notamment à\u{a0}:"</p>
                <ul class="aims">
                <li>"Obtenir une qualification\u{a0}: diplôme, titre professionnel"</li>
                <li>"Acquérir le socle de connaissances et de compétences"</li>
                <li>"Être accompagné pour valider les acquis de son expérience (VAE)"</li>
                <li>"Faire un bilan de compétences"</li>
                <li>"Passer un permis de conduire, sous conditions"</li>
                <li>"Se former pour ses missions de bénévole ou de volontaire en service civique"</li>
            </ul>
                <p>
                    "La liste des formations admises est sur le site officiel. "
                    <a href="/aide#formations">"Où la trouver"</a>
                </p>
            </div>
        </section>
        <section class="accueil__part" aria-labelledby="main">
            <h2 id="main">"Pour ouvrir votre compte, ayez sous la main"</h2>
            <ul class="aims">
                <li>"Votre carte Vitale, pour le numéro de sécurité sociale et sa clé"</li>
                <li>"Un numéro de téléphone, fixe ou mobile"</li>
                <li>"Une adresse de courriel que vous lisez"</li>
                <li>
                    "Si vous étiez salarié du privé avant 2015\u{a0}: une attestation de vos heures de DIF"
                </li>
            </ul>
        </section>
    }
}

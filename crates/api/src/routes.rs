//! Every path, written once: a constant each, and [`ALL`] of them. Not the screens, which are in [`crate::screens`].

/// Writes each path as a constant and lists it in [`ALL`]: none can be left out.
macro_rules! paths {
    ($($(#[$doc:meta])* $name:ident = $path:literal;)*) => {
        $($(#[$doc])* pub const $name: &str = $path;)*

        /// Every path of the interface.
        pub const ALL: &[&str] = &[$($name),*];
    };
}

paths! {
    /// `POST`: asks for an account (body: `SaisieInscription`, header [`IDEMPOTENCY_KEY`]): a letter tells the rest; `GET`:
    /// what this browser waits for.
    INSCRIPTION = "/api/inscription";
    /// `POST`: asks for another code, to this e-mail (body: `SaisieRecuperation`).
    INSCRIPTION_CODE = "/api/inscription/code";
    /// `POST`: proves the e-mail, opens the account and connects (body: `SaisieCode`).
    INSCRIPTION_CONFIRMATION = "/api/inscription/confirmation";
    /// `POST`: asks for the way back into an account (body: `SaisieRecuperation`, header [`IDEMPOTENCY_KEY`]): a letter tells
    /// the rest; `GET`: what this browser waits for.
    RECUPERATION = "/api/recuperation";
    /// `POST`: chooses another password, by the code of a letter, its link or a printed code, and connects (body:
    /// `SaisieNouvelAcces`); every other connection ends.
    RECUPERATION_MOT_DE_PASSE = "/api/recuperation/mot-de-passe";
    /// `POST`: « Ce n'était pas moi »: freezes the account that a letter speaks of, by its link (body: `SaisieArret`).
    ARRET = "/api/ce-n-etait-pas-moi";
    /// `GET`: how the account is frozen whose password this browser gave; `POST`: a code is sent to its e-mail.
    DEGEL = "/api/degel";
    /// `POST`: opens it again by that code, or a printed one, with another password, and connects (body: `SaisieNouvelAcces`).
    DEGEL_CONFIRMATION = "/api/degel/confirmation";
    /// `POST`: connects (body: `SaisieConnexion`).
    CONNEXION = "/api/connexion";
    /// `POST`: what a browser asks its passkeys, the same for everybody.
    CONNEXION_CLE_DEFI = "/api/connexion/cle/defi";
    /// `POST`: connects by the answer of a passkey (body: `PasskeyAnswer`).
    CONNEXION_CLE = "/api/connexion/cle";
    /// `GET`: the second step that this browser must show, having given the right password; `POST`: shows it and connects (body:
    /// `SaisieSecondeEtape`).
    CONNEXION_SECONDE_ETAPE = "/api/connexion/seconde-etape";
    /// `POST`: the address of the identity provider, where this browser goes.
    IDENTITE_DEPART = "/api/identite/depart";
    /// `GET`: where the provider sends it back; leads to the account, or to the screen that says what the identity is for.
    IDENTITE_RETOUR = "/api/identite/retour";
    /// `GET`: the identity that this browser came back with.
    IDENTITE = "/api/identite";
    /// `POST`: asks for an account for whom it names (body: `SaisieInscription`, header [`IDEMPOTENCY_KEY`]).
    IDENTITE_INSCRIPTION = "/api/identite/inscription";
    /// `GET`: whether an identity opens the account; `POST`: that of this browser does from now on; `DELETE`: it does no more.
    IDENTITE_LIEN = "/api/identite/lien";
    /// `GET`: the image of the provider's official button, where whoever runs the server gave one.
    IDENTITE_BOUTON = "/api/identite/bouton";
    /// `GET`: where the provider sends a browser back that signed out there.
    IDENTITE_FIN = "/api/identite/fin";
    /// `POST`: disconnects; says where to go to disconnect from the identity provider too.
    DECONNEXION = "/api/deconnexion";
    /// `GET`: who is connected; answers 200 for nobody too.
    SESSION = "/api/session";
    /// `GET`: the balance and what is known.
    DROITS = "/api/droits";
    /// `GET`: the statement, line by line; today's, or that of the day in [`AS_OF`].
    HISTORIQUE = "/api/historique";
    /// `POST`: disputes a line of the statement (body: `SaisieContestation`, header [`IDEMPOTENCY_KEY`]); the statement
    /// lists the requests.
    CONTESTATIONS = "/api/contestations";
    /// `GET`: the declarations of being below level 3; `POST`: makes one; `DELETE`: ends it (body of both:
    /// `SaisieSousNiveau3`).
    SOUS_NIVEAU_3 = "/api/sous-niveau-3";
    /// `GET`: the DIF declared; `POST`: declares an attestation (multipart: `heures`, `rapport`, `attestation`;
    /// header [`IDEMPOTENCY_KEY`]).
    DIF = "/api/dif";
    /// `GET`: the disabilities declared; `POST`: declares one (multipart: `attestation`; header [`IDEMPOTENCY_KEY`]).
    HANDICAP = "/api/handicap";
    /// `GET`: what is known of the holder; `DELETE`: closes the account, at once or later (body: `SaisiePreuves`).
    PROFIL = "/api/profil";
    /// `PUT`: asks for other telephones or another e-mail (body: `SaisieCoordonnees`), which wait for their codes; `DELETE`:
    /// gives that up.
    COORDONNEES = "/api/profil/coordonnees";
    /// `POST`: other codes for the change that waits.
    COORDONNEES_CODE = "/api/profil/coordonnees/code";
    /// `POST`: proves the change by its codes, in the session that asked, and makes it (body: `SaisieCodes`).
    COORDONNEES_CONFIRMATION = "/api/profil/coordonnees/confirmation";
    /// `POST`: a code is sent to the e-mail of the account, which nobody proved yet.
    COURRIEL = "/api/profil/courriel";
    /// `POST`: proves it by that code, in the session that asked (body: `SaisieCode`).
    COURRIEL_CONFIRMATION = "/api/profil/courriel/confirmation";
    /// `PUT`: the password (body: `SaisieMotDePasse`); every other connection ends.
    MOT_DE_PASSE = "/api/profil/mot-de-passe";
    /// `GET`: what the account asks for besides the password; `POST`: begins to set it (body: `PasswordAgain`); `DELETE`: removes
    /// it (body: `SaisieSecondeEtape`).
    SECONDE_ETAPE = "/api/profil/seconde-etape";
    /// `POST`: sets it by a first code of the application (body: `SaisieSecondeEtape`); every other connection ends.
    SECONDE_ETAPE_CONFIRMATION = "/api/profil/seconde-etape/confirmation";
    /// `POST`: begins to put another application in the place of the one that is asked for (body: `SaisieSecondeEtape`).
    SECONDE_ETAPE_REMPLACEMENT = "/api/profil/seconde-etape/remplacement";
    /// `POST`: other codes to keep (body: `SaisieSecondeEtape`); the former ones serve no more.
    CODES_SECOURS = "/api/profil/seconde-etape/codes-secours";
    /// `POST`: freezes the account; every connection ends, this one too.
    GEL = "/api/profil/gel";
    /// `DELETE`: keeps the account that was to be erased.
    FERMETURE = "/api/profil/fermeture";
    /// `GET`: the passkeys of the account; `POST`: keeps the one that was made (body: `PasskeyAnswer`); `PUT`: names one (body:
    /// `PasskeyName`); `DELETE`: removes one (body: `PasskeyNumber`).
    CLES_ACCES = "/api/profil/cles";
    /// `POST`: asks for one more, by what opens the account (body: `SaisieCleAcces`).
    CLES_ACCES_DEFI = "/api/profil/cles/defi";
    /// `GET`: the open connections; `DELETE`: ends all the others.
    CONNEXIONS = "/api/profil/connexions";
    /// `DELETE`: ends the one of that number, of the same account.
    ONE_CONNEXION = "/api/profil/connexions/{numero}";
    /// `GET`: what the journal says of the account, the last lines first; those before the line in [`BEFORE`].
    JOURNAL = "/api/journal";
    /// `GET`: what is kept of the holder, as one JSON file, without what would let somebody pass for them.
    EXPORT = "/api/profil/export";
    /// `POST`: shows again what opens the account (body: `SaisiePreuves`): everything may leave for some minutes, once; `GET`: everything, as a signed ZIP.
    EXPORT_ENTIER = "/api/profil/export/entier";
    /// `POST`: shows a passkey in the place of the password (body: `PasskeyAnswer`, to what [`CONNEXION_CLE_DEFI`] asks).
    EXPORT_CLE = "/api/profil/export/entier/cle";
    /// `GET`: the description of this interface.
    OPENAPI = "/api/openapi.json";
    /// `GET`: the process answers.
    HEALTH_LIVE = "/sante/vif";
    /// `GET`: the process can serve: its database answers.
    HEALTH_READY = "/sante/pret";
}

/// The path by which the open connection of this number ends.
pub fn one_connexion(number: &str) -> String {
    ONE_CONNEXION.replace("{numero}", number)
}

/// `GET`: what checks the signatures of this service, the newest key first (JSON Web Key Set, RFC 7517). Beside the interface.
pub const SIGNATURES: &str = "/.well-known/acquis-signatures.json";

/// `GET`: one of these keys, by its name in the set, as `openssl` takes it.
pub const ONE_SIGNATURE: &str = "/.well-known/acquis-signatures/{cle}";

/// `GET`: the schema of the document that leaves with its holder. Beside the interface.
pub const EXPORT_SCHEMA: &str = "/.well-known/acquis-export.schema.json";

/// From where on the lines are read, in the address of [`JOURNAL`]: `suite` of the page before.
pub const BEFORE: &str = "avant";

/// The day of the statement, in the address of [`HISTORIQUE`]: `?au=2021-06-30`.
pub const AS_OF: &str = "au";

/// The header by which a page says whose screen it shows: the `compte` of `SessionView`. A request made from the
/// screen of one person with the session of another is refused.
pub const ACCOUNT: &str = "acquis-compte";

/// A script of one line that sets `data-jour` on the document: the day it is in Paris, for a page whose bytes are the
/// same every day. Beside the page, not of the interface.
pub const DAY_SCRIPT: &str = "/jour.js";

/// The header of every answer that says which day it is in Paris: `2026-11-28`. What the device believes decides nothing.
pub const DAY: &str = "acquis-jour";

/// The header that makes a repeated submission the same submission: 16 to 64 characters
/// among letters, figures and hyphens, chosen by the page.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

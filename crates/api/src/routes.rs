//! Every path, written once.

/// `POST`: opens an account and connects (body: `SaisieInscription`, header [`CLE_IDEMPOTENCE`]).
pub const INSCRIPTION: &str = "/api/inscription";
/// `POST`: connects (body: `SaisieConnexion`).
pub const CONNEXION: &str = "/api/connexion";
/// `POST`: disconnects.
pub const DECONNEXION: &str = "/api/deconnexion";
/// `GET`: who is connected; answers 200 for nobody too.
pub const SESSION: &str = "/api/session";
/// `GET`: the balance and what is known.
pub const DROITS: &str = "/api/droits";
/// `GET`: the statement, line by line; today's, or that of the day in [`AU`].
pub const HISTORIQUE: &str = "/api/historique";
/// The day of the statement, in the address of [`HISTORIQUE`]: `?au=2021-06-30`.
pub const AU: &str = "au";
/// `POST`: disputes a line of the statement (body: `SaisieContestation`, header [`CLE_IDEMPOTENCE`]); the statement
/// lists the requests.
pub const CONTESTATIONS: &str = "/api/contestations";
/// `GET`: the declarations of being below level 3; `POST`: makes one; `DELETE`: ends it (body of both:
/// `SaisieSousNiveau3`).
pub const SOUS_NIVEAU_3: &str = "/api/sous-niveau-3";
/// `GET`: the DIF declared; `POST`: declares an attestation (multipart: `heures`, `rapport`, `attestation`;
/// header [`CLE_IDEMPOTENCE`]).
pub const DIF: &str = "/api/dif";
/// `GET`: what is known of the holder; `DELETE`: closes the account (body: `FermetureCompte`).
pub const PROFIL: &str = "/api/profil";
/// `PUT`: telephones and e-mail (body: `SaisieCoordonnees`).
pub const COORDONNEES: &str = "/api/profil/coordonnees";
/// `PUT`: the password (body: `SaisieMotDePasse`); every other connection ends.
pub const MOT_DE_PASSE: &str = "/api/profil/mot-de-passe";
/// `GET`: the open connections; `DELETE`: ends all the others.
pub const CONNEXIONS: &str = "/api/profil/connexions";
/// `GET`: everything that is kept of the holder, as one JSON file.
pub const EXPORT: &str = "/api/profil/export";
/// `GET`: the description of this interface.
pub const OPENAPI: &str = "/api/openapi.json";
/// `GET`: the process answers.
pub const SANTE_VIF: &str = "/sante/vif";
/// `GET`: the process can serve: its database answers.
pub const SANTE_PRET: &str = "/sante/pret";

/// The header by which a page says whose screen it shows: the `compte` of `SessionVue`. A request made from the
/// screen of one person with the session of another is refused.
pub const COMPTE: &str = "acquis-compte";

/// The header that makes a repeated submission the same submission: 16 to 64 characters
/// among letters, figures and hyphens, chosen by the page.
pub const CLE_IDEMPOTENCE: &str = "idempotency-key";

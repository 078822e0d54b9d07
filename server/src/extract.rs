//! What a request says before its body is judged: who is calling, from where, with which key.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use api::probleme::{Code, Probleme};
use api::routes;
use axum::body::Body;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::header::{CONTENT_TYPE, COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use store::Session;
use vault::empreinte_jeton;

use crate::clock::en_ms;
use crate::error::Erreur;
use crate::state::AppState;

/// The most a JSON body may weigh.
pub const CORPS_MAXIMAL: usize = 64 * 1_024;
/// How long the next bytes of a body may take to come.
pub const ATTENTE_DU_CORPS: Duration = Duration::from_secs(30);
/// A session is noted as seen at most this often: reading one's rights must not cost a write.
const PAS_DE_VUE: i64 = 60_000;

/// The holder who is connected. No `Debug`.
pub struct Titulaire {
    /// The session and whose it is.
    pub session: Arc<Session>,
    /// Seconds before the session ends by itself.
    pub reste: i64,
}

impl FromRequestParts<AppState> for Titulaire {
    type Rejection = Erreur;

    async fn from_request_parts(parts: &mut Parts, etat: &AppState) -> Result<Self, Erreur> {
        let titulaire = chercher(&parts.headers, etat).await?.ok_or(Code::SessionRequise)?;
        // Two people, two tabs: what one typed must not be recorded for the other.
        let vu = parts.headers.get(routes::COMPTE);
        if vu.is_some_and(|vu| vu.as_bytes() != etat.compte_vu(&titulaire.session.compte).as_bytes()) {
            return Err(Code::AutreCompte.into());
        }
        Ok(titulaire)
    }
}

/// The holder, if anybody is connected.
pub struct PeutEtreTitulaire(pub Option<Titulaire>);

impl FromRequestParts<AppState> for PeutEtreTitulaire {
    type Rejection = Erreur;

    async fn from_request_parts(parts: &mut Parts, etat: &AppState) -> Result<Self, Erreur> {
        chercher(&parts.headers, etat).await.map(Self)
    }
}

async fn chercher(entetes: &HeaderMap, etat: &AppState) -> Result<Option<Titulaire>, Erreur> {
    let Some(jeton) = jeton_du_cookie(entetes, etat) else { return Ok(None) };
    let Some(session) = etat.store.session(&empreinte_jeton(jeton)).await? else { return Ok(None) };
    let maintenant = etat.clock.maintenant();
    let inactive = en_ms(etat.settings.session_idle);
    if session.expire_le <= maintenant || session.vue_le.saturating_add(inactive) <= maintenant {
        return Ok(None);
    }
    let mut vue_le = session.vue_le;
    if maintenant - vue_le >= PAS_DE_VUE {
        // A disk that is full must not stop people from reading.
        match etat.store.voir_session(&session.empreinte, maintenant).await {
            Ok(()) => vue_le = maintenant,
            Err(panne) => tracing::warn!(%panne, "a session could not be noted as seen"),
        }
    }
    let fin = session.expire_le.min(vue_le.saturating_add(inactive));
    Ok(Some(Titulaire { session, reste: (fin - maintenant) / 1_000 }))
}

/// The name of the session cookie; the prefix binds it to this host and to TLS.
pub fn nom_du_cookie(etat: &AppState) -> &'static str {
    if etat.settings.secure_cookies() { "__Host-acquis" } else { "acquis" }
}

/// The secret of the session cookie, if it has the shape of one.
fn jeton_du_cookie<'a>(entetes: &'a HeaderMap, etat: &AppState) -> Option<&'a str> {
    let nom = nom_du_cookie(etat);
    let jeton = entetes
        .get_all(COOKIE)
        .into_iter()
        .filter_map(|valeur| valeur.to_str().ok())
        .flat_map(|valeur| valeur.split(';'))
        .find_map(|paire| paire.trim().strip_prefix(nom)?.strip_prefix('='))?;
    (jeton.len() == 64 && jeton.bytes().all(|c| c.is_ascii_hexdigit())).then_some(jeton)
}

/// What is known of the browser before it connects.
pub struct Navigateur {
    /// Hash of the secret it had.
    pub ancienne: Option<String>,
    /// « Firefox, Windows ».
    pub appareil: &'static str,
    /// Its address.
    pub adresse: IpAddr,
}

impl FromRequestParts<AppState> for Navigateur {
    type Rejection = Erreur;

    async fn from_request_parts(parts: &mut Parts, etat: &AppState) -> Result<Self, Erreur> {
        let agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        Ok(Self {
            ancienne: jeton_du_cookie(&parts.headers, etat).map(empreinte_jeton),
            appareil: appareil(agent),
            adresse: adresse(parts, etat),
        })
    }
}

/// The address of the client: that of the connection, or what a trusted proxy says of it.
fn adresse(parts: &Parts, etat: &AppState) -> IpAddr {
    let pair = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let pair = pair.unwrap_or(IpAddr::from([127, 0, 0, 1])).to_canonical();
    if !etat.settings.proxies.contains(&pair) {
        return pair;
    }
    // Each proxy adds the address it saw at the end: the last that is no proxy of ours is the client.
    let dites = parts.headers.get_all("x-forwarded-for").into_iter().filter_map(|valeur| valeur.to_str().ok());
    let dites: Vec<IpAddr> = dites.flat_map(|v| v.split(',')).filter_map(|ip| ip.trim().parse().ok()).collect();
    dites.into_iter().rev().find(|ip| !etat.settings.proxies.contains(ip)).unwrap_or(pair)
}

/// The browser and system in a few words; one of a fixed list, so that nothing else is kept.
fn appareil(agent: &str) -> &'static str {
    let a = |mot: &str| agent.contains(mot);
    let table: [(&str, [&'static str; 6]); 5] = [
        ("Edg", ["Edge, Windows", "Edge, macOS", "Edge, Android", "Edge, iPhone ou iPad", "Edge, Linux", "Edge"]),
        (
            "Firefox",
            [
                "Firefox, Windows",
                "Firefox, macOS",
                "Firefox, Android",
                "Firefox, iPhone ou iPad",
                "Firefox, Linux",
                "Firefox",
            ],
        ),
        ("FxiOS", ["Firefox", "Firefox", "Firefox", "Firefox, iPhone ou iPad", "Firefox", "Firefox"]),
        (
            "Chrom",
            [
                "Chrome, Windows",
                "Chrome, macOS",
                "Chrome, Android",
                "Chrome, iPhone ou iPad",
                "Chrome, Linux",
                "Chrome",
            ],
        ),
        ("Safari", ["Safari", "Safari, macOS", "Android", "Safari, iPhone ou iPad", "Safari", "Safari"]),
    ];
    let systeme = match () {
        () if a("iPhone") || a("iPad") => 3,
        () if a("Android") => 2,
        () if a("Windows") => 0,
        () if a("Mac OS") => 1,
        () if a("Linux") => 4,
        () => 5,
    };
    table.iter().find(|(mot, _)| a(mot)).map_or("Autre appareil", |(_, noms)| noms[systeme])
}

/// The idempotency key of a submission.
pub struct CleIdempotence(pub String);

impl FromRequestParts<AppState> for CleIdempotence {
    type Rejection = Erreur;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Erreur> {
        let cle = parts.headers.get(routes::CLE_IDEMPOTENCE).and_then(|valeur| valeur.to_str().ok());
        let convient =
            |cle: &&str| (16..=64).contains(&cle.len()) && cle.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
        cle.filter(convient).map(|cle| Self(cle.to_owned())).ok_or_else(|| Code::CleIdempotenceManquante.into())
    }
}

/// A JSON body: its value, and its bytes for whoever compares submissions.
pub struct Corps<T> {
    /// The value.
    pub valeur: T,
    /// The bytes it was read from.
    pub octets: Bytes,
}

impl<T: DeserializeOwned> FromRequest<AppState> for Corps<T> {
    type Rejection = Erreur;

    async fn from_request(requete: Request, _: &AppState) -> Result<Self, Erreur> {
        let media = requete.headers().get(CONTENT_TYPE).and_then(|valeur| valeur.to_str().ok()).unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case("application/json") {
            return Err(Code::TypeInattendu.into());
        }
        let octets = lire(requete.into_body(), CORPS_MAXIMAL).await?;
        let valeur = serde_json::from_slice(&octets).map_err(|_| Code::CorpsIllisible)?;
        Ok(Self { valeur, octets })
    }
}

/// The bytes of a body of at most that many.
async fn lire(mut corps: Body, limite: usize) -> Result<Bytes, Erreur> {
    let mut octets = BytesMut::new();
    loop {
        match tokio::time::timeout(ATTENTE_DU_CORPS, corps.frame()).await {
            Ok(None) => return Ok(octets.freeze()),
            Ok(Some(Ok(trame))) => {
                if let Some(donnees) = trame.data_ref() {
                    if octets.len() + donnees.len() > limite {
                        return Err(Code::CorpsTropGrand.into());
                    }
                    octets.extend_from_slice(donnees);
                }
            }
            Ok(Some(Err(_))) | Err(_) => return Err(Code::CorpsIllisible.into()),
        }
    }
}

/// The refusal of who tried too often.
pub fn trop_de_tentatives(attendre_ms: i64) -> Erreur {
    let secondes = (attendre_ms.max(0) + 999) / 1_000;
    Probleme { attendre: Some(secondes.max(1).to_string()), ..Probleme::new(Code::TropDeTentatives) }.into()
}

/// The cookie that opens a session, or ends it when there is no secret.
pub fn cookie(etat: &AppState, jeton: Option<&str>) -> HeaderValue {
    let securise = if etat.settings.secure_cookies() { "; Secure" } else { "" };
    let (jeton, fin) = jeton.map_or(("", "; Max-Age=0"), |jeton| (jeton, ""));
    let texte = format!("{}={jeton}; Path=/; HttpOnly; SameSite=Lax{securise}{fin}", nom_du_cookie(etat));
    HeaderValue::from_str(&texte).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::appareil;

    #[test]
    fn a_browser_is_named_in_a_few_words() {
        let firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert_eq!(appareil(firefox), "Firefox, Windows");
        let chrome =
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36";
        assert_eq!(appareil(chrome), "Chrome, Android");
        let safari =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
        assert_eq!(appareil(safari), "Safari, iPhone ou iPad");
        assert_eq!(appareil("curl/8"), "Autre appareil");
    }
}

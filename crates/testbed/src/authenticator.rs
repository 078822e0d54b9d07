//! A software authenticator: what a telephone answers to the ceremonies of passkeys, and the lies that it never tells. Written by hand
//! rather than with a crate: what is tested is what a right authenticator cannot be made to say.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use vault::random;

/// Whoever uses it is there.
const PRESENT: u8 = 0x01;
/// It checked who they are.
const VERIFIED: u8 = 0x04;
/// It says which passkey it made.
const ATTESTED: u8 = 0x40;

/// An authenticator and the one passkey that it made last.
#[derive(Clone)]
pub struct Authenticator {
    /// The page that asks it, as the browser says it.
    pub origin: String,
    /// The site that it believes to answer.
    pub rp: String,
    /// Whether it checks who holds it.
    pub verifies: bool,
    /// How many times it signed.
    pub counter: u32,
    /// Whose passkey it says to be.
    pub user: Vec<u8>,
    credential: Vec<u8>,
    key: SigningKey,
}

impl Default for Authenticator {
    fn default() -> Self {
        let key = SigningKey::from_slice(&random::<32>()).expect("a private key: nearly any 32 bytes are one");
        Self {
            origin: "http://localhost:8087".to_owned(),
            rp: "localhost".to_owned(),
            verifies: true,
            counter: 0,
            user: Vec::new(),
            credential: random::<32>().to_vec(),
            key,
        }
    }
}

impl Authenticator {
    /// Makes its passkey for what a server asks; what the browser sends back.
    pub fn make(&mut self, challenge: &Value) -> String {
        let options = options(challenge);
        self.user = bytes(&options["user"]["id"]);
        let point = self.key.verifying_key().to_encoded_point(false);
        let mut data = self.data(ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.credential.len()).expect("a short identifier").to_be_bytes());
        data.extend(&self.credential);
        // COSE: an elliptic curve, ES256, P-256, x, y.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(point.x().expect("a coordinate"));
        data.extend([0x22, 0x58, 0x20]);
        data.extend(point.y().expect("a coordinate"));
        // CBOR: { "fmt": "none", "attStmt": {}, "authData": … }.
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).expect("short data"));
        object.extend(data);
        let client = self.client("webauthn.create", &options);
        let response = json!({
            "clientDataJSON": text(client.as_bytes()), "attestationObject": text(&object), "transports": ["internal"],
        });
        self.credential(&response)
    }

    /// Signs what a server asks; what the browser sends back.
    pub fn answer(&mut self, challenge: &Value) -> String {
        self.counter += 1;
        let options = options(challenge);
        let data = self.data(0);
        let client = self.client("webauthn.get", &options);
        let signed = [data.as_slice(), &Sha256::digest(&client)].concat();
        let signature: Signature = self.key.sign(&signed);
        let response = json!({
            "clientDataJSON": text(client.as_bytes()), "authenticatorData": text(&data),
            "signature": text(signature.to_der().as_bytes()), "userHandle": text(&self.user),
        });
        self.credential(&response)
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let mut data = Sha256::digest(&self.rp).to_vec();
        data.push(PRESENT | if self.verifies { VERIFIED } else { 0 } | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client(&self, kind: &str, options: &Value) -> String {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false })
            .to_string()
    }

    fn credential(&self, response: &Value) -> String {
        let id = text(&self.credential);
        json!({
            "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {},
            "authenticatorAttachment": "platform",
        })
        .to_string()
    }
}

/// What the browser's own parser would be given.
fn options(challenge: &Value) -> Value {
    let options = challenge["options"].as_str().expect("options as a text");
    serde_json::from_str(options).expect("options in JSON")
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn bytes(value: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(value.as_str().expect("base64url")).expect("base64url")
}

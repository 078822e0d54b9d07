//! What an application shows: six figures that a secret and the time make (RFC 6238), as every application reads them. A clock that is half
//! a minute late or early is taken as right. Knows neither account nor store.

use domaine::identite::CodeCourriel;
use qrcode::{Color, EcLevel, QrCode};
use totp_rs::{Builder, Secret, Totp, TotpError};

/// How many bytes a secret has: what RFC 4226 recommends.
pub(crate) const SECRET: usize = 20;
/// Who asks for the code, as an application lists it.
const ISSUER: &str = "Acquis";
/// Steps of time around now whose code is right.
const SKEW: u16 = 1;
/// How long a code is shown, in seconds.
const STEP: u64 = 30;
/// White around a drawing, in modules: what a camera needs (ISO 18004).
const MARGIN: usize = 4;

/// What makes the codes of one account. No `Debug`.
pub(crate) struct Application(Totp);

impl Application {
    /// Of this secret, under the name that tells this account from others of the same person.
    pub(crate) fn new(secret: &[u8], name: &str) -> Result<Self, TotpError> {
        let builder =
            Builder::new().with_secret(Secret::from(secret.to_vec())).with_skew(SKEW).with_step_duration(STEP);
        builder.with_issuer(Some(ISSUER)).with_account_name(name.replace(':', " ")).build().map(Self)
    }

    /// The step of time whose code this is, if it is one of now, in milliseconds.
    pub(crate) fn step_of(&self, code: &CodeCourriel, now: i64) -> Option<i64> {
        let step = self.0.check(code.as_str(), u64::try_from(now).ok()? / 1_000)?;
        i64::try_from(step).ok()
    }

    /// The secret as it is typed, in groups of four.
    pub(crate) fn secret(&self) -> String {
        let text = self.0.secret().to_base32();
        let groups: Vec<&str> = (0..text.len()).step_by(4).map(|at| &text[at..text.len().min(at + 4)]).collect();
        groups.join(" ")
    }

    /// What an application opens or reads from a drawing.
    pub(crate) fn address(&self) -> Result<String, TotpError> {
        self.0.to_url()
    }
}

/// A drawing of this text: its side in modules, margin included, and the `d` of a path of its dark modules.
pub(crate) fn drawing(text: &str) -> Option<(usize, String)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, line) in colors.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = line[x..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + MARGIN, y + MARGIN));
            }
            x += run.max(1);
        }
    }
    Some((width + 2 * MARGIN, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the tests of RFC 6238, appendix B, and its codes for SHA-1, whose last six figures are ours.
    #[test]
    fn the_codes_are_those_of_rfc_6238_within_half_a_minute_and_no_further() {
        let application = Application::new(b"12345678901234567890", "camille@exemple.fr").expect("a secret");
        for (seconds, figures) in
            [(59, 287_082), (1_111_111_109, 81_804), (1_234_567_890, 5_924), (20_000_000_000, 353_130)]
        {
            let (code, step) = (CodeCourriel::of(figures), seconds / 30);
            for (late, right) in [(-60, false), (-30, true), (0, true), (30, true), (60, false)] {
                let found = application.step_of(&code, (seconds + late) * 1_000);
                assert_eq!(found, right.then_some(step), "{seconds} {late}");
            }
        }
        assert_eq!(application.step_of(&CodeCourriel::of(287_082), -1), None);
    }

    #[test]
    fn an_application_is_told_who_asks_for_the_codes_and_for_whom() {
        let application = Application::new(b"12345678901234567890", "c+a:é@exemple.fr").expect("a secret");
        assert_eq!(application.secret(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let address = application.address().expect("an address");
        assert!(address.starts_with("otpauth://totp/Acquis:"), "{address}");
        assert!(
            address.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") && address.contains("issuer=Acquis"),
            "{address}"
        );
        assert!(address.is_ascii(), "{address}");
    }

    #[test]
    fn a_drawing_shows_its_three_marks_inside_a_white_margin() {
        let (side, path) = drawing("otpauth://totp/Acquis:camille?secret=GEZDGNBVGY3TQOJQ").expect("a drawing");
        let far = side - 11;
        for mark in ["M4 4h7v1h-7z".to_owned(), format!("M{far} 4h7v1h-7z"), format!("M4 {far}h7v1h-7z")] {
            assert!(path.contains(&mark), "{mark}");
        }
        assert!(path.bytes().all(|sign| b"Mhvz- 0123456789".contains(&sign)));
        assert!(drawing(&"x".repeat(4_000)).is_none());
    }
}

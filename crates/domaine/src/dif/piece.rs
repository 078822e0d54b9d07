//! The uploaded proof, judged by its first bytes: the name of a file says nothing.
//! The page judges before sending, the server judges again.

use serde::{Deserialize, Serialize};

/// The most a proof may weigh, in bytes: 10 MB, a setting of the house and not a rule of law.
pub const TAILLE_MAXIMALE: u64 = 10_000_000;

/// What a proof may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TypePiece {
    /// A PDF document.
    Pdf,
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A HEIC or HEIF picture, as iPhones make them.
    Heic,
}

/// A proof that may be sent: its kind and its size in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    type_piece: TypePiece,
    taille: u64,
}

/// Why a file cannot be a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceInvalide {
    /// No file was chosen.
    Manquante,
    /// The file holds nothing.
    Vide,
    /// The file weighs more than [`TAILLE_MAXIMALE`].
    TropLourde,
    /// A program, whatever its name says.
    Programme,
    /// A document of a word processor: it should be exported as PDF.
    Bureautique,
    /// None of PDF, JPEG, PNG, HEIC.
    TypeInconnu,
    /// The file could not be read to its end.
    Illisible,
}

impl TypePiece {
    /// The media type under which it is kept and given back.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
        }
    }

    /// The usual name of the format.
    pub const fn nom(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Heic => "HEIC",
        }
    }

    /// The kind that this name stands for.
    pub fn par_nom(nom: &str) -> Option<Self> {
        [Self::Pdf, Self::Jpeg, Self::Png, Self::Heic].into_iter().find(|t| t.nom() == nom)
    }
}

impl Piece {
    /// How many bytes of the start are needed to judge a file.
    pub const DEBUT: usize = 1_024;

    /// Judges a file by its size and its first [`Piece::DEBUT`] bytes (all of them when it is shorter).
    ///
    /// # Errors
    /// [`PieceInvalide`] names the reason.
    ///
    /// ```
    /// use domaine::dif::{Piece, PieceInvalide, TypePiece};
    /// let piece = Piece::examiner(9, b"%PDF-1.7\n").unwrap();
    /// assert_eq!(piece.type_piece(), TypePiece::Pdf);
    /// assert_eq!(Piece::examiner(4, b"\x7fELF"), Err(PieceInvalide::Programme));
    /// ```
    pub fn examiner(taille: u64, debut: &[u8]) -> Result<Self, PieceInvalide> {
        if taille == 0 || debut.is_empty() {
            return Err(PieceInvalide::Vide);
        }
        if taille > TAILLE_MAXIMALE {
            return Err(PieceInvalide::TropLourde);
        }
        let type_piece = reconnaitre(debut)?;
        Ok(Self { type_piece, taille })
    }

    /// The kind.
    pub const fn type_piece(self) -> TypePiece {
        self.type_piece
    }

    /// The size in bytes.
    pub const fn taille(self) -> u64 {
        self.taille
    }
}

fn reconnaitre(debut: &[u8]) -> Result<TypePiece, PieceInvalide> {
    let commence = |signature: &[u8]| debut.starts_with(signature);
    // Some producers put a few bytes before the header: readers accept them within the first kilobyte.
    let pdf = debut.windows(5).take(Piece::DEBUT).any(|fenetre| fenetre == b"%PDF-");
    if commence(b"MZ")
        || commence(b"\x7fELF")
        || commence(b"#!")
        || commence(b"\xca\xfe\xba\xbe")
        || commence(b"\xcf\xfa\xed\xfe")
    {
        return Err(PieceInvalide::Programme);
    }
    if pdf {
        return Ok(TypePiece::Pdf);
    }
    if commence(b"\xff\xd8\xff") {
        return Ok(TypePiece::Jpeg);
    }
    if commence(b"\x89PNG\r\n\x1a\n") {
        return Ok(TypePiece::Png);
    }
    if let Some(marque) = debut.get(4..12).and_then(|boite| boite.strip_prefix(b"ftyp"))
        && [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"].iter().any(|m| marque == *m)
    {
        return Ok(TypePiece::Heic);
    }
    if commence(b"PK\x03\x04") || commence(b"\xd0\xcf\x11\xe0") || commence(b"{\\rtf") {
        return Err(PieceInvalide::Bureautique);
    }
    Err(PieceInvalide::TypeInconnu)
}

/// The number of pages of a PDF, when its page objects can be read without decompressing anything.
///
/// ```
/// use domaine::dif::pages_pdf;
/// assert_eq!(pages_pdf(b"%PDF-1.4 << /Type /Pages /Count 2 >> << /Type /Page >> <</Type/Page>>"), Some(2));
/// assert_eq!(pages_pdf(b"%PDF-1.5 compressed"), None);
/// ```
pub fn pages_pdf(octets: &[u8]) -> Option<u32> {
    let mut pages = 0;
    let mut reste = octets;
    while let Some(place) = reste.windows(5).position(|fenetre| fenetre == b"/Type") {
        reste = &reste[place + 5..];
        let apres = reste.trim_ascii_start();
        if let Some(suite) = apres.strip_prefix(b"/Page")
            && !suite.first().is_some_and(u8::is_ascii_alphabetic)
        {
            pages += 1;
        }
    }
    (pages > 0).then_some(pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_known_by_its_content() {
        let type_de = |debut: &[u8]| Piece::examiner(debut.len() as u64, debut).map(Piece::type_piece);
        assert_eq!(type_de(b"%PDF-1.4"), Ok(TypePiece::Pdf));
        assert_eq!(type_de(b"\xef\xbb\xbf%PDF-1.4"), Ok(TypePiece::Pdf));
        assert_eq!(type_de(b"\xff\xd8\xff\xe0\x00\x10JFIF"), Ok(TypePiece::Jpeg));
        assert_eq!(type_de(b"\x89PNG\r\n\x1a\n\0\0"), Ok(TypePiece::Png));
        assert_eq!(type_de(b"\0\0\0\x18ftypheic\0\0"), Ok(TypePiece::Heic));
    }

    #[test]
    fn a_pdf_that_is_a_program_is_refused() {
        assert_eq!(Piece::examiner(100, b"MZ\x90\0 %PDF-1.4"), Err(PieceInvalide::Programme));
        assert_eq!(Piece::examiner(100, b"#!/bin/sh\n%PDF-"), Err(PieceInvalide::Programme));
    }

    #[test]
    fn a_file_at_the_limit_passes_and_one_byte_more_does_not() {
        assert!(Piece::examiner(TAILLE_MAXIMALE, b"%PDF-1.4").is_ok());
        assert_eq!(Piece::examiner(TAILLE_MAXIMALE + 1, b"%PDF-1.4"), Err(PieceInvalide::TropLourde));
        assert_eq!(Piece::examiner(0, b""), Err(PieceInvalide::Vide));
    }

    #[test]
    fn a_word_processor_document_and_an_unknown_type_are_told_apart() {
        assert_eq!(Piece::examiner(9, b"PK\x03\x04docx."), Err(PieceInvalide::Bureautique));
        assert_eq!(Piece::examiner(5, b"hello"), Err(PieceInvalide::TypeInconnu));
    }
}

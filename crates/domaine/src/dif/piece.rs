//! The uploaded proof, judged by its first bytes: the name of a file says nothing.
//! The page judges before sending, the server judges again.

use serde::{Deserialize, Serialize};

/// The most a proof may weigh, in bytes: 10 MB, a setting of the house and not a rule of law.
pub const MAX_SIZE: u64 = 10_000_000;

/// What a proof may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PieceType {
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
    piece_type: PieceType,
    size: u64,
}

/// Why a file cannot be a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceInvalide {
    /// No file was chosen.
    #[serde(rename = "manquante")]
    Missing,
    /// The file holds nothing.
    #[serde(rename = "vide")]
    Empty,
    /// The file weighs more than [`MAX_SIZE`].
    #[serde(rename = "trop_lourde")]
    TooHeavy,
    /// A program, whatever its name says.
    Programme,
    /// A document of a word processor: it should be exported as PDF.
    #[serde(rename = "bureautique")]
    OfficeDocument,
    /// None of PDF, JPEG, PNG, HEIC.
    #[serde(rename = "type_inconnu")]
    UnknownType,
    /// The file could not be read to its end.
    #[serde(rename = "illisible")]
    Unreadable,
}

impl PieceType {
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
    pub fn from_name(nom: &str) -> Option<Self> {
        [Self::Pdf, Self::Jpeg, Self::Png, Self::Heic].into_iter().find(|t| t.nom() == nom)
    }
}

impl Piece {
    /// How many bytes of the start are needed to judge a file.
    pub const START: usize = 1_024;

    /// Judges a file by its size and its first [`Piece::START`] bytes (all of them when it is shorter).
    ///
    /// # Errors
    /// [`PieceInvalide`] names the reason.
    ///
    /// ```
    /// use domaine::dif::{Piece, PieceInvalide, PieceType};
    /// let piece = Piece::examine(9, b"%PDF-1.7\n").unwrap();
    /// assert_eq!(piece.piece_type(), PieceType::Pdf);
    /// assert_eq!(Piece::examine(4, b"\x7fELF"), Err(PieceInvalide::Programme));
    /// ```
    pub fn examine(size: u64, start: &[u8]) -> Result<Self, PieceInvalide> {
        if size == 0 || start.is_empty() {
            return Err(PieceInvalide::Empty);
        }
        if size > MAX_SIZE {
            return Err(PieceInvalide::TooHeavy);
        }
        let piece_type = recognize(start)?;
        Ok(Self { piece_type, size })
    }

    /// The kind.
    pub const fn piece_type(self) -> PieceType {
        self.piece_type
    }

    /// The size in bytes.
    pub const fn size(self) -> u64 {
        self.size
    }
}

fn recognize(start: &[u8]) -> Result<PieceType, PieceInvalide> {
    let starts = |signature: &[u8]| start.starts_with(signature);
    // Some producers put a few bytes before the header: readers accept them within the first kilobyte.
    let pdf = start.windows(5).take(Piece::START).any(|window| window == b"%PDF-");
    if starts(b"MZ")
        || starts(b"\x7fELF")
        || starts(b"#!")
        || starts(b"\xca\xfe\xba\xbe")
        || starts(b"\xcf\xfa\xed\xfe")
    {
        return Err(PieceInvalide::Programme);
    }
    if pdf {
        return Ok(PieceType::Pdf);
    }
    if starts(b"\xff\xd8\xff") {
        return Ok(PieceType::Jpeg);
    }
    if starts(b"\x89PNG\r\n\x1a\n") {
        return Ok(PieceType::Png);
    }
    if let Some(mark) = start.get(4..12).and_then(|mailbox| mailbox.strip_prefix(b"ftyp"))
        && [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"].iter().any(|m| mark == *m)
    {
        return Ok(PieceType::Heic);
    }
    if starts(b"PK\x03\x04") || starts(b"\xd0\xcf\x11\xe0") || starts(b"{\\rtf") {
        return Err(PieceInvalide::OfficeDocument);
    }
    Err(PieceInvalide::UnknownType)
}

/// The number of pages of a PDF, when its page objects can be read without decompressing anything.
///
/// ```
/// use domaine::dif::pdf_pages;
/// assert_eq!(pdf_pages(b"%PDF-1.4 << /Type /Pages /Count 2 >> << /Type /Page >> <</Type/Page>>"), Some(2));
/// assert_eq!(pdf_pages(b"%PDF-1.5 compressed"), None);
/// ```
pub fn pdf_pages(bytes: &[u8]) -> Option<u32> {
    let mut pages = 0;
    let mut rest = bytes;
    while let Some(place) = rest.windows(5).position(|window| window == b"/Type") {
        rest = &rest[place + 5..];
        let after = rest.trim_ascii_start();
        if let Some(tail) = after.strip_prefix(b"/Page")
            && !tail.first().is_some_and(u8::is_ascii_alphabetic)
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
        let type_of = |start: &[u8]| Piece::examine(start.len() as u64, start).map(Piece::piece_type);
        assert_eq!(type_of(b"%PDF-1.4"), Ok(PieceType::Pdf));
        assert_eq!(type_of(b"\xef\xbb\xbf%PDF-1.4"), Ok(PieceType::Pdf));
        assert_eq!(type_of(b"\xff\xd8\xff\xe0\x00\x10JFIF"), Ok(PieceType::Jpeg));
        assert_eq!(type_of(b"\x89PNG\r\n\x1a\n\0\0"), Ok(PieceType::Png));
        assert_eq!(type_of(b"\0\0\0\x18ftypheic\0\0"), Ok(PieceType::Heic));
    }

    #[test]
    fn a_pdf_that_is_a_program_is_refused() {
        assert_eq!(Piece::examine(100, b"MZ\x90\0 %PDF-1.4"), Err(PieceInvalide::Programme));
        assert_eq!(Piece::examine(100, b"#!/bin/sh\n%PDF-"), Err(PieceInvalide::Programme));
    }

    #[test]
    fn a_file_at_the_limit_passes_and_one_byte_more_does_not() {
        assert!(Piece::examine(MAX_SIZE, b"%PDF-1.4").is_ok());
        assert_eq!(Piece::examine(MAX_SIZE + 1, b"%PDF-1.4"), Err(PieceInvalide::TooHeavy));
        assert_eq!(Piece::examine(0, b""), Err(PieceInvalide::Empty));
    }

    #[test]
    fn a_word_processor_document_and_an_unknown_type_are_told_apart() {
        assert_eq!(Piece::examine(9, b"PK\x03\x04docx."), Err(PieceInvalide::OfficeDocument));
        assert_eq!(Piece::examine(5, b"hello"), Err(PieceInvalide::UnknownType));
    }
}

//! The uploaded proof, judged by its first bytes: the name of a file proves nothing, and its signature alone says little. A
//! name that says another kind than the bytes is refused: whoever opens the file would be misled.
//! The page judges before sending, the server judges again. Decodes no picture: its head must be one that can be.

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
    /// A WebP picture, as the Web and Android make them.
    #[serde(rename = "webp")]
    Webp,
    /// An AVIF picture.
    #[serde(rename = "avif")]
    Avif,
    /// A GIF, BMP or TIFF picture.
    #[serde(rename = "autre_image")]
    AnotherImage,
    /// The beginning of a PDF or of a picture, and not enough behind it for one.
    #[serde(rename = "incomplete")]
    Incomplete,
    /// A PDF that shows nothing without a password. Its first bytes do not say it: the server looks.
    #[serde(rename = "verrouillee")]
    Locked,
    /// None of PDF, JPEG, PNG, HEIC.
    #[serde(rename = "type_inconnu")]
    UnknownType,
    /// Its name, or what sent it, says another kind than its bytes.
    #[serde(rename = "autre_extension")]
    OtherExtension,
    /// The antivirus of the service knows it as harmful. The server alone says it.
    #[serde(rename = "nuisible")]
    Harmful,
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

    /// What ends the name of such a file that we write.
    pub fn extension(self) -> &'static str {
        self.extensions().first().copied().unwrap_or_default()
    }

    /// The extensions that a file of this kind may bear, in lower case.
    const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
            Self::Heic => &["heic", "heif", "hif"],
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
    /// let piece = Piece::examine(48_201, b"%PDF-1.7\n").unwrap();
    /// assert_eq!(piece.piece_type(), PieceType::Pdf);
    /// assert_eq!(Piece::examine(10, b"%PDF-1.7\n\n"), Err(PieceInvalide::Incomplete));
    /// assert_eq!(Piece::examine(4, b"\x7fELF"), Err(PieceInvalide::Programme));
    /// ```
    pub fn examine(size: u64, start: &[u8]) -> Result<Self, PieceInvalide> {
        if size == 0 || start.is_empty() {
            return Err(PieceInvalide::Empty);
        }
        if size > MAX_SIZE {
            return Err(PieceInvalide::TooHeavy);
        }
        let piece_type = recognize(size, start)?;
        Ok(Self { piece_type, size })
    }

    /// The same, once what is said of it agrees with its bytes: the extension of the name under which it comes, and the
    /// media type of whoever sends it, empty when unknown.
    ///
    /// # Errors
    /// [`PieceInvalide::OtherExtension`] when either says another kind.
    pub fn called(self, name: &str, media: &str) -> Result<Self, PieceInvalide> {
        let ours = self.piece_type.extensions();
        let of_its_name =
            extension(name).is_none_or(|said| ours.iter().any(|extension| extension.eq_ignore_ascii_case(said)));
        // A system that does not know a kind says none, or « application/octet-stream ».
        let known = [PieceType::Pdf, PieceType::Jpeg, PieceType::Png, PieceType::Heic].map(PieceType::media);
        let of_its_sender = !known.contains(&media) || media == self.piece_type.media();
        if of_its_name && of_its_sender { Ok(self) } else { Err(PieceInvalide::OtherExtension) }
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

/// What ends a name and says a kind: letters and figures after its last dot. The end of a sentence or of a day is none.
fn extension(name: &str) -> Option<&str> {
    let (_, end) = name.rsplit_once('.')?;
    let says =
        end.bytes().all(|byte| byte.is_ascii_alphanumeric()) && end.bytes().any(|byte| byte.is_ascii_alphabetic());
    (says && end.len() <= 5).then_some(end)
}

fn recognize(size: u64, start: &[u8]) -> Result<PieceType, PieceInvalide> {
    let starts = |signature: &[u8]| start.starts_with(signature);
    if starts(b"MZ")
        || starts(b"\x7fELF")
        || starts(b"#!")
        || starts(b"\xca\xfe\xba\xbe")
        || starts(b"\xcf\xfa\xed\xfe")
    {
        return Err(PieceInvalide::Programme);
    }
    if starts(b"PK\x03\x04") || starts(b"\xd0\xcf\x11\xe0") || starts(b"{\\rtf") {
        return Err(PieceInvalide::OfficeDocument);
    }
    if starts(b"RIFF") && start.get(8..12) == Some(b"WEBP") {
        return Err(PieceInvalide::Webp);
    }
    if starts(b"GIF8") || starts(b"BM") || starts(b"II*\0") || starts(b"MM\0*") {
        return Err(PieceInvalide::AnotherImage);
    }
    let (piece_type, whole) = if start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).starts_with(b"%PDF-") {
        // No page is said in less: « %PDF-1.7 » alone is no document.
        (PieceType::Pdf, size >= 40)
    } else if starts(b"\xff\xd8\xff") {
        (PieceType::Jpeg, jpeg_head(size, start))
    } else if starts(b"\x89PNG\r\n\x1a\n") {
        (PieceType::Png, png_head(size, start))
    } else {
        (PieceType::Heic, heic_head(size, start)?)
    };
    if whole { Ok(piece_type) } else { Err(PieceInvalide::Incomplete) }
}

/// Its first segment has a length, which the file can hold, with a scan behind it.
fn jpeg_head(size: u64, start: &[u8]) -> bool {
    let length = start.get(4..6).map(|length| u64::from(length[0]) * 256 + u64::from(length[1]));
    start.get(3).is_some_and(|marker| matches!(marker, 0xc0..=0xcf | 0xda..=0xfe))
        && length.is_some_and(|n| n >= 2 && size > n + 100)
}

/// The header comes first, with a width, a height and a depth; then a chunk of pixels and the end.
fn png_head(size: u64, start: &[u8]) -> bool {
    let side =
        |from: usize| start.get(from..from + 4).is_some_and(|side| side.iter().any(|byte| *byte > 0) && side[0] < 128);
    let depth = start.get(24).is_some_and(|depth| matches!(depth, 1 | 2 | 4 | 8 | 16));
    start.get(8..16) == Some(b"\0\0\0\rIHDR") && side(16) && side(20) && depth && size >= 57
}

/// Boxes of the family of HEIF: which pictures they hold is said by the brands of the first, whatever comes first among
/// them (`mif1` and `msf1` are of all).
fn heic_head(size: u64, start: &[u8]) -> Result<bool, PieceInvalide> {
    if start.get(4..8) != Some(b"ftyp") {
        return Err(PieceInvalide::UnknownType);
    }
    let length = usize::from(start[2]) * 256 + usize::from(start[3]);
    let brands = start.get(8..length.min(start.len())).unwrap_or_default();
    let has = |brand: &[u8]| brands.chunks(4).any(|other| other.starts_with(brand));
    if has(b"avi") {
        return Err(PieceInvalide::Avif);
    }
    if !(has(b"hei") || has(b"hev")) {
        return Err(PieceInvalide::UnknownType);
    }
    // Behind the brands stands what the pictures are.
    let next = start.get(length + 4..length + 8);
    Ok(start[..2] == [0, 0]
        && size > 100
        && next.is_some_and(|next| matches!(next, b"meta" | b"mdat" | b"free" | b"moov")))
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

    /// A file of that start and some kilobytes.
    fn examine(start: &[u8]) -> Result<PieceType, PieceInvalide> {
        Piece::examine(4_096, start).map(Piece::piece_type)
    }

    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x10JFIF\0";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0";
    const HEIC: &[u8] = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\x01\x44meta\0\0\0\0";

    #[test]
    fn a_proof_is_known_by_its_content() {
        assert_eq!(examine(b"%PDF-1.4"), Ok(PieceType::Pdf));
        assert_eq!(examine(b"\xef\xbb\xbf%PDF-1.4"), Ok(PieceType::Pdf));
        assert_eq!(examine(JPEG), Ok(PieceType::Jpeg));
        assert_eq!(examine(b"\xff\xd8\xff\xe1\x0f\x00Exif\0\0"), Ok(PieceType::Jpeg));
        assert_eq!(examine(PNG), Ok(PieceType::Png));
        assert_eq!(examine(HEIC), Ok(PieceType::Heic));
    }

    #[test]
    fn the_brands_of_a_heif_tell_what_it_holds_whichever_comes_first() {
        let file = |brands: &[&str]| {
            let length = u8::try_from(8 + 4 * (brands.len() + 1)).expect("a few");
            let (major, others) = brands.split_first().expect("a brand");
            let others = others.concat();
            let boxes = [&[0, 0, 0, length], b"ftyp".as_slice(), major.as_bytes(), &[0; 4], others.as_bytes()];
            examine(&[boxes.concat().as_slice(), b"\0\0\x01\x44meta"].concat())
        };
        for brands in [&["mif1", "heic"][..], &["heic", "mif1"], &["msf1", "hevc", "mif1"], &["heix", "mif1", "miaf"]] {
            assert_eq!(file(brands), Ok(PieceType::Heic), "{brands:?}");
        }
        for brands in [&["avif", "mif1"][..], &["mif1", "avif", "miaf"], &["msf1", "avis"], &["avis", "msf1", "miaf"]] {
            assert_eq!(file(brands), Err(PieceInvalide::Avif), "{brands:?}");
        }
        // A film, and a family without a member.
        assert_eq!(file(&["isom", "mp41"]), Err(PieceInvalide::UnknownType));
        assert_eq!(file(&["mif1", "miaf"]), Err(PieceInvalide::UnknownType));
    }

    #[test]
    fn a_name_or_a_sender_that_says_another_kind_is_refused_and_one_that_says_none_is_not() {
        let called = |start, name, media| {
            Piece::examine(4_096, start).and_then(|piece| piece.called(name, media)).map(Piece::piece_type)
        };
        let pdf = b"%PDF-1.4".as_slice();
        for (start, name, media) in [
            (pdf, "bulletin.pdf", "application/pdf"),
            (pdf, "BULLETIN.PDF", ""),
            (pdf, "", ""),
            (pdf, "bulletin", "application/octet-stream"),
            (pdf, "bulletin du 31.12.2014", "application/octet-stream"),
            (pdf, "attestation M. Dupont", "application/x-pdf"),
            (JPEG, "photo.JPG", "image/jpeg"),
            (JPEG, "photo.jfif", "image/jpeg"),
            (PNG, "capture.png", "image/png"),
            (HEIC, "IMG_0001.HEIC", ""),
            (HEIC, "IMG_0001.heif", "image/heif"),
        ] {
            assert!(called(start, name, media).is_ok(), "{name} {media}");
        }
        for (start, name, media) in [
            (pdf, "bulletin.jpg", ""),
            (pdf, "bulletin.pdf.exe", ""),
            (pdf, "bulletin.html", "application/pdf"),
            (pdf, "bulletin.pdf", "image/png"),
            (JPEG, "photo.png", "image/jpeg"),
            (PNG, "photo.jpeg", "image/png"),
            (HEIC, "photo.jpg", ""),
            (HEIC, "photo.heic", "image/jpeg"),
        ] {
            assert_eq!(called(start, name, media), Err(PieceInvalide::OtherExtension), "{name} {media}");
        }
    }

    #[test]
    fn a_picture_of_another_format_is_named() {
        assert_eq!(examine(b"RIFF\x68\0\0\0WEBPVP8 "), Err(PieceInvalide::Webp));
        assert_eq!(examine(b"RIFF\x68\0\0\0WAVEfmt "), Err(PieceInvalide::UnknownType));
        for start in [b"GIF89a".as_slice(), b"BM\x36\x10", b"II*\0\x08", b"MM\0*\0"] {
            assert_eq!(examine(start), Err(PieceInvalide::AnotherImage));
        }
    }

    #[test]
    fn a_signature_without_what_it_announces_is_incomplete() {
        for (size, start) in [
            (10, b"%PDF-1.7\n\n".as_slice()),
            (39, b"%PDF-1.7\n"),
            (8, &PNG[..8]),
            (56, PNG),
            (4_096, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\x01\xe0\x08\x02"),
            (3, &JPEG[..3]),
            (100, JPEG),
            (4_096, b"\xff\xd8\xff\xd9\0\x10"),
            (62, HEIC),
            (4_096, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        ] {
            assert_eq!(Piece::examine(size, start), Err(PieceInvalide::Incomplete), "{start:?}");
        }
    }

    #[test]
    fn the_mark_of_a_pdf_counts_at_the_start_alone() {
        for start in [b"GIF89a %PDF-1.4".as_slice(), b"PK\x03\x04 %PDF-1.4", b"<html>%PDF-1.4", b" %PDF-1.4"] {
            assert!(examine(start).is_err(), "{start:?}");
        }
    }

    #[test]
    fn a_pdf_that_is_a_program_is_refused() {
        assert_eq!(examine(b"MZ\x90\0 %PDF-1.4"), Err(PieceInvalide::Programme));
        assert_eq!(examine(b"#!/bin/sh\n%PDF-"), Err(PieceInvalide::Programme));
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

//! Bytes of a known encoding read as UTF-8, with one sign at the end of each line.

use std::io::{self, Read};

use encoding_rs::{Decoder, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{BUFFER, Encoding};

/// The same bytes as UTF-8, each line ended by a line feed alone.
pub(crate) struct Decoded<R> {
    source: R,
    decoder: Decoding,
    input: Box<[u8]>,
    output: Vec<u8>,
    place: usize,
    after_return: bool,
    finished: bool,
}

enum Decoding {
    Known(Decoder),
    Cp850(Vec<char>),
}

impl<R: Read> Decoded<R> {
    pub(crate) fn new(source: R, encoding: Encoding) -> Self {
        let known = match encoding {
            Encoding::Utf8 => Some(UTF_8),
            Encoding::Utf16Le => Some(UTF_16LE),
            Encoding::Utf16Be => Some(UTF_16BE),
            Encoding::Windows1252 => Some(WINDOWS_1252),
            Encoding::MacRoman => Some(MACINTOSH),
            Encoding::Cp850 => None,
        };
        let decoder = match known {
            Some(known) => Decoding::Known(known.new_decoder_without_bom_handling()),
            None => Decoding::Cp850(encoding.signs()),
        };
        let input = vec![0; BUFFER].into_boxed_slice();
        Self { source, decoder, input, output: Vec::new(), place: 0, after_return: false, finished: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        let count = match self.source.read(&mut self.input) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(()),
            count => count?,
        };
        self.finished = count == 0;
        let bytes = &self.input[..count];
        self.output.clear();
        self.place = 0;
        match &mut self.decoder {
            Decoding::Known(decoder) => {
                // Never nothing: that would be a text too long for any memory.
                let room = decoder.max_utf8_buffer_length(count).unwrap_or(8 * BUFFER);
                self.output.resize(room, 0);
                let (_, _, written, _) = decoder.decode_to_utf8(bytes, &mut self.output, self.finished);
                self.output.truncate(written);
            }
            Decoding::Cp850(signs) => {
                for byte in bytes {
                    let place = byte.checked_sub(0x80).map(usize::from);
                    let sign = place.map_or(char::from(*byte), |place| signs.get(place).copied().unwrap_or_default());
                    self.output.extend(sign.encode_utf8(&mut [0; 4]).as_bytes());
                }
            }
        }
        // CR LF, LF or CR: a line feed alone.
        let after_return = &mut self.after_return;
        self.output.retain_mut(|byte| {
            let second_half = std::mem::replace(after_return, *byte == b'\r') && *byte == b'\n';
            if *byte == b'\r' {
                *byte = b'\n';
            }
            !second_half
        });
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.place == self.output.len() && !self.finished {
            self.fill()?;
        }
        let count = buffer.len().min(self.output.len() - self.place);
        buffer[..count].copy_from_slice(&self.output[self.place..self.place + count]);
        self.place += count;
        Ok(count)
    }
}

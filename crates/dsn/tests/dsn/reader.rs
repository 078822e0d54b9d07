//! What is generated is read back exactly, however the bytes come and wherever they are cut.

use crate::support;
use std::io::{self, Read};

use dsn::generator::{Plan, generate};
use dsn::{Event, Reader, Totals};
use proptest::prelude::*;

/// Bytes that come in pieces of the sizes asked for, again and again.
struct InChunks<'a> {
    bytes: &'a [u8],
    sizes: &'a [usize],
    index: usize,
}

impl Read for InChunks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.index += 1;
        let size = self.sizes[self.index % self.sizes.len()].min(buffer.len()).min(self.bytes.len());
        buffer[..size].copy_from_slice(&self.bytes[..size]);
        self.bytes = &self.bytes[size..];
        Ok(size)
    }
}

fn plans() -> impl Strategy<Value = Plan> {
    let sur = (0_u8..4, 0_u8..4, 0_u8..3);
    (any::<u64>(), 0_u16..4, 0_u16..9, 0_u8..5, sur, any::<[bool; 3]>()).prop_map(
        |(
            seed,
            employeurs,
            salaries,
            month,
            (replaced_out_of, cancelled_out_of, divided_out_of),
            [crlf, network, disorder],
        )| Plan {
            seed,
            employeurs,
            salaries,
            year: 2025,
            month,
            replaced_out_of,
            cancelled_out_of,
            divided_out_of,
            disorder,
            crlf,
            network,
        },
    )
}

/// Bytes that look like lines of a DSN more often than chance would have it.
fn almost_a_dsn() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        4 => prop::sample::select(generate(&Plan::default()).bytes.split(|o| *o == b'\n').map(<[u8]>::to_vec)
            .collect::<Vec<_>>()),
        1 => prop::collection::vec(any::<u8>(), 0..40),
        1 => "S[0-9]{2}\\.G[0-9]{2}\\.[0-9]{2}\\.[0-9]{3},'.{0,12}'?".prop_map(String::into_bytes),
        1 => (1000_usize..1100).prop_map(|length| vec![b'x'; length]),
        1 => Just(vec![b'x'; 70_000]),
    ];
    prop::collection::vec(line, 0..120).prop_map(|lines| lines.join(&b'\n'))
}

#[test]
fn a_thousand_people_are_read_back_exactly() {
    let plan = Plan { employeurs: 4, salaries: 90, month: 3, network: true, ..Plan::default() };
    let file = generate(&plan);
    let (events, report) = support::read(&file.bytes);
    assert_eq!(events, file.events);
    assert!(report.is_lossless(), "{report}");
    assert_eq!(report.total(), 0, "{report}");
    assert_eq!((report.lines, report.rubrics), (file.lines, file.lines));
    assert_eq!(report.unknown_total(), 0);
    assert!(report.individus > 1000);
}

#[test]
fn a_reading_in_an_error_of_the_source_says_so() {
    struct Failure;
    impl Read for Failure {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("panne"))
        }
    }
    assert!(Reader::new("panne.dsn", Failure).read_next().is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_generated_is_read_back_exactly(plan in plans()) {
        let file = generate(&plan);
        let (events, report) = support::read(&file.bytes);
        prop_assert_eq!(events, file.events);
        let without_declaration = u64::from(report.declarations == 0);
        prop_assert_eq!(report.total(), without_declaration);
    }

    #[test]
    fn the_pieces_in_which_bytes_come_change_nothing(
        bytes in almost_a_dsn(),
        sizes in prop::collection::vec(1_usize..3000, 1..6),
    ) {
        let expected = support::read(&bytes);
        let mut reader = Reader::new("essai.dsn", InChunks { bytes: &bytes, sizes: &sizes, index: 0 });
        let mut events = Vec::new();
        while let Some(event) = reader.read_next().unwrap() {
            events.push(event);
        }
        prop_assert_eq!((events, reader.report().clone()), expected);
    }

    #[test]
    fn a_cut_file_never_panics_and_is_never_silent(plan in plans(), part in 0_u32..10_000) {
        let file = generate(&plan);
        let cut = file.bytes.len() * part as usize / 10_000;
        let (events, report) = support::read(&file.bytes[..cut]);
        // The whole declarations are the same as in the whole file; the last says that it is cut.
        let whole = events.iter().take_while(|e| !matches!(e, Event::End(end) if !end.complete)).count();
        if events.len() > whole {
            prop_assert_eq!(&events[whole + 1..], &[Event::EnvelopeEnd(Totals::Absents)]);
            prop_assert!(report.count("fichier_tronque") == 1);
        }
        let ends = events.iter().filter(|e| matches!(e, Event::End(_))).count();
        let starts = events.iter().filter(|e| matches!(e, Event::Declaration(_))).count();
        prop_assert_eq!(ends, starts);
        prop_assert!(!report.is_lossless() || envelopes_are_whole(&file.bytes[..cut]));
    }

    #[test]
    fn a_line_lost_or_made_unreadable_is_never_silent(plan in plans(), place in any::<prop::sample::Index>(), lost: bool) {
        let file = generate(&Plan { employeurs: plan.employeurs.max(1), network: false, crlf: false, ..plan });
        let mut lines: Vec<&[u8]> = file.bytes.split(|o| *o == b'\n').collect();
        let place = place.index(lines.len() - 1);
        if lost {
            lines.remove(place);
        } else {
            lines[place] = b"S21.G00.30;";
        }
        let (events, report) = support::read(&lines.join(&b'\n'));
        prop_assert!(report.total() > 0);
        prop_assert!(report.signalements.iter().all(|s| s.line >= 1 && s.line <= report.lines.max(1)));
        // Nobody appears who was not there: hours may lack, they are never invented.
        let hours = |events: &[Event]| -> i64 {
            let individus = events.iter().filter_map(|e| if let Event::Individu(i) = e { Some(i) } else { None });
            individus.flat_map(|i| i.parts()).map(|part| part.time.hours.hundredths().max(0)).sum()
        };
        prop_assert!(hours(&events) <= hours(&file.events));
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..4000)) {
        let (_, report) = support::read(&bytes);
        prop_assert!(!report.to_string().is_empty());
    }

    #[test]
    fn nearly_a_dsn_never_panics_and_every_begun_declaration_ends(bytes in almost_a_dsn()) {
        let (events, report) = support::read(&bytes);
        let mut opened = false;
        for event in &events {
            match event {
                Event::Declaration(_) => prop_assert!(!std::mem::replace(&mut opened, true)),
                Event::Individu(_) => prop_assert!(opened),
                Event::End(_) => prop_assert!(std::mem::replace(&mut opened, false)),
                Event::EnvelopeEnd(_) => prop_assert!(!opened),
            }
        }
        prop_assert!(!opened);
        let individus = events.iter().filter(|e| matches!(e, Event::Individu(_))).count();
        prop_assert_eq!(individus as u64, report.individus);
        prop_assert!(!report.to_string().is_empty());
    }
}

/// Cut right behind an envelope (but for the end of its last line), nothing is missing; a value
/// cut short by its last line alone is not seen either.
fn envelopes_are_whole(bytes: &[u8]) -> bool {
    let last = bytes.trim_ascii_end().rsplit(|o| *o == b'\n').next().unwrap_or_default();
    let around: [&[u8]; 5] = [b"S90.G00.90.002", b"S96", b"S95", b"S05", b"S06"];
    around.iter().any(|head| last.starts_with(head))
}

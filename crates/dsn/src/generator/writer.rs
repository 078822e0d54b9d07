//! Facts to lines, with the lines around them that nobody here reads but that real files have:
//! addresses, amounts, bases, contributions. Fills in the number of each line in the facts.

use domaine::identite::DateNaissance;
use domaine::mesures::Day;

use super::people::last_day;
use crate::blocks::{
    ACTIVITE, ARRET, CONTRAT, CONTRAT_END, DECLARATION, ENTREPRISE, ENVELOPE, ETABLISSEMENT, INDIVIDU,
    INDIVIDU_CHANGES, REMUNERATION, SUSPENSION, TOTAL, VERSEMENT,
};
use crate::code::{Block, Code};
use crate::{AbsenceMotif, Contrat, Declaration, Identifier, Individu, Kind, Paie};

pub(super) struct Writer {
    bytes: Vec<u8>,
    lines: u64,
    envelope_start: u64,
    line_end: &'static [u8],
}

/// The day as the norm writes it.
fn ddmmyyyy(day: Day) -> String {
    format!("{:02}{:02}{:04}", day.day(), day.month(), day.year())
}

fn naissance(date: &DateNaissance) -> String {
    let unknown = |part: Option<u8>| part.unwrap_or(99);
    format!("{:02}{:02}{:04}", unknown(date.day()), unknown(date.month()), date.year())
}

impl Writer {
    pub const fn new(crlf: bool) -> Self {
        let line_end: &[u8] = if crlf { b"\r\n" } else { b"\n" };
        Self { bytes: Vec::new(), lines: 0, envelope_start: 0, line_end }
    }

    pub fn end(self) -> (Vec<u8>, u64) {
        (self.bytes, self.lines)
    }

    /// Writes a rubric; the number of its line.
    fn write(&mut self, block: Block, number: u16, value: &str) -> u64 {
        self.bytes.extend_from_slice(Code::new(block, number).to_string().as_bytes());
        self.bytes.extend_from_slice(b",'");
        self.bytes.extend(value.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')));
        self.bytes.push(b'\'');
        self.bytes.extend_from_slice(self.line_end);
        self.lines += 1;
        self.lines
    }

    fn write_all_kinds(&mut self, block: Block, rubrics: &[(u16, &str)]) {
        for (number, value) in rubrics {
            self.write(block, *number, value);
        }
    }

    /// Writes a value that there may not be.
    fn maybe(&mut self, block: Block, number: u16, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.write(block, number, &value.to_string());
        }
    }

    pub fn open_network(&mut self) {
        self.write_all_kinds(Block::new(5, 51, 0), &[(1, "V01R02"), (3, "01")]);
        self.write(Block::new(6, 51, 0), 1, "DSNOK");
    }

    pub fn close_network(&mut self, envelopes: u16) {
        let envelopes = envelopes.to_string();
        self.write_all_kinds(Block::new(96, 51, 0), &[(1, "FINSL"), (2, &envelopes)]);
        self.write_all_kinds(Block::new(95, 51, 0), &[(1, "1"), (2, &envelopes)]);
    }

    pub fn open_envelope(&mut self) {
        self.envelope_start = self.lines;
        let head = [(1, "ACQUIS"), (2, "ACQUIS"), (3, "1"), (5, "02"), (6, "P26V01"), (7, "01"), (8, "01")];
        self.write_all_kinds(ENVELOPE, &head);
        self.write_all_kinds(Block::new(10, 0, 1), &[(1, "009900000"), (2, "00010"), (3, "CABINET D'ESSAI")]);
        self.write_all_kinds(Block::new(10, 0, 2), &[(1, "02"), (2, "Noël Essai"), (4, "paie@exemple.invalid")]);
    }

    pub fn close_envelope(&mut self, declarations: u64) {
        let rubrics = self.lines - self.envelope_start + 2;
        self.write(TOTAL, 1, &rubrics.to_string());
        self.write(TOTAL, 2, &declarations.to_string());
    }

    pub fn declaration(&mut self, declaration: &mut Declaration, month: Day) {
        declaration.line = self.write(DECLARATION, 1, "01");
        let kind = match declaration.kind {
            Kind::Normal => "01",
            Kind::Nothing => "02",
            Kind::Replaces => "03",
            Kind::Cancels => "04",
            Kind::ReplacesNothing => "05",
        };
        self.write(DECLARATION, 2, kind);
        self.write(DECLARATION, 3, &format!("{}{}", declaration.fraction.0, declaration.fraction.1));
        self.write(DECLARATION, 4, &declaration.order.to_string());
        self.write(DECLARATION, 5, &ddmmyyyy(month));
        self.write(DECLARATION, 7, &ddmmyyyy(last_day(month)));
        self.maybe(DECLARATION, 8, declaration.champ);
        self.write(DECLARATION, 10, "01");
        for nature in ["01", "02"] {
            self.write_all_kinds(Block::new(20, 0, 7), &[(1, "Contact"), (3, "paie@exemple.invalid"), (4, nature)]);
        }
        let (siren, nic) = declaration.siret.as_str().split_at(9);
        self.write_all_kinds(ENTREPRISE, &[(1, siren), (2, nic), (3, "6201Z"), (4, "1 RUE DE L'ESSAI")]);
        self.write_all_kinds(ETABLISSEMENT, &[(1, nic), (2, "6201Z"), (3, "1 RUE DE L'ESSAI"), (5, "ESSAI")]);
        let start = ddmmyyyy(month);
        self.write_all_kinds(Block::new(21, 0, 20), &[(1, "78861779300013"), (5, "12345.00"), (6, &start)]);
    }

    pub fn bordereau(&mut self, month: Day) {
        let start = ddmmyyyy(month);
        self.write_all_kinds(Block::new(21, 0, 22), &[(1, "78861779300013"), (3, &start), (5, "12345.00")]);
        for taux in ["100", "260", "332"] {
            self.write_all_kinds(Block::new(21, 0, 23), &[(1, taux), (2, "920"), (4, "9876.00")]);
        }
        self.write_all_kinds(Block::new(21, 0, 44), &[(1, "013"), (3, "2026")]);
    }

    pub fn individu(&mut self, individu: &mut Individu, month: Day) {
        let (nir, ntt) = match &individu.identifier {
            Identifier::Nir(nir) => (Some(nir.as_str()), None),
            Identifier::Temporary(ntt) => (None, Some(ntt.as_str())),
        };
        individu.line = self.lines + 1;
        self.maybe(INDIVIDU, 1, nir);
        self.maybe(INDIVIDU, 2, individu.nom.as_ref().map(|nom| nom.as_str()));
        self.maybe(INDIVIDU, 4, individu.prenoms.as_ref().map(|nom| nom.as_str()));
        self.maybe(INDIVIDU, 6, individu.naissance.as_ref().map(naissance));
        self.write_all_kinds(INDIVIDU, &[(7, "ESSAI"), (8, "2 RUE DE L'ESSAI"), (9, "00000"), (10, "ESSAI")]);
        self.write_all_kinds(INDIVIDU, &[(14, "99"), (15, "FR"), (19, "M001")]);
        self.maybe(INDIVIDU, 20, ntt);
        if let Some(former) = &individu.former_nir {
            self.write(INDIVIDU_CHANGES, 1, &ddmmyyyy(month));
            self.write(INDIVIDU_CHANGES, 8, former.as_str());
        }
        for contrat in &mut individu.contrats {
            self.contrat(contrat);
        }
        let versement = last_day(month);
        self.write_all_kinds(VERSEMENT, &[(1, &ddmmyyyy(versement)), (2, "1987.65"), (4, "1876.54"), (6, "7.50")]);
        for paie in &mut individu.paies {
            self.paie(paie);
        }
        for contrat in &individu.contrats {
            self.amounts(contrat, month);
        }
        for contrat in &individu.contrats {
            self.write_all_kinds(Block::new(21, 0, 86), &[(1, "07"), (2, "02"), (3, "48"), (5, &contrat.number)]);
        }
    }

    fn contrat(&mut self, contrat: &mut Contrat) {
        contrat.line = self.lines + 1;
        self.maybe(CONTRAT, 1, contrat.start.map(ddmmyyyy));
        self.maybe(CONTRAT, 2, contrat.statut);
        self.write_all_kinds(CONTRAT, &[(3, "04"), (4, "561b"), (6, "Employé d'accueil")]);
        self.maybe(CONTRAT, 7, contrat.nature);
        self.maybe(CONTRAT, 8, contrat.dispositif);
        self.write(CONTRAT, 9, &contrat.number);
        self.maybe(CONTRAT, 10, contrat.planned_end.map(ddmmyyyy));
        self.maybe(CONTRAT, 11, contrat.unit);
        self.maybe(CONTRAT, 12, contrat.reference_quotite);
        self.maybe(CONTRAT, 13, contrat.quotite);
        self.maybe(CONTRAT, 14, contrat.modalite);
        self.write(CONTRAT, 16, "99");
        self.maybe(CONTRAT, 17, contrat.idcc);
        self.write_all_kinds(CONTRAT, &[(18, "200"), (20, "200"), (24, "99"), (26, "99"), (36, "01"), (37, "01")]);
        self.maybe(CONTRAT, 72, contrat.boeth);
        for absence in &mut contrat.absences {
            let (block, motif) = match absence.motif {
                AbsenceMotif::Arret(motif) => (ARRET, motif),
                AbsenceMotif::Suspension(motif) => (SUSPENSION, motif),
            };
            absence.line = self.write(block, 1, motif.as_str());
            self.maybe(block, 2, absence.since.map(ddmmyyyy));
            self.maybe(block, 3, absence.up_to.map(ddmmyyyy));
            self.maybe(block, 10, absence.resumption.map(ddmmyyyy));
        }
        if let Some(end) = contrat.end {
            self.maybe(CONTRAT_END, 1, end.day.map(ddmmyyyy));
            self.maybe(CONTRAT_END, 2, end.motif);
        }
        self.write_all_kinds(Block::new(21, 0, 70), &[(12, "1"), (13, "100")]);
        self.write(Block::new(21, 0, 71), 2, "RUAA");
    }

    fn paie(&mut self, paie: &mut Paie) {
        paie.line = self.paie_head(&paie.contrat, paie.start, paie.end, paie.kind.as_str());
        self.maybe(REMUNERATION, 12, paie.hours);
        self.write(REMUNERATION, 13, "2345.67");
        for activite in &paie.activites {
            self.write(ACTIVITE, 1, activite.kind.as_str());
            self.write(ACTIVITE, 2, &activite.measure.to_string());
            self.write(ACTIVITE, 3, activite.unit.as_str());
        }
    }

    fn paie_head(&mut self, contrat: &str, start: Day, end: Day, kind: &str) -> u64 {
        let line = self.write(REMUNERATION, 1, &ddmmyyyy(start));
        self.write_all_kinds(REMUNERATION, &[(2, &ddmmyyyy(end)), (10, contrat), (11, kind)]);
        line
    }

    /// What takes most of a real file, and is nobody's business here.
    fn amounts(&mut self, contrat: &Contrat, month: Day) {
        let (start, end) = (ddmmyyyy(month), ddmmyyyy(last_day(month)));
        for kind in ["003", "010"] {
            self.paie_head(&contrat.number, month, last_day(month), kind);
            self.write(REMUNERATION, 13, "2345.67");
        }
        self.write_all_kinds(Block::new(21, 0, 52), &[(1, "026"), (2, "150.00"), (6, &contrat.number)]);
        self.write_all_kinds(Block::new(21, 0, 54), &[(1, "17"), (2, "75.00"), (3, &start), (4, &end)]);
        self.write_all_kinds(Block::new(21, 0, 58), &[(1, &start), (2, &end), (3, "03"), (4, "1876.54")]);
        for base in ["02", "03", "04", "07"] {
            let rubrics = [(1, base), (2, start.as_str()), (3, &end), (4, "2345.67"), (6, &contrat.number)];
            self.write_all_kinds(Block::new(21, 0, 78), &rubrics);
            for cotisation in ["045", "074", "075", "076", "105"] {
                let rubrics = [(1, cotisation), (2, "78861779300013"), (3, "2345.67"), (4, "12.34"), (7, "0.400")];
                self.write_all_kinds(Block::new(21, 0, 81), &rubrics);
            }
        }
    }
}

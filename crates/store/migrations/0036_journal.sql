-- Who acted as operator, on which account, for which reason; and from where a stranger came: a keyed hash of their network,
-- which tells two places apart and tells neither.
ALTER TABLE journal ADD COLUMN agent TEXT;
ALTER TABLE journal ADD COLUMN compte TEXT;
ALTER TABLE journal ADD COLUMN raison TEXT;
ALTER TABLE journal ADD COLUMN origine TEXT;
UPDATE journal SET compte = qui WHERE qui <> 'operateur';
CREATE INDEX journal_par_compte ON journal (compte, quand);
CREATE INDEX journal_par_origine ON journal (origine, quand);

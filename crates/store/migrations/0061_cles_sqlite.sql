-- Triggers have no common text. A program that does not know the version that writes would not find who is known under it, and would
-- record them a second time: it is refused. A NIR that says no version was encrypted under the first.
CREATE TRIGGER personnes_sous_la_cle_en_usage BEFORE INSERT ON personnes
WHEN (SELECT CAST(valeur AS INTEGER) FROM temoins WHERE nom = 'version en usage')
    > CASE instr(NEW.nir_chiffre, ':') WHEN 0 THEN 1
        ELSE CAST(substr(NEW.nir_chiffre, 1, instr(NEW.nir_chiffre, ':') - 1) AS INTEGER) END
BEGIN
    SELECT RAISE(ABORT, 'ce programme ne connaît pas la clé en usage');
END;

-- Triggers have no common text. Nothing changes; a decision goes with what it hangs from, and not before.
CREATE TRIGGER decisions_dif_sans_modification BEFORE UPDATE ON decisions_dif
BEGIN
    SELECT RAISE(ABORT, 'ce qui a été dit ne se modifie pas : une suite s''ajoute');
END;
CREATE TRIGGER decisions_dif_sans_effacement BEFORE DELETE ON decisions_dif
WHEN EXISTS (SELECT 1 FROM declarations_dif WHERE id = OLD.declaration)
BEGIN
    SELECT RAISE(ABORT, 'ce qui a été dit ne s''efface qu''avec le compte');
END;
CREATE TRIGGER decisions_dif_sans_remplacement BEFORE INSERT ON decisions_dif
WHEN EXISTS (SELECT 1 FROM decisions_dif WHERE declaration = NEW.declaration)
BEGIN
    SELECT RAISE(ABORT, 'ce qui a été dit ne se modifie pas : une suite s''ajoute');
END;

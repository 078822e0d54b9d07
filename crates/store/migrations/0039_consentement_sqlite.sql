-- Triggers have no common text. Nothing changes; it goes with what it hangs from, and not before.
CREATE TRIGGER retraits_handicap_sans_modification BEFORE UPDATE ON retraits_handicap
BEGIN
    SELECT RAISE(ABORT, 'ce qui a été dit ne se modifie pas : une suite s''ajoute');
END;
CREATE TRIGGER retraits_handicap_sans_effacement BEFORE DELETE ON retraits_handicap
WHEN EXISTS (SELECT 1 FROM declarations_handicap WHERE id = OLD.declaration)
BEGIN
    SELECT RAISE(ABORT, 'ce qui a été dit ne s''efface qu''avec le compte');
END;
CREATE TRIGGER retraits_handicap_sans_remplacement BEFORE INSERT ON retraits_handicap
WHEN EXISTS (SELECT 1 FROM retraits_handicap WHERE declaration = NEW.declaration)
BEGIN
    SELECT RAISE(ABORT, 'ce qui a été dit ne se modifie pas : une suite s''ajoute');
END;

-- Triggers have no common text. Anchors stay; a line goes when the journal has another that is a year younger, and an anchor
-- that comes after it.
CREATE TRIGGER ancres_sans_modification BEFORE UPDATE ON ancres
BEGIN
    SELECT RAISE(ABORT, 'le journal ne se modifie pas');
END;
CREATE TRIGGER ancres_sans_effacement BEFORE DELETE ON ancres
BEGIN
    SELECT RAISE(ABORT, 'le journal garde ses ancres');
END;
-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER ancres_sans_remplacement BEFORE INSERT ON ancres
WHEN EXISTS (SELECT 1 FROM ancres a WHERE a.numero = NEW.numero OR a.jour = NEW.jour OR a.rowid = NEW.rowid)
BEGIN
    SELECT RAISE(ABORT, 'le journal ne se modifie pas');
END;
DROP TRIGGER journal_sans_effacement;
CREATE TRIGGER journal_sans_effacement BEFORE DELETE ON journal
WHEN NOT EXISTS (SELECT 1 FROM journal WHERE quand >= OLD.quand + 31536000000)
    OR NOT EXISTS (SELECT 1 FROM maillons m JOIN ancres a ON a.rang >= m.rang WHERE m.ligne = OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'le journal se garde un an, et jusqu''à une ancre');
END;
DROP TRIGGER maillons_sans_effacement;
CREATE TRIGGER maillons_sans_effacement BEFORE DELETE ON maillons
WHEN NOT EXISTS (SELECT 1 FROM journal WHERE quand >= OLD.quand + 31536000000)
    OR NOT EXISTS (SELECT 1 FROM ancres WHERE rang >= OLD.rang)
BEGIN
    SELECT RAISE(ABORT, 'le journal se garde un an, et jusqu''à une ancre');
END;

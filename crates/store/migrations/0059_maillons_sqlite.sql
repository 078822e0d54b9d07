-- Triggers have no common text. A link goes as a line does: when the journal has a line that is a year younger.
CREATE TRIGGER maillons_sans_modification BEFORE UPDATE ON maillons
BEGIN
    SELECT RAISE(ABORT, 'le journal ne se modifie pas');
END;
CREATE TRIGGER maillons_sans_effacement BEFORE DELETE ON maillons
WHEN NOT EXISTS (SELECT 1 FROM journal WHERE quand >= OLD.quand + 31536000000)
BEGIN
    SELECT RAISE(ABORT, 'le journal se garde un an');
END;
-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER maillons_sans_remplacement BEFORE INSERT ON maillons
WHEN EXISTS (SELECT 1 FROM maillons m WHERE m.rang = NEW.rang OR m.ligne = NEW.ligne OR m.rowid = NEW.rowid)
BEGIN
    SELECT RAISE(ABORT, 'le journal ne se modifie pas');
END;

-- Triggers have no common text. A line goes when the journal itself has another that is a year younger (365 days), and not
-- before: its own lines tell the time, whatever the clock of whoever erases.
CREATE TRIGGER journal_sans_modification BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'le journal ne se modifie pas');
END;
CREATE TRIGGER journal_sans_effacement BEFORE DELETE ON journal
WHEN NOT EXISTS (SELECT 1 FROM journal WHERE quand >= OLD.quand + 31536000000)
BEGIN
    SELECT RAISE(ABORT, 'le journal se garde un an');
END;
-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER journal_sans_remplacement BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal j WHERE j.id = NEW.id OR j.rowid = NEW.rowid)
BEGIN
    SELECT RAISE(ABORT, 'le journal ne se modifie pas');
END;

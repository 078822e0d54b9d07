-- Triggers have no common text. SQLite has no TRUNCATE; dropping the table is not a change of a line.
CREATE TRIGGER ecritures_sans_modification BEFORE UPDATE ON ecritures
BEGIN
    SELECT RAISE(ABORT, 'le registre ne se modifie pas : une correction est une contre-écriture');
END;
CREATE TRIGGER ecritures_sans_effacement BEFORE DELETE ON ecritures
BEGIN
    SELECT RAISE(ABORT, 'le registre ne s''efface pas : une correction est une contre-écriture');
END;
-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER ecritures_sans_remplacement BEFORE INSERT ON ecritures
WHEN EXISTS (SELECT 1 FROM ecritures e WHERE e.personne = NEW.personne AND e.annee = NEW.annee AND e.rang = NEW.rang)
BEGIN
    SELECT RAISE(ABORT, 'le registre ne se modifie pas : une correction est une contre-écriture');
END;

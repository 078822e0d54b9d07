-- REPLACE also deletes a line that shares another of its keys: the hidden number of the row, or what it takes back.
DROP TRIGGER ecritures_sans_remplacement;
CREATE TRIGGER ecritures_sans_remplacement BEFORE INSERT ON ecritures
WHEN EXISTS (
    SELECT 1 FROM ecritures e
    WHERE e.rowid = NEW.rowid
        OR (e.personne = NEW.personne AND e.annee = NEW.annee AND (e.rang = NEW.rang OR e.corrige = NEW.corrige))
)
BEGIN
    SELECT RAISE(ABORT, 'le registre ne se modifie pas : une correction est une contre-écriture');
END;

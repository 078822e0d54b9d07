-- Triggers have no common text. Nothing changes; a row goes with what it hangs from, and not before: a cascade comes once
-- the account is gone. REPLACE deletes without asking any trigger but that of the insertion.

CREATE TRIGGER declarations_sous_niveau_3_sans_modification BEFORE UPDATE ON declarations_sous_niveau_3
BEGIN
    SELECT RAISE(ABORT, 'ce qui a été dit ne se modifie pas : une suite s''ajoute');
END;
CREATE TRIGGER declarations_sous_niveau_3_sans_effacement BEFORE DELETE ON declarations_sous_niveau_3
WHEN EXISTS (SELECT 1 FROM comptes WHERE id = OLD.compte)
BEGIN
    SELECT RAISE(ABORT, 'ce qui a été dit ne s''efface qu''avec le compte');
END;
CREATE TRIGGER declarations_sous_niveau_3_sans_remplacement BEFORE INSERT ON declarations_sous_niveau_3
WHEN EXISTS (
    SELECT 1 FROM declarations_sous_niveau_3 t
    WHERE t.compte = NEW.compte AND t.rang = NEW.rang
)
BEGIN
    SELECT RAISE(ABORT, 'ce qui a été dit ne se modifie pas : une suite s''ajoute');
END;

CREATE TRIGGER contestations_sans_modification BEFORE UPDATE ON contestations
BEGIN
    SELECT RAISE(ABORT, 'ce qui a été dit ne se modifie pas : une suite s''ajoute');
END;
CREATE TRIGGER contestations_sans_effacement BEFORE DELETE ON contestations
WHEN EXISTS (SELECT 1 FROM comptes WHERE id = OLD.compte)
BEGIN
    SELECT RAISE(ABORT, 'ce qui a été dit ne s''efface qu''avec le compte');
END;
CREATE TRIGGER contestations_sans_remplacement BEFORE INSERT ON contestations
WHEN EXISTS (
    SELECT 1 FROM contestations t
    WHERE t.id = NEW.id OR t.reference = NEW.reference OR (t.compte = NEW.compte AND t.rang = NEW.rang)
)
BEGIN
    SELECT RAISE(ABORT, 'ce qui a été dit ne se modifie pas : une suite s''ajoute');
END;

CREATE TRIGGER suites_contestations_sans_modification BEFORE UPDATE ON suites_contestations
BEGIN
    SELECT RAISE(ABORT, 'ce qui a été dit ne se modifie pas : une suite s''ajoute');
END;
CREATE TRIGGER suites_contestations_sans_effacement BEFORE DELETE ON suites_contestations
WHEN EXISTS (SELECT 1 FROM contestations WHERE id = OLD.contestation)
BEGIN
    SELECT RAISE(ABORT, 'ce qui a été dit ne s''efface qu''avec le compte');
END;
CREATE TRIGGER suites_contestations_sans_remplacement BEFORE INSERT ON suites_contestations
WHEN EXISTS (
    SELECT 1 FROM suites_contestations t
    WHERE t.contestation = NEW.contestation AND t.rang = NEW.rang
)
BEGIN
    SELECT RAISE(ABORT, 'ce qui a été dit ne se modifie pas : une suite s''ajoute');
END;

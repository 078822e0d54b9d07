-- Triggers have no common text. Nothing changes, be it no row at all; a row goes with what it hangs from, and not before.
CREATE FUNCTION actes_inalterables() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ce qui a été dit ne se modifie pas : une suite s''ajoute';
END;
$$;
CREATE TRIGGER declarations_sous_niveau_3_inalterables BEFORE UPDATE OR TRUNCATE ON declarations_sous_niveau_3
FOR EACH STATEMENT EXECUTE FUNCTION actes_inalterables();
CREATE TRIGGER contestations_inalterables BEFORE UPDATE OR TRUNCATE ON contestations
FOR EACH STATEMENT EXECUTE FUNCTION actes_inalterables();
CREATE TRIGGER suites_contestations_inalterables BEFORE UPDATE OR TRUNCATE ON suites_contestations
FOR EACH STATEMENT EXECUTE FUNCTION actes_inalterables();

-- A cascade comes once the account is gone.
CREATE FUNCTION acte_d_un_compte() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM comptes WHERE id = OLD.compte) THEN
        RAISE EXCEPTION 'ce qui a été dit ne s''efface qu''avec le compte';
    END IF;
    RETURN OLD;
END;
$$;
CREATE TRIGGER declarations_sous_niveau_3_gardees BEFORE DELETE ON declarations_sous_niveau_3
FOR EACH ROW EXECUTE FUNCTION acte_d_un_compte();
CREATE TRIGGER contestations_gardees BEFORE DELETE ON contestations
FOR EACH ROW EXECUTE FUNCTION acte_d_un_compte();

CREATE FUNCTION suite_d_une_contestation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM contestations WHERE id = OLD.contestation) THEN
        RAISE EXCEPTION 'ce qui a été dit ne s''efface qu''avec le compte';
    END IF;
    RETURN OLD;
END;
$$;
CREATE TRIGGER suites_contestations_gardees BEFORE DELETE ON suites_contestations
FOR EACH ROW EXECUTE FUNCTION suite_d_une_contestation();

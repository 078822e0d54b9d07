-- Triggers have no common text. Anchors stay; a line goes when the journal has another that is a year younger, and an anchor
-- that comes after it.
CREATE TRIGGER ancres_sans_modification BEFORE UPDATE OR DELETE OR TRUNCATE ON ancres
FOR EACH STATEMENT EXECUTE FUNCTION journal_inalterable();
CREATE FUNCTION journal_ancre() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM maillons m JOIN ancres a ON a.rang >= m.rang WHERE m.ligne = OLD.id) THEN
        RAISE EXCEPTION 'le journal se garde jusqu''à une ancre';
    END IF;
    RETURN OLD;
END;
$$;
CREATE TRIGGER journal_sans_effacement_avant_ancre BEFORE DELETE ON journal
FOR EACH ROW EXECUTE FUNCTION journal_ancre();
CREATE FUNCTION maillons_ancre() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM ancres WHERE rang >= OLD.rang) THEN
        RAISE EXCEPTION 'le journal se garde jusqu''à une ancre';
    END IF;
    RETURN OLD;
END;
$$;
CREATE TRIGGER maillons_sans_effacement_avant_ancre BEFORE DELETE ON maillons
FOR EACH ROW EXECUTE FUNCTION maillons_ancre();

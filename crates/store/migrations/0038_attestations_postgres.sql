-- Triggers have no common text. Nothing changes, be it no row at all; a decision goes with what it hangs from, and not before.
CREATE TRIGGER decisions_dif_inalterables BEFORE UPDATE OR TRUNCATE ON decisions_dif
FOR EACH STATEMENT EXECUTE FUNCTION actes_inalterables();
CREATE FUNCTION decision_d_une_attestation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM declarations_dif WHERE id = OLD.declaration) THEN
        RAISE EXCEPTION 'ce qui a été dit ne s''efface qu''avec le compte';
    END IF;
    RETURN OLD;
END;
$$;
CREATE TRIGGER decisions_dif_gardees BEFORE DELETE ON decisions_dif
FOR EACH ROW EXECUTE FUNCTION decision_d_une_attestation();

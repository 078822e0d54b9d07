-- Triggers have no common text. One per statement is enough: nothing may change, be it no row at all.
CREATE FUNCTION registre_inalterable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'le registre ne se modifie pas : une correction est une contre-écriture';
END;
$$;
CREATE TRIGGER ecritures_inalterables BEFORE UPDATE OR DELETE OR TRUNCATE ON ecritures
FOR EACH STATEMENT EXECUTE FUNCTION registre_inalterable();

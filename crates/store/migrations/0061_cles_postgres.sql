-- Triggers have no common text. A program that does not know the version that writes would not find who is known under it, and would
-- record them a second time: it is refused. A NIR that says no version was encrypted under the first. The row is held until
-- the end of the transaction: the version that writes changes before it, or after.
CREATE FUNCTION personnes_sous_la_cle_en_usage() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    en_usage TEXT;
BEGIN
    SELECT valeur INTO en_usage FROM temoins WHERE nom = 'version en usage' FOR SHARE;
    -- Between brackets: else its THEN would be that of IF.
    IF CAST(en_usage AS INTEGER) > (CASE position(':' IN NEW.nir_chiffre) WHEN 0 THEN 1
        ELSE CAST(split_part(NEW.nir_chiffre, ':', 1) AS INTEGER) END)
    THEN
        RAISE EXCEPTION 'ce programme ne connaît pas la clé en usage';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER personnes_sous_la_cle_en_usage BEFORE INSERT ON personnes
FOR EACH ROW EXECUTE FUNCTION personnes_sous_la_cle_en_usage();

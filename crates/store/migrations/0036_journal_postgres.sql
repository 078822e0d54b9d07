-- Triggers have no common text. A line goes when the journal itself has another that is a year younger (365 days), and not
-- before: its own lines tell the time, whatever the clock of whoever erases.
CREATE FUNCTION journal_inalterable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'le journal ne se modifie pas';
END;
$$;
CREATE TRIGGER journal_sans_modification BEFORE UPDATE OR TRUNCATE ON journal
FOR EACH STATEMENT EXECUTE FUNCTION journal_inalterable();
CREATE FUNCTION journal_garde() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM journal WHERE quand >= OLD.quand + 31536000000) THEN
        RAISE EXCEPTION 'le journal se garde un an';
    END IF;
    RETURN OLD;
END;
$$;
CREATE TRIGGER journal_sans_effacement BEFORE DELETE ON journal
FOR EACH ROW EXECUTE FUNCTION journal_garde();

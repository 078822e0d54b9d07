-- Triggers have no common text. Nothing changes, be it no row at all; it goes with what it hangs from, and not before.
CREATE TRIGGER retraits_handicap_inalterables BEFORE UPDATE OR TRUNCATE ON retraits_handicap
FOR EACH STATEMENT EXECUTE FUNCTION actes_inalterables();
CREATE TRIGGER retraits_handicap_gardes BEFORE DELETE ON retraits_handicap
FOR EACH ROW EXECUTE FUNCTION decision_d_une_declaration();

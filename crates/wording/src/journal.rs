//! What the journal says, in French. A word of a later version is shown as it is.

/// What each word tells, in the order of the alphabet.
const SAID: [(&str, &str); 71] = [
    ("acces_rendu", "Mot de passe perdu, remplacé"),
    ("autre_compte_refuse", "Demande de l’écran d’un autre compte, refusée"),
    ("cle_acces_ajoutee", "Clé d’accès ajoutée"),
    ("cle_acces_renommee", "Clé d’accès renommée"),
    ("cle_acces_retiree", "Clé d’accès retirée"),
    ("code_imprime", "Code imprimé pour une lettre"),
    ("code_refuse", "Code faux"),
    ("code_secours_servi", "Code de secours utilisé"),
    ("codes_secours_renouveles", "Codes de secours refaits"),
    ("compte_degele", "Compte débloqué"),
    ("compte_gele", "Compte gelé"),
    ("compte_lu", "Compte consulté"),
    ("compte_mis_a_part", "Compte mis à part"),
    ("compte_ouvert", "Compte ouvert"),
    ("connexion", "Connexion"),
    ("connexion_fermee", "Appareil déconnecté"),
    ("connexion_gelee", "Connexion refusée\u{a0}: compte gelé"),
    ("connexion_refusee", "Connexion refusée\u{a0}: mot de passe faux"),
    ("connexions_fermees", "Autres appareils déconnectés"),
    ("contestation_deposee", "Ligne contestée"),
    ("contestation_lue", "Contestation consultée"),
    ("contestation_prise_en_charge", "Contestation prise en charge"),
    ("contestation_repondue", "Réponse à une contestation"),
    ("coordonnees_changees", "Coordonnées changées"),
    ("courriel_confirme", "Courriel confirmé"),
    ("courriel_remplace", "Courriel remplacé"),
    ("deces_note", "Décès noté"),
    ("deconnexion", "Déconnexion"),
    ("demande_illisible", "Demande que la page n’envoie pas, refusée"),
    ("dif_accepte", "DIF accepté"),
    ("dif_declare", "DIF déclaré"),
    ("dif_lu", "Déclaration de DIF consultée"),
    ("dif_piece_lue", "Attestation de DIF consultée"),
    ("dif_refuse", "DIF refusé"),
    ("export", "Données emportées"),
    ("export_entier", "Toutes les données emportées, avec le numéro et les pièces"),
    ("fermeture_annoncee", "Fermeture annoncée"),
    ("fermeture_annulee", "Compte gardé, sa fermeture est annulée"),
    ("fermeture_demandee", "Fermeture du compte demandée"),
    ("handicap_accepte", "Handicap accepté"),
    ("handicap_declare", "Handicap déclaré"),
    ("handicap_lu", "Déclaration de handicap consultée"),
    ("handicap_piece_lue", "Justificatif de handicap consulté"),
    ("handicap_refuse", "Handicap refusé"),
    ("handicap_retire", "Déclaration de handicap retirée"),
    ("identite_detachee", "Identité détachée"),
    ("identite_prouvee", "Identité prouvée"),
    ("identite_refusee", "Identité refusée"),
    ("identite_reliee", "Identité reliée"),
    ("inscription_refusee", "Inscription refusée"),
    ("journal_lu", "Journal consulté"),
    ("lien_perime", "Lien ou code qui ne sert plus"),
    ("mot_de_passe_change", "Mot de passe changé"),
    ("mot_de_passe_refuse", "Mot de passe faux"),
    ("naissance_corrigee", "Date de naissance corrigée"),
    ("nir_corrige", "Numéro de sécurité sociale corrigé"),
    ("nir_libere", "Numéro de sécurité sociale rendu à une autre personne"),
    ("nir_rendu", "Numéro de sécurité sociale retrouvé"),
    ("niveau_refuse", "Action refusée\u{a0}: il fallait prouver davantage"),
    ("nom_corrige", "Nom corrigé"),
    ("origine_refusee", "Demande d’un autre site, refusée"),
    ("qualification_declaree", "Diplôme déclaré"),
    ("qualification_finie", "Déclaration de diplôme terminée"),
    ("releve_lu", "Relevé consulté"),
    ("releves_lus", "Relevés de tous les comptes consultés"),
    ("seconde_etape_demandee", "Mot de passe juste, seconde étape demandée"),
    ("seconde_etape_levee", "Seconde étape levée"),
    ("seconde_etape_posee", "Seconde étape posée"),
    ("seconde_etape_refusee", "Seconde étape refusée"),
    ("seconde_etape_retiree", "Seconde étape retirée"),
    ("tentatives_arretees", "Trop d’essais, arrêtés"),
];

/// By which way a session was opened.
const WAYS: [(&str, &str); 9] = [
    ("application", "code de l’application"),
    ("cle_acces", "clé d’accès"),
    ("code_secours", "code de secours"),
    ("degel", "compte débloqué"),
    ("fournisseur", "identité reliée"),
    ("inscription", "compte ouvert"),
    ("mot_de_passe", "mot de passe"),
    ("profil", "depuis le profil"),
    ("recuperation", "mot de passe remplacé"),
];

/// Whether the word has its French.
pub fn is_known(word: &str) -> bool {
    look_up(&SAID, word).is_some()
}

fn look_up(table: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    table.binary_search_by(|(known, _)| (*known).cmp(word)).ok().map(|at| table[at].1)
}

/// What was done.
pub fn said(word: &str) -> String {
    look_up(&SAID, word).unwrap_or(word).to_owned()
}

/// By which way it was done.
pub fn way(word: &str) -> Option<&'static str> {
    look_up(&WAYS, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order_and_an_unknown_one_is_shown() {
        assert!(SAID.is_sorted() && WAYS.is_sorted());
        assert_eq!(said("releve_lu"), "Relevé consulté");
        assert_eq!(said("acte_de_demain"), "acte_de_demain");
        assert_eq!((way("cle_acces"), way("ailleurs")), (Some("clé d’accès"), None));
    }
}

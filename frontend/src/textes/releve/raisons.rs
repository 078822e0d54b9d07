//! Why nothing was given, or why it was taken back.

use domaine::droits::Raison;

/// Why nothing was given, or why it was taken back. No `_` arm.
pub(super) const fn dire_raison(raison: Raison) -> &'static str {
    match raison {
        Raison::CotisationImpayee => {
            "La contribution à la formation n’a pas été payée : une fois payée, l’année sera créditée."
        }
        Raison::Age => "Le compte s’ouvre à 16 ans, ou à 15 ans en apprentissage.",
        Raison::Retraite => "Depuis votre retraite à taux plein, le compte n’est plus alimenté ni dépensé.",
        Raison::SansRegle => "Aucun texte connu de ce compte ne donne de droits à cette situation cette année-là.",
        Raison::SansReference => "Il manque le SMIC horaire pour savoir ce qu’est une année entière.",
        Raison::SoldeInsuffisant => "Votre compte ne suffisait pas.",
        Raison::AttestationRemplacee => "Une autre attestation de DIF a remplacé celle-ci.",
        Raison::AnneeRectifiee => "Ce qui était connu de cette année a été corrigé.",
        Raison::DeclarationAnnulee => "La déclaration de niveau de diplôme était inexacte : l’année est recalculée.",
    }
}

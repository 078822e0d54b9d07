//! Disputing a line: who can mend it, what to bring, where the request stands. No `_` arm.

use domaine::droits::{Destinataire, RequestStatut};

/// Who can mend the line, and the proof to bring.
pub const fn whose(destinataire: Destinataire) -> (&'static str, &'static str) {
    match destinataire {
        Destinataire::Employeur => (
            "Votre employeur de cette année-là. Lui seul peut corriger sa déclaration sociale (DSN) ; votre relevé la suivra.",
            "Vos bulletins de paie de l’année, votre contrat ou votre certificat de travail.",
        ),
        Destinataire::Caisse => (
            "L’Urssaf, ou la caisse qui reçoit votre contribution à la formation.",
            "L’attestation de votre contribution à la formation pour cette année.",
        ),
        Destinataire::Service => (
            "Ce service : c’est lui qui a fait ce calcul.",
            "Tout document qui dit autre chose, par exemple un relevé de vos heures au 31 décembre 2018.",
        ),
        Destinataire::Titulaire => (
            "Vous-même : cette ligne vient de votre déclaration, qu’une nouvelle peut remplacer dans « Mon DIF ».",
            "Votre bulletin de paie de décembre 2014 ou de janvier 2015, ou une attestation de votre employeur.",
        ),
        Destinataire::Financeur => {
            ("Le financeur que nomme cette ligne.", "Sa décision ou son courrier, avec le montant et la date.")
        }
        Destinataire::Organisme => (
            "L’organisme de formation, qui déclare votre inscription et votre présence.",
            "Votre convention, votre facture, ou la preuve de votre annulation.",
        ),
        Destinataire::Attestant => (
            "L’organisme qui a attesté votre engagement.",
            "Son attestation, avec vos dates et la durée de votre engagement.",
        ),
    }
}

/// Where a request stands.
pub const fn statut(statut: RequestStatut) -> &'static str {
    match statut {
        RequestStatut::Received => "reçue",
        RequestStatut::UnderWay => "en cours",
        RequestStatut::Answered => "répondue",
    }
}

#[cfg(test)]
mod tests {
    use super::super::compose::composition_faute;
    use super::*;

    #[test]
    fn every_addressee_is_told_in_well_set_sentences() {
        for destinataire in [
            Destinataire::Employeur,
            Destinataire::Caisse,
            Destinataire::Service,
            Destinataire::Titulaire,
            Destinataire::Financeur,
            Destinataire::Organisme,
            Destinataire::Attestant,
        ] {
            let (who, proof) = whose(destinataire);
            assert_eq!((composition_faute(who), composition_faute(proof)), (None, None), "{destinataire:?}");
        }
    }
}

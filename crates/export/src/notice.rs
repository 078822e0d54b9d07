//! What is read first by whoever opens the file: what is in it, and how it is checked.

/// The notice of a file that this service gave, « https://acquis.example ».
pub fn notice(service: &str) -> String {
    NOTICE.replace("SERVICE", service)
}

const NOTICE: &str = "\
Tout ce que le service SERVICE garde de vous

Ce dossier suffit à se faire passer pour vous : gardez-le où personne d'autre ne le lit.

  donnees.json         tout, pour un autre logiciel ; donnees.schema.json en dit la forme
  releve.html          votre relevé, à lire dans un navigateur
  justificatifs/       vos pièces, telles que vous les aviez envoyées
  signatures/          de quoi vérifier que rien n'a changé depuis

Qui reçoit ce ZIP peut vérifier qu'il vient de ce service et que rien n'y a été changé :

  acquis export verifier mes-donnees.zip --cle cles.json

où cles.json est la page SERVICE/.well-known/acquis-signatures.json, enregistrée une fois. Sans ce programme, openssl suffit :
voir docs/export.md du projet Acquis. Une vérification prouve ce que le service gardait ce jour-là, pas que c'est exact.
";

//! Days as an operator writes and reads them.

use domaine::mesures::Jour;

/// « 30/06/2021 » or « 2021-06-30 ».
pub fn jour(texte: &str) -> Option<Jour> {
    if let Ok(jour) = texte.parse() {
        return Some(jour);
    }
    let (jour, suite) = texte.split_once('/')?;
    let (mois, annee) = suite.split_once('/')?;
    Jour::new(annee.parse().ok()?, mois.parse().ok()?, jour.parse().ok()?).ok()
}

/// « 30/06/2021 ».
pub fn en_jour(jour: Jour) -> String {
    format!("{:02}/{:02}/{}", jour.jour(), jour.mois(), jour.annee())
}

//! What whoever runs the server says of themselves in the pages that are read (`frontend/prose/`): a public server does
//! not start without it. How it is written there is `server`'s to say.

use std::collections::BTreeMap;

use batch::wording::format_day;
use domaine::bareme::Bareme;
use domaine::retention::Closing;
use server::Places;

use super::table::Setting;
use super::{Config, InvalidSetting, Values};

const fn said(nom: &'static str, help: &'static str) -> Setting {
    Setting { nom, default: "", help }
}

/// What is asked of whoever runs a public server, in the order in which one writes it.
pub const HOST: &[Setting] = &[
    said("organisme", "Nom de l'organisme qui tient ce site, tel que les personnes le connaissent."),
    said(
        "editeur",
        "Qui publie ce site : nom ou raison sociale, forme, capital, adresse, téléphone, courriel, numéro d'immatriculation \
         (loi n° 2004-575, article 1-1).",
    ),
    said("directeur_publication", "Nom du directeur de la publication (loi n° 2004-575, article 1-1)."),
    said("hebergement", "Nom, adresse et téléphone de qui héberge les serveurs (loi n° 2004-575, article 1-1)."),
    said("code_source", "Adresse du code source du logiciel installé ici, « https://… »."),
    said("contact", "Comment joindre quelqu'un qui aide : courriel, téléphone, horaires."),
    said(
        "adresse_courrier",
        "Courriel et adresse postale où écrire : pour corriger un nom, exercer un droit ou dire un désaccord.",
    ),
    said("delai_reponse", "Délai dans lequel une réponse est donnée à qui écrit, par exemple « un mois »."),
    said(
        "date_conditions",
        "Jour depuis lequel les conditions générales d'utilisation sont en vigueur, par exemple « 1er janvier 2027 ».",
    ),
    said(
        "personnes_admises",
        "Qui peut ouvrir un compte ici, par exemple « Ce site est réservé aux salariés de la branche X. ».",
    ),
    said(
        "engagements",
        "Ce que ce service promet : disponibilité, assistance, horaires ; ou qu'il ne promet rien de plus.",
    ),
    said("mediateur", "Médiateur que l'on peut saisir, s'il y en a un, et juridiction compétente."),
    said("responsable", "Responsable du traitement des données : nom et adresse (RGPD, article 13)."),
    said(
        "delegue",
        "Comment joindre le délégué à la protection des données, ou « aucun délégué n'est désigné » (RGPD, article 13).",
    ),
    said("lieu_donnees", "Pays où sont les données, et le prestataire qui les héberge."),
    said(
        "fondement_nir",
        "Texte qui permet à cet organisme de traiter le numéro de sécurité sociale (décret n° 2019-341) ; sans lui, seules des \
         personnes fictives peuvent avoir un compte.",
    ),
    said(
        "fondement",
        "Base du traitement, une phrase : mission d'intérêt public, contrat ou autre (RGPD, article 6). Le handicap repose sur \
         l'accord de la personne : la page le dit déjà.",
    ),
    said(
        "service_habilite",
        "Service dont les personnes habilitées vérifient les justificatifs et répondent, sans article : « cellule formation de X ».",
    ),
    said(
        "duree_journaux",
        "Durée pendant laquelle les journaux techniques sont gardés, de 6 mois à 1 an (CNIL, délibération n° 2021-122).",
    ),
    said(
        "duree_sauvegardes",
        "Durée pendant laquelle une sauvegarde est gardée : ce que quelqu'un efface y reste jusque-là.",
    ),
    said("audit_accessibilite", "Date et résultat d'un audit d'accessibilité, ou « Ce site n'a pas été audité. »."),
    said("contact_accessibilite", "À qui dire qu'une page est inaccessible : courriel, téléphone, adresse."),
    said(
        "declaration_accessibilite",
        "Date de la déclaration d'accessibilité de cette installation, et ce qu'elle change, une phrase.",
    ),
];

/// Where `contact_securite`, which has a use of its own, is shown.
const SECURITY: &str = "contact_securite";
/// Longer than this, it is no sentence.
const LONGEST: usize = 2_000;

/// What was said, by the names of the settings.
pub(super) type Said = BTreeMap<&'static str, String>;

pub(super) fn parse(values: &Values) -> Result<Said, InvalidSetting> {
    let usable = |text: &str| {
        let command = |c: char| c.is_control() && c != '\n' && c != '\r' && c != '\t';
        (text.len() <= LONGEST && !text.contains(command)).then(|| text.to_owned())
    };
    let read = |setting: &Setting| {
        Ok((setting.nom, values.parse(setting.nom, "un texte de 2000 caractères au plus", usable)?))
    };
    HOST.iter().map(read).collect()
}

impl Config {
    /// What is written in the pages: what is said here, and what other settings decide.
    pub fn places(&self) -> Places {
        let dif = match self.dif_declaration_end {
            None => "Ce site en reçoit encore, ce que la loi ne prévoit plus.".to_owned(),
            Some(Bareme::LEGAL_DIF_END) => "Ce site suit cette date.".to_owned(),
            Some(day) => format!("Ce site en reçoit jusqu’au {} inclus.", format_day(day)),
        };
        let closing = match self.closing {
            Closing::Erases(0) => "Vous pouvez fermer votre compte à tout moment, depuis votre profil : ce que vous y avez écrit est effacé aussitôt.".to_owned(),
            Closing::Erases(1) => "Vous pouvez fermer votre compte à tout moment, depuis votre profil : ce que vous y avez écrit est effacé le lendemain ; d’ici là, \
                 vous pouvez vous y connecter et le garder."
                .to_owned(),
            Closing::Erases(days) => {
                format!(
                    "Vous pouvez fermer votre compte à tout moment, depuis votre profil : ce que vous y avez écrit est effacé {days} jours \
                     plus tard ; d’ici là, vous pouvez vous y connecter et le garder."
                )
            }
            Closing::Excluded => "Ici, un compte ne se ferme pas : le Code du travail (R6323-38) excepte ce système du droit à l’effacement et du \
                 droit d’opposition, et garde les données trois ans après un décès (R6323-39)."
                .to_owned(),
        };
        let kept = match self.journal_kept {
            365 | 366 => "d’un an".to_owned(),
            days => format!("de {days} jours"),
        };
        let unused = match self.retention.filter(|_| self.closing != Closing::Excluded) {
            None => "Ce site ne ferme pas de lui-même un compte dont personne ne se sert.".to_owned(),
            Some(retention) => format!(
                "Si personne ne s’y connecte pendant {} ans, un courriel annonce sa fermeture trois mois avant, un autre un mois \
                 avant ; s’y connecter suffit pour le garder. Un compte qui contient une déclaration de DIF n’est pas fermé.",
                retention.count()
            ),
        };
        let contact = self.security_contact.as_deref().unwrap_or_default();
        let decided = [
            ("dif_depuis", dif),
            ("sans_activite", unused),
            ("fermeture", closing),
            ("duree_journal", kept),
            (SECURITY, contact.strip_prefix("mailto:").unwrap_or(contact).to_owned()),
        ];
        Places::new(self.host.iter().map(|(nom, text)| (*nom, text.clone())).chain(decided))
    }

    /// The first of its addresses that does not lead to this machine alone.
    pub(super) fn public(&self) -> Option<&str> {
        self.public_address.iter().map(String::as_str).find(|address| !server::is_of_this_machine(address))
    }

    /// The fictional people are for a trial: never among those of a public server.
    ///
    /// # Errors
    /// [`InvalidSetting`] says so.
    pub fn is_a_trial(&self) -> Result<(), InvalidSetting> {
        let Some(address) = self.public() else { return Ok(()) };
        Err(InvalidSetting(format!(
            "avec adresse_publique = « {address} », ce serveur est public, et « demo » y ajouterait des personnes fictives : \
             essayez sur une machine sans adresse_publique"
        )))
    }

    /// A public server writes to its people, and says who answers for it.
    ///
    /// # Errors
    /// [`InvalidSetting`] names everything that is missing, with what to write.
    pub(super) fn complete_if_public(&self) -> Result<(), InvalidSetting> {
        let Some(address) = self.public() else { return Ok(()) };
        let mut missing = Vec::new();
        if self.smtp.is_none() {
            missing.push("smtp : un serveur public écrit aux titulaires ; smtp et expediteur sont attendus".to_owned());
        }
        if self.security_contact.is_none() {
            missing.push(format!("{SECURITY} : Adresse à qui signaler une faille, « mailto:… » ou « https://… »."));
        }
        let empty = HOST.iter().filter(|setting| self.host.get(setting.nom).is_none_or(|text| text.is_empty()));
        missing.extend(empty.map(|setting| format!("{} : {}", setting.nom, setting.help)));
        if missing.is_empty() {
            return Ok(());
        }
        Err(InvalidSetting(format!(
            "avec adresse_publique = « {address} », ce serveur est public, et ne démarre pas sans ce qui suit. Écrivez-le dans \
             acquis.toml (docs/acquis.toml.exemple), ou dans des variables ACQUIS_… ; pour un essai sur cette machine, laissez \
             adresse_publique vide.\n  {}",
            missing.join("\n  ")
        )))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// The name and the text of each page that is read.
    fn pages() -> Vec<(String, String)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frontend/prose");
        let paths = std::fs::read_dir(folder).expect("the pages").map(|file| file.expect("a page").path());
        paths.map(|path| (path.display().to_string(), std::fs::read_to_string(path).expect("a page"))).collect()
    }

    fn filled() -> Config {
        let all = HOST.iter().map(|setting| (format!("ACQUIS_{}", setting.nom.to_uppercase()), "Un texte".to_owned()));
        let contact = ("ACQUIS_CONTACT_SECURITE".to_owned(), "mailto:securite@exemple.fr".to_owned());
        Config::parse(None, all.chain([contact])).unwrap_or_else(|refusal| panic!("{refusal}"))
    }

    #[test]
    fn each_place_of_a_page_is_filled_and_each_setting_is_shown() {
        let mut in_the_pages = BTreeSet::new();
        for (page, html) in pages() {
            for marked in html.split("<mark").skip(1) {
                let place = marked.strip_prefix(" data-hebergeur=\"").and_then(|place| place.split_once("\">["));
                let (name, _) = place.unwrap_or_else(|| panic!("{page}: who fills « {marked} »?"));
                in_the_pages.insert(name.to_owned());
            }
            assert!(html.contains("<div class=\"alert\" data-essai>"), "{page} does not say that it is a trial");
        }
        let written: BTreeSet<String> = filled().places().names().map(str::to_owned).collect();
        assert_eq!(in_the_pages, written);
    }

    #[test]
    fn a_page_says_what_the_server_does_of_a_dif_declared_late() {
        let said = |end: &str| {
            let config = Config::parse(None, [("ACQUIS_FIN_DECLARATION_DIF".to_owned(), end.to_owned())]);
            format!("{:?}", config.unwrap_or_else(|refusal| panic!("{refusal}")).places())
        };
        assert!(said("30/06/2021").contains("Ce site suit cette date."));
        assert!(said("31/12/2027").contains("Ce site en reçoit jusqu’au 31/12/2027 inclus."));
        assert!(said("ouverte").contains("ce que la loi ne prévoit plus."));
    }

    #[test]
    fn a_public_server_is_told_at_once_everything_that_is_missing_and_what_to_write() {
        let with = |variables: &[(&str, &str)]| {
            let all = variables.iter().map(|(nom, text)| ((*nom).to_owned(), (*text).to_owned()));
            Config::parse(None, all).unwrap_or_else(|refusal| panic!("{refusal}")).complete_if_public()
        };
        assert_eq!(with(&[("ACQUIS_ADRESSE_PUBLIQUE", "http://localhost:8087")]), Ok(()));
        let refusal = with(&[("ACQUIS_ADRESSE_PUBLIQUE", "https://acquis.example"), ("ACQUIS_ORGANISME", "X")]);
        let refusal = refusal.expect_err("a refusal").to_string();
        assert!(!refusal.contains("\n  organisme :"), "{refusal}");
        for setting in HOST.iter().skip(1) {
            assert!(refusal.contains(&format!("\n  {} : {}", setting.nom, setting.help)), "{}: {refusal}", setting.nom);
        }
        for nom in ["smtp", SECURITY] {
            assert!(refusal.contains(&format!("\n  {nom} : ")), "{refusal}");
        }
    }
}

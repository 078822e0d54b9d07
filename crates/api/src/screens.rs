//! Every screen of the page, as data: where it stands, what its document is called, which part of the page brings it,
//! who may see it. No view: the page has one for each [`Name`], the server answers at each path.

/// The page is delivered in parts, each a program of its own (docs/decisions/0008): nobody pays for the account to
/// open one. Built with all its features, as while developing, it is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Before an account: what it is, how to open one, how to come in.
    Door,
    /// The account itself.
    Account,
    /// « Simuler mes droits », for who has an account and who has none.
    Simulation,
    /// Who the holder is, and the ways into their account: what is known of them, what opens it, and what shuts it.
    Access,
    /// What is read, from anywhere.
    Everywhere,
}

/// Which screen: what the page matches to choose a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// What the account is.
    Home,
    /// « Me connecter ».
    Login,
    /// « Créer mon compte ».
    SignUp,
    /// « Ouvrir mon compte »: where the link of a letter leads.
    Confirmation,
    /// « Mot de passe oublié ».
    Recovery,
    /// « Ce n’était pas moi »: where the link of a letter leads that stops an account.
    Stop,
    /// « Compte gelé »: what that is, and what opens it again.
    Frozen,
    /// « Mon solde ».
    Solde,
    /// « Mes droits formation ».
    MesDroits,
    /// « Mon DIF ».
    Dif,
    /// « Mon handicap ».
    Handicap,
    /// « Mon historique ».
    Historique,
    /// « Mon profil ».
    Profil,
    /// « Votre identité »: where a provider of identities sends somebody back.
    Identity,
    /// « Mes accès »: every way into the account.
    Access,
    /// « Seconde étape »: what an account asks for after its password.
    SecondStep,
    /// « Simuler mes droits ».
    Simulation,
    /// The terms of use.
    Terms,
    /// What is done with what is known of people.
    PersonalData,
    /// What was done so that everybody can use the page.
    Accessibility,
    /// Who answers for the page.
    LegalNotice,
    /// « Aide ».
    Help,
}

/// A screen and its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Which one.
    pub name: Name,
    /// Its path, from the slash on.
    pub path: &'static str,
    /// The title of the document.
    pub title: &'static str,
    /// Where it is delivered.
    pub part: Part,
    /// Whether only connected people see it.
    pub guarded: bool,
}

/// Every screen there is.
pub const SCREENS: &[Screen] = &[
    open(Name::Home, "/", "Acquis, votre compte de formation", Part::Door),
    open(Name::Login, "/connexion", "Me connecter · Acquis", Part::Door),
    open(Name::SignUp, "/inscription", "Créer mon compte · Acquis", Part::Door),
    // Whoever follows a link of a letter is about to see their account.
    open(Name::Confirmation, "/confirmer", "Ouvrir mon compte · Acquis", Part::Account),
    open(Name::Recovery, "/mot-de-passe-oublie", "Mot de passe oublié · Acquis", Part::Account),
    open(Name::Stop, "/ce-n-etait-pas-moi", "Ce n’était pas moi · Acquis", Part::Account),
    open(Name::Frozen, "/compte-gele", "Compte gelé · Acquis", Part::Account),
    guarded(Name::Solde, "/solde", "Mon solde · Acquis"),
    guarded(Name::MesDroits, "/mes-droits", "Mes droits formation · Acquis"),
    guarded(Name::Dif, "/dif", "Mon DIF · Acquis"),
    guarded(Name::Handicap, "/handicap", "Mon handicap · Acquis"),
    guarded(Name::Historique, "/historique", "Mon historique · Acquis"),
    Screen { guarded: true, ..open(Name::Profil, "/profil", "Mon profil · Acquis", Part::Access) },
    Screen { guarded: true, ..open(Name::Access, "/acces", "Mes accès · Acquis", Part::Access) },
    open(Name::SecondStep, "/seconde-etape", "Seconde étape · Acquis", Part::Access),
    open(Name::Identity, "/identite", "Votre identité · Acquis", Part::Door),
    open(Name::Simulation, "/simuler", "Simuler mes droits · Acquis", Part::Simulation),
    open(Name::Terms, "/cgu", "Conditions générales d’utilisation · Acquis", Part::Everywhere),
    open(Name::PersonalData, "/donnees-personnelles", "Données personnelles · Acquis", Part::Everywhere),
    open(Name::Accessibility, "/accessibilite", "Accessibilité · Acquis", Part::Everywhere),
    open(Name::LegalNotice, "/mentions-legales", "Mentions légales · Acquis", Part::Everywhere),
    open(Name::Help, "/aide", "Aide · Acquis", Part::Everywhere),
];

/// The title of the document where nothing stands.
pub const NOT_FOUND_TITLE: &str = "Cette page n’existe pas · Acquis";

const fn open(name: Name, path: &'static str, title: &'static str, part: Part) -> Screen {
    Screen { name, path, title, part, guarded: false }
}

const fn guarded(name: Name, path: &'static str, title: &'static str) -> Screen {
    Screen { name, path, title, part: Part::Account, guarded: true }
}

impl Screen {
    /// What the document is called, without the name of the service: the `h1` of a guarded screen.
    pub fn heading(&self) -> &'static str {
        self.title.strip_suffix(" · Acquis").unwrap_or(self.title)
    }
}

/// The screen at this address, as a person may write it: a slash more at the end changes nothing.
///
/// ```
/// use api::screens::{self, Name};
/// assert_eq!(screens::at("/solde/").map(|screen| screen.name), Some(Name::Solde));
/// assert_eq!(screens::at("/").map(|screen| screen.name), Some(Name::Home));
/// assert_eq!(screens::at("/ailleurs"), None);
/// ```
pub fn at(path: &str) -> Option<&'static Screen> {
    let path = path.trim_matches('/');
    SCREENS.iter().find(|screen| screen.path.trim_start_matches('/') == path)
}

/// Whether only connected people may see what stands at this address.
///
/// ```
/// assert!(api::screens::is_guarded("/solde"));
/// assert!(!api::screens::is_guarded("/aide"));
/// assert!(!api::screens::is_guarded("/ailleurs"));
/// ```
pub fn is_guarded(path: &str) -> bool {
    at(path).is_some_and(|screen| screen.guarded)
}

/// The title of the document at this address.
///
/// ```
/// assert_eq!(api::screens::title_at("/aide"), "Aide · Acquis");
/// assert_eq!(api::screens::title_at("/ailleurs"), api::screens::NOT_FOUND_TITLE);
/// ```
pub fn title_at(path: &str) -> &'static str {
    at(path).map_or(NOT_FOUND_TITLE, |screen| screen.title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_stands_alone_at_its_path() {
        for screen in SCREENS {
            assert!(screen.path.starts_with('/'), "{}", screen.path);
            assert_eq!(at(screen.path), Some(screen));
            assert_eq!(SCREENS.iter().filter(|other| other.name == screen.name).count(), 1, "{}", screen.path);
        }
    }

    #[test]
    fn a_guarded_screen_is_headed_by_its_title_without_the_name_of_the_service() {
        let headings: Vec<&str> = SCREENS.iter().filter(|screen| screen.guarded).map(Screen::heading).collect();
        assert_eq!(
            headings,
            [
                "Mon solde",
                "Mes droits formation",
                "Mon DIF",
                "Mon handicap",
                "Mon historique",
                "Mon profil",
                "Mes accès"
            ]
        );
    }
}

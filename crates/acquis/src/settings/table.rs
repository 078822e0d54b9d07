//! Every setting: its name, what it is without a word, what it does. The reading, the help and the documented file all
//! come from here.

/// A setting: its name in the file, in capitals behind `ACQUIS_` in the environment.
pub struct Reglage {
    /// Name in the TOML file.
    pub nom: &'static str,
    /// What it is when nothing says otherwise, as written in the file.
    pub defaut: &'static str,
    /// What it does, in French.
    pub aide: &'static str,
}

/// Every setting there is.
pub const REGLAGES: &[Reglage] = &[
    Reglage { nom: "ecoute", defaut: "127.0.0.1:8087", aide: "Adresse et port d'écoute." },
    Reglage { nom: "donnees", defaut: "./donnees", aide: "Dossier des données : base SQLite, clé, attestations." },
    Reglage {
        nom: "database_url",
        defaut: "",
        aide: "Base de données, « sqlite:///chemin/acquis.db?mode=rwc » ou « postgres://… ». \
               Vide : acquis.db dans le dossier des données.",
    },
    Reglage {
        nom: "adresse_publique",
        defaut: "",
        aide: "Adresses par lesquelles les personnes viennent, séparées par des virgules, par exemple \
               « https://acquis.example ». Seules leurs pages peuvent envoyer des formulaires. À l'écoute sur la machine \
               elle-même, les pages de celle-ci sont toujours admises.",
    },
    Reglage {
        nom: "relais",
        defaut: "",
        aide: "Adresses IP des relais (reverse proxies) dont l'en-tête X-Forwarded-For est cru, séparées par des virgules.",
    },
    Reglage {
        nom: "cle",
        defaut: "",
        aide: "Clé maîtresse, 32 octets en base64 ou en hexadécimal : elle chiffre les numéros de sécurité sociale et \
               les attestations. Vide : fichier « cle » du dossier des données, créé au premier démarrage. \
               Sauvegardez-la à part : sans elle, rien de cela ne peut être relu.",
    },
    Reglage {
        nom: "pieces",
        defaut: "",
        aide: "Où vont les attestations, « file:///chemin ». Vide : dossier « pieces » du dossier des données.",
    },
    Reglage {
        nom: "session_inactive",
        defaut: "30",
        aide: "Minutes sans rien faire au bout desquelles une session prend fin.",
    },
    Reglage {
        nom: "session_maximale",
        defaut: "720",
        aide: "Minutes au bout desquelles une session prend fin de toute façon.",
    },
    Reglage {
        nom: "tentatives_compte",
        defaut: "10",
        aide: "Mots de passe faux admis pour un compte avant d'attendre.",
    },
    Reglage {
        nom: "tentatives_adresse",
        defaut: "60",
        aide: "Connexions ou inscriptions refusées admises depuis une même adresse IP avant d'attendre.",
    },
    Reglage { nom: "tentatives_delai", defaut: "15", aide: "Minutes d'attente après trop de tentatives." },
    Reglage {
        nom: "jour_de_credit",
        defaut: "30/06",
        aide: "Jour du premier semestre où les droits d'une année sont crédités l'année suivante, JJ/MM. \
               La loi ne fixe pas de jour.",
    },
    Reglage {
        nom: "fin_declaration_dif",
        defaut: "",
        aide: "Dernier jour où un DIF peut être déclaré, JJ/MM/AAAA : le 30/06/2021 selon l'ordonnance n° 2019-861. \
               Vide : la déclaration reste ouverte.",
    },
    Reglage {
        nom: "journal",
        defaut: "info",
        aide: "Ce que le journal technique raconte : error, warn, info, debug, trace ou off. Jamais de donnée personnelle.",
    },
    Reglage {
        nom: "page",
        defaut: "",
        aide: "Dossier d'une page à servir à la place de celle que contient le programme (développement).",
    },
    Reglage {
        nom: "contact_securite",
        defaut: "",
        aide: "Adresse à qui signaler une faille, « mailto:… » ou « https://… » : publiée dans /.well-known/security.txt.",
    },
];

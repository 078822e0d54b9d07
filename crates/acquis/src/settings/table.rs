//! Every setting: its name, what it is without a word, what it does. The reading, the help and the documented file all
//! come from here.

/// A setting: its name in the file, in capitals behind `ACQUIS_` in the environment.
pub struct Setting {
    /// Name in the TOML file.
    pub nom: &'static str,
    /// What it is when nothing says otherwise, as written in the file.
    pub default: &'static str,
    /// What it does, in French.
    pub help: &'static str,
}

/// Where the secret of another setting is read: a file that the rest of the machine cannot read.
const fn of_a_file(nom: &'static str, help: &'static str) -> Setting {
    Setting { nom, default: "", help }
}

/// Every setting there is.
pub const SETTINGS: &[Setting] = &[
    Setting { nom: "ecoute", default: "127.0.0.1:8087", help: "Adresse et port d'écoute." },
    Setting {
        nom: "tls_certificat",
        default: "",
        help: "Certificat (PEM, suivi de ceux qui mènent à son autorité) avec lequel Acquis parle lui-même TLS 1.2 et 1.3 à cette \
               adresse. Relu chaque minute : un renouvellement ne demande pas de redémarrer. Vide : un relais fait le TLS.",
    },
    Setting {
        nom: "tls_cle",
        default: "",
        help: "Clé de ce certificat (PEM), dans un fichier que le reste de la machine ne peut pas lire.",
    },
    Setting { nom: "donnees", default: "./donnees", help: "Dossier des données : base SQLite, clé, attestations." },
    Setting {
        nom: "database_url",
        default: "",
        help: "Base de données, « sqlite:///chemin/acquis.db?mode=rwc » ou « postgres://… ». \
               Vide : acquis.db dans le dossier des données. Un PostgreSQL d'une autre machine veut \
               « ?sslmode=verify-full » (docs/securite.md).",
    },
    of_a_file("database_url_fichier", "L'adresse de la base, qui peut contenir un mot de passe, lue dans ce fichier."),
    Setting {
        nom: "adresse_publique",
        default: "",
        help: "Adresses par lesquelles les personnes viennent, séparées par des virgules, par exemple \
               « https://acquis.example ». Seules leurs pages peuvent envoyer des formulaires. Vide, à l'écoute sur la \
               machine elle-même : les pages que ce programme y sert sont admises. En https, les sous-domaines doivent \
               l'être aussi.",
    },
    Setting {
        nom: "relais",
        default: "",
        help: "Adresses IP ou réseaux (10.0.0.0/8) des relais (reverse proxies) dont l'en-tête X-Forwarded-For est cru, \
               séparés par des virgules. docs/relais.md dit ce qu'un relais doit faire.",
    },
    Setting {
        nom: "connexions_adresse",
        default: "512",
        help: "Connexions ouvertes en même temps depuis une même adresse IP (un même réseau /64 en IPv6) ; les suivantes \
               sont coupées. Un navigateur en ouvre quelques-unes : une école ou une entreprise derrière une seule adresse \
               peut en demander davantage. Les relais n'y sont pas soumis.",
    },
    Setting {
        nom: "cle",
        default: "",
        help: "Clé maîtresse, 32 octets en base64 ou en hexadécimal : elle chiffre les numéros de sécurité sociale et \
               les attestations. Vide : fichier « cle » du dossier des données, créé au premier démarrage. \
               Plusieurs versions : « 1:ANCIENNE 2:NOUVELLE » (docs/cles.md). \
               Sauvegardez-la à part : sans elle, rien de cela ne peut être relu.",
    },
    of_a_file("cle_fichier", "La clé maîtresse lue dans ce fichier, qu'Acquis n'écrit jamais."),
    Setting {
        nom: "pieces",
        default: "",
        help: "Où vont les attestations, « file:///chemin ». Vide : dossier « pieces » du dossier des données.",
    },
    Setting {
        nom: "antivirus",
        default: "",
        help: "Antivirus (clamd) à qui chaque justificatif est montré à mesure qu'il arrive, « unix:///run/clamav/clamd.ctl » ou \
               « tcp://127.0.0.1:3310 » : ce qu'il reconnaît est refusé, et rien n'est admis tant qu'il ne répond pas. Vide : aucun.",
    },
    Setting {
        nom: "session_inactive",
        default: "30",
        help: "Minutes sans rien faire au bout desquelles une session prend fin.",
    },
    Setting {
        nom: "session_maximale",
        default: "720",
        help: "Minutes au bout desquelles une session prend fin de toute façon.",
    },
    Setting {
        nom: "tentatives_compte",
        default: "10",
        help: "Mots de passe faux admis pour un compte depuis une même adresse IP avant d'attendre ; dix fois autant depuis \
               toutes les adresses, sauf pour un navigateur qui s'y est déjà connecté.",
    },
    Setting {
        nom: "tentatives_adresse",
        default: "60",
        help: "Connexions ou codes refusés admis depuis une même adresse IP (un même réseau /64 en IPv6, quatre fois autant \
               pour un /56) avant d'attendre ; la moitié pour les courriels demandés (compte à ouvrir, mot de passe oublié).",
    },
    Setting { nom: "tentatives_delai", default: "15", help: "Minutes d'attente après trop de tentatives." },
    Setting {
        nom: "mots_de_passe_divulgues",
        default: "",
        help: "Liste des mots de passe divulgués à refuser, en plus de ceux que le programme connaît : le fichier trié par empreintes SHA-1 \
               que donne « Have I Been Pwned » (une quarantaine de gigaoctets, lus sur le disque ; rien n'est envoyé à personne).",
    },
    Setting {
        nom: "delai_repos",
        default: "48",
        help: "Heures pendant lesquelles rien ne peut être dépensé après un appareil, un courriel ou un téléphone nouveaux : le temps \
               que le titulaire lise le courriel qui l'en prévient. Aucun texte n'en fixe le nombre ; 0 : aucun délai.",
    },
    Setting {
        nom: "garde_depense",
        default: "niveau",
        help: "Ce que la dépense demande au compte, en plus d'une identité prouvée par FranceConnect+ : « niveau », rien, ou \
               « seconde_etape », que son titulaire en ait posé une. Aucun texte n'en décide.",
    },
    Setting {
        nom: "lecture_declaree",
        default: "tout",
        help: "Ce que lit un compte dont le courriel n'est pas confirmé : « tout », ou « saisie », ce que la personne a saisi et \
               rien de ce que ses employeurs ont déclaré. Aucun texte n'en décide.",
    },
    Setting {
        nom: "jour_de_credit",
        default: "30/06",
        help: "Jour du premier semestre où les droits d'une année sont crédités l'année suivante, JJ/MM. \
               La loi ne fixe pas de jour.",
    },
    Setting {
        nom: "fin_declaration_dif",
        default: "30/06/2021",
        help: "Dernier jour où un DIF peut être déclaré, JJ/MM/AAAA, compris : le 30/06/2021 selon l'ordonnance \
               n° 2019-861. « ouverte » : la déclaration le reste, ce que la loi ne prévoit plus ; la démonstration s'en sert.",
    },
    Setting {
        nom: "dif_compte",
        default: "declaration",
        help: "Quand les heures d'un DIF comptent : dès leur « declaration », marquées à vérifier, ou à la « verification » de \
               l'attestation par un opérateur (acquis justificatifs). Vaut pour ce qui est déclaré ensuite. La loi ne dit pas quand.",
    },
    Setting {
        nom: "duree_reference_minimale",
        default: "1000",
        help: "Heures en dessous desquelles la durée conventionnelle d'une année donnée par un fichier n'est pas crue, de \
               500 à 1607 : la ligne est écartée. Aucun texte ne donne de bornes ; une durée mensuelle ferait d'un \
               mois une année.",
    },
    Setting {
        nom: "abondement_maximal",
        default: "20000",
        help: "Euros au-delà desquels un abondement donné par un fichier n'est pas cru : la ligne est écartée. Aucun \
               texte ne donne de borne.",
    },
    Setting {
        nom: "comptes_inactifs",
        default: "5",
        help: "Années sans connexion au bout desquelles un compte est fermé, après deux courriels, de 2 à 50 ; 0 : jamais. Aucun \
               texte ne donne ce délai (docs/conservation.md). Un compte qui contient une déclaration de DIF ne l'est pas.",
    },
    Setting {
        nom: "fermeture",
        default: "0",
        help: "Jours entre la demande d'un titulaire de fermer son compte et son effacement, de 0 à 30 : d'ici là il peut le garder. \
               « exclue » : pour les seuls responsables du système officiel, que le Code du travail (R6323-38) excepte de l'effacement et \
               de l'opposition ; un compte n'y est effacé que trois ans après un décès, et comptes_inactifs n'y fait rien.",
    },
    Setting {
        nom: "conservation_journal",
        default: "365",
        help: "Jours pendant lesquels une ligne du journal des opérations est gardée, de 365 (R6323-40) à 1095 ; des jours entiers \
               partent ensuite, et laissent leur ancre (docs/conservation.md).",
    },
    Setting {
        nom: "ancres",
        default: "",
        help: "Fichier où chaque jour du journal des opérations laisse son ancre signée, une par ligne ; jamais récrit. Sur un autre disque \
               ou une autre machine, de préférence. Vide : fichier « ancres » du dossier des données. « aucun » : pas de fichier \
               (docs/comptes.md).",
    },
    Setting {
        nom: "ancres_courriel",
        default: "",
        help: "Courriel de qui répond du traitement : l'ancre de chaque jour lui est envoyée. Elle ne parle de personne.",
    },
    Setting {
        nom: "journal_vers",
        default: "",
        help: "Adresse « https://… » d'une machine qui rassemble les journaux : chaque ligne du journal des opérations lui est envoyée, en \
               JSON, une par ligne (docs/comptes.md). Ce qui ne part pas part ensuite. Vide : rien n'est envoyé.",
    },
    Setting {
        nom: "journal_vers_jeton",
        default: "",
        help: "Ce qui prouve à cette machine que les lignes viennent d'ici (en-tête « Authorization: Bearer … »). Vide : rien.",
    },
    of_a_file("journal_vers_jeton_fichier", "Ce jeton, lu dans ce fichier."),
    Setting {
        nom: "journal",
        default: "info",
        help: "Ce que le journal technique raconte : error, warn, info, debug, trace ou off. Jamais de donnée personnelle.",
    },
    Setting {
        nom: "journal_format",
        default: "texte",
        help: "Comment une ligne du journal technique est écrite : « texte », ou « json », un objet par ligne, pour ce qui \
               rassemble les journaux de plusieurs machines.",
    },
    Setting {
        nom: "page",
        default: "",
        help: "Dossier d'une page à servir à la place de celle que contient le programme (développement).",
    },
    Setting {
        nom: "smtp",
        default: "",
        help: "Serveur de courrier par lequel les courriels partent, « smtps://hôte:465 » ou « smtp://hôte:587 » ; chiffré dans \
               les deux cas, sauf vers la machine elle-même. Vide : rien ne part, et les courriels se lisent sur la machine, à \
               l'adresse /boite. Un serveur public en a besoin pour démarrer.",
    },
    Setting {
        nom: "smtp_identifiant",
        default: "",
        help: "Identifiant auprès du serveur de courrier, s'il en demande un.",
    },
    Setting {
        nom: "smtp_mot_de_passe",
        default: "",
        help: "Mot de passe auprès du serveur de courrier. Dans un fichier à lui, ou dans l'environnement, plutôt qu'ici.",
    },
    of_a_file("smtp_mot_de_passe_fichier", "Ce mot de passe, lu dans ce fichier."),
    Setting {
        nom: "expediteur",
        default: "",
        help: "De qui viennent les courriels, « Acquis <ne-pas-repondre@acquis.example> ». Demandé avec smtp.",
    },
    Setting {
        nom: "fournisseur",
        default: "",
        help: "Fournisseur d'identité (OpenID Connect) par lequel les personnes peuvent aussi venir, FranceConnect par exemple : son \
               « issuer », « https://… », exactement comme il l'écrit. Vide : aucun. docs/fournisseur.md dit comment s'y inscrire.",
    },
    Setting {
        nom: "fournisseur_identifiant",
        default: "",
        help: "Ce que le fournisseur d'identité a donné pour reconnaître ce site (client_id).",
    },
    Setting {
        nom: "fournisseur_secret",
        default: "",
        help: "Le secret qu'il a donné avec (client_secret). Dans un fichier à lui, ou dans l'environnement, plutôt qu'ici.",
    },
    of_a_file("fournisseur_secret_fichier", "Ce secret, lu dans ce fichier."),
    Setting {
        nom: "fournisseur_nom",
        default: "",
        help: "Comment les personnes l'appellent : « Me connecter avec … ».",
    },
    Setting {
        nom: "fournisseur_bouton",
        default: "",
        help: "Image de son bouton officiel (SVG ou PNG, 64 Kio au plus), telle qu'il vous l'a donnée, si vous avez le droit de la montrer. \
               Vide : le nom écrit.",
    },
    Setting {
        nom: "fournisseur_niveau",
        default: "eidas1",
        help: "Niveau qui lui est demandé : eidas1 (FranceConnect), ou eidas2 ou eidas3 (FranceConnect+), qui prouve en plus de quoi \
               dépenser.",
    },
    Setting {
        nom: "contact_securite",
        default: "",
        help: "Adresse à qui signaler une faille, « mailto:… » ou « https://… » : publiée dans /.well-known/security.txt.",
    },
];

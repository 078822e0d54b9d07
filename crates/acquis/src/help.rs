//! What the program says of itself: the help, and the documented settings file. Both come from the table of settings.

use std::fmt::Write as _;

use crate::settings::SETTINGS;

/// The documented settings file, every line at its default and commented out.
pub fn example_toml() -> String {
    let mut text = String::from(
        "# Réglages d'Acquis. Chaque ligne montre la valeur par défaut : ôtez le « # » pour la changer.\n\
         # Une variable d'environnement l'emporte : ACQUIS_ECOUTE pour « ecoute », et ainsi de suite.\n",
    );
    for setting in SETTINGS {
        text.push('\n');
        for ligne in fold(setting.help, 100) {
            let _ = writeln!(text, "# {ligne}");
        }
        let _ = writeln!(text, "#{} = \"{}\"", setting.nom, setting.default);
    }
    text
}

/// What `acquis --help` says.
pub fn help() -> String {
    let mut text = String::from(
        "Acquis : un compte de formation que chacun peut héberger.\n\n\
         Usage : acquis [--config FICHIER] COMMANDE\n\n\
         Commandes :\n\
         \x20 serve      sert la page et l'interface, après avoir mis la base à jour\n\
         \x20 migrate    met la base de données à jour, puis s'arrête\n\
         \x20 demo       remplit la base avec les personnes fictives ; deux fois ne change rien de plus\n\
         \x20 reglages   écrit un fichier de réglages commenté\n\
         \x20 importer dsn FICHIER...\n\
         \x20            reprend des DSN : fichiers, dossiers, ou « - » pour l'entrée standard ; deux fois ne change rien de plus\n\
         \x20 importer activites FICHIER...\n\
         \x20            reprend des années de travail données en CSV (colonnes : docs/importer.md)\n\
         \x20 importer evenements FICHIER...\n\
         \x20            reprend ce qui arrive à un compte : abondements, engagements, dépenses, retraite… (CSV)\n\
         \x20 alimenter --annee AAAA\n\
         \x20            inscrit au registre les droits d'une année de travail, pour tous ; interrompue, elle se relance\n\
         \x20 releve [--au JJ/MM/AAAA] [--json]\n\
         \x20            donne le relevé d'une personne, dont le NIR est lu sur l'entrée standard\n\
         \x20 releves [--au JJ/MM/AAAA]\n\
         \x20            écrit le relevé de chacun, un objet JSON par ligne (docs/releve.md)\n\
         \x20 contestations [--toutes]\n\
         \x20            liste les lignes contestées qui attendent une réponse ; avec --toutes, les autres aussi\n\
         \x20 contestations RÉFÉRENCE\n\
         \x20            en montre une : ce que le titulaire a écrit, la ligne ce jour-là et aujourd'hui\n\
         \x20 contestations RÉFÉRENCE --en-cours\n\
         \x20            dit au titulaire que sa demande est examinée\n\
         \x20 contestations RÉFÉRENCE --repondre [FICHIER]\n\
         \x20            lui répond par ce fichier, ou par l'entrée standard ; une réponse ne se remplace pas,\n\
         \x20            --completer [FICHIER] en ajoute une autre\n\n\
         Les commandes importer et alimenter rendent 0 quand rien n'a été perdu, 3 quand quelque chose a été écarté\n\
         (le compte rendu dit quoi, où, et comment y remédier), 1 quand elles n'ont pas pu aller au bout.\n\n\
         Options :\n\
         \x20 --a-blanc          avec importer ou alimenter : dit ce qui changerait et n'écrit rien\n\
         \x20 --config FICHIER   fichier de réglages TOML (sinon ACQUIS_CONFIG, sinon ./acquis.toml s'il existe)\n\
         \x20 -h, --help         cette aide\n\
         \x20 -V, --version      la version\n\n\
         Réglages (fichier TOML, ou variable entre parenthèses, qui l'emporte) :\n",
    );
    for setting in SETTINGS {
        let default = if setting.default.is_empty() { "vide" } else { setting.default };
        let _ = writeln!(text, "  {} (ACQUIS_{}), par défaut : {default}", setting.nom, setting.nom.to_uppercase());
        for ligne in fold(setting.help, 92) {
            let _ = writeln!(text, "      {ligne}");
        }
    }
    text
}

fn fold(text: &str, width: usize) -> Vec<String> {
    let mut lignes: Vec<String> = Vec::new();
    for word in text.split_ascii_whitespace() {
        match lignes.last_mut() {
            Some(ligne) if ligne.chars().count() + 1 + word.chars().count() <= width => {
                ligne.push(' ');
                ligne.push_str(word);
            }
            _ => lignes.push(word.to_owned()),
        }
    }
    lignes
}

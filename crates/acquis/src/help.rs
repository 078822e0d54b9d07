//! What the program says of itself: the help, and the documented settings file. Both come from the table of settings.

use std::fmt::Write as _;

use crate::settings::{HOST, SETTINGS, Setting, every};

/// The documented settings file, every line at its default and commented out.
pub fn example_toml() -> String {
    let mut text = String::from(
        "# Réglages d'Acquis. Chaque ligne montre la valeur par défaut : ôtez le « # » pour la changer.\n\
         # Une variable d'environnement l'emporte : ACQUIS_ECOUTE pour « ecoute », et ainsi de suite.\n",
    );
    SETTINGS.iter().for_each(|setting| documented(&mut text, setting));
    text.push_str(
        "\n# Ce que les pages disent de qui tient ce site. Un serveur public (adresse_publique) ne démarre que quand tout est\n\
         # écrit, contact_securite compris ; sur une machine d'essai, les pages disent ce qui manque. Plusieurs lignes :\n\
         # \"\"\"entre trois guillemets\"\"\". Une adresse « https://… » ou un courriel y devient un lien ; rien d'autre n'est mis en forme.\n",
    );
    HOST.iter().for_each(|setting| documented(&mut text, setting));
    text
}

fn documented(text: &mut String, setting: &Setting) {
    text.push('\n');
    for ligne in fold(setting.help, 100) {
        let _ = writeln!(text, "# {ligne}");
    }
    let _ = writeln!(text, "#{} = \"{}\"", setting.nom, setting.default);
}

/// What `acquis --help` says of the settings, after the commands and the options.
pub fn settings() -> String {
    let mut text = String::from("Réglages (fichier TOML, ou variable entre parenthèses, qui l'emporte) :\n");
    for setting in every() {
        let default = if setting.default.is_empty() { "vide" } else { setting.default };
        let _ = writeln!(text, "  {} (ACQUIS_{}), par défaut : {default}", setting.nom, setting.nom.to_uppercase());
        for ligne in fold(setting.help, 92) {
            let _ = writeln!(text, "      {ligne}");
        }
    }
    text.truncate(text.trim_end().len());
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

//! Writes the first paint of every screen: `prerender <folder>`, which holds the parts as trunk built them,
//! `porte.html`, `compte.html` and `simulation.html`.
//!
//! The first paint is the same view code as the page, written once as text: a person sees the header, the title and
//! the fields before the page is alive.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use api::screens::{NOT_FOUND_TITLE, Name, Part, SCREENS};
use frontend::app::app;
use leptos::prelude::*;
use leptos_router::location::RequestUrl;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [dossier] = arguments.as_slice() else {
        return Err("usage: prerender <folder>".into());
    };
    let dossier = Path::new(dossier);
    let lire = |nom: &str| fs::read_to_string(dossier.join(nom)).map_err(|erreur| format!("{nom}: {erreur}"));
    let (porte, compte, simulation) = (lire("porte.html")?, lire("compte.html")?, lire("simulation.html")?);
    let ecrire = |nom: &str, modele: &str, chemin: &str, titre: &str| -> Result<(), Box<dyn Error>> {
        fs::write(dossier.join(nom), page(modele, chemin, titre)?)?;
        Ok(())
    };
    let seuil = porte.replacen("</head>", &[&a_venir(&compte), "</head>"].concat(), 1);
    for screen in SCREENS {
        let home = screen.name == Name::Home;
        let file = if home { "index" } else { screen.path.trim_start_matches('/') };
        let modele = match screen.part {
            Part::Account => &compte,
            Part::Simulation => &simulation,
            Part::Door if !home => &seuil,
            Part::Door | Part::Everywhere => &porte,
        };
        ecrire(&format!("{file}.html"), modele, screen.path, screen.title)?;
    }
    ecrire("introuvable.html", &porte, "/introuvable", NOT_FOUND_TITLE)
}

/// Whoever fills the form of the door will want the account: the browser may fetch it when it has nothing else to do.
fn a_venir(compte: &str) -> String {
    let adresses = compte.split('"').filter(|a| a.starts_with('/') && (a.ends_with(".js") || a.ends_with(".wasm")));
    let mut vues: Vec<&str> = Vec::new();
    for adresse in adresses {
        if !vues.contains(&adresse) {
            vues.push(adresse);
        }
    }
    let lien = |adresse: &&str| {
        let genre = if adresse.ends_with(".js") { "script" } else { "fetch" };
        format!("<link rel=\"prefetch\" href=\"{adresse}\" as=\"{genre}\" crossorigin>")
    };
    vues.iter().map(lien).collect()
}

/// The template, holding what stands at this path.
fn page(modele: &str, chemin: &str, titre: &str) -> Result<String, Box<dyn Error>> {
    const PLACE: &str = "<div id=\"app\">";
    let vue = Owner::new_root(None).with(|| {
        provide_context(RequestUrl::new(chemin));
        app().to_html()
    });
    let debut = modele.find("<title>").ok_or("no <title> in the template")? + "<title>".len();
    let fin = modele.find("</title>").ok_or("no </title> in the template")?;
    let place = modele.find(PLACE).ok_or("no <div id=\"app\"> in the template")? + PLACE.len();
    let reste = modele[place..].find("</div>").ok_or("the app has no end in the template")? + place;
    // Whatever an earlier run put there is replaced only when it was nothing: run it on what trunk built.
    if place != reste {
        return Err("the template already holds a first paint".into());
    }
    Ok([&modele[..debut], titre, &modele[fin..place], &vue, &modele[reste..]].concat())
}

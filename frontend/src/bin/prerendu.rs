//! Writes the first paint of every screen: `prerendu <built index.html> <folder>`.
//!
//! The first paint is the same view code as the page, written once as text: a person sees the header, the title and
//! the fields before the page is alive.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use leptos::prelude::*;
use leptos_router::location::RequestUrl;
use page::app::{ECRANS, TITRE_INTROUVABLE, app};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [modele, dossier] = arguments.as_slice() else {
        return Err("usage: prerendu <index.html> <folder>".into());
    };
    let modele = fs::read_to_string(modele)?;
    let ecrire = |nom: &str, chemin: &str, titre: &str| -> Result<(), Box<dyn Error>> {
        fs::write(Path::new(dossier).join(nom), page(&modele, chemin, titre)?)?;
        Ok(())
    };
    for ecran in ECRANS {
        let nom = if ecran.chemin.is_empty() { "index" } else { ecran.chemin };
        ecrire(&format!("{nom}.html"), &format!("/{}", ecran.chemin), ecran.titre)?;
    }
    ecrire("introuvable.html", "/introuvable", TITRE_INTROUVABLE)
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

//! Writes the first paint of every screen: `prerender <folder>`, which holds the parts as trunk built them,
//! a template for each.
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
    let [dir] = arguments.as_slice() else {
        return Err("usage: prerender <folder>".into());
    };
    let dir = Path::new(dir);
    let read = |part: &str| {
        let nom = format!("part-{part}.html");
        fs::read_to_string(dir.join(&nom)).map_err(|error| format!("{nom}: {error}"))
    };
    let (door, account, simulation, access) = (read("porte")?, read("compte")?, read("simulation")?, read("acces")?);
    let write = |nom: &str, source: &str, path: &str, title: &str| -> Result<(), Box<dyn Error>> {
        fs::write(dir.join(nom), page(source, path, title)?)?;
        Ok(())
    };
    let threshold = door.replacen("</head>", &[&upcoming(&account, &door), "</head>"].concat(), 1);
    for screen in SCREENS {
        let home = screen.name == Name::Home;
        let file = if home { "index" } else { screen.path.trim_start_matches('/') };
        let source = match screen.part {
            Part::Account => &account,
            Part::Simulation => &simulation,
            Part::Access => &access,
            Part::Door if !home => &threshold,
            Part::Door | Part::Everywhere => &door,
        };
        write(&format!("{file}.html"), source, screen.path, screen.title)?;
    }
    write("introuvable.html", &door, "/introuvable", NOT_FOUND_TITLE)
}

/// Whoever fills the form of the door will want the account: the browser may fetch it when it has nothing else to do.
fn upcoming(account: &str, door: &str) -> String {
    let addresses = account.split('"').filter(|a| a.starts_with('/') && (a.ends_with(".js") || a.ends_with(".wasm")));
    let addresses = addresses.filter(|address| !door.contains(address));
    let mut views: Vec<&str> = Vec::new();
    for address in addresses {
        if !views.contains(&address) {
            views.push(address);
        }
    }
    let link = |address: &&str| {
        let kind = if address.ends_with(".js") { "script" } else { "fetch" };
        format!("<link rel=\"prefetch\" href=\"{address}\" as=\"{kind}\" crossorigin>")
    };
    views.iter().map(link).collect()
}

/// The template, holding what stands at this path.
fn page(source: &str, path: &str, title: &str) -> Result<String, Box<dyn Error>> {
    const PLACE: &str = "<div id=\"app\">";
    let view = Owner::new_root(None).with(|| {
        provide_context(RequestUrl::new(path));
        app().to_html()
    });
    let start = source.find("<title>").ok_or("no <title> in the template")? + "<title>".len();
    let end = source.find("</title>").ok_or("no </title> in the template")?;
    let place = source.find(PLACE).ok_or("no <div id=\"app\"> in the template")? + PLACE.len();
    let rest = source[place..].find("</div>").ok_or("the app has no end in the template")? + place;
    // Whatever an earlier run put there is replaced only when it was nothing: run it on what trunk built.
    if place != rest {
        return Err("the template already holds a first paint".into());
    }
    Ok([&source[..start], title, &source[end..place], &view, &source[rest..]].concat())
}

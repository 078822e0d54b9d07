//! « Mon DIF »: the hours of an attestation, its file, then « La procédure est terminée ».

use std::rc::Rc;

use api::dif::{DifEnregistre, DifVu};
use domaine::bareme::Bareme;
use domaine::dif::{Piece, PieceInvalide, Rapport, TypePiece, en_euros, lire_heures, pages_pdf};
use domaine::forms::{ChampDif as C, SaisieDif};
use domaine::mesures::{Euros, Heures, Jour};
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DragEvent, Event, File, FormData, HtmlImageElement, HtmlInputElement, Url};

use crate::browser::{clock, dom, focus, storage};
use crate::components::alert::alerte_echec;
use crate::components::awaited::awaited;
use crate::components::button::bouton_envoi;
use crate::components::dif::{dif_clos, pourquoi_clos};
use crate::components::error_summary::resume;
use crate::components::field::{Options, classe, error, field};
use crate::components::form::formulaire;
use crate::components::radios::{Choix, radios};
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::net::client;
use crate::net::remote::Lecture;
use crate::net::upload::{Envoi, Issue};
use crate::session::HEURES_DE_DIF;
use crate::wording::formats;

/// The text of the attestation names the chosen file, which is held beside it: nobody chooses it twice.
static SPEC: FormSpec<C> = FormSpec::new("dif", field_spec, |form, today| faults(&saisie_de(form), today));

fn field_spec(champ: C) -> &'static FieldSpec {
    match champ {
        C::Rapport => &FieldSpec { label: "Vos déclarations", ..FieldSpec::RAW },
        C::Heures => &FieldSpec { label: "Mon solde DIF en heures", tidy: Some(ranger_heures), ..FieldSpec::TEXT },
        C::Attestation => &FieldSpec { label: "Mon attestation", ..FieldSpec::RAW },
    }
}

fn saisie_de(form: Form<C>) -> SaisieDif {
    SaisieDif {
        heures: form.answer(C::Heures),
        rapport: form.answer(C::Rapport),
        // Whoever declares for the first time finds « remplace » filled in.
        deja_declare: true,
        piece: fichier(form).map_or(Err(PieceInvalide::Manquante), |fichier| fichier.piece),
    }
}

/// The chosen file, and what its first bytes say.
struct Fichier {
    file: File,
    piece: Result<Piece, PieceInvalide>,
}

fn fichier(form: Form<C>) -> Option<Rc<Fichier>> {
    form.at(C::Attestation).held()
}

fn ranger_heures(texte: &str) -> Option<String> {
    heures_lues(texte).map(|heures| heures.to_string())
}

fn heures_lues(texte: &str) -> Option<Heures> {
    lire_heures(texte, clock::aujourdhui(), &Bareme::EN_VIGUEUR).ok()
}

fn valeur(heures: Heures) -> Euros {
    en_euros(heures, clock::aujourdhui(), &Bareme::EN_VIGUEUR)
}

/// What the screen knows besides the form.
#[derive(Clone, Copy)]
struct Ecran {
    form: Form<C>,
    /// How many hundredths of the file have gone, while it goes.
    avance: RwSignal<Option<u8>>,
    envoi: StoredValue<Option<Envoi>, LocalStorage>,
    recu: RwSignal<Option<DifEnregistre>>,
    arrete: RwSignal<bool>,
}

/// The screen.
pub fn dif() -> AnyView {
    let form = Form::ouvrir(&SPEC);
    // A look at another part of the page, and a browser that kept nothing of this one: the hours are still there.
    if form.texte(C::Heures).read_untracked().is_empty()
        && let Some(heures) = storage::retrouver(HEURES_DE_DIF)
    {
        form.preremplir(C::Heures, &heures);
    }
    Effect::new(move |_| storage::retenir(HEURES_DE_DIF, &form.texte(C::Heures).read()));
    let ecran = Ecran {
        form,
        avance: RwSignal::new(None),
        envoi: StoredValue::new_local(None),
        recu: RwSignal::new(None),
        arrete: RwSignal::new(false),
    };
    let declare = Lecture::nouvelle(client::dif);
    let vue = move || match ecran.recu.get() {
        Some(recu) => terminee(&recu),
        None => view! {
            <div class="sheet">
                <h1 tabindex="-1">"Mon DIF"</h1>
                {resume(form)}
            </div>
            {awaited(
                declare.answer(),
                "Vos déclarations n’ont pas pu être lues",
                move || declare.retry(),
                move |dif| match dif.fin {
                    Some(fin) if dif_clos(dif.fin, clock::aujourdhui()) => clos(fin, dif),
                    dernier => saisie(ecran, dif, dernier),
                }
            )}
        },
    };
    view! { {vue} }
}

/// Past the last day: what happened, and what can still be done. No form, as nothing could be sent.
fn clos(fin: Jour, dif: &DifVu) -> AnyView {
    let declarees = (dif.heures > Heures::ZERO).then(|| {
        let dites = [&formats::heures_en_mots(dif.heures), ", soit ", &formats::euros(dif.euros)].concat();
        view! { <p>"Vous aviez déclaré " <strong>{dites}</strong> "."</p> }
    });
    view! {
        <div class="sheet form">
            <p class="lede">"La déclaration du DIF est close."</p>
            <p>
                {pourquoi_clos(fin)}
                " Les heures qui n’étaient pas déclarées ce jour-là ne donnent plus de droits."
            </p>
            {declarees}
            <section class="sheet sheet--ruled" aria-labelledby="reste">
                <h2 id="reste">"Ce que vous pouvez encore faire"</h2>
                <dl class="facts">
                    <div>
                        <dt>"Vous les aviez déclarées ici à temps"</dt>
                        <dd>
                            "Elles restent inscrites et dépensables, sans limite de durée. "
                            <a href="/historique">"Voir mon historique"</a>
                        </dd>
                    </div>
                    <div>
                        <dt>"Vous aviez un compte ailleurs avant la clôture"</dt>
                        <dd>
                            "Regardez s’il les compte déjà\u{a0}: déclarées alors, elles y sont toujours."
                        </dd>
                    </div>
                    <div>
                        <dt>"Une ligne de DIF vous semble fausse"</dt>
                        <dd>
                            "Ouvrez-la dans votre historique et contestez-la. "
                            <a href="/aide#erreur">"Comment faire"</a>
                        </dd>
                    </div>
                </dl>
            </section>
            <p class="actions">
                <a class="button button--quiet" href="/mes-droits">"Revenir à mes droits"</a>
            </p>
        </div>
    }
}

fn saisie(ecran: Ecran, dif: &DifVu, dernier: Option<Jour>) -> AnyView {
    let form = ecran.form;
    let connues = dif.heures;
    if connues == Heures::ZERO {
        form.preremplir(C::Rapport, Rapport::Remplace.code());
    }
    let rapport = (connues > Heures::ZERO).then(|| choix(form, connues));
    let contenu = view! {
        <p class="lede">
            "Les heures de droit individuel à la formation acquises avant 2015 dans le privé valent "
            <span class="figure">{formats::euros_ronds(valeur(Heures::new(1)))}</span>
            " chacune."
        </p>
        {dernier.map(|jour| view! { <p>"Dernier jour pour les déclarer\u{a0}: " {formats::jour_long(jour)} "."</p> })}
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="partie-heures">
            <h2 id="partie-heures">"1. Saisir mon solde"</h2>
            <p class="soft">
                "Le solde DIF est obligatoire. Vous devez saisir un solde arrondi à l’unité supérieure."
            </p>
            <div class="pair">
                {field(form, C::Heures, Options { hint: "Par exemple 87", ..Options::CHIFFRES })}
                {resultat(form)}
            </div>
            <aside class="note">
                <p><strong>"Plusieurs employeurs\u{202f}?"</strong></p>
                <p>
                    <b>"Successivement, dans la même année"</b>
                    "\u{a0}: seule l’attestation fournie par votre dernier employeur en date est valable."
                </p>
                <p>
                    <b>"En même temps"</b>
                    "\u{a0}: vous additionnez les heures indiquées sur les attestations de chacun de vos employeurs."
                </p>
            </aside>
            {ou_trouver()}
            {rapport}
        </section>
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="partie-attestation">
            <h2 id="partie-attestation">"2. Fournir mon attestation"</h2>
            {piece(ecran)}
            <aside class="note">
                <p>
                    "Une photographie nette suffit, si l’on y lit votre nom, celui de l’employeur et le nombre d’heures."
                </p>
            </aside>
        </section>
        <div class="sheet sheet--ruled">
            {alerte_echec(form, |_| ("Votre déclaration n’est pas encore enregistrée", None))}
            <div class="actions">
                {bouton_envoi(form, "enregistrer", "Enregistrer", "Envoi de l’attestation…")}
                <a class="button button--quiet" href="/mes-droits">"Annuler"</a>
            </div>
        </div>
    };
    formulaire(form, move || envoyer(ecran), contenu)
}

/// « Soit en euros », as the hours are typed.
fn resultat(form: Form<C>) -> AnyView {
    let heures = Memo::new(move |_| heures_lues(&form.texte(C::Heures).read()).unwrap_or_default());
    let calcul =
        move || [&formats::heures(heures.get()), " × ", &formats::euros_ronds(valeur(Heures::new(1)))].concat();
    view! {
        <div class="result">
            <p class="field__label" id="euros-titre">"Soit en euros"</p>
            <p class="field__hint">{calcul}</p>
            <output class="result__amount" id="euros" for="heures" aria-labelledby="euros-titre">
                {move || formats::euros_ronds(valeur(heures.get()))}
            </output>
        </div>
    }
}

fn ou_trouver() -> AnyView {
    view! {
        <details class="disclosure">
            <summary class="disclosure__title">"Où trouver cette information\u{202f}?"</summary>
            <div class="disclosure__body">
                <p>"Sur l’un de ces documents, remis par votre employeur de l’époque\u{a0}:"</p>
                <ul>
                    <li>
                        "le bulletin de paie de décembre 2014 ou de janvier 2015, souvent en bas de page\u{a0}: «\u{a0}Solde DIF\u{a0}»\u{202f};"
                    </li>
                    <li>"une attestation de l’employeur\u{202f};"</li>
                    <li>"le certificat de travail remis avant la fin de 2014."</li>
                </ul>
            </div>
        </details>
    }
}

/// Asked only of who has declared hours before.
fn choix(form: Form<C>, connues: Heures) -> AnyView {
    let saisies = move || heures_lues(&form.texte(C::Heures).read());
    let soit = move |heures: Heures| {
        [&formats::heures_en_mots(heures), ", soit ", &formats::euros_ronds(valeur(heures))].concat()
    };
    let ajoutees = move || {
        let texte =
            saisies().map(|h| [" : ", &connues.to_string(), " + ", &h.to_string(), " = ", &soit(connues + h)].concat());
        ["Un autre employeur, en même temps", &texte.unwrap_or_default()].concat()
    };
    let remplacees = move || {
        let texte = saisies().map(|h| [" : ", &soit(h)].concat());
        ["Un employeur plus récent, ou une erreur à corriger", &texte.unwrap_or_default()].concat()
    };
    let question = view! { "Vous avez déjà déclaré " {formats::heures_en_mots(connues)} };
    let choix = vec![
        Choix { code: Rapport::Ajoute.code(), dit: avec_suite("Elles s’ajoutent", ajoutees) },
        Choix { code: Rapport::Remplace.code(), dit: avec_suite("Elles remplacent les précédentes", remplacees) },
    ];
    radios(form, C::Rapport, question, "Que faut-il faire de celles que vous saisissez maintenant\u{202f}?", choix)
}

fn avec_suite(dit: &'static str, suite: impl Fn() -> String + Send + 'static) -> AnyView {
    view! { {dit} <span class="field__hint">{suite}</span> }
}

/// The file: to choose, then its card.
fn piece(ecran: Ecran) -> AnyView {
    let form = ecran.form;
    let survol = RwSignal::new(false);
    let deposer = move |evenement: DragEvent| {
        evenement.prevent_default();
        survol.set(false);
        let fichiers = evenement.data_transfer().and_then(|transfert| transfert.files());
        if let Some(file) = fichiers.and_then(|fichiers| fichiers.get(0)) {
            prendre(ecran, file);
        }
    };
    let choisir = move |evenement: Event| {
        let champ = evenement.target().and_then(|cible| cible.dyn_into::<HtmlInputElement>().ok());
        if let Some(file) = champ.as_ref().and_then(|champ| champ.files()).and_then(|fichiers| fichiers.get(0)) {
            prendre(ecran, file);
        }
        // The same file may be chosen again after a correction.
        if let Some(champ) = champ {
            champ.set_value("");
        }
    };
    let bonne = Memo::new(move |_| {
        form.texte(C::Attestation).track();
        fichier(form).is_some_and(|fichier| fichier.piece.is_ok())
    });
    // Another good file is another card.
    let carte = move || {
        form.texte(C::Attestation).track();
        bonne.get().then(|| carte(ecran))
    };
    let arret = move || if ecran.arrete.get() { "Envoi arrêté. Le fichier est gardé." } else { "" };
    view! {
        <div
            class=classe(form.at(C::Attestation), "field")
            on:dragover=move |evenement: DragEvent| {
                evenement.prevent_default();
                survol.set(true);
            }
            on:dragleave=move |_| survol.set(false)
            on:drop=deposer
        >
            <p class="field__label" id="attestation-titre">"Mon attestation"</p>
            <p class="field__hint" id="attestation-aide">
                "Champ obligatoire. PDF, JPEG, PNG ou HEIC, 10\u{a0}Mo au plus"
            </p>
            {carte}
            <div
                class=move || if survol.get() { "file-input__drop file-input__drop--over" } else { "file-input__drop" }
                hidden=move || bonne.get()
            >
                <input
                    class="file-input__native"
                    type="file"
                    id="attestation"
                    accept=".pdf,.jpg,.jpeg,.png,.heic,.heif,application/pdf,image/*"
                    aria-labelledby="attestation-titre attestation-choix"
                    aria-describedby="attestation-aide attestation-erreur attestation-remarque"
                    aria-invalid=move || form.montre(C::Attestation).read().faute.map(|_| "true")
                    on:change=choisir
                />
                <label class="button button--quiet" for="attestation" id="attestation-choix">
                    "Choisir un fichier"
                </label>
                <span class="file-input__or">"ou déposez-le ici"</span>
            </div>
            <div class="field__foot">
                {error(form.at(C::Attestation))}
                <p class="field__remark" id="attestation-remarque" role="status">{arret}</p>
            </div>
        </div>
    }
}

/// Judges a file on its first bytes, before anything leaves the device.
fn prendre(ecran: Ecran, file: File) {
    if ecran.form.en_cours().get_untracked() {
        return;
    }
    ecran.arrete.set(false);
    spawn_local(async move {
        let taille = file.size() as u64;
        let debut = lire(&file, Piece::DEBUT as i32).await;
        let piece = debut.map_or(Err(PieceInvalide::Illisible), |debut| Piece::examiner(taille, &debut));
        // Another name for another file: the key of a submission follows.
        let nom = [&file.name(), " ", &taille.to_string()].concat();
        ecran.form.at(C::Attestation).hold(&nom, Fichier { file, piece });
    });
}

/// The first bytes of a file.
async fn lire(file: &File, combien: i32) -> Option<Vec<u8>> {
    let debut: Blob = file.slice_with_i32_and_i32(0, combien).ok()?;
    let octets = JsFuture::from(debut.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&octets).to_vec())
}

/// The chosen file: what it is, a look at it, how far it has gone.
fn carte(ecran: Ecran) -> AnyView {
    let form = ecran.form;
    let Some((file, piece)) = fichier(form).and_then(|f| Some((f.file.clone(), f.piece.ok()?))) else {
        return ().into_any();
    };
    let genre = piece.type_piece();
    let taille = piece.taille();
    let detail = RwSignal::new(String::new());
    if genre == TypePiece::Pdf {
        let file = file.clone();
        spawn_local(async move {
            let pages = lire(&file, i32::MAX).await.and_then(|octets| pages_pdf(&octets));
            if let Some(pages) = pages {
                let _partie = detail
                    .try_set([pages.to_string().as_str(), if pages > 1 { " pages, " } else { " page, " }].concat());
            }
        });
    }
    let apercu = matches!(genre, TypePiece::Jpeg | TypePiece::Png).then(|| apercu(&file, detail)).flatten();
    let faits = move || match ecran.avance.get() {
        Some(centiemes) => {
            let parti = taille * u64::from(centiemes) / 100;
            [&formats::taille(parti), " envoyés sur ", &formats::taille(taille)].concat()
        }
        None => detail.get() + &formats::taille(taille),
    };
    let progres = move || {
        ecran.avance.get().map(|centiemes| {
            view! {
                <progress class="progress" max="100" value=centiemes.to_string() aria-label="Envoi de l’attestation"></progress>
            }
        })
    };
    let echoue = move || if form.echec().read().is_some() { "file-card file-card--error" } else { "file-card" };
    view! {
        <div class=echoue>
            <div class="file-card__thumb" aria-hidden="true">
                {apercu.unwrap_or_else(|| genre.nom().into_any())}
            </div>
            <div>
                <p class="file-card__name">{file.name()}</p>
                <p class="file-card__facts">{faits}</p>
                {progres}
            </div>
            {move || actions(ecran)}
        </div>
    }
}

fn actions(ecran: Ecran) -> AnyView {
    if ecran.form.en_cours().get() {
        return petit_bouton("Arrêter l’envoi", move || {
            if let Some(envoi) = ecran.envoi.get_value() {
                envoi.arreter();
            }
        });
    }
    let reessayer = ecran.form.echec().read().is_some().then(|| petit_bouton("Réessayer", move || envoyer(ecran)));
    let changer = petit_bouton("Changer", || {
        if let Some(Ok(champ)) = dom::element("attestation").map(JsCast::dyn_into::<HtmlInputElement>) {
            champ.click();
        }
    });
    let retirer = petit_bouton("Retirer", move || {
        ecran.form.ecrire(C::Attestation, "");
        clock::bientot(|| focus::donner_focus("attestation"));
    });
    view! { <div class="actions">{reessayer} {changer} {retirer}</div> }
}

fn petit_bouton(dit: &'static str, action: impl Fn() + 'static) -> AnyView {
    view! {
        <button class="button button--quiet button--small" type="button" on:click=move |_| action()>
            {dit}
        </button>
    }
}

/// The picture itself, small. Its address lives as long as the card.
fn apercu(file: &File, detail: RwSignal<String>) -> Option<AnyView> {
    let adresse = Url::create_object_url_with_blob(file).ok()?;
    let a_rendre = adresse.clone();
    on_cleanup(move || {
        let _rendue = Url::revoke_object_url(&a_rendre);
    });
    let mesurer = move |evenement: Event| {
        let image = evenement.target().and_then(|cible| cible.dyn_into::<HtmlImageElement>().ok());
        if let Some(image) = image {
            let cote = |pixels: u32| formats::milliers(u64::from(pixels));
            let texte = ["Image de ", &cote(image.natural_width()), " × ", &cote(image.natural_height()), " points, "];
            detail.set(texte.concat());
        }
    };
    Some(view! { <img src=adresse alt="" on:load=mesurer/> })
}

/// Sends the declaration once; the words, the file and the key stay until the server has answered.
fn envoyer(ecran: Ecran) {
    let form = ecran.form;
    ecran.arrete.set(false);
    let Some(cle) = form.depart() else { return };
    let (Some(envoi), Some(corps)) = (Envoi::new(), corps(form)) else { return form.arrivee() };
    ecran.envoi.set_value(Some(envoi.clone()));
    ecran.avance.set(Some(0));
    spawn_local(async move {
        let avance = ecran.avance;
        let issue = envoi
            .envoyer(&cle, &corps, move |centiemes| {
                let _partie = avance.try_set(Some(centiemes));
            })
            .await;
        form.arrivee();
        let _partie = ecran.avance.try_set(None);
        match issue {
            Issue::Arrete => {
                let _partie = ecran.arrete.try_set(true);
            }
            Issue::Reponse(Err(echec)) => form.echouer(echec),
            Issue::Reponse(Ok(recu)) => {
                form.vider();
                if ecran.recu.try_set(Some(*recu)).is_none() {
                    focus::annoncer_ecran("La procédure est terminée · Acquis");
                }
            }
        }
    });
}

/// The fields as the server expects them. The name of the file stays here: it may say who one is.
fn corps(form: Form<C>) -> Option<FormData> {
    let corps = FormData::new().ok()?;
    corps.append_with_str("heures", &form.answer(C::Heures)).ok()?;
    corps.append_with_str("rapport", &form.answer(C::Rapport)).ok()?;
    corps.append_with_blob_and_filename("attestation", &fichier(form)?.file, "attestation").ok()?;
    Some(corps)
}

/// « La procédure est terminée. »
fn terminee(recu: &DifEnregistre) -> AnyView {
    let declaration = &recu.declaration;
    let (heures, euros) = (formats::heures_en_mots(declaration.heures), formats::euros(declaration.euros));
    let retenu = (recu.retenu > Euros::ZERO).then(|| {
        let texte = [
            "Votre compte a atteint son plafond : ",
            &formats::euros(recu.retenu),
            " n’ont pas pu s’y ajouter. Votre historique le montre.",
        ];
        view! { <p>{texte.concat()}</p> }
    });
    view! {
        <div class="sheet">
            <h1 class="done" tabindex="-1">"La procédure est terminée"</h1>
            <p class="lede">
                "Votre déclaration de "
                {heures}
                ", soit "
                {euros}
                ", est enregistrée."
            </p>
            {retenu}
            <dl class="reference">
                <dt>"Référence"</dt>
                <dd translate="no" id="reference">{declaration.reference.clone()}</dd>
                <dt>"Enregistrée le"</dt>
                <dd>{formats::jour_long(declaration.declaree_le)}</dd>
                <dt>"Attestation"</dt>
                <dd>{declaration.piece.nom()}</dd>
            </dl>
            <aside class="note">
                <p>"Notez la référence ou imprimez cette page. Elle reste aussi dans votre historique."</p>
            </aside>
            <section class="sheet" aria-labelledby="suite">
                <h2 id="suite">"Ce qui se passe maintenant"</h2>
                <ol class="steps">
                    <li class="steps__done">
                        <strong>"Enregistrée."</strong>
                        " "
                        <span class="soft">"Votre attestation est gardée chiffrée."</span>
                    </li>
                    <li class="steps__done">
                        <strong>"Inscrite."</strong>
                        " "
                        <span class="soft">
                            "Une ligne s’est ajoutée à votre historique. Votre solde est maintenant de "
                            <span class="figure">{formats::euros(recu.solde)}</span>
                            "."
                        </span>
                    </li>
                    <li>
                        <strong>"À garder."</strong>
                        " "
                        <span class="soft">
                            "Conservez l’original de l’attestation\u{a0}: il peut vous être demandé."
                        </span>
                    </li>
                </ol>
            </section>
            <p class="actions">
                <a class="button" href="/solde">"Voir mon solde"</a>
                <a class="button button--quiet" id="lien-historique" href="/historique">
                    "Suivre dans mon historique"
                </a>
            </p>
        </div>
    }
}

//! « Mon profil »: what is known of the person and from whom, what they can change, and how to leave.

use api::comptes::{ConnexionVue, ConnexionsVues, FermetureCompte, ProfilVu, SaisieCoordonnees, SaisieMotDePasse};
use api::routes;
use domaine::forms::{Champ, ChampCoordonnees, ChampMotDePasse, Faute};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use markup::view;

use crate::browser::{clock, focus};
use crate::components::alert::{alerte_echec, panne};
use crate::components::awaited::awaited;
use crate::components::button::{bouton_danger, bouton_envoi};
use crate::components::contact;
use crate::components::error_summary::resume;
use crate::components::field::{Options, field, password};
use crate::components::form::formulaire;
use crate::failure::Echec;
use crate::form::{AnyForm, FieldSpec, Form, FormSpec, fault_at, faults};
use crate::net::client;
use crate::net::remote::Lecture;
use crate::session::session;
use crate::wording::formats;

static COORDONNEES: FormSpec<ChampCoordonnees> =
    FormSpec::new("coordonnees", contact_spec, |form, today| faults(&coordonnees(form), today));

fn contact_spec(champ: ChampCoordonnees) -> &'static FieldSpec {
    match champ {
        ChampCoordonnees::TelephoneFixe => &contact::FIXE,
        ChampCoordonnees::TelephoneMobile => &contact::MOBILE,
        ChampCoordonnees::Courriel => &contact::COURRIEL,
        ChampCoordonnees::MotDePasseActuel => {
            &FieldSpec { label: "Mot de passe, pour changer de courriel", ..FieldSpec::RAW }
        }
    }
}

fn coordonnees(form: Form<ChampCoordonnees>) -> SaisieCoordonnees {
    SaisieCoordonnees {
        telephone_fixe: form.answer(ChampCoordonnees::TelephoneFixe),
        telephone_mobile: form.answer(ChampCoordonnees::TelephoneMobile),
        courriel: form.answer(ChampCoordonnees::Courriel),
        mot_de_passe_actuel: form.answer(ChampCoordonnees::MotDePasseActuel),
    }
}

static MOT_DE_PASSE: FormSpec<ChampMotDePasse> =
    FormSpec::new("changement", password_spec, |form, today| faults(&mots_de_passe(form), today));

fn password_spec(champ: ChampMotDePasse) -> &'static FieldSpec {
    match champ {
        ChampMotDePasse::Actuel => &FieldSpec { label: "Mot de passe actuel", ..FieldSpec::RAW },
        ChampMotDePasse::Nouveau => &FieldSpec { label: "Nouveau mot de passe", ..FieldSpec::RAW },
    }
}

fn mots_de_passe(form: Form<ChampMotDePasse>) -> SaisieMotDePasse {
    SaisieMotDePasse { actuel: form.answer(ChampMotDePasse::Actuel), nouveau: form.answer(ChampMotDePasse::Nouveau) }
}

/// What is asked before an account is closed; its answer is judged by the server alone, once there is one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ChampFermeture {
    MotDePasse,
}

impl Champ for ChampFermeture {
    const TOUS: &'static [Self] = &[Self::MotDePasse];

    fn id(self) -> &'static str {
        ChampMotDePasse::Actuel.id()
    }
}

static FERMETURE: FormSpec<ChampFermeture> = FormSpec::new(
    "fermeture",
    |champ| match champ {
        ChampFermeture::MotDePasse => &FieldSpec { label: "Mot de passe, pour confirmer", ..FieldSpec::RAW },
    },
    |form, _| {
        let empty = form.answer(ChampFermeture::MotDePasse).is_empty();
        fault_at(ChampFermeture::MotDePasse, empty.then_some(Faute::MotDePasseManquant))
    },
)
.prefixed("fermeture-");

/// What the screen shows besides what it reads.
#[derive(Clone, Copy)]
struct Ecran {
    profil: Lecture<ProfilVu>,
    connexions: Lecture<ConnexionsVues>,
    /// Which part is being changed.
    ouverte: RwSignal<Option<Partie>>,
    /// What was just done.
    fait: RwSignal<Option<&'static str>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Partie {
    Coordonnees,
    MotDePasse,
    Fermeture,
}

impl Partie {
    /// The button that opens it, and takes the focus back when it closes.
    const fn bouton(self) -> &'static str {
        match self {
            Self::Coordonnees => "modifier-coordonnees",
            Self::MotDePasse => "changer-mot-de-passe",
            Self::Fermeture => "fermer-compte",
        }
    }

    /// Its first field.
    const fn premier_champ(self) -> &'static str {
        match self {
            Self::Coordonnees => "telephone-fixe",
            Self::MotDePasse => "mot-de-passe-actuel",
            Self::Fermeture => "fermeture-mot-de-passe-actuel",
        }
    }
}

impl Ecran {
    fn ouvrir(self, partie: Partie) {
        self.fait.set(None);
        self.ouverte.set(Some(partie));
        clock::bientot(move || focus::donner_focus(partie.premier_champ()));
    }

    fn fermer(self, partie: Partie) {
        self.ouverte.set(None);
        clock::bientot(move || focus::donner_focus(partie.bouton()));
    }

    /// It worked: the part closes, and it is said.
    fn reussir(self, fait: &'static str) {
        self.ouverte.set(None);
        self.fait.set(Some(fait));
        clock::bientot(|| focus::donner_focus("fait"));
    }
}

/// The screen.
pub fn profil() -> AnyView {
    let ecran = Ecran {
        profil: Lecture::nouvelle(client::profil),
        connexions: Lecture::nouvelle(client::connexions),
        ouverte: RwSignal::new(None),
        fait: RwSignal::new(None),
    };
    let fait = move || {
        ecran.fait.get().map(|fait| {
            view! {
                <div class="alert alert--success" id="fait" tabindex="-1">
                    <p class="alert__title">{fait}</p>
                </div>
            }
        })
    };
    view! {
        <div class="sheet">
            <div class="stack">
                <h1 tabindex="-1">"Mon profil"</h1>
                <div role="status">{fait}</div>
            </div>
            {awaited(
                ecran.profil.answer(),
                "Votre profil n’a pas pu être lu",
                move || ecran.profil.retry(),
                move |profil| lu(ecran, profil)
            )}
        </div>
    }
}

fn lu(ecran: Ecran, profil: &ProfilVu) -> AnyView {
    let profil = StoredValue::new(profil.clone());
    let joindre = move || match ecran.ouverte.get() {
        Some(Partie::Coordonnees) => changer_coordonnees(ecran),
        _ => profil.with_value(|profil| coordonnees_vues(ecran, profil)),
    };
    let secret = move || match ecran.ouverte.get() {
        Some(Partie::MotDePasse) => changer_mot_de_passe(ecran),
        _ => ouvrir(ecran, Partie::MotDePasse, "button button--quiet button--small", "Changer le mot de passe"),
    };
    let fermeture = move || match ecran.ouverte.get() {
        Some(Partie::Fermeture) => fermer_compte(ecran),
        _ => view! {
            <p>"Vos coordonnées et vos déclarations seront effacées. Une confirmation vous sera demandée."</p>
            {ouvrir(ecran, Partie::Fermeture, "button button--danger button--small", "Fermer mon compte")}
        },
    };
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="connu">
            <h2 id="connu">"Ce que l’on sait de vous"</h2>
            {profil.with_value(identite)}
            <aside class="note">
                <p>
                    "Une erreur dans votre nom ou votre date de naissance\u{202f}? Elle se corrige sur demande, avec un justificatif. "
                    <a href="/aide#corriger">"Demander une correction"</a>
                </p>
            </aside>
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="joindre">
            <h2 id="joindre">"Comment vous joindre"</h2>
            {joindre}
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="secret">
            <h2 id="secret">"Mot de passe"</h2>
            {secret}
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="appareils">
            <h2 id="appareils">"Appareils connectés"</h2>
            {awaited(
                ecran.connexions.answer(),
                "Vos connexions n’ont pas pu être lues",
                move || ecran.connexions.retry(),
                move |connexions| appareils(ecran, connexions)
            )}
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="emporter">
            <h2 id="emporter">"Emporter mes données"</h2>
            <p>
                "Tout ce que ce service garde de vous, dans un fichier que d’autres logiciels peuvent lire."
            </p>
            <p class="actions">
                <a class="button button--quiet button--small" href=routes::EXPORT download="mes-donnees.json">
                    "Télécharger mes données (JSON)"
                </a>
                <a class="button button--quiet button--small" href="/historique">"Voir mon historique"</a>
            </p>
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="fermer">
            <h2 id="fermer">"Fermer mon compte"</h2>
            {fermeture}
        </section>
    }
}

fn ouvrir(ecran: Ecran, partie: Partie, classe: &'static str, dit: &'static str) -> AnyView {
    view! {
        <p class="actions">
            <button class=classe type="button" id=partie.bouton() on:click=move |_| ecran.ouvrir(partie)>
                {dit}
            </button>
        </p>
    }
}

/// A word, what is known, and from whom.
fn fait_connu(mot: &'static str, connu: AnyView, source: Option<String>) -> AnyView {
    let source = source.map(|source| view! { <span class="facts__source">{source}</span> });
    view! {
        <div>
            <dt>{mot}</dt>
            <dd>{connu} {source}</dd>
        </div>
    }
}

fn identite(profil: &ProfilVu) -> AnyView {
    let saisi = || Some("Saisi par vous".to_owned());
    // A known account was opened only because these agreed with the declarations.
    let confirme = || {
        Some(
            if profil.connu_des_employeurs {
                "Saisi par vous, confirmé par votre employeur"
            } else {
                "Saisi par vous"
            }
            .into(),
        )
    };
    let (activite, source) = match profil.connu_des_employeurs {
        true => {
            (view! { <a href="/historique">"Dans votre historique"</a> }, Some("Déclarations de vos employeurs".into()))
        }
        false => (view! { <span class="soft">"Aucune n’est encore connue"</span> }, None),
    };
    let nir = view! { <span class="figure" translate="no">{profil.nir_masque.clone()}</span> };
    view! {
        <dl class="facts facts--pairs">
            {fait_connu("Nom de naissance", profil.titulaire.nom_naissance.clone().into_any(), confirme())}
            {fait_connu("Prénoms", profil.titulaire.prenoms.clone().into_any(), saisi())}
            {fait_connu("Date de naissance", formats::naissance(&profil.date_naissance).into_any(), confirme())}
            {fait_connu("Numéro de sécurité sociale", nir.into_any(), saisi())}
            {fait_connu("Activité", activite, source)}
            {fait_connu("Compte ouvert le", formats::jour_long(profil.ouvert_le).into_any(), None)}
        </dl>
    }
}

fn coordonnees_vues(ecran: Ecran, profil: &ProfilVu) -> AnyView {
    let telephone = |e164: &Option<String>| match e164 {
        Some(e164) => (formats::telephone(e164).into_any(), contact::territoire(e164)),
        None => (view! { <span class="soft">"Non renseigné"</span> }, None),
    };
    let (fixe, ou_fixe) = telephone(&profil.telephone_fixe);
    let (mobile, ou_mobile) = telephone(&profil.telephone_mobile);
    view! {
        <dl class="facts facts--pairs">
            {fait_connu("Téléphone fixe", fixe, ou_fixe)}
            {fait_connu("Téléphone mobile", mobile, ou_mobile)}
            {fait_connu("Courriel", profil.courriel.clone().into_any(), None)}
        </dl>
        {ouvrir(ecran, Partie::Coordonnees, "button button--quiet button--small", "Modifier mes coordonnées")}
    }
}

fn changer_coordonnees(ecran: Ecran) -> AnyView {
    let form = Form::ouvrir(&COORDONNEES);
    // What is known fills the form once; what the person typed before looking elsewhere stays.
    if form.is_blank() {
        ecran.profil.avec(|profil| {
            let telephone = |e164: &Option<String>| e164.as_deref().map(formats::telephone).unwrap_or_default();
            form.preremplir(ChampCoordonnees::TelephoneFixe, &telephone(&profil.telephone_fixe));
            form.preremplir(ChampCoordonnees::TelephoneMobile, &telephone(&profil.telephone_mobile));
            form.preremplir(ChampCoordonnees::Courriel, &profil.courriel);
        });
    }
    let envoyer = move || {
        form.envoyer(
            move |_| async move { client::changer_coordonnees(&coordonnees(form)).await },
            move |()| {
                form.vider();
                ecran.profil.relire();
                ecran.reussir("Vos coordonnées sont enregistrées");
            },
        );
    };
    let contenu = view! {
        <div class="sheet sheet--close">
            {resume(form)}
            {contact::telephones(form.at(ChampCoordonnees::TelephoneFixe), form.at(ChampCoordonnees::TelephoneMobile))}
            {contact::courriel(form.at(ChampCoordonnees::Courriel))}
            {field(
                form,
                ChampCoordonnees::MotDePasseActuel,
                Options { hint: "Laissez vide si le courriel ne change pas", ..Options::MOT_DE_PASSE }
            )}
            {alerte_echec(form, |_| ("Vos coordonnées ne sont pas encore enregistrées", None))}
            <div class="actions">
                {bouton_envoi(form, "enregistrer-coordonnees", "Enregistrer", "Enregistrement…")}
                {annuler(ecran, form, Partie::Coordonnees, "Annuler")}
            </div>
        </div>
    };
    formulaire(form, envoyer, contenu.into_any())
}

fn changer_mot_de_passe(ecran: Ecran) -> AnyView {
    let form = Form::ouvrir(&MOT_DE_PASSE);
    let envoyer = move || {
        form.envoyer(
            move |_| async move { client::changer_mot_de_passe(&mots_de_passe(form)).await },
            move |()| {
                form.vider();
                ecran.connexions.relire();
                ecran.reussir("Votre mot de passe est changé ; les autres appareils sont déconnectés");
            },
        );
    };
    let contenu = view! {
        <div class="sheet sheet--close">
            {resume(form)}
            {field(form, ChampMotDePasse::Actuel, Options { enterkeyhint: "next", ..Options::MOT_DE_PASSE })}
            {password(
                form,
                ChampMotDePasse::Nouveau,
                Options {
                    hint: "12 caractères variés, ou une phrase de plusieurs mots", ..Options::NOUVEAU_MOT_DE_PASSE
                },
            )}
            {alerte_echec(form, |_| ("Votre mot de passe n’est pas encore changé", None))}
            <div class="actions">
                {bouton_envoi(form, "enregistrer-mot-de-passe", "Changer le mot de passe", "Changement…")}
                {annuler(ecran, form, Partie::MotDePasse, "Annuler")}
            </div>
        </div>
    };
    formulaire(form, envoyer, contenu.into_any())
}

fn fermer_compte(ecran: Ecran) -> AnyView {
    let form = Form::ouvrir(&FERMETURE);
    let session = session();
    let aller = use_navigate();
    let envoyer = move || {
        let aller = aller.clone();
        form.envoyer(
            move |_| async move {
                let mot_de_passe = form.answer(ChampFermeture::MotDePasse);
                client::fermer_compte(&FermetureCompte { mot_de_passe }).await
            },
            move |()| {
                session.fermer();
                aller("/", NavigateOptions { replace: true, ..NavigateOptions::default() });
            },
        );
    };
    let contenu = view! {
        <div class="alert alert--error">
            <p class="alert__title">"Fermer ce compte efface ce qu’il contient"</p>
            <p>
                "Vos coordonnées, vos déclarations de DIF et leurs attestations seront effacées. Vos droits, eux, ne sont pas perdus\u{a0}: ils viennent des déclarations de vos employeurs."
            </p>
            <p><a href=routes::EXPORT download="mes-donnees.json">"Télécharger d’abord mes données"</a></p>
            {resume(form)}
            {field(form, ChampFermeture::MotDePasse, Options::MOT_DE_PASSE)}
            {alerte_echec(form, |_| ("Votre compte n’est pas fermé", None))}
            <div class="actions">
                {bouton_danger(form, "confirmer-fermeture", "Fermer définitivement", "Fermeture…")}
                {annuler(ecran, form, Partie::Fermeture, "Garder mon compte")}
            </div>
        </div>
    };
    formulaire(form, envoyer, contenu.into_any())
}

fn annuler(ecran: Ecran, form: impl Into<AnyForm>, partie: Partie, dit: &'static str) -> AnyView {
    let form = form.into();
    let annuler = move |_| {
        form.vider();
        ecran.fermer(partie);
    };
    view! { <button class="button button--quiet" type="button" on:click=annuler>{dit}</button> }
}

fn appareils(ecran: Ecran, connexions: &ConnexionsVues) -> AnyView {
    let echec = RwSignal::new(None::<Echec>);
    let deconnecter = move || {
        echec.set(None);
        ecran.fait.set(None);
        spawn_local(async move {
            match client::fermer_autres_connexions().await {
                Ok(()) => {
                    ecran.connexions.relire();
                    ecran.reussir("Les autres appareils sont déconnectés");
                }
                Err(faute) => {
                    let _partie = echec.try_set(Some(faute));
                }
            }
        });
    };
    let d_autres = connexions.connexions.iter().any(|connexion| !connexion.actuelle);
    let bouton = d_autres.then(|| {
        view! {
            <p class="actions">
                <button class="button button--quiet button--small" type="button" on:click=move |_| deconnecter()>
                    "Déconnecter les autres appareils"
                </button>
            </p>
        }
    });
    let lignes = connexions.connexions.iter().map(appareil).collect::<Vec<_>>();
    let alerte =
        move || echec.get().map(|echec| panne("Les autres appareils sont encore connectés", &echec, deconnecter));
    view! {
        <ul class="facts facts--list">{lignes}</ul>
        <aside class="note">
            <p>
                "Un appareil que vous ne reconnaissez pas\u{202f}? Déconnectez-le, puis changez votre mot de passe."
            </p>
        </aside>
        {bouton}
        {alerte}
    }
}

fn appareil(connexion: &ConnexionVue) -> AnyView {
    let depuis = ["Depuis le ", &formats::instant(&connexion.ouverte_le)].concat();
    let vue = ["Vu pour la dernière fois le ", &formats::instant(&connexion.vue_le)].concat();
    let ici = connexion.actuelle;
    view! {
        <li>
            <div>
                <strong>{connexion.appareil.clone()}</strong>
                <span class="facts__source">{depuis}</span>
                {(!ici).then(|| view! { <span class="facts__source">{vue}</span> })}
            </div>
            {ici.then(|| view! { <span class="tag tag--here">"cet appareil"</span> })}
        </li>
    }
}

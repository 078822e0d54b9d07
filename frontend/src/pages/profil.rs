//! « Mon profil »: what is known of the person and from whom, what they can change, and how to leave.

use crate::html;
use crate::template::ecoute;
use api::comptes::{ConnexionVue, ConnexionsVues, FermetureCompte, ProfilVu, SaisieCoordonnees, SaisieMotDePasse};
use api::routes;
use domaine::forms::{Champ, ChampCoordonnees, ChampMotDePasse, Faute};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

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
            html!(
                r#"
                <div class="alert alert--success" id="fait" tabindex="-1"><p class="alert__title">{}</p></div>
            "#,
                fait
            )
        })
    };
    html!(
        r#"
        <div class="sheet">
            <div class="stack">
                <h1 tabindex="-1">Mon profil</h1>
                <div role="status">{}</div>
            </div>
            {}
        </div>
    "#,
        fait,
        awaited(
            ecran.profil.answer(),
            "Votre profil n’a pas pu être lu",
            move || ecran.profil.retry(),
            move |profil| lu(ecran, profil)
        ),
    )
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
        _ => html!(
            r#"
            <p>Vos coordonnées et vos déclarations seront effacées. Une confirmation vous sera demandée.</p>{}
        "#,
            ouvrir(ecran, Partie::Fermeture, "button button--danger button--small", "Fermer mon compte"),
        ),
    };
    html!(
        r#"
        <section class="sheet sheet--ruled" aria-labelledby="connu">
            <h2 id="connu">Ce que l’on sait de vous</h2>
            {}
            <aside class="note">
                <p>
                    Une erreur dans votre nom ou votre date de naissance&#8239;? Elle se corrige sur demande, avec un justificatif. <a href="/aide#corriger">Demander une correction</a>
                </p>
            </aside>
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="joindre">
            <h2 id="joindre">Comment vous joindre</h2>{}
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="secret"><h2 id="secret">Mot de passe</h2>{}</section>
        <section class="sheet sheet--ruled" aria-labelledby="appareils">
            <h2 id="appareils">Appareils connectés</h2>{}
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="emporter">
            <h2 id="emporter">Emporter mes données</h2>
            <p>Tout ce que ce service garde de vous, dans un fichier que d’autres logiciels peuvent lire.</p>
            <p class="actions">
                <a class="button button--quiet button--small" href={} download="mes-donnees.json">
                    Télécharger mes données (JSON)
                </a>
                <a class="button button--quiet button--small" href="/historique">Voir mon historique</a>
            </p>
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="fermer">
            <h2 id="fermer">Fermer mon compte</h2>{}
        </section>
    "#,
        profil.with_value(identite),
        joindre,
        secret,
        awaited(
            ecran.connexions.answer(),
            "Vos connexions n’ont pas pu être lues",
            move || ecran.connexions.retry(),
            move |connexions| appareils(ecran, connexions)
        ),
        routes::EXPORT,
        fermeture,
    )
}

fn ouvrir(ecran: Ecran, partie: Partie, classe: &'static str, dit: &'static str) -> AnyView {
    html!(
        r#"<p class="actions"><button class={} type="button" id={} on:click={}>{}</button></p>"#,
        classe,
        partie.bouton(),
        ecoute(move |_| ecran.ouvrir(partie)),
        dit
    )
}

/// A word, what is known, and from whom.
fn fait_connu(mot: &'static str, connu: AnyView, source: Option<String>) -> AnyView {
    let source = source.map(|source| html!(r#"<span class="facts__source">{}</span>"#, source));
    html!(
        r#"
        <div>
            <dt>{}</dt>
            <dd>
                {}
                {}
            </dd>
        </div>
    "#,
        mot,
        connu,
        source
    )
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
            (html!(r#"<a href="/historique">Dans votre historique</a>"#), Some("Déclarations de vos employeurs".into()))
        }
        false => (html!(r#"<span class="soft">Aucune n’est encore connue</span>"#), None),
    };
    let nir = html!(r#"<span class="figure" translate="no">{}</span>"#, profil.nir_masque.clone());
    html!(
        r#"
        <dl class="facts facts--pairs">
            {}
            {}
            {}
            {}
            {}
            {}
        </dl>
    "#,
        fait_connu("Nom de naissance", profil.titulaire.nom_naissance.clone().into_any(), confirme()),
        fait_connu("Prénoms", profil.titulaire.prenoms.clone().into_any(), saisi()),
        fait_connu("Date de naissance", formats::naissance(&profil.date_naissance).into_any(), confirme()),
        fait_connu("Numéro de sécurité sociale", nir.into_any(), saisi()),
        fait_connu("Activité", activite, source),
        fait_connu("Compte ouvert le", formats::jour_long(profil.ouvert_le).into_any(), None),
    )
}

fn coordonnees_vues(ecran: Ecran, profil: &ProfilVu) -> AnyView {
    let telephone = |e164: &Option<String>| match e164 {
        Some(e164) => (formats::telephone(e164).into_any(), contact::territoire(e164)),
        None => (html!(r#"<span class="soft">Non renseigné</span>"#), None),
    };
    let (fixe, ou_fixe) = telephone(&profil.telephone_fixe);
    let (mobile, ou_mobile) = telephone(&profil.telephone_mobile);
    html!(
        r#"
        <dl class="facts facts--pairs">
            {}
            {}
            {}
        </dl>
        {}
    "#,
        fait_connu("Téléphone fixe", fixe, ou_fixe),
        fait_connu("Téléphone mobile", mobile, ou_mobile),
        fait_connu("Courriel", profil.courriel.clone().into_any(), None),
        ouvrir(ecran, Partie::Coordonnees, "button button--quiet button--small", "Modifier mes coordonnées"),
    )
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
    let contenu = html!(
        r#"
        <div class="sheet sheet--close">
            {}
            {}
            {}
            {}
            {}
            <div class="actions">
                {}
                {}
            </div>
        </div>
    "#,
        resume(form),
        contact::telephones(form.at(ChampCoordonnees::TelephoneFixe), form.at(ChampCoordonnees::TelephoneMobile)),
        contact::courriel(form.at(ChampCoordonnees::Courriel)),
        field(
            form,
            ChampCoordonnees::MotDePasseActuel,
            Options { hint: "Laissez vide si le courriel ne change pas", ..Options::MOT_DE_PASSE }
        ),
        alerte_echec(form, |_| ("Vos coordonnées ne sont pas encore enregistrées", None)),
        bouton_envoi(form, "enregistrer-coordonnees", "Enregistrer", "Enregistrement…"),
        annuler(ecran, form, Partie::Coordonnees, "Annuler"),
    );
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
    let contenu = html!(
        r#"
        <div class="sheet sheet--close">
            {}
            {}
            {}
            {}
            <div class="actions">
                {}
                {}
            </div>
        </div>
    "#,
        resume(form),
        field(form, ChampMotDePasse::Actuel, Options { enterkeyhint: "next", ..Options::MOT_DE_PASSE }),
        password(
            form,
            ChampMotDePasse::Nouveau,
            Options {
                hint: "12 caractères variés, ou une phrase de plusieurs mots", ..Options::NOUVEAU_MOT_DE_PASSE
            },
        ),
        alerte_echec(form, |_| ("Votre mot de passe n’est pas encore changé", None)),
        bouton_envoi(form, "enregistrer-mot-de-passe", "Changer le mot de passe", "Changement…"),
        annuler(ecran, form, Partie::MotDePasse, "Annuler"),
    );
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
    let contenu = html!(
        r#"
        <div class="alert alert--error">
            <p class="alert__title">Fermer ce compte efface ce qu’il contient</p>
            <p>
                Vos coordonnées, vos déclarations de DIF et leurs attestations seront effacées. Vos droits, eux, ne sont pas perdus&nbsp;: ils viennent des déclarations de vos employeurs.
            </p>
            <p><a href={} download="mes-donnees.json">Télécharger d’abord mes données</a></p>
            {}
            {}
            {}
            <div class="actions">
                {}
                {}
            </div>
        </div>
    "#,
        routes::EXPORT,
        resume(form),
        field(form, ChampFermeture::MotDePasse, Options::MOT_DE_PASSE),
        alerte_echec(form, |_| ("Votre compte n’est pas fermé", None)),
        bouton_danger(form, "confirmer-fermeture", "Fermer définitivement", "Fermeture…"),
        annuler(ecran, form, Partie::Fermeture, "Garder mon compte"),
    );
    formulaire(form, envoyer, contenu.into_any())
}

fn annuler(ecran: Ecran, form: impl Into<AnyForm>, partie: Partie, dit: &'static str) -> AnyView {
    let form = form.into();
    let annuler = move |_| {
        form.vider();
        ecran.fermer(partie);
    };
    html!(r#"<button class="button button--quiet" type="button" on:click={}>{}</button>"#, ecoute(annuler), dit)
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
        html!(
            r#"
            <p class="actions">
                <button class="button button--quiet button--small" type="button" on:click={}>
                    Déconnecter les autres appareils
                </button>
            </p>
        "#,
            ecoute(move |_| deconnecter())
        )
    });
    let lignes = connexions.connexions.iter().map(appareil).collect::<Vec<_>>();
    let alerte =
        move || echec.get().map(|echec| panne("Les autres appareils sont encore connectés", &echec, deconnecter));
    html!(
        r#"
        <ul class="facts facts--list">{}</ul>
        <aside class="note">
            <p>
                Un appareil que vous ne reconnaissez pas&#8239;? Déconnectez-le, puis changez votre mot de passe.
            </p>
        </aside>
        {}
        {}
    "#,
        lignes,
        bouton,
        alerte
    )
}

fn appareil(connexion: &ConnexionVue) -> AnyView {
    let depuis = ["Depuis le ", &formats::instant(&connexion.ouverte_le)].concat();
    let vue = ["Vu pour la dernière fois le ", &formats::instant(&connexion.vue_le)].concat();
    let ici = connexion.actuelle;
    html!(
        r#"<li><div><strong>{}</strong><span class="facts__source">{}</span>{}</div>{}</li>"#,
        connexion.appareil.clone(),
        depuis,
        (!ici).then(|| html!(r#"<span class="facts__source">{}</span>"#, vue)),
        ici.then(|| html!(r#"<span class="tag tag--here">cet appareil</span>"#)),
    )
}

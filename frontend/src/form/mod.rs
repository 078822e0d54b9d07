//! How a form behaves: what was typed, what is wrong with it, when to say so, and how it goes out.
//!
//! # In a page
//! ```ignore
//! static MODELE: Modele = Modele {
//!     nom: "inscription",
//!     champs: &[Meta { id: "prenoms", label: "Prénoms", ..Meta::TEXTE }, /* same order as Champ::TOUS */],
//!     juger: |textes, jour| fautes(&saisie(textes), jour),
//! };
//! let form = Form::ouvrir(&MODELE);           // the same form, with its words, each time the page is visited
//! formulaire(form, envoyer, view! {
//!     {resume(form)}                          // components::error_summary
//!     {field(form, 0, Options { autocomplete: "given-name", ..Options::TEXTE })}
//!     {bouton_envoi(form, "enregistrer", "Enregistrer", "Enregistrement…")}
//! }.into_any())
//! // and to send:
//! let envoyer = move || form.envoyer(
//!     move |cle| async move { client::inscrire(&saisie(&form.textes()), &cle).await },
//!     move |session| { form.vider(); … },
//! );
//! ```
//! A field is its rank in the model. `form.texte(i)` is its text (a signal), `form.montre(i)` what is said of it,
//! `form.ecrire(i, "…")` changes it from the program, `form.echec()` is why the last sending failed, other than at
//! fields. A ticked box is the text [`dom::OUI`].
//!
//! # Rules
//! A field is judged when it is left, or as soon as it can no longer become right; once judged, every keystroke
//! updates it. Nothing here is generic over the form: it would be paid once per form by whoever loads the page.

use std::future::Future;

use api::probleme::{Code, ErreurVue};
use domaine::formulaire::{Champ, Faute, Formulaire};
use domaine::mesures::Jour;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{clock, dom, focus};
use crate::failure::Echec;

/// Tells the faults of these texts, by rank.
pub type Juge = fn(&[String], Jour) -> Vec<(usize, Faute)>;
/// Splits a text that fills a field and the next one.
pub type Partage = fn(&str) -> Option<(String, String)>;

/// What a form is made of. One `static` per form.
pub struct Modele {
    /// Its name among forms; also the start of the identifiers of its error summary.
    pub nom: &'static str,
    /// Its fields, in the order of the screen and of `Champ::TOUS`.
    pub champs: &'static [Meta],
    /// The faults of these texts, by rank. See [`fautes`].
    pub juger: Juge,
}

/// What a field is, whatever it looks like.
pub struct Meta {
    /// Its identifier, from which those of hint, error and remark derive.
    pub id: &'static str,
    /// Its name, above it and in the error summary.
    pub label: &'static str,
    /// Writes the text well when the field is left: grouped, trimmed. Nothing when there is nothing to change.
    pub ranger: Option<fn(&str) -> Option<String>>,
    /// A text that fills this field and the next one: a pasted number with its key.
    pub partager: Option<Partage>,
    /// The rank of a field that must have nothing wrong for this one to be called right.
    pub avec: Option<usize>,
    /// What a right field says: « La Réunion ».
    pub remarque: Option<fn(&str) -> Option<String>>,
}

impl Meta {
    /// A plain field, trimmed when left.
    pub const TEXTE: Self =
        Self { id: "", label: "", ranger: Some(sans_bords), partager: None, avec: None, remarque: None };
    /// A field whose text is never touched: a password, a box.
    pub const BRUT: Self = Self { ranger: None, ..Self::TEXTE };
}

fn sans_bords(texte: &str) -> Option<String> {
    Some(texte.trim().to_owned())
}

/// The faults of a form by rank, for [`Modele::juger`].
pub fn fautes<F: Formulaire>(saisie: &F, aujourdhui: Jour) -> Vec<(usize, Faute)> {
    match saisie.valider(aujourdhui) {
        Ok(_) => Vec::new(),
        Err(erreurs) => {
            let toutes = F::Champ::TOUS.iter().enumerate();
            toutes.filter_map(|(rang, champ)| Some((rang, erreurs.de(*champ)?))).collect()
        }
    }
}

/// What is said of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Montre {
    /// What is wrong.
    pub faute: Option<Faute>,
    /// Filled and right.
    pub juste: bool,
}

struct Case {
    texte: RwSignal<String>,
    montre: RwSignal<Montre>,
}

#[derive(Default)]
struct Suivi {
    jugees: Vec<bool>,
    du_serveur: Vec<Option<Faute>>,
    /// The texts of the last sending and the key it bore: the same texts bear the same key.
    envoi: Option<(Vec<String>, String)>,
}

struct Etat {
    modele: &'static Modele,
    cases: Vec<Case>,
    suivi: StoredValue<Suivi>,
    bilan: RwSignal<Vec<(usize, Faute)>>,
    bilan_ouvert: RwSignal<bool>,
    en_cours: RwSignal<bool>,
    echec: RwSignal<Option<Echec>>,
}

/// A form. Lives as long as the page: what was typed stays when a person looks elsewhere and comes back.
#[derive(Clone, Copy)]
pub struct Form(&'static Etat);

/// All the forms opened so far, and the owner of their signals.
#[derive(Clone, Copy)]
pub struct Formulaires {
    ouverts: StoredValue<Vec<Form>>,
    racine: StoredValue<Owner>,
}

impl Formulaires {
    /// Prepares the place where forms live; to be called once, by the app.
    pub fn preparer() -> Self {
        let formulaires = Self {
            ouverts: StoredValue::new(Vec::new()),
            racine: StoredValue::new(Owner::current().unwrap_or_default()),
        };
        provide_context(formulaires);
        formulaires
    }

    /// Forgets everything that was typed anywhere: at disconnection.
    pub fn tout_oublier(self) {
        self.ouverts.get_value().into_iter().for_each(Form::vider);
    }
}

impl Form {
    /// The form of this model: the one opened before, else a new one.
    pub fn ouvrir(modele: &'static Modele) -> Self {
        let Some(Formulaires { ouverts, racine }) = use_context::<Formulaires>() else {
            return Self::neuf(modele);
        };
        let connu = ouverts.with_value(|tous| tous.iter().copied().find(|f| f.0.modele.nom == modele.nom));
        connu.unwrap_or_else(|| {
            let form = racine.get_value().with(|| Self::neuf(modele));
            ouverts.update_value(|tous| tous.push(form));
            form
        })
    }

    /// A form of its own, outside any app: in tests.
    pub fn neuf(modele: &'static Modele) -> Self {
        let nombre = modele.champs.len();
        let case = |_| Case { texte: RwSignal::new(String::new()), montre: RwSignal::new(Montre::default()) };
        let suivi = Suivi { jugees: vec![false; nombre], du_serveur: vec![None; nombre], envoi: None };
        // Leaked on purpose, once per model: a form is as long-lived as the page.
        Self(Box::leak(Box::new(Etat {
            modele,
            cases: (0..nombre).map(case).collect(),
            suivi: StoredValue::new(suivi),
            bilan: RwSignal::new(Vec::new()),
            bilan_ouvert: RwSignal::new(false),
            en_cours: RwSignal::new(false),
            echec: RwSignal::new(None),
        })))
    }

    /// Its model.
    pub fn modele(self) -> &'static Modele {
        self.0.modele
    }

    /// The field of that rank.
    pub fn meta(self, rang: usize) -> &'static Meta {
        &self.0.modele.champs[rang]
    }

    /// The text of that field.
    pub fn texte(self, rang: usize) -> RwSignal<String> {
        self.0.cases[rang].texte
    }

    /// What is said of that field.
    pub fn montre(self, rang: usize) -> RwSignal<Montre> {
        self.0.cases[rang].montre
    }

    /// All the texts, in the order of the model.
    pub fn textes(self) -> Vec<String> {
        self.0.cases.iter().map(|case| case.texte.get_untracked()).collect()
    }

    /// What the error summary holds; nothing before a submission was refused.
    pub fn bilan(self) -> RwSignal<Vec<(usize, Faute)>> {
        self.0.bilan
    }

    /// Whether a submission is on its way.
    pub fn en_cours(self) -> RwSignal<bool> {
        self.0.en_cours
    }

    /// Why the last sending failed, other than at fields.
    pub fn echec(self) -> RwSignal<Option<Echec>> {
        self.0.echec
    }

    /// The rank of the field that bears this identifier.
    pub fn rang(self, id: &str) -> Option<usize> {
        self.0.modele.champs.iter().position(|meta| meta.id == id)
    }

    /// A person typed in that field.
    pub fn saisir(self, rang: usize, texte: String) {
        if *self.0.cases[rang].texte.read_untracked() == texte {
            return;
        }
        self.0.suivi.update_value(|suivi| suivi.du_serveur[rang] = None);
        self.0.cases[rang].texte.set(texte);
        self.oublier_refus();
        self.juger();
    }

    /// A text was pasted or filled in at once: it may belong to two fields.
    pub fn coller(self, rang: usize) {
        if self.partager(rang) {
            self.0.suivi.update_value(|suivi| suivi.jugees[rang..=rang + 1].fill(true));
            self.juger();
        }
    }

    /// That field was left.
    pub fn quitter(self, rang: usize) {
        self.partager(rang);
        let texte = self.0.cases[rang].texte.get_untracked();
        if let Some(range) = self.meta(rang).ranger.and_then(|ranger| ranger(&texte))
            && range != texte
        {
            self.poser(rang, range);
        }
        self.0.suivi.update_value(|suivi| suivi.jugees[rang] = true);
        self.juger();
    }

    /// Changes the text of a field, on the screen too, and judges it.
    pub fn ecrire(self, rang: usize, texte: &str) {
        self.poser(rang, texte.to_owned());
        self.0.suivi.update_value(|suivi| {
            suivi.jugees[rang] = true;
            suivi.du_serveur[rang] = None;
        });
        self.oublier_refus();
        self.juger();
    }

    /// Fills a field with what is already known, without judging it.
    pub fn preremplir(self, rang: usize, texte: &str) {
        self.poser(rang, texte.to_owned());
    }

    /// Forgets what was typed and all that was said of it.
    pub fn vider(self) {
        for rang in 0..self.0.cases.len() {
            self.poser(rang, String::new());
        }
        self.0.suivi.update_value(|suivi| {
            suivi.jugees.fill(false);
            suivi.du_serveur.fill(None);
            suivi.envoi = None;
        });
        self.0.echec.set(None);
        self.0.bilan_ouvert.set(false);
        self.juger();
    }

    /// Reads the screen again: browsers fill fields without saying so.
    pub fn relire(self) {
        for (rang, meta) in self.0.modele.champs.iter().enumerate() {
            if let Some(champ) = dom::champ(meta.id) {
                self.saisir(rang, dom::valeur(&champ));
            }
        }
    }

    /// Sends the form once, if everything in it is right; else shows what is not, and gives the focus to the summary.
    /// `partir` receives the key of this submission, the same for the same texts.
    pub fn envoyer<T, R>(self, partir: impl FnOnce(String) -> R, suite: impl FnOnce(T) + 'static)
    where
        R: Future<Output = Result<T, Echec>> + 'static,
        T: 'static,
    {
        if let Some(cle) = self.depart() {
            let reponse = partir(cle);
            spawn_local(async move {
                let reponse = reponse.await;
                self.0.en_cours.set(false);
                match reponse {
                    Ok(valeur) => suite(valeur),
                    Err(echec) => self.echouer(echec),
                }
            });
        }
    }

    /// Whether the form may go out: the key of its submission. From here to [`Form::arrivee`] no other leaves.
    pub fn depart(self) -> Option<String> {
        if self.0.en_cours.get_untracked() {
            return None;
        }
        self.relire();
        let textes = self.textes();
        self.0.suivi.update_value(|suivi| {
            suivi.jugees.fill(true);
            suivi.du_serveur.fill(None);
        });
        self.0.echec.set(None);
        self.0.bilan_ouvert.set(true);
        self.juger();
        if !self.0.bilan.read_untracked().is_empty() {
            self.montrer_bilan();
            return None;
        }
        self.0.bilan_ouvert.set(false);
        self.0.en_cours.set(true);
        let connue = self.0.suivi.with_value(|suivi| match &suivi.envoi {
            Some((envoyes, cle)) if *envoyes == textes => Some(cle.clone()),
            _ => None,
        });
        let cle = connue.unwrap_or_else(dom::au_hasard);
        self.0.suivi.update_value(|suivi| suivi.envoi = Some((textes, cle.clone())));
        Some(cle)
    }

    /// The submission that [`Form::depart`] let out is over.
    pub fn arrivee(self) {
        self.0.en_cours.set(false);
    }

    /// Says why a sending failed: at the fields, or in [`Form::echec`].
    pub fn echouer(self, echec: Echec) {
        if let Echec::Refus(probleme) = &echec {
            if probleme.code == Code::Saisie && self.refuser(&probleme.erreurs) {
                return;
            }
            // The server knows this key with another text: the next attempt takes another key.
            if probleme.code == Code::CleIdempotenceReprise {
                self.0.suivi.update_value(|suivi| suivi.envoi = None);
            }
        }
        self.0.echec.set(Some(echec));
    }

    /// A refusal was about other texts: it goes once one of them changes. A lost network is still lost.
    fn oublier_refus(self) {
        if matches!(&*self.0.echec.read_untracked(), Some(echec) if *echec != Echec::HorsLigne) {
            self.0.echec.set(None);
        }
    }

    /// Shows the server's faults at their fields; whether there is such a field.
    fn refuser(self, erreurs: &[ErreurVue]) -> bool {
        let connues: Vec<_> = erreurs.iter().filter_map(|e| Some((self.rang_du_serveur(&e.champ)?, e.faute))).collect();
        self.0.suivi.update_value(|suivi| {
            for (rang, faute) in &connues {
                suivi.du_serveur[*rang] = Some(*faute);
            }
        });
        self.0.bilan_ouvert.set(!connues.is_empty());
        self.juger();
        if !connues.is_empty() {
            self.montrer_bilan();
        }
        !connues.is_empty()
    }

    /// A form shown over another bears longer identifiers: « session-courriel » is the server's « courriel ».
    fn rang_du_serveur(self, id: &str) -> Option<usize> {
        self.rang(id).or_else(|| self.0.modele.champs.iter().position(|meta| meta.id.ends_with(id)))
    }

    fn montrer_bilan(self) {
        let id = [self.0.modele.nom, "-bilan"].concat();
        clock::bientot(move || {
            focus::donner_focus(&id);
            dom::amener_en_haut(&id);
        });
    }

    /// Splits a text that belongs to this field and the next.
    fn partager(self, rang: usize) -> bool {
        let partager = self.meta(rang).partager;
        let parts = partager.and_then(|partager| partager(&self.0.cases[rang].texte.read_untracked()));
        let Some((ici, suivant)) = parts else { return false };
        self.poser(rang, ici);
        self.poser(rang + 1, suivant);
        true
    }

    /// Writes a text in the form and on the screen.
    fn poser(self, rang: usize, texte: String) {
        if let Some(champ) = dom::champ(self.meta(rang).id) {
            match champ.type_().as_str() {
                "checkbox" => champ.set_checked(!texte.is_empty()),
                "file" => {}
                _ => champ.set_value(&texte),
            }
        }
        self.0.cases[rang].texte.set(texte);
    }

    /// Says what must be said now, and touches nothing else.
    fn juger(self) {
        let textes = self.textes();
        let mut fautes = vec![None; textes.len()];
        for (rang, faute) in (self.0.modele.juger)(&textes, clock::aujourdhui()) {
            fautes[rang] = Some(faute);
        }
        self.0.suivi.update_value(|suivi| {
            for (rang, faute) in fautes.iter_mut().enumerate() {
                *faute = faute.or(suivi.du_serveur[rang]);
                // Speaks early only of what was typed, and only when no more typing can mend it.
                let sans_remede = faute.is_some_and(|f| !f.peut_devenir_juste());
                suivi.jugees[rang] |= sans_remede && !textes[rang].is_empty();
            }
            // One answer is asked in two fields: nothing is missing until both were left.
            let manque = |f: &Option<Faute>| *f == Some(Faute::TelephoneManquant);
            let tu = (0..fautes.len()).any(|rang| manque(&fautes[rang]) && !suivi.jugees[rang]);
            for (rang, faute) in fautes.iter_mut().enumerate() {
                if !suivi.jugees[rang] || (tu && manque(faute)) {
                    *faute = None;
                }
            }
        });
        for (rang, case) in self.0.cases.iter().enumerate() {
            let faute = fautes[rang];
            let accord = self.meta(rang).avec.is_none_or(|autre| fautes[autre].is_none());
            let jugee = self.0.suivi.with_value(|suivi| suivi.jugees[rang]);
            let juste = jugee && faute.is_none() && accord && !textes[rang].trim().is_empty();
            let montre = Montre { faute, juste };
            if *case.montre.read_untracked() != montre {
                case.montre.set(montre);
            }
        }
        let mut bilan: Vec<_> = match self.0.bilan_ouvert.get_untracked() {
            true => fautes.iter().enumerate().filter_map(|(rang, faute)| Some((rang, (*faute)?))).collect(),
            false => Vec::new(),
        };
        // One answer is asked in two fields: it is missing once, and told at the first.
        let mut manque = false;
        bilan.retain(|(_, faute)| *faute != Faute::TelephoneManquant || !std::mem::replace(&mut manque, true));
        if *self.0.bilan.read_untracked() != bilan {
            self.0.bilan.set(bilan);
        }
    }
}

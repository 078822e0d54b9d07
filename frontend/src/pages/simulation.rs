//! « Et si ? »: a life supposed, and its statement at every keystroke. Nothing is sent: it is all on the device.

use domaine::bareme::Bareme;
use domaine::droits::{Releve, calculer};
use domaine::forms::{Champ, ChampSimulation as C, Emploi, Formulaire, SaisieSimulation};
use domaine::mesures::Annee;
use leptos::prelude::*;

use crate::browser::{address, clock, dom::OUI, download};
use crate::components::chart::dessin;
use crate::components::field::{Options, checkbox, field};
use crate::components::form::formulaire;
use crate::components::radios::{Choix, radios};
use crate::components::releve::{rangee, registre};
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::wording::formats;
use markup::view;

// Figures of the barème, which a test compares: a hint is a literal.
const AIDE_HEURES: &str = "1607 pour un temps plein, 803,5 pour un mi-temps";
const AIDE_DIF: &str = "Salarié du privé avant 2015. 120 au plus";

static SPEC: FormSpec<C> = FormSpec::new("simulation", field_spec, |form, today| faults(&saisie(form), today));

fn field_spec(champ: C) -> &'static FieldSpec {
    match champ {
        C::Depuis => &FieldSpec { label: "Depuis quelle année travaillez-vous\u{202f}?", ..FieldSpec::TEXT },
        C::Emploi => &FieldSpec { label: "Votre situation", ..FieldSpec::RAW },
        C::Heures => &FieldSpec { label: "Heures travaillées dans l’année", ..FieldSpec::TEXT },
        C::Changement => &FieldSpec { label: "Et si, à partir d’une autre année…", ..FieldSpec::TEXT },
        C::Ensuite => &FieldSpec { label: "Votre situation ensuite", ..FieldSpec::RAW },
        C::HeuresEnsuite => &FieldSpec { label: "Heures travaillées dans l’année, ensuite", ..FieldSpec::TEXT },
        C::Dif => &FieldSpec { label: "Heures de DIF à déclarer", ..FieldSpec::TEXT },
        C::JusquA => &FieldSpec { label: "Regarder jusqu’à la fin de", ..FieldSpec::TEXT },
        C::SousNiveau3 => &FieldSpec { label: "Sous le niveau 3", ..FieldSpec::RAW },
        C::Boeth => &FieldSpec { label: "Handicap reconnu", ..FieldSpec::RAW },
    }
}

fn saisie(form: Form<C>) -> SaisieSimulation {
    SaisieSimulation {
        depuis: form.answer(C::Depuis),
        emploi: form.answer(C::Emploi),
        heures: form.answer(C::Heures),
        changement: form.answer(C::Changement),
        ensuite: form.answer(C::Ensuite),
        heures_ensuite: form.answer(C::HeuresEnsuite),
        dif: form.answer(C::Dif),
        jusqu_a: form.answer(C::JusquA),
        sous_niveau_3: form.ticked(C::SousNiveau3),
        boeth: form.ticked(C::Boeth),
    }
}

/// What these hypotheses answer at this field.
fn answer_of(saisie: &SaisieSimulation, champ: C) -> &str {
    let ticked = |ticked: bool| if ticked { OUI } else { "" };
    match champ {
        C::Depuis => &saisie.depuis,
        C::Emploi => &saisie.emploi,
        C::Heures => &saisie.heures,
        C::Changement => &saisie.changement,
        C::Ensuite => &saisie.ensuite,
        C::HeuresEnsuite => &saisie.heures_ensuite,
        C::Dif => &saisie.dif,
        C::JusquA => &saisie.jusqu_a,
        C::SousNiveau3 => ticked(saisie.sous_niveau_3),
        C::Boeth => ticked(saisie.boeth),
    }
}

/// Fills the form once: with the hypotheses of a shared address, else with those of most people.
fn remplir(form: Form<C>) {
    let lien = address::ancre();
    // The first paint holds no answer: it would be taken for something that was typed.
    if cfg!(feature = "ssr") || (lien.is_empty() && !form.is_blank()) {
        return;
    }
    let saisie = match lien.is_empty() {
        true => SaisieSimulation::proposee(clock::aujourdhui()),
        false => SaisieSimulation::de_lien(&lien),
    };
    for champ in C::TOUS {
        form.preremplir(*champ, answer_of(&saisie, *champ));
    }
}

/// The screen.
pub fn simuler() -> AnyView {
    let form = Form::ouvrir(&SPEC);
    remplir(form);
    let annee = Options { classe: "field__input field__input--short", ..Options::CHIFFRES };
    let salarie = move |champ: C| Memo::new(move |_| *form.texte(champ).read() == Emploi::Salarie.code());
    let (maintenant, apres) = (salarie(C::Emploi), salarie(C::Ensuite));
    let change = Memo::new(move |_| !form.texte(C::Changement).read().trim().is_empty());
    let heures = move |champ: C| field(form, champ, Options { hint: AIDE_HEURES, ..annee });
    let champs = view! {
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="aujourd-hui">
            <h2 id="aujourd-hui">"Aujourd’hui"</h2>
            {field(form, C::Depuis, Options { hint: "À partir de 2015", ..annee })}
            {radios(form, C::Emploi, "Votre situation".into_any(), "", situations())}
            {move || maintenant.get().then(|| heures(C::Heures))}
            <div class="stack">
                {checkbox(
                    form,
                    C::SousNiveau3,
                    false,
                    view! {
                        "Je n’ai ni CAP, ni BEP, ni diplôme équivalent"
                        <span class="field__hint">
                            "Supposé déclaré aujourd’hui\u{a0}: les années d’avant gardent le crédit ordinaire (article R6323-3-1)"
                        </span>
                    }
                )}
                {checkbox(form, C::Boeth, false, "J’ai un handicap reconnu (obligation d’emploi)".into_any())}
            </div>
        </section>
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="et-si">
            <h2 id="et-si">"Et si…"</h2>
            {field(form, C::Changement, Options { hint: "L’année du changement. Vide si rien ne change", ..annee })}
            {move || {
                change.get().then(|| radios(form, C::Ensuite, "Votre situation ensuite".into_any(), "", situations()))
            }}
            {move || (change.get() && apres.get()).then(|| heures(C::HeuresEnsuite))}
            <div class="pair">
                {field(form, C::Dif, Options { hint: AIDE_DIF, ..annee })}
                {field(form, C::JusquA, Options { hint: "Par exemple 2030", enterkeyhint: "done", ..annee })}
            </div>
        </section>
    };
    let calcul = Memo::new(move |_| {
        form.track();
        let saisie = saisie(form);
        let simulation = saisie.valider(clock::aujourdhui()).ok()?;
        Some((calculer(&simulation.situation, simulation.au, &Bareme::EN_VIGUEUR), saisie.en_lien()))
    });
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Et si\u{202f}?"</h1>
            <p class="lede">
                "Changez une réponse\u{a0}: le calcul suit, selon la loi. Rien n’est envoyé, tout reste sur votre appareil."
            </p>
            <aside class="note">
                <p>
                    "Deux choses dépendent de l’hébergeur d’un compte. Il est supposé ici qu’une année est créditée le "
                    {jour_de_credit()}
                    " de la suivante, et que le DIF peut encore se déclarer, bien que la loi l’ait clos le "
                    {formats::jour_long(Bareme::FIN_LEGALE_DU_DIF)}
                    "."
                </p>
            </aside>
        </div>
        {formulaire(form, || {}, champs)}
        <p class="simulation__total" role="status">
            {move || calcul.with(|calcul| total(calcul.as_ref().map(|(releve, _)| releve)))}
        </p>
        {move || calcul.with(|calcul| calcul.as_ref().map(|(releve, lien)| detail(releve, lien)))}
    }
}

/// « 30 juin »: the day of every year.
fn jour_de_credit() -> String {
    let jour = Bareme::EN_VIGUEUR.jour_de_credit.de(Annee::PREMIERE);
    [&jour.jour().to_string(), "\u{a0}", formats::nom_du_mois(jour.mois())].concat()
}

fn situations() -> Vec<Choix> {
    Emploi::TOUS
        .into_iter()
        .map(|emploi| {
            let dit = match emploi {
                Emploi::Salarie => "Salarié du privé",
                Emploi::SansEmploi => "Sans emploi",
                Emploi::Independant => "À mon compte, contribution à la formation payée",
                Emploi::IndependantSansContribution => "À mon compte, contribution à la formation non payée",
                Emploi::Esat => "En ESAT",
                Emploi::AgentPublic => "Agent public, à temps plein",
                Emploi::AgentPublicSousNiveau3 => "Agent public de catégorie C, sans diplôme de niveau 3",
            };
            Choix { code: emploi.code(), dit: dit.into_any() }
        })
        .collect()
}

/// What the person would have in the end; it stays in sight while the answers change.
fn total(releve: Option<&Releve>) -> AnyView {
    let Some(releve) = releve else {
        return view! { <span class="soft">"Le calcul attend que chaque réponse soit juste."</span> };
    };
    let (entiers, centimes) = formats::euros_en_deux(releve.solde);
    let heures = releve.solde_heures;
    let en_heures =
        (!heures.est_nulle()).then(|| view! { <span>"et " {formats::heures_en_mots(heures.absolue())}</span> });
    view! {
        <span class="soft">"Au " {formats::jour_long(releve.au)}</span>
        <span class="balance balance--medium">
            <span id="solde">{entiers} <span class="balance__cents">{centimes}</span></span>
        </span>
        {en_heures}
    }
}

fn detail(releve: &Releve, lien: &str) -> AnyView {
    let lignes = releve
        .lignes
        .iter()
        .enumerate()
        .rev()
        .map(|(rang, ligne)| rangee(rang, ligne, releve, || ().into_any()))
        .collect::<Vec<_>>();
    let adresse = ["/simuler#", lien].concat();
    let entiere = address::adresse_entiere(&adresse);
    let copiee = RwSignal::new(false);
    view! {
        <section class="sheet simulation__lines" aria-labelledby="resultat">
            <h2 id="resultat">"Ligne par ligne"</h2>
            {(!releve.lignes.is_empty()).then(|| dessin(releve))}
            {registre(lignes)}
            <div class="stack no-print">
                <p class="actions">
                    <button
                        class="button button--quiet button--small"
                        type="button"
                        on:click=move |_| {
                            download::copier(&entiere);
                            copiee.set(true);
                        }
                    >
                        "Copier le lien"
                    </button>
                    <a class="button button--quiet button--small" id="lien-simulation" href=adresse>
                        "Lien vers cette simulation"
                    </a>
                    <span class="soft" role="status">
                        {move || if copiee.get() { "Lien copié" } else { "" }}
                    </span>
                </p>
                <p class="soft small">"Le lien ne contient que vos hypothèses, rien qui vous désigne."</p>
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domaine::mesures::Jour;

    #[test]
    fn what_is_supposed_of_an_operator_and_the_hints_are_of_the_bareme() {
        let jour = Jour::date(2026, 11, 25);
        let plein = Bareme::EN_VIGUEUR.duree_de_reference.au(jour).map(|duree| duree.vaut.centiemes());
        assert_eq!(plein, Some(160_700), "{AIDE_HEURES}");
        let dif = Bareme::EN_VIGUEUR.heures_par_attestation.au(jour).map(|heures| heures.vaut.to_string());
        assert!(dif.is_some_and(|heures| AIDE_DIF.contains(&heures)));
        assert_eq!(jour_de_credit(), "30\u{a0}juin");
        assert_eq!(Bareme::EN_VIGUEUR.fin_declaration_dif, None, "the screen says that it is supposed open");
    }
}

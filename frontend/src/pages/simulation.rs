//! « Simuler mes droits »: a life supposed, and its statement at every keystroke. Nothing is sent: it is all on the device.

use std::sync::Arc;

use domaine::bareme::Bareme;
use domaine::droits::{Releve, calculate};
use domaine::forms::{Champ, ChampSimulation as C, Emploi, Formulaire, SaisieSimulation, Simulation};
use domaine::mesures::{Day, Year};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::browser::{address, clock, dom::YES, download, focus};
use crate::components::chart::chart;
use crate::components::field::{Options, checkbox, field};
use crate::components::form::formulaire;
use crate::components::radios::{Choice, radios};
use crate::components::releve::{ledger, row};
use crate::follow::follow;
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::wording::formats;
use markup::view;

// Figures of the barème, which a test compares: a hint is a literal.
const HOURS_HINT: &str = "1607 pour un temps plein, 803,5 pour un mi-temps";
const DIF_HINT: &str = "Salarié du privé avant 2015. 120 au plus";

static SPEC: FormSpec<C> = FormSpec::new("simulation", field_spec, |form, today| faults(&saisie(form), today));

fn field_spec(champ: C) -> &'static FieldSpec {
    match champ {
        C::Since => &FieldSpec { label: "Depuis quelle année travaillez-vous\u{202f}?", ..FieldSpec::TEXT },
        C::Emploi => &FieldSpec { label: "Votre situation", ..FieldSpec::RAW },
        C::Hours => &FieldSpec { label: "Heures travaillées dans l’année", ..FieldSpec::TEXT },
        C::Change => &FieldSpec { label: "À partir de quelle année\u{202f}?", ..FieldSpec::TEXT },
        C::Then => &FieldSpec { label: "Votre situation ensuite", ..FieldSpec::RAW },
        C::HoursThen => &FieldSpec { label: "Heures travaillées dans l’année, ensuite", ..FieldSpec::TEXT },
        C::Dif => &FieldSpec { label: "Heures de DIF à déclarer", ..FieldSpec::TEXT },
        C::UpTo => &FieldSpec { label: "Regarder jusqu’à la fin de", ..FieldSpec::TEXT },
        C::SousNiveau3 => &FieldSpec { label: "Sous le niveau 3", ..FieldSpec::RAW },
        C::Boeth => &FieldSpec { label: "Handicap reconnu", ..FieldSpec::RAW },
    }
}

fn saisie(form: Form<C>) -> SaisieSimulation {
    SaisieSimulation {
        since: form.answer(C::Since),
        emploi: form.answer(C::Emploi),
        hours: form.answer(C::Hours),
        change: form.answer(C::Change),
        then: form.answer(C::Then),
        hours_then: form.answer(C::HoursThen),
        dif: form.answer(C::Dif),
        up_to: form.answer(C::UpTo),
        sous_niveau_3: form.ticked(C::SousNiveau3),
        boeth: form.ticked(C::Boeth),
    }
}

/// What these hypotheses answer at this field.
fn answer_of(saisie: &SaisieSimulation, champ: C) -> &str {
    let ticked = |ticked: bool| if ticked { YES } else { "" };
    match champ {
        C::Since => &saisie.since,
        C::Emploi => &saisie.emploi,
        C::Hours => &saisie.hours,
        C::Change => &saisie.change,
        C::Then => &saisie.then,
        C::HoursThen => &saisie.hours_then,
        C::Dif => &saisie.dif,
        C::UpTo => &saisie.up_to,
        C::SousNiveau3 => ticked(saisie.sous_niveau_3),
        C::Boeth => ticked(saisie.boeth),
    }
}

/// Fills the form once: with the hypotheses of a shared address, else with those of most people.
fn fill(form: Form<C>) {
    let link = address::anchor();
    // The first paint holds no answer: it would be taken for something that was typed.
    if cfg!(feature = "ssr") || (link.is_empty() && !form.is_blank()) {
        return;
    }
    let saisie = match link.is_empty() {
        true => SaisieSimulation::offered(clock::today()),
        false => SaisieSimulation::from_link(&link),
    };
    for champ in C::ALL {
        form.prefill(*champ, answer_of(&saisie, *champ));
    }
}

/// The screen.
pub fn simulate() -> AnyView {
    let form = Form::open(&SPEC);
    fill(form);
    let year = Options { class: "field__input field__input--short", ..Options::DIGITS };
    let salarie = move |champ: C| Memo::new(move |_| *form.text(champ).read() == Emploi::Salarie.code());
    let (now, after) = (salarie(C::Emploi), salarie(C::Then));
    let changes = Memo::new(move |_| !form.text(C::Change).read().trim().is_empty());
    // What is lived now goes on until another answer is given: the sum does not wait for it.
    follow(move || {
        if changes.get() && form.text(C::Then).read_untracked().is_empty() {
            form.prefill(C::Then, &form.answer(C::Emploi));
            form.prefill(C::HoursThen, &form.answer(C::Hours));
        }
    });
    let hours = move |champ: C| field(form, champ, Options { hint: HOURS_HINT, inputmode: "decimal", ..year });
    let champs = view! {
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="aujourd-hui">
            <h2 id="aujourd-hui">"Votre situation"</h2>
            {field(form, C::Since, Options { hint: "Les années d’avant 2015 ont donné le DIF, plus bas", ..year })}
            {radios(form, C::Emploi, "Vous êtes".into_any(), "", situations())}
            // The first paint, which holds no answer, shows what most people are asked: nothing moves when the page lives.
            {move || (now.get() || cfg!(feature = "ssr")).then(|| hours(C::Hours))}
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
                {checkbox(
                    form,
                    C::Boeth,
                    false,
                    "J’ai une reconnaissance de handicap (RQTH, AAH, pension d’invalidité…)".into_any()
                )}
            </div>
        </section>
        <section class="sheet sheet--close sheet--ruled" aria-labelledby="changement-titre">
            <h2 id="changement-titre">"Un changement\u{202f}?"</h2>
            {field(form, C::Change, Options { hint: "Laissez vide si rien ne change", ..year })}
            {move || {
                changes.get().then(|| radios(form, C::Then, "Vous êtes, ensuite".into_any(), "", situations()))
            }}
            {move || (changes.get() && after.get()).then(|| hours(C::HoursThen))}
            <div class="pair">
                {field(form, C::Dif, Options { hint: DIF_HINT, ..year })}
                {field(form, C::UpTo, Options { hint: "Par exemple 2030", enterkeyhint: "done", ..year })}
            </div>
        </section>
    };
    // The last sum stays while an answer is being changed; what is missing is told beside it.
    let computation = Memo::new(move |before: Option<&Computation>| {
        form.track();
        let (saisie, today) = (saisie(form), clock::today());
        match saisie.validate(today) {
            Ok(Simulation { situation, as_of }) => Computation {
                releve: Some(Arc::new(calculate(&situation, as_of, &Bareme::IN_FORCE))),
                link: saisie.to_link(),
                today,
                missing: Vec::new(),
            },
            Err(errors) => {
                let known = before.cloned().unwrap_or_default();
                Computation { missing: errors.in_order().into_iter().map(|(champ, _)| champ).collect(), ..known }
            }
        }
    });
    let releve = Memo::new(move |_| computation.with(|now| (now.releve.clone(), now.link.clone(), now.today)));
    keep_in_address(computation);
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Simuler mes droits"</h1>
            <p class="lede">
                "Changez une réponse\u{a0}: le calcul suit, selon la loi. Rien n’est envoyé, tout reste sur votre appareil."
            </p>
            <aside class="note">
                <p>
                    "Deux choses dépendent de l’hébergeur d’un compte. Il est supposé ici qu’une année est créditée le "
                    {credit_day()}
                    " de la suivante, et que le DIF peut encore se déclarer, bien que la loi l’ait clos le "
                    {formats::long_day(Bareme::LEGAL_DIF_END)}
                    "."
                </p>
            </aside>
        </div>
        <div class="simulation">
            {formulaire(form, || {}, champs)}
            <div class="simulation__result">
                <div class="simulation__total" role="status">
                    {move || computation.with(|now| total(form, now))}
                </div>
                {move || {
                    releve.with(|(releve, _, today)| releve.as_ref().map(|releve| drawing(releve, *today)))
                }}
            </div>
        </div>
        {move || releve.with(|(releve, link, _)| releve.as_ref().map(|releve| detail(releve, link)))}
    }
}

/// What the answers give, and which of them are missing or wrong; then the rest is what the last good ones gave.
#[derive(Clone, PartialEq)]
struct Computation {
    releve: Option<Arc<Releve>>,
    link: String,
    today: Day,
    missing: Vec<C>,
}

impl Default for Computation {
    fn default() -> Self {
        Self { releve: None, link: String::new(), today: clock::today(), missing: Vec::new() }
    }
}

/// The hypotheses go into the address once they rest: a reload, or a link kept, finds them again. Those that were
/// offered need none.
fn keep_in_address(computation: Memo<Computation>) {
    const REST: u64 = 400;
    let turn = StoredValue::new(0_u32);
    follow(move || {
        let (link, offered) =
            computation.with(|now| (now.link.clone(), SaisieSimulation::offered(now.today).to_link()));
        let mine = turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        if link.is_empty() || (link == offered && address::anchor().is_empty()) {
            return;
        }
        clock::after(REST, move || {
            if turn.try_get_value() == mine {
                address::rename(&["#", &link].concat());
            }
        });
    });
}

/// « 30 juin »: the day of every year.
fn credit_day() -> String {
    let day = Bareme::IN_FORCE.credit_day.of(Year::FIRST);
    [&day.day().to_string(), "\u{a0}", formats::month_name(day.month())].concat()
}

fn situations() -> Vec<Choice> {
    Emploi::ALL
        .into_iter()
        .map(|emploi| {
            let said = match emploi {
                Emploi::Salarie => "Salarié du privé",
                Emploi::WithoutEmploi => "Sans emploi",
                Emploi::Independant => "À mon compte, contribution à la formation payée",
                Emploi::IndependantWithoutContribution => "À mon compte, contribution à la formation non payée",
                Emploi::Esat => "En ESAT (établissement d’accompagnement par le travail)",
                Emploi::PublicAgent => "Agent public, à temps plein",
                Emploi::PublicAgentSousNiveau3 => "Agent public de catégorie C, sans diplôme de niveau 3",
            };
            Choice { code: emploi.code(), said: said.into_any() }
        })
        .collect()
}

/// What the person would have in the end; it stays in sight while the answers change.
fn total(form: Form<C>, now: &Computation) -> AnyView {
    let waits = (!now.missing.is_empty()).then(|| missing(form, &now.missing));
    let Some(releve) = &now.releve else {
        return view! { <p class="soft">"Le calcul se prépare."</p> {waits} };
    };
    let (whole, centimes) = formats::euros_in_two(releve.solde);
    let hours = releve.solde_hours;
    let to_hours = (!hours.is_zero()).then(|| view! { <span>"et " {formats::hours_in_words(hours.absolute())}</span> });
    let last = if waits.is_some() { "Dernier calcul, au " } else { "Au " };
    view! {
        <p class="simulation__sum">
            <span class="soft">{last} {formats::long_day(releve.as_of)}</span>
            <span class="balance balance--medium">
                <span id="solde">{whole} <span class="balance__cents">{centimes}</span></span>
            </span>
            {to_hours}
        </p>
        {waits}
    }
}

/// « Il manque : … », each with a link to its field.
fn missing(form: Form<C>, champs: &[C]) -> AnyView {
    let links = champs.iter().enumerate().map(|(index, champ)| {
        let field = form.at(*champ);
        let go_to = move |event: MouseEvent| {
            event.prevent_default();
            focus::give_focus(field.id());
        };
        view! {
            {if index == 0 { "" } else { ", " }}
            <a href=["#", field.id()].concat() on:click=go_to>{field.label()}</a>
        }
    });
    view! { <p class="simulation__missing">"À compléter ou corriger\u{a0}: " {links.collect::<Vec<_>>()}</p> }
}

/// The drawing, and the day that the rules were asked.
fn drawing(releve: &Releve, today: Day) -> AnyView {
    view! {
        <div class="simulation__drawing">
            {(!releve.lignes.is_empty()).then(|| chart(releve))}
            <p class="soft small">
                "Calculé en supposant que nous sommes le "
                <span id="jour">{formats::long_day(today)}</span>
                ", jour de ce service à Paris."
            </p>
        </div>
    }
}

fn detail(releve: &Releve, link: &str) -> AnyView {
    let lignes = releve
        .lignes
        .iter()
        .enumerate()
        .rev()
        .map(|(index, ligne)| row(index, ligne, releve, |_| ().into_any()))
        .collect::<Vec<_>>();
    let address = ["/simuler#", link].concat();
    let whole = address::full_address(&address);
    let copied = RwSignal::new(false);
    view! {
        <section class="sheet simulation__lines" aria-labelledby="resultat">
            <h2 id="resultat">"Ligne par ligne"</h2>
            {ledger(lignes, releve)}
            <div class="stack no-print">
                <p class="actions">
                    <button
                        class="button button--quiet button--small"
                        type="button"
                        on:click=move |_| {
                            copied.set(download::copy(&whole));
                        }
                    >
                        "Copier le lien"
                    </button>
                    <a class="button button--quiet button--small" id="lien-simulation" href=address>
                        "Lien vers cette simulation"
                    </a>
                    <span class="soft" role="status">
                        {move || if copied.get() { "Lien copié" } else { "" }}
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
    use domaine::mesures::Day;

    #[test]
    fn what_is_supposed_of_an_operator_and_the_hints_are_of_the_bareme() {
        let day = Day::date(2026, 11, 25);
        let full = Bareme::IN_FORCE.reference_duration.as_of(day).map(|duration| duration.value.hundredths());
        assert_eq!(full, Some(160_700), "{HOURS_HINT}");
        let dif = Bareme::IN_FORCE.hours_per_attestation.as_of(day).map(|hours| hours.value.to_string());
        assert!(dif.is_some_and(|hours| DIF_HINT.contains(&hours)));
        assert_eq!(credit_day(), "30\u{a0}juin");
        assert_eq!(Bareme::IN_FORCE.dif_declaration_end, None, "the screen says that it is supposed open");
    }
}

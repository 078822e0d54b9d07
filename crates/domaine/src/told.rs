//! What others tell of a person: an employer who names them, a year of work, an event of their account. Where it is read
//! and what becomes of it is not said here.

use crate::droits::{Abondement, Activite, AskedConversion, Depense, Engagement, Situation};
use crate::identite::{DateNaissance, Nir13, Nom};
use crate::mesures::{Day, Year};

/// A person as an employer names them. No `Debug`.
#[derive(Clone)]
pub struct NamedPerson {
    /// The number, without its key.
    pub nir: Nir13,
    /// The birth name, when it is said; none when there is none.
    pub nom: Option<Nom>,
    /// The given names, likewise.
    pub prenoms: Option<Nom>,
    /// The birth date.
    pub naissance: DateNaissance,
    /// The NIR that earlier declarations gave.
    pub former_nir: Option<Nir13>,
}

/// A year as one line of a file says it.
pub struct SaidYear {
    /// The year.
    pub year: Year,
    /// Who says it.
    pub origin: String,
    /// What it says; nothing to take back what the same origin said before.
    pub activite: Option<Activite>,
}

/// An event, and the reference under which it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evenement {
    /// Unique in the whole database.
    pub reference: String,
    /// What happened.
    pub nature: Nature,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Somebody else added money; by an agreement, it is a kind of its own.
    Abondement(Abondement),
    /// An activity of volunteering was recognised.
    Engagement(Engagement),
    /// The account paid for something; its reference is that of the event.
    Depense(Depense),
    /// A conversion between hours and euros was asked for.
    Conversion(AskedConversion),
    /// A full-rate pension is due from that day on, unless it was found wrong.
    Retraite {
        /// The first day.
        on: Day,
        /// The day it was found wrong.
        end: Option<Day>,
    },
    /// The holder died, unless it was found wrong.
    Deces {
        /// The day.
        on: Day,
        /// The day it was found wrong.
        end: Option<Day>,
    },
}

/// What happened, without what goes with it: the word that is stored and read from files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the variant of `Nature` that it is named after")]
pub enum NatureKind {
    Abondement,
    Accord,
    Engagement,
    Depense,
    Conversion,
    Retraite,
    Deces,
}

impl NatureKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Abondement,
        Self::Accord,
        Self::Engagement,
        Self::Depense,
        Self::Conversion,
        Self::Retraite,
        Self::Deces,
    ];

    /// The word under which it is stored and read from files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Abondement => "abondement",
            Self::Accord => "accord",
            Self::Engagement => "engagement",
            Self::Depense => "depense",
            Self::Conversion => "conversion",
            Self::Retraite => "retraite",
            Self::Deces => "deces",
        }
    }

    /// The kind that this word names.
    ///
    /// ```
    /// use domaine::told::NatureKind;
    /// for kind in NatureKind::ALL {
    ///     assert_eq!(NatureKind::from_code(kind.code()), Some(kind));
    /// }
    /// assert_eq!(NatureKind::from_code("naissance"), None);
    /// ```
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What became of an event that is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvenementOutcome {
    /// Recorded.
    New,
    /// Known; its end was told now.
    Finished,
    /// The same was there.
    AlreadyThere,
    /// Another is known under that reference.
    Other,
}

impl Nature {
    /// Which of them it is.
    pub const fn kind(&self) -> NatureKind {
        match self {
            Self::Abondement(abondement) if abondement.accord.is_some() => NatureKind::Accord,
            Self::Abondement(_) => NatureKind::Abondement,
            Self::Engagement(_) => NatureKind::Engagement,
            Self::Depense(_) => NatureKind::Depense,
            Self::Conversion(_) => NatureKind::Conversion,
            Self::Retraite { .. } => NatureKind::Retraite,
            Self::Deces { .. } => NatureKind::Deces,
        }
    }

    /// The same, its end not told yet; nothing when it has no end or was told with none.
    fn before_its_end(&self) -> Option<Self> {
        let mut open = self.clone();
        let end = match &mut open {
            Self::Abondement(abondement) => &mut abondement.echeance,
            Self::Retraite { end, .. } | Self::Deces { end, .. } => end,
            Self::Engagement(_) | Self::Depense(_) | Self::Conversion(_) => return None,
        };
        end.take().map(|_| open)
    }

    /// What becomes of it when it is told of that person and that is known under its reference: an event is told once and
    /// for all, afterwards only its end.
    pub fn told_of(&self, person: &str, known: Option<(&str, &Self)>) -> EvenementOutcome {
        match known {
            None => EvenementOutcome::New,
            Some((whose, _)) if whose != person => EvenementOutcome::Other,
            Some((_, known)) if known == self => EvenementOutcome::AlreadyThere,
            Some((_, known)) if self.before_its_end().as_ref() == Some(known) => EvenementOutcome::Finished,
            Some(_) => EvenementOutcome::Other,
        }
    }
}

/// Puts events in the life they happened to. Of several pensions or deaths the earliest counts; one that was found wrong
/// never does.
pub fn happen(life: &mut Situation, events: impl IntoIterator<Item = Evenement>) {
    let earliest = |known: Option<Day>, day: Day| Some(known.map_or(day, |known| known.min(day)));
    for event in events {
        match event.nature {
            Nature::Abondement(abondement) => life.abondements.push(abondement),
            Nature::Engagement(engagement) => life.engagements.push(engagement),
            Nature::Depense(depense) => life.depenses.push(depense),
            Nature::Conversion(conversion) => life.conversions.push(conversion),
            Nature::Retraite { on, end: None } => life.retraite_since = earliest(life.retraite_since, on),
            Nature::Deces { on, end: None } => life.deces = earliest(life.deces, on),
            Nature::Retraite { end: Some(_), .. } | Nature::Deces { end: Some(_), .. } => {}
        }
    }
}

/// The events of a life, under their own reference or one that begins like that.
pub fn events_of(life: &Situation, prefix: &str) -> Vec<Evenement> {
    let all = (life.abondements.iter().cloned().map(Nature::Abondement))
        .chain(life.engagements.iter().cloned().map(Nature::Engagement))
        .chain(life.depenses.iter().cloned().map(Nature::Depense))
        .chain(life.conversions.iter().copied().map(Nature::Conversion))
        .chain(life.retraite_since.map(|on| Nature::Retraite { on, end: None }))
        .chain(life.deces.map(|on| Nature::Deces { on, end: None }));
    let numbered = |(nature, rank): (Nature, i32)| {
        let reference = match &nature {
            Nature::Depense(depense) => depense.reference.clone(),
            Nature::Abondement(_)
            | Nature::Engagement(_)
            | Nature::Conversion(_)
            | Nature::Retraite { .. }
            | Nature::Deces { .. } => format!("{prefix}-{rank}"),
        };
        Evenement { reference, nature }
    };
    all.zip(1..).map(numbered).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_told_once_and_afterwards_only_its_end() {
        let day = Day::date(2026, 1, 5);
        let open = Nature::Retraite { on: day, end: None };
        let ended = Nature::Retraite { on: day, end: Some(Day::date(2026, 2, 1)) };
        let other = Nature::Deces { on: day, end: None };
        assert_eq!(open.told_of("a", None), EvenementOutcome::New);
        assert_eq!(open.told_of("a", Some(("a", &open))), EvenementOutcome::AlreadyThere);
        assert_eq!(ended.told_of("a", Some(("a", &open))), EvenementOutcome::Finished);
        assert_eq!(ended.told_of("a", Some(("a", &ended))), EvenementOutcome::AlreadyThere);
        for (told, known) in
            [(&open, ("a", &ended)), (&other, ("a", &open)), (&open, ("b", &open)), (&ended, ("b", &open))]
        {
            assert_eq!(told.told_of("a", Some(known)), EvenementOutcome::Other);
        }
    }

    #[test]
    fn the_earliest_pension_counts_and_one_found_wrong_never() {
        let (first, second, wrong) = (Day::date(2024, 1, 1), Day::date(2025, 1, 1), Day::date(2023, 1, 1));
        let event = |on, end| Evenement { reference: "R".into(), nature: Nature::Retraite { on, end } };
        let mut life = Situation::default();
        happen(&mut life, [event(second, None), event(first, None), event(wrong, Some(second))]);
        assert_eq!(life.retraite_since, Some(first));
        assert_eq!(events_of(&life, "reprise"), [Evenement { reference: "reprise-1".into(), ..event(first, None) }]);
    }
}

//! When something is said of a field: once it was left, or as soon as it can no longer become right; once judged, every
//! keystroke updates it. Does not know what is right: the form's own judge does.

use domaine::forms::Faute;
use leptos::prelude::*;

use super::{AnyForm, FieldState};
use crate::browser::clock;

impl AnyForm {
    /// Says what must be said now, and touches nothing else.
    pub(super) fn juger(self) {
        let cases = &self.0.cases;
        let mut fautes = vec![None; cases.len()];
        for (rang, faute) in (self.0.judge)(self, clock::aujourdhui()) {
            fautes[rang] = Some(faute);
        }
        self.0.suivi.update_value(|suivi| {
            for (rang, faute) in fautes.iter_mut().enumerate() {
                *faute = faute.or(suivi.du_serveur[rang]);
                // Speaks early only of what was typed, and only when no more typing can mend it.
                let sans_remede = faute.is_some_and(|f| !f.peut_devenir_juste());
                suivi.jugees[rang] |= sans_remede && !cases[rang].texte.read_untracked().is_empty();
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
        for (rang, case) in cases.iter().enumerate() {
            let faute = fautes[rang];
            let accord = self.other_half(rang).is_none_or(|autre| fautes[autre].is_none());
            let jugee = self.0.suivi.with_value(|suivi| suivi.jugees[rang]);
            let juste = jugee && faute.is_none() && accord && !case.texte.read_untracked().trim().is_empty();
            let montre = FieldState { faute, juste };
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

    /// The field that must have nothing wrong for this one to be called right.
    fn other_half(self, rang: usize) -> Option<usize> {
        let pair = self.0.pair?;
        match rang {
            first if first == pair.first => Some(pair.second),
            second if second == pair.second => Some(pair.first),
            _ => None,
        }
    }
}

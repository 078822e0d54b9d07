//! Facts to lines, with the lines around them that nobody here reads but that real files have:
//! addresses, amounts, bases, contributions. Fills in the number of each line in the facts.

use domaine::identite::DateNaissance;
use domaine::mesures::Jour;

use super::personnes::dernier_jour;
use crate::blocs::{
    ACTIVITE, ARRET, CHANGEMENTS_INDIVIDU, CONTRAT, DECLARATION, ENTREPRISE, ENVOI, ETABLISSEMENT, FIN_CONTRAT,
    INDIVIDU, REMUNERATION, SUSPENSION, TOTAL, VERSEMENT,
};
use crate::code::{Bloc, Code};
use crate::{Contrat, Declaration, Genre, Identifiant, Individu, MotifAbsence, Paie};

pub(super) struct Ecrivain {
    octets: Vec<u8>,
    lignes: u64,
    debut_de_l_envoi: u64,
    fin_de_ligne: &'static [u8],
}

/// The day as the norm writes it.
fn jjmmaaaa(jour: Jour) -> String {
    format!("{:02}{:02}{:04}", jour.jour(), jour.mois(), jour.annee())
}

fn naissance(date: &DateNaissance) -> String {
    let inconnu = |partie: Option<u8>| partie.unwrap_or(99);
    format!("{:02}{:02}{:04}", inconnu(date.jour()), inconnu(date.mois()), date.annee())
}

impl Ecrivain {
    pub const fn new(crlf: bool) -> Self {
        let fin_de_ligne: &[u8] = if crlf { b"\r\n" } else { b"\n" };
        Self { octets: Vec::new(), lignes: 0, debut_de_l_envoi: 0, fin_de_ligne }
    }

    pub fn fin(self) -> (Vec<u8>, u64) {
        (self.octets, self.lignes)
    }

    /// Writes a rubric; the number of its line.
    fn ecrire(&mut self, bloc: Bloc, numero: u16, valeur: &str) -> u64 {
        self.octets.extend_from_slice(Code::new(bloc, numero).to_string().as_bytes());
        self.octets.extend_from_slice(b",'");
        self.octets.extend(valeur.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')));
        self.octets.push(b'\'');
        self.octets.extend_from_slice(self.fin_de_ligne);
        self.lignes += 1;
        self.lignes
    }

    fn ecrire_tout(&mut self, bloc: Bloc, rubriques: &[(u16, &str)]) {
        for (numero, valeur) in rubriques {
            self.ecrire(bloc, *numero, valeur);
        }
    }

    /// Writes a value that there may not be.
    fn peut_etre(&mut self, bloc: Bloc, numero: u16, valeur: Option<impl ToString>) {
        if let Some(valeur) = valeur {
            self.ecrire(bloc, numero, &valeur.to_string());
        }
    }

    pub fn ouvrir_le_reseau(&mut self) {
        self.ecrire_tout(Bloc::new(5, 51, 0), &[(1, "V01R02"), (3, "01")]);
        self.ecrire(Bloc::new(6, 51, 0), 1, "DSNOK");
    }

    pub fn fermer_le_reseau(&mut self, envois: u16) {
        let envois = envois.to_string();
        self.ecrire_tout(Bloc::new(96, 51, 0), &[(1, "FINSL"), (2, &envois)]);
        self.ecrire_tout(Bloc::new(95, 51, 0), &[(1, "1"), (2, &envois)]);
    }

    pub fn ouvrir_l_envoi(&mut self) {
        self.debut_de_l_envoi = self.lignes;
        let tete = [(1, "ACQUIS"), (2, "ACQUIS"), (3, "1"), (5, "02"), (6, "P26V01"), (7, "01"), (8, "01")];
        self.ecrire_tout(ENVOI, &tete);
        self.ecrire_tout(Bloc::new(10, 0, 1), &[(1, "009900000"), (2, "00010"), (3, "CABINET D'ESSAI")]);
        self.ecrire_tout(Bloc::new(10, 0, 2), &[(1, "02"), (2, "Noël Essai"), (4, "paie@exemple.invalid")]);
    }

    pub fn fermer_l_envoi(&mut self, declarations: u64) {
        let rubriques = self.lignes - self.debut_de_l_envoi + 2;
        self.ecrire(TOTAL, 1, &rubriques.to_string());
        self.ecrire(TOTAL, 2, &declarations.to_string());
    }

    pub fn declaration(&mut self, declaration: &mut Declaration, mois: Jour) {
        declaration.ligne = self.ecrire(DECLARATION, 1, "01");
        let genre = match declaration.genre {
            Genre::Normale => "01",
            Genre::Neant => "02",
            Genre::Remplace => "03",
            Genre::Annule => "04",
            Genre::RemplaceNeant => "05",
        };
        self.ecrire(DECLARATION, 2, genre);
        self.ecrire(DECLARATION, 3, &format!("{}{}", declaration.fraction.0, declaration.fraction.1));
        self.ecrire(DECLARATION, 4, &declaration.ordre.to_string());
        self.ecrire(DECLARATION, 5, &jjmmaaaa(mois));
        self.ecrire(DECLARATION, 7, &jjmmaaaa(dernier_jour(mois)));
        self.peut_etre(DECLARATION, 8, declaration.champ);
        self.ecrire(DECLARATION, 10, "01");
        for nature in ["01", "02"] {
            self.ecrire_tout(Bloc::new(20, 0, 7), &[(1, "Contact"), (3, "paie@exemple.invalid"), (4, nature)]);
        }
        let (siren, nic) = declaration.siret.as_str().split_at(9);
        self.ecrire_tout(ENTREPRISE, &[(1, siren), (2, nic), (3, "6201Z"), (4, "1 RUE DE L'ESSAI")]);
        self.ecrire_tout(ETABLISSEMENT, &[(1, nic), (2, "6201Z"), (3, "1 RUE DE L'ESSAI"), (5, "ESSAI")]);
        let debut = jjmmaaaa(mois);
        self.ecrire_tout(Bloc::new(21, 0, 20), &[(1, "78861779300013"), (5, "12345.00"), (6, &debut)]);
    }

    pub fn bordereau(&mut self, mois: Jour) {
        let debut = jjmmaaaa(mois);
        self.ecrire_tout(Bloc::new(21, 0, 22), &[(1, "78861779300013"), (3, &debut), (5, "12345.00")]);
        for taux in ["100", "260", "332"] {
            self.ecrire_tout(Bloc::new(21, 0, 23), &[(1, taux), (2, "920"), (4, "9876.00")]);
        }
        self.ecrire_tout(Bloc::new(21, 0, 44), &[(1, "013"), (3, "2026")]);
    }

    pub fn individu(&mut self, individu: &mut Individu, mois: Jour) {
        let (nir, ntt) = match &individu.identifiant {
            Identifiant::Nir(nir) => (Some(nir.as_str()), None),
            Identifiant::Temporaire(ntt) => (None, Some(ntt.as_str())),
        };
        individu.ligne = self.lignes + 1;
        self.peut_etre(INDIVIDU, 1, nir);
        self.peut_etre(INDIVIDU, 2, individu.nom.as_ref().map(|nom| nom.as_str()));
        self.peut_etre(INDIVIDU, 4, individu.prenoms.as_ref().map(|nom| nom.as_str()));
        self.peut_etre(INDIVIDU, 6, individu.naissance.as_ref().map(naissance));
        self.ecrire_tout(INDIVIDU, &[(7, "ESSAI"), (8, "2 RUE DE L'ESSAI"), (9, "00000"), (10, "ESSAI")]);
        self.ecrire_tout(INDIVIDU, &[(14, "99"), (15, "FR"), (19, "M001")]);
        self.peut_etre(INDIVIDU, 20, ntt);
        if let Some(ancien) = &individu.ancien_nir {
            self.ecrire(CHANGEMENTS_INDIVIDU, 1, &jjmmaaaa(mois));
            self.ecrire(CHANGEMENTS_INDIVIDU, 8, ancien.as_str());
        }
        for contrat in &mut individu.contrats {
            self.contrat(contrat);
        }
        let versement = dernier_jour(mois);
        self.ecrire_tout(VERSEMENT, &[(1, &jjmmaaaa(versement)), (2, "1987.65"), (4, "1876.54"), (6, "7.50")]);
        for paie in &mut individu.paies {
            self.paie(paie);
        }
        for contrat in &individu.contrats {
            self.montants(contrat, mois);
        }
        for contrat in &individu.contrats {
            self.ecrire_tout(Bloc::new(21, 0, 86), &[(1, "07"), (2, "02"), (3, "48"), (5, &contrat.numero)]);
        }
    }

    fn contrat(&mut self, contrat: &mut Contrat) {
        contrat.ligne = self.lignes + 1;
        self.peut_etre(CONTRAT, 1, contrat.debut.map(jjmmaaaa));
        self.peut_etre(CONTRAT, 2, contrat.statut);
        self.ecrire_tout(CONTRAT, &[(3, "04"), (4, "561b"), (6, "Employé d'accueil")]);
        self.peut_etre(CONTRAT, 7, contrat.nature);
        self.peut_etre(CONTRAT, 8, contrat.dispositif);
        self.ecrire(CONTRAT, 9, &contrat.numero);
        self.peut_etre(CONTRAT, 10, contrat.fin_prevue.map(jjmmaaaa));
        self.peut_etre(CONTRAT, 11, contrat.unite);
        self.peut_etre(CONTRAT, 12, contrat.quotite_reference);
        self.peut_etre(CONTRAT, 13, contrat.quotite);
        self.peut_etre(CONTRAT, 14, contrat.modalite);
        self.ecrire(CONTRAT, 16, "99");
        self.peut_etre(CONTRAT, 17, contrat.idcc);
        self.ecrire_tout(CONTRAT, &[(18, "200"), (20, "200"), (24, "99"), (26, "99"), (36, "01"), (37, "01")]);
        self.peut_etre(CONTRAT, 72, contrat.boeth);
        for absence in &mut contrat.absences {
            let (bloc, motif) = match absence.motif {
                MotifAbsence::Arret(motif) => (ARRET, motif),
                MotifAbsence::Suspension(motif) => (SUSPENSION, motif),
            };
            absence.ligne = self.ecrire(bloc, 1, motif.as_str());
            self.peut_etre(bloc, 2, absence.depuis.map(jjmmaaaa));
            self.peut_etre(bloc, 3, absence.jusqu_a.map(jjmmaaaa));
            self.peut_etre(bloc, 10, absence.reprise.map(jjmmaaaa));
        }
        if let Some(fin) = contrat.fin {
            self.peut_etre(FIN_CONTRAT, 1, fin.jour.map(jjmmaaaa));
            self.peut_etre(FIN_CONTRAT, 2, fin.motif);
        }
        self.ecrire_tout(Bloc::new(21, 0, 70), &[(12, "1"), (13, "100")]);
        self.ecrire(Bloc::new(21, 0, 71), 2, "RUAA");
    }

    fn paie(&mut self, paie: &mut Paie) {
        paie.ligne = self.tete_de_paie(&paie.contrat, paie.debut, paie.fin, paie.genre.as_str());
        self.peut_etre(REMUNERATION, 12, paie.heures);
        self.ecrire(REMUNERATION, 13, "2345.67");
        for activite in &paie.activites {
            self.ecrire(ACTIVITE, 1, activite.genre.as_str());
            self.ecrire(ACTIVITE, 2, &activite.mesure.to_string());
            self.ecrire(ACTIVITE, 3, activite.unite.as_str());
        }
    }

    fn tete_de_paie(&mut self, contrat: &str, debut: Jour, fin: Jour, genre: &str) -> u64 {
        let ligne = self.ecrire(REMUNERATION, 1, &jjmmaaaa(debut));
        self.ecrire_tout(REMUNERATION, &[(2, &jjmmaaaa(fin)), (10, contrat), (11, genre)]);
        ligne
    }

    /// What takes most of a real file, and is nobody's business here.
    fn montants(&mut self, contrat: &Contrat, mois: Jour) {
        let (debut, fin) = (jjmmaaaa(mois), jjmmaaaa(dernier_jour(mois)));
        for genre in ["003", "010"] {
            self.tete_de_paie(&contrat.numero, mois, dernier_jour(mois), genre);
            self.ecrire(REMUNERATION, 13, "2345.67");
        }
        self.ecrire_tout(Bloc::new(21, 0, 52), &[(1, "026"), (2, "150.00"), (6, &contrat.numero)]);
        self.ecrire_tout(Bloc::new(21, 0, 54), &[(1, "17"), (2, "75.00"), (3, &debut), (4, &fin)]);
        self.ecrire_tout(Bloc::new(21, 0, 58), &[(1, &debut), (2, &fin), (3, "03"), (4, "1876.54")]);
        for base in ["02", "03", "04", "07"] {
            let rubriques = [(1, base), (2, debut.as_str()), (3, &fin), (4, "2345.67"), (6, &contrat.numero)];
            self.ecrire_tout(Bloc::new(21, 0, 78), &rubriques);
            for cotisation in ["045", "074", "075", "076", "105"] {
                let rubriques = [(1, cotisation), (2, "78861779300013"), (3, "2345.67"), (4, "12.34"), (7, "0.400")];
                self.ecrire_tout(Bloc::new(21, 0, 81), &rubriques);
            }
        }
    }
}

//! Why a line of the statement is what it is, in plain French and in figures.

use domaine::droits::{
    AnneeTravaillee, Categorie, CategorieEngagement, Dotation, Hypothese, Ligne, Montant, Motif, Poche, Provenance,
    Raison,
};
use domaine::mesures::{Euros, Heures, Quantite};

use super::formats;

/// A line of the statement explained.
pub struct Explication {
    /// What the line is: « Activité de 2021, à moins d’un mi-temps ».
    pub titre: String,
    /// Why it gives this amount.
    pub pourquoi: String,
    /// The left side of the sum, piece by piece: « 803 h », « ÷ », « 1 607 h », « × », « 500,00 € ».
    pub calcul: Vec<String>,
    /// Its right side: what the rule gives, before the ceiling.
    pub resultat: String,
    /// Who said so, and the other facts: a word, then the fact.
    pub faits: Vec<(&'static str, String)>,
}

/// Explains a line. No `_` arm: a new rule must find its words here.
pub fn expliquer(ligne: &Ligne) -> Explication {
    let mut faits = vec![("Règle", [&*ligne.source.texte, ", ", &article(&ligne.source.article)].concat())];
    let mut resultat = mouvement(ligne, true);
    let (titre, pourquoi, calcul): (String, String, Vec<String>) = match &ligne.motif {
        Motif::HeuresConverties { heures, taux, provenance } => {
            faits.push(("Connu par", connu_par(*provenance, None)));
            faits.push(("Ce qui l’aurait changé", une_heure_de_plus(*taux)));
            resultat = formats::euros(ligne.montant + ligne.retenu);
            (
                ["Conversion de ", &formats::heures_en_mots(*heures), ", à ", &formats::euros_ronds(*taux), " l’heure"].concat(),
                "Jusqu’à la fin de 2018, le compte était tenu en heures. Les vôtres ont été converties en euros le 1er janvier 2019, au même taux pour tous.".into(),
                produit(*heures, *taux),
            )
        }
        Motif::AnneePleine { faits: annee } => {
            let plein = annee.travail.centiemes() >= annee.reference.centiemes();
            faits.push(("Connu par", connu_par(annee.provenance, Some(annee))));
            faits.push(("Ce qui était connu", travaillees(annee)));
            faits.extend(absences(annee));
            let (suite, pourquoi) = match (annee.categorie, annee.credit) {
                (Categorie::Salarie | Categorie::SalarieSousNiveau3, Montant::Euros(_)) => {
                    faits.push(("Ce qui l’aurait changé", en_dessous(annee)));
                    if plein {
                        (", à temps plein", "Vous avez travaillé toute l’année : le crédit annuel est entier.")
                    } else {
                        (
                            ", à mi-temps ou plus",
                            "Vous avez travaillé au moins la moitié de l’année : le crédit annuel est entier, comme à temps plein.",
                        )
                    }
                }
                (Categorie::Salarie | Categorie::SalarieSousNiveau3, Montant::Heures(_)) => {
                    (", à temps plein", "Vous avez travaillé toute l’année : le crédit annuel en heures est entier.")
                }
                (Categorie::Esat, _) => {
                    (", en ESAT", "Le crédit d’une année en ESAT est le même à temps plein et à temps partiel.")
                }
                (Categorie::Independant, _) => (
                    ", à votre compte",
                    "Vous avez exercé toute l’année et payé la contribution à la formation : le crédit annuel est entier.",
                ),
                (Categorie::Agent | Categorie::AgentSousNiveau3, _) => (
                    ", dans la fonction publique",
                    "Le compte d’un agent public est tenu en heures. Le temps partiel y compte comme le temps plein.",
                ),
            };
            (titre_d_annee(annee, suite), pourquoi.into(), credit_entier(annee))
        }
        Motif::AnneePartielle { faits: annee, manque } => {
            faits.push(("Connu par", connu_par(annee.provenance, Some(annee))));
            faits.extend(absences(annee));
            faits.push((
                "Ce qui l’aurait changé",
                [&majuscule(&quantite_en_mots(*manque)), " de plus dans l’année : ", &montant(annee.credit)].concat(),
            ));
            let (suite, pourquoi) = match (annee.categorie, annee.credit) {
                (Categorie::Salarie | Categorie::SalarieSousNiveau3 | Categorie::Esat, Montant::Euros(_)) => (
                    ", à moins d’un mi-temps",
                    "Vous avez travaillé moins de la moitié de l’année : le crédit annuel est proportionnel, arrondi au centime supérieur.",
                ),
                (Categorie::Independant, _) => (
                    ", à votre compte",
                    "Vous avez exercé une partie de l’année : le crédit annuel est proportionnel, arrondi au centime supérieur.",
                ),
                (_, _) => (
                    ", une partie de l’année",
                    "Le crédit annuel en heures est proportionnel au travail, arrondi à l’heure supérieure.",
                ),
            };
            let mut calcul =
                vec![quantite(annee.travail), "÷".into(), quantite(annee.reference), "×".into(), montant(annee.credit)];
            majorer(&mut calcul, annee);
            (titre_d_annee(annee, suite), pourquoi.into(), calcul)
        }
        Motif::AnneeSansCredit { faits: annee, raison } => {
            faits.push(("Connu par", connu_par(annee.provenance, Some(annee))));
            (titre_d_annee(annee, ", sans crédit"), dire_raison(*raison).into(), vec!["Crédit annuel".into()])
        }
        Motif::Dif { heures, taux, reference } => {
            faits.push(("Connu par", ["Votre déclaration ", reference, " et son attestation"].concat()));
            let (suite, calcul) = if *taux > Euros::ZERO {
                faits.push(("Ce qui l’aurait changé", une_heure_de_plus(*taux)));
                ([", à ", &formats::euros_ronds(*taux), " l’heure"].concat(), produit(*heures, *taux))
            } else {
                (String::new(), vec!["Heures attestées".into()])
            };
            (
                ["DIF : ", &formats::heures_en_mots(*heures), &suite].concat(),
                "Vous avez déclaré des heures de droit individuel à la formation acquises avant 2015, attestation à l’appui.".into(),
                calcul,
            )
        }
        Motif::DifTropTard { heures, fin } => (
            ["DIF : ", &formats::heures_en_mots(*heures), ", hors délai"].concat(),
            ["Le droit individuel à la formation se déclarait jusqu’au ", &formats::jour_long(*fin), "."].concat(),
            vec![formats::heures(*heures)],
        ),
        Motif::Engagement(categorie) => (
            ["Engagement citoyen : ", engagement(categorie)].concat(),
            "Une activité par catégorie et par an donne des droits, à part du plafond de votre compte.".into(),
            vec!["Crédit de l’activité".into()],
        ),
        Motif::Abondement(dotation) => {
            faits.extend(precisions(dotation));
            (
                ["Abondement : ", &dotation.financeur].concat(),
                "Un tiers a ajouté cette somme. Elle ne compte pas dans le plafond.".into(),
                vec!["Somme versée".into()],
            )
        }
        Motif::AbondementEchu(dotation) => {
            faits.extend(precisions(dotation));
            (
                ["Abondement échu : ", &dotation.financeur].concat(),
                "Cette somme n’a pas été dépensée à temps : elle retourne à qui l’avait versée.".into(),
                vec!["Reste".into()],
            )
        }
        Motif::Depense(paiement) => {
            faits.push(("Demandé", montant(paiement.demande)));
            (
                ["Formation, dossier ", &paiement.reference].concat(),
                ["Votre compte a payé cette part avec ", poche(ligne.poche), "."].concat(),
                vec!["Part payée".into()],
            )
        }
        Motif::DepenseNonCouverte(paiement) => {
            faits.push(("Demandé", montant(paiement.demande)));
            resultat = mouvement(ligne, false);
            (
                ["Formation, dossier ", &paiement.reference, " : reste à payer"].concat(),
                paiement.refus.map_or("", dire_raison).into(),
                vec!["Pris sur le compte".into()],
            )
        }
        Motif::Conversion { heures, taux } => (
            ["Conversion de ", &formats::heures_en_mots(*heures), ", à ", &formats::euros_ronds(*taux), " l’heure"]
                .concat(),
            "Vous avez demandé à convertir vos droits entre heures et euros.".into(),
            produit(*heures, *taux),
        ),
        Motif::Contrepassation { du, raison, annee: _ } => (
            ["Correction de la ligne du ", &formats::jour_court(*du)].concat(),
            dire_raison(*raison).into(),
            vec!["Montant repris".into()],
        ),
        Motif::Cloture => {
            ("Clôture du compte".into(), "Le compte se ferme au décès.".into(), vec!["Solde repris".into()])
        }
    };
    Explication { titre, pourquoi, calcul, resultat, faits }
}

/// What a line adds or takes: « + 500,00 € », « + 24 h », or both.
pub fn change(ligne: &Ligne) -> String {
    if ligne.heures.est_nulle() {
        return formats::mouvement(ligne.montant);
    }
    let mut texte = String::from(if ligne.heures.nombre() < 0 { "−\u{a0}" } else { "+\u{a0}" });
    texte.push_str(&formats::heures(ligne.heures.absolue()));
    if !ligne.montant.est_nul() {
        texte.push_str(", ");
        texte.push_str(&formats::mouvement(ligne.montant));
    }
    texte
}

/// The same without a plus sign, before the ceiling when `brut`.
fn mouvement(ligne: &Ligne, brut: bool) -> String {
    let (euros, heures) = if brut {
        (ligne.montant + ligne.retenu, ligne.heures + ligne.retenu_heures)
    } else {
        (ligne.montant, ligne.heures)
    };
    if heures.est_nulle() && euros < Euros::ZERO {
        formats::mouvement(euros)
    } else if heures.est_nulle() {
        formats::euros(euros)
    } else {
        change(&Ligne { montant: euros, heures, ..ligne.clone() })
    }
}

/// What was withheld of this line, if anything, and by what.
pub fn retenue(ligne: &Ligne) -> Option<String> {
    if ligne.retenu <= Euros::ZERO && ligne.retenu_heures.est_nulle() {
        return None;
    }
    let plafond = match (ligne.plafond, &ligne.motif) {
        (Some(Montant::Heures(plafond)), _) => {
            let retenues = formats::heures(ligne.retenu_heures.absolue());
            let plafond = formats::heures(plafond);
            return Some(
                ["Un compte s’arrête à ", &plafond, ". ", &retenues, " ont été retenues par ce plafond."].concat(),
            );
        }
        (None, Motif::DepenseNonCouverte(_)) => {
            let reste = if ligne.retenu_heures.est_nulle() {
                formats::euros(ligne.retenu)
            } else {
                formats::heures(ligne.retenu_heures.absolue())
            };
            return Some(["Il vous restait ", &reste, " à trouver."].concat());
        }
        (None, Motif::Engagement(_)) => {
            return Some("Une seule activité de cette catégorie compte dans l’année.".into());
        }
        (None, _) => return Some(dire_raison(Raison::Retraite).into()),
        (Some(Montant::Euros(plafond)), _) => formats::euros(plafond),
    };
    let inscrit = if ligne.montant > Euros::ZERO {
        ["Seuls ", &formats::euros(ligne.montant), " ont été inscrits"].concat()
    } else {
        "Rien n’a été inscrit".into()
    };
    let retenu = formats::euros(ligne.retenu);
    Some(
        ["Un compte s’arrête à ", &plafond, ". ", &inscrit, " ; ", &retenu, " ont été retenus par ce plafond."]
            .concat(),
    )
}

/// What was assumed where the law says nothing. No `_` arm.
pub const fn supposition(hypothese: Hypothese) -> &'static str {
    match hypothese {
        Hypothese::JourDeCredit => {
            "Les textes ne fixent pas de jour : ils disent « au cours du premier semestre de l’année suivante ». Ce compte retient un jour de ce semestre, choisi par l’hébergeur."
        }
        Hypothese::Projection => "Personne n’a encore déclaré cette année : c’est une supposition.",
        Hypothese::PassageDuPalier => {
            "Le premier rythme va « jusqu’à » 120 heures. Ce compte arrête donc à 120 heures l’année qui les atteint."
        }
        Hypothese::AnneeDuPassageALEuro => {
            "Les heures acquises avant 2019 et inscrites plus tard sont converties aussitôt, comme celles du 31 décembre 2018."
        }
        Hypothese::PlafondALaConversion => {
            "Un tel nombre d’heures vient du régime des personnes peu qualifiées : ce compte leur applique le plafond le plus haut."
        }
        Hypothese::ForfaitJoursAvant2019 => {
            "Les textes d’avant 2019 comptent le forfait en heures. Ce compte prend la même part que celle des jours."
        }
        Hypothese::DureesReunies => {
            "Vos emplois ne comptent pas leur durée de la même façon. Ce compte les ramène au plus long, en arrondissant en votre faveur."
        }
        Hypothese::SousNiveau3SousMiTemps => {
            "Le texte ne dit rien d’une personne peu qualifiée à moins d’un mi-temps. Ce compte retient le crédit ordinaire, en proportion."
        }
        Hypothese::BoethSousMiTemps => {
            "L’article ne pose pas de condition de mi-temps pour le handicap : ce compte ajoute la majoration entière."
        }
        Hypothese::BoethUnePartieDeLAnnee => {
            "Le handicap n’est connu que pour une partie de l’année : ce compte ajoute la majoration entière."
        }
        Hypothese::MajorationsCumulees => {
            "Deux majorations se rencontrent, handicap et faible qualification : ce compte les ajoute."
        }
        Hypothese::EsatSansMajoration => "Le crédit d’ESAT n’est pas majoré une seconde fois pour le handicap.",
        Hypothese::EsatPeriodeCourte => {
            "L’article parle d’une année d’admission en ESAT. Ce compte donne le crédit entier même pour une partie de l’année."
        }
        Hypothese::ExerciceEnJours => {
            "Le temps d’exercice est compté en jours de l’année ; la règle du mi-temps est celle des salariés."
        }
        Hypothese::PeriodesReunies => {
            "Vos périodes d’exercice de l’année s’ajoutent, même si elles se recouvrent, jusqu’à une année. Seules comptent celles dont la contribution est payée."
        }
        Hypothese::IndependantDes2018 => "L’année 2018 est créditée en euros, comme le dit service-public.fr.",
        Hypothese::ActivitePrincipale => {
            "Vous avez été agent public et autre chose la même année. Ce compte n’inscrit qu’un des deux crédits, celui de l’activité la plus longue : l’autre est laissé de côté."
        }
        Hypothese::AgentPeriodeCourte => {
            "Une déclaration d’employeur ne dit pas si un poste d’agent public est à temps non complet. Ce compte donne donc le crédit entier, même pour une partie de l’année."
        }
        Hypothese::AgentAvant2020 => "Avant 2020 aussi, ce compte crédite les heures d’un agent le 31 décembre.",
        Hypothese::AgeEnFinDAnnee => "Ce compte demande que l’âge soit atteint à la fin de l’année de travail.",
        Hypothese::RetraiteAvantLeCredit => {
            "Ce qui n’était pas crédité le jour de la retraite à taux plein ne l’est plus."
        }
        Hypothese::HeuresEnsembleParFormation => {
            "La limite de 150 heures de DIF et de CPF ensemble est comptée formation par formation."
        }
        Hypothese::OrdreAncien => {
            "Avant le 5 décembre 2025, ce compte dépense le DIF, puis le CPF, puis l’engagement citoyen, puis les abondements."
        }
        Hypothese::DifAvantCpf => {
            "Le DIF et les crédits annuels viennent au même rang. Ce compte dépense le DIF d’abord, comme avant le 5 décembre 2025."
        }
        Hypothese::CecAvantAbondements => {
            "Les deux viennent après le CPF. Ce compte dépense l’engagement citoyen avant les abondements."
        }
        Hypothese::OrdreDesAbondements => {
            "Un arrêté fixe l’ordre entre les sommes que des tiers ajoutent. Ce compte dépense d’abord les sommes réservées, puis celles dont l’échéance est la plus proche."
        }
        Hypothese::HeuresEntieres => "Seules des heures entières sont converties ; le reste ne change pas.",
        Hypothese::SixAnsGlissants => "Les six ans de la limite sont ceux qui finissent le jour de la conversion.",
        Hypothese::DifAuDelaDUneAttestation => {
            "Aucun texte lu ne dit si les attestations d’employeurs simultanés peuvent dépasser ensemble 120 heures. Ce compte les ajoute toutes."
        }
        Hypothese::DifEncoreOuvert => {
            "La loi a clos la déclaration du DIF le 30 juin 2021. L’hébergeur de ce compte la laisse ouverte."
        }
        Hypothese::TropPercu => {
            "Une part de ce qui est repris était déjà dépensée : le solde en tient compte, quitte à passer sous zéro."
        }
    }
}

/// Why nothing was given, or why it was taken back. No `_` arm.
const fn dire_raison(raison: Raison) -> &'static str {
    match raison {
        Raison::CotisationImpayee => {
            "La contribution à la formation n’a pas été payée : une fois payée, l’année sera créditée."
        }
        Raison::Age => "Le compte s’ouvre à 16 ans, ou à 15 ans en apprentissage.",
        Raison::Retraite => "Depuis votre retraite à taux plein, le compte n’est plus alimenté ni dépensé.",
        Raison::SansRegle => "Aucun texte connu de ce compte ne donne de droits à cette situation cette année-là.",
        Raison::SansReference => "Il manque le SMIC horaire pour savoir ce qu’est une année entière.",
        Raison::SoldeInsuffisant => "Votre compte ne suffisait pas.",
        Raison::AttestationRemplacee => "Une autre attestation de DIF a remplacé celle-ci.",
        Raison::AnneeRectifiee => "Ce qui était connu de cette année a été corrigé.",
        Raison::DeclarationAnnulee => "La déclaration de niveau de diplôme était inexacte : l’année est recalculée.",
        Raison::AutreLigneCorrigee => {
            "Une autre ligne a été corrigée : la place qui restait pour celle-ci n’est plus la même."
        }
    }
}

/// « article R6323-1, I », or the reference as it is when it is no article.
fn article(reference: &str) -> String {
    let est_un_article = matches!(reference.as_bytes(), [b'L' | b'R' | b'D', b'0'..=b'9', ..]);
    if est_un_article { ["article ", reference].concat() } else { reference.into() }
}

fn titre_d_annee(annee: &AnneeTravaillee, suite: &str) -> String {
    ["Activité de ", &annee.annee.to_string(), suite].concat()
}

fn connu_par(provenance: Provenance, annee: Option<&AnneeTravaillee>) -> String {
    match (provenance, annee) {
        (Provenance::Employeurs, Some(annee)) => {
            ["Les déclarations de vos employeurs pour ", &annee.annee.to_string()].concat()
        }
        (Provenance::Employeurs, None) => "Les déclarations de vos employeurs".into(),
        (Provenance::AncienCompte, _) => "Le solde en heures de votre ancien compte, au 31 décembre 2018".into(),
        (Provenance::Titulaire, _) => "Vous-même".into(),
        (Provenance::Projection, _) => "Personne encore : une supposition".into(),
    }
}

fn travaillees(annee: &AnneeTravaillee) -> String {
    let mot = match annee.travail {
        Quantite::Heures(_) => " travaillées, pour une année de ",
        Quantite::Jours(_) => " travaillés, pour une année de ",
        Quantite::Paie(_) => " de salaire, pour une année de ",
    };
    [&*quantite(annee.travail), mot, &quantite(annee.reference)].concat()
}

fn absences(annee: &AnneeTravaillee) -> Option<(&'static str, String)> {
    annee.absences.map(|absences| ("Dont absences comptées comme du travail", quantite(absences)))
}

fn en_dessous(annee: &AnneeTravaillee) -> String {
    let mi_temps = annee.reference.avec(annee.reference.centiemes().div_ceil(2));
    ["Moins de ", &quantite(mi_temps), " dans l’année : un crédit en proportion"].concat()
}

fn credit_entier(annee: &AnneeTravaillee) -> Vec<String> {
    let mut calcul = vec!["Crédit annuel entier".into()];
    if annee.majoration > Euros::ZERO {
        calcul = vec![montant(annee.credit)];
        majorer(&mut calcul, annee);
    }
    calcul
}

fn majorer(calcul: &mut Vec<String>, annee: &AnneeTravaillee) {
    if annee.majoration > Euros::ZERO {
        calcul.push("+".into());
        calcul.push(formats::euros(annee.majoration));
    }
}

fn montant(montant: Montant) -> String {
    match montant {
        Montant::Euros(euros) => formats::euros(euros),
        Montant::Heures(heures) => formats::heures(heures),
    }
}

/// « 803,50 h », « 109 jours », « 12 000,00 € ».
fn quantite(quantite: Quantite) -> String {
    match quantite {
        Quantite::Heures(duree) => formats::duree(duree),
        Quantite::Jours(jours) => formats::jours(jours),
        Quantite::Paie(euros) => formats::euros(euros),
    }
}

fn quantite_en_mots(manque: Quantite) -> String {
    match manque {
        Quantite::Heures(duree) => formats::duree_en_mots(duree),
        Quantite::Jours(_) | Quantite::Paie(_) => quantite(manque),
    }
}

fn engagement(categorie: &CategorieEngagement) -> &str {
    match categorie {
        CategorieEngagement::ServiceCivique => "service civique",
        CategorieEngagement::ReserveMilitaire => "réserve militaire",
        CategorieEngagement::Benevolat => "bénévolat",
        CategorieEngagement::MaitreDApprentissage => "maître d’apprentissage",
        CategorieEngagement::SapeurPompier => "sapeur-pompier volontaire",
        CategorieEngagement::Autre(intitule) => intitule,
    }
}

fn precisions(dotation: &Dotation) -> impl Iterator<Item = (&'static str, String)> {
    let action = dotation.action.clone().map(|action| ("Réservé à", action));
    let echeance = dotation.echeance.map(|jour| ("À dépenser avant la fin du", formats::jour_long(jour)));
    action.into_iter().chain(echeance)
}

const fn poche(poche: Poche) -> &'static str {
    match poche {
        Poche::Cpf => "vos droits",
        Poche::Dif => "votre DIF",
        Poche::Cec => "votre engagement citoyen",
        Poche::Abondement => "un abondement",
    }
}

fn une_heure_de_plus(taux: Euros) -> String {
    ["Une heure de plus : ", &formats::euros(taux), " de plus"].concat()
}

fn produit(heures: Heures, taux: Euros) -> Vec<String> {
    vec![formats::heures(heures), "×".into(), formats::euros(taux)]
}

fn majuscule(texte: &str) -> String {
    let mut lettres = texte.chars();
    lettres.next().map_or_else(String::new, |premiere| premiere.to_uppercase().chain(lettres).collect())
}

#[cfg(test)]
mod tests {
    use domaine::droits::{Hypotheses, Paiement, Reference};
    use domaine::mesures::{Annee, DureeTravaillee, Jour, VariationHeures};

    use super::super::compose::faute_de_composition;
    use super::*;

    fn ligne(montant: i64, retenu: i64, motif: Motif) -> Ligne {
        Ligne {
            date: Jour::date(2022, 6, 30),
            poche: Poche::Cpf,
            heures: VariationHeures::ZERO,
            solde_heures: VariationHeures::ZERO,
            retenu_heures: VariationHeures::ZERO,
            plafond: Some(Montant::Euros(Euros::entiers(5_000))),
            montant: Euros::de_centimes(montant),
            solde: Euros::de_centimes(montant),
            retenu: Euros::de_centimes(retenu),
            motif,
            source: Reference { texte: "Code du travail".into(), article: "R6323-1, II".into() },
            hypotheses: Hypotheses::AUCUNE.avec(Hypothese::JourDeCredit),
        }
    }

    fn annee(travail: u32) -> AnneeTravaillee {
        AnneeTravaillee {
            annee: Annee::new(2021).expect("a year"),
            categorie: Categorie::Salarie,
            travail: Quantite::Heures(DureeTravaillee::de_centiemes(travail)),
            absences: None,
            reference: Quantite::Heures(DureeTravaillee::heures(1_607)),
            credit: Montant::Euros(Euros::entiers(500)),
            majoration: Euros::ZERO,
            provenance: Provenance::Employeurs,
        }
    }

    #[test]
    fn a_part_time_year_shows_its_sum_and_what_would_have_changed_it() {
        let manque = Quantite::Heures(DureeTravaillee::de_centiemes(50));
        let explication = expliquer(&ligne(24_985, 0, Motif::AnneePartielle { faits: annee(80_300), manque }));
        assert_eq!(explication.titre, "Activité de 2021, à moins d’un mi-temps");
        assert_eq!(explication.calcul.join(" "), "803\u{a0}h ÷ 1\u{202f}607\u{a0}h × 500,00\u{a0}€");
        assert_eq!(explication.resultat, "249,85\u{a0}€");
        assert_eq!(explication.faits[0].1, "Code du travail, article R6323-1, II");
        assert_eq!(explication.faits[2].1, "Une demi-heure de plus dans l’année\u{a0}: 500,00\u{a0}€");
    }

    #[test]
    fn full_time_and_half_time_are_told_apart() {
        let plein = expliquer(&ligne(50_000, 0, Motif::AnneePleine { faits: annee(160_700) }));
        assert_eq!(plein.titre, "Activité de 2021, à temps plein");
        let moitie = expliquer(&ligne(50_000, 0, Motif::AnneePleine { faits: annee(80_350) }));
        assert_eq!(moitie.titre, "Activité de 2021, à mi-temps ou plus");
        assert_eq!(moitie.faits[3].1, "Moins de 803,50\u{a0}h dans l’année\u{a0}: un crédit en proportion");
    }

    #[test]
    fn the_ceiling_says_what_it_withheld() {
        let motif =
            || Motif::Dif { heures: Heures::new(87), taux: Euros::entiers(15), reference: "DIF-7K2M-9QXA".into() };
        assert_eq!(retenue(&ligne(130_500, 0, motif())), None);
        let partielle = retenue(&ligne(100_000, 30_500, motif())).expect("withheld");
        assert!(partielle.contains("Seuls 1\u{202f}000,00\u{a0}€"), "{partielle}");
        let totale = retenue(&ligne(0, 130_500, motif())).expect("withheld");
        assert!(totale.contains("Rien n’a été inscrit"), "{totale}");
        assert_eq!(faute_de_composition(&totale), None);
        assert_eq!(expliquer(&ligne(0, 130_500, motif())).resultat, "1\u{202f}305,00\u{a0}€");
        for hypothese in Hypothese::TOUTES {
            assert_eq!(faute_de_composition(supposition(hypothese)), None, "{hypothese:?}");
        }
    }

    #[test]
    fn every_rule_is_explained_in_well_set_sentences() {
        let faits = |categorie, credit, travail| AnneeTravaillee { categorie, credit, ..annee(travail) };
        let (euros, heures) = (Montant::Euros(Euros::entiers(500)), Montant::Heures(Heures::new(24)));
        let manque = Quantite::Heures(DureeTravaillee::heures(100));
        let categories = [
            Categorie::Salarie,
            Categorie::SalarieSousNiveau3,
            Categorie::Esat,
            Categorie::Independant,
            Categorie::Agent,
            Categorie::AgentSousNiveau3,
        ];
        let raisons = [
            Raison::CotisationImpayee,
            Raison::Age,
            Raison::Retraite,
            Raison::SansRegle,
            Raison::SansReference,
            Raison::SoldeInsuffisant,
            Raison::AttestationRemplacee,
            Raison::AnneeRectifiee,
            Raison::DeclarationAnnulee,
            Raison::AutreLigneCorrigee,
        ];
        let paiement = |refus| Paiement { reference: "F-1".into(), demande: euros, refus };
        let dotation = || Dotation {
            financeur: "Employeur".into(),
            action: Some("RNCP1".into()),
            echeance: Some(Jour::date(2027, 12, 31)),
        };
        let mut motifs = vec![
            Motif::DifTropTard { heures: Heures::new(87), fin: Jour::date(2021, 6, 30) },
            Motif::Engagement(CategorieEngagement::Benevolat),
            Motif::Abondement(dotation()),
            Motif::AbondementEchu(dotation()),
            Motif::Depense(paiement(None)),
            Motif::Conversion { heures: Heures::new(50), taux: Euros::entiers(15) },
            Motif::Cloture,
        ];
        for categorie in categories {
            for credit in [euros, heures] {
                motifs.push(Motif::AnneePleine { faits: faits(categorie, credit, 160_700) });
                motifs.push(Motif::AnneePartielle { faits: faits(categorie, credit, 80_000), manque });
            }
        }
        for raison in raisons {
            motifs.push(Motif::AnneeSansCredit { faits: faits(Categorie::Salarie, euros, 160_700), raison });
            motifs.push(Motif::Contrepassation { du: Jour::date(2022, 6, 30), raison, annee: None });
            motifs.push(Motif::DepenseNonCouverte(paiement(Some(raison))));
        }
        for motif in motifs {
            for montant in [50_000, 0, -40_000] {
                let mut ligne = ligne(montant, 10_000, motif.clone());
                ligne.heures = VariationHeures::new(if montant == 0 { -24 } else { 0 });
                let explication = expliquer(&ligne);
                assert_eq!(faute_de_composition(&explication.pourquoi), None, "{motif:?}");
                assert!(!explication.titre.is_empty() && !explication.calcul.is_empty(), "{motif:?}");
                assert!(!explication.resultat.is_empty() && !change(&ligne).is_empty(), "{motif:?}");
                ligne.plafond = None;
                assert_eq!(retenue(&ligne).as_deref().and_then(faute_de_composition), None, "{motif:?}");
            }
        }
    }
}

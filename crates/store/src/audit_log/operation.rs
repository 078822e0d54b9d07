//! What the journal tells of, each under its word. The words stay: lines of a year hold them.

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// What is written in the journal.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Operation {
            $($(#[$doc])* $name,)*
        }

        impl Operation {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its word.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

operations! {
    /// An account was opened.
    AccountOpened = "compte_ouvert",
    /// A session was opened.
    Connexion = "connexion",
    /// A wrong e-mail or password was given to sign in.
    ConnexionRefused = "connexion_refusee",
    /// The right password was given to sign in to an account that is frozen.
    ConnexionFrozen = "connexion_gelee",
    /// Whoever is connected was asked for the password again, and gave another.
    MotDePasseRefused = "mot_de_passe_refuse",
    /// A code of a letter, of an application or of a list was given, and was wrong.
    CodeRefused = "code_refuse",
    /// Whoever is connected asked for what asks for more to be proved of who they are.
    LevelRefused = "niveau_refuse",
    /// An identity of elsewhere was not believed, or is not that of whom the account or the number is.
    IdentityRefused = "identite_refusee",
    /// An account was refused to whoever asked for one.
    InscriptionRefused = "inscription_refusee",
    /// Too many attempts were made from a place.
    AttemptsStopped = "tentatives_arretees",
    /// A request came from a page of another site.
    OriginRefused = "origine_refusee",
    /// A request came from the screen of somebody else than who is connected.
    OtherAccountRefused = "autre_compte_refuse",
    /// What was asked cannot come from the page: it could not be read.
    BodyRefused = "demande_illisible",
    /// What a link or a code asked for is over.
    StaleLinkRefused = "lien_perime",
    /// The right password was given to an account that asks for more.
    SecondStepAsked = "seconde_etape_demandee",
    /// What was shown besides the password was wrong.
    SecondStepRefused = "seconde_etape_refusee",
    /// An account asks for something besides its password from now on.
    SecondStepSet = "seconde_etape_posee",
    /// It asks for the password alone.
    SecondStepRemoved = "seconde_etape_retiree",
    /// An operator saw to that, on a proof.
    SecondStepLifted = "seconde_etape_levee",
    /// The codes that a holder keeps are others.
    RecoveryCodesRenewed = "codes_secours_renouveles",
    /// One of them served.
    RecoveryCodeUsed = "code_secours_servi",
    /// A session was ended by its holder.
    Deconnexion = "deconnexion",
    /// Another session was ended by its holder.
    ConnexionClosed = "connexion_fermee",
    /// The other sessions were ended.
    ConnexionsClosed = "connexions_fermees",
    /// A DIF was declared.
    DifDeclared = "dif_declare",
    /// An operator looked at a declaration of DIF.
    DifRead = "dif_lu",
    /// An operator took its attestation out to see it.
    DifProofRead = "dif_piece_lue",
    /// An operator accepted it.
    DifAccepted = "dif_accepte",
    /// An operator refused it.
    DifRefused = "dif_refuse",
    /// Being below level 3 was declared.
    QualificationDeclared = "qualification_declaree",
    /// That declaration was ended or taken back.
    QualificationEnded = "qualification_finie",
    /// A disability was declared with its proof.
    HandicapDeclared = "handicap_declare",
    /// Declarations of disability were taken back by their holder.
    HandicapWithdrawn = "handicap_retire",
    /// An operator looked at a declaration of disability.
    HandicapRead = "handicap_lu",
    /// An operator took its proof out to see it.
    HandicapProofRead = "handicap_piece_lue",
    /// An operator accepted it.
    HandicapAccepted = "handicap_accepte",
    /// An operator refused it.
    HandicapRefused = "handicap_refuse",
    /// A line of the statement was disputed.
    ContestationFiled = "contestation_deposee",
    /// An operator read what its holder wrote.
    ReadContestation = "contestation_lue",
    /// An operator looks at it.
    ContestationTakenUp = "contestation_prise_en_charge",
    /// An operator answered, or added to an answer.
    ContestationAnswered = "contestation_repondue",
    /// Telephones or e-mail changed.
    CoordonneesChanged = "coordonnees_changees",
    /// A passkey was added.
    PasskeyAdded = "cle_acces_ajoutee",
    /// A passkey was given another name.
    PasskeyRenamed = "cle_acces_renommee",
    /// A passkey was removed.
    PasskeyRemoved = "cle_acces_retiree",
    /// The password changed.
    MotDePasseChanged = "mot_de_passe_change",
    /// A lost password was replaced by whoever proved that the account is theirs.
    AccessGivenBack = "acces_rendu",
    /// A code was printed for the holder of an account.
    CodePrinted = "code_imprime",
    /// What is kept of a holder left with them, but for what would let somebody pass for them.
    Export = "export",
    /// Everything left, by who showed again what opens the account.
    ExportWhole = "export_entier",
    /// A holder asked that their account be erased, later.
    ClosingAsked = "fermeture_demandee",
    /// They kept it.
    ClosingTakenBack = "fermeture_annulee",
    /// The account was closed and its data erased.
    AccountClosed = "compte_ferme",
    /// The holder of an account that nobody uses was told that it closes.
    ClosingAnnounced = "fermeture_annoncee",
    /// An account that nobody used was closed and its data erased.
    UnusedAccountClosed = "compte_inutilise_ferme",
    /// The account of somebody who died was closed and its data erased.
    DeadAccountClosed = "compte_d_un_defunt_ferme",
    /// An operator looked for an account that there is not.
    AccountSought = "compte_cherche",
    /// An operator looked at an account.
    AccountRead = "compte_lu",
    /// An account was frozen.
    AccountFrozen = "compte_gele",
    /// An account was thawed.
    AccountThawed = "compte_degele",
    /// A holder proved that the e-mail of their account is theirs.
    CourrielConfirmed = "courriel_confirme",
    /// The NIR of an account was given back to whom it belongs: the account is set aside.
    NirReleased = "nir_libere",
    /// An employer named somebody else under the NIR of an account, which is set aside.
    SetAside = "compte_mis_a_part",
    /// It has its NIR again.
    NirGivenBack = "nir_rendu",
    /// An operator saw a document that proves whose account it is.
    IdentityProved = "identite_prouvee",
    /// A holder let an identity of elsewhere open their account.
    IdentityLinked = "identite_reliee",
    /// A holder took that back.
    IdentityUnlinked = "identite_detachee",
    /// The NIR of a holder was put right.
    NirCorrected = "nir_corrige",
    /// The name of a holder was put right.
    NameCorrected = "nom_corrige",
    /// An operator gave an account another e-mail.
    CourrielReplaced = "courriel_remplace",
    /// The birth date of a holder was put right.
    NaissanceCorrected = "naissance_corrigee",
    /// A holder died.
    DeathRecorded = "deces_note",
    /// An operator was given the statement of one person.
    StatementRead = "releve_lu",
    /// An operator was given the statement of everybody.
    StatementsRead = "releves_lus",
    /// An operator read this journal.
    JournalRead = "journal_lu",
    /// An operator began to import declarations.
    ImportedDsn = "import_dsn",
    /// An operator began to import years of work.
    ImportedActivites = "import_activites",
    /// An operator began to import what happens to accounts.
    ImportedEvenements = "import_evenements",
    /// An operator began to credit a year.
    Credited = "alimentation",
    /// Everything was backed up.
    BackedUp = "sauvegarde",
    /// Everything came back from a backup.
    Restored = "restauration",
    /// A version was added to the key.
    KeyAdded = "cle_ajoutee",
    /// Everything began to be sealed again under the newest.
    KeyTurned = "cle_tournee",
    /// A version that nothing needs was retired.
    KeyRetired = "cle_retiree",
    /// Days of the journal that were old enough were erased.
    JournalPurged = "journal_purge",
}

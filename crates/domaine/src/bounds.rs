//! How much one account may hold of what its holder adds: far more than anybody needs, and an end to it.

/// Declarations of DIF: each keeps a file of up to 10 MB, and nobody had that many employers to declare.
pub const DECLARATIONS_DIF: i64 = 20;
/// Declarations of a disability: each keeps a file too, and waits for somebody to see it.
pub const DECLARATIONS_HANDICAP: i64 = 20;
/// Disputed lines that wait for an answer: all of them come with each statement.
pub const OPEN_CONTESTATIONS: i64 = 20;
/// Acts about being below level 3: two for each change of mind.
pub const ACTS_SOUS_NIVEAU_3: i64 = 40;
/// Open connections: one more ends the last that was opened.
pub const CONNEXIONS: i64 = 20;

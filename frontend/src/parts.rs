//! Which parts of the page are in this build: a release has one of them, development and the first paint have all
//! (docs/decisions/0008). What a part cannot show is not carried in it.

/// Before an account.
pub const DOOR: bool = cfg!(feature = "porte");

/// The account.
pub const ACCOUNT: bool = cfg!(feature = "compte");

/// « Et si ? ».
pub const SIMULATION: bool = cfg!(feature = "simulation");

/// Who the holder is, and the ways into their account.
pub const ACCESS: bool = cfg!(feature = "acces");

/// Whether a passkey opens a session here: not in « Et si ? », which asks for no account. Whoever has nothing else goes to the door.
pub const PASSKEYS: bool = DOOR || ACCOUNT || ACCESS;

/// Whether whoever is connected has something to do here: then a session that ends is told in place, over what they were doing. At the
/// door it is over, and no more: nothing there is theirs.
pub const AT_HOME: bool = ACCOUNT || SIMULATION || ACCESS;

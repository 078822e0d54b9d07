//! What the technical log tells, on the standard error.

use std::panic::Location;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Begins to tell what reaches that level.
pub(crate) fn start(niveau: LevelFilter) {
    // The libraries below us are only heard when something is wrong: they know more than we log.
    let targets = tracing_subscriber::filter::Targets::new()
        .with_default(niveau.min(LevelFilter::WARN))
        .with_targets(["acquis", "batch", "server", "store", "vault"].map(|ours| (ours, niveau)));
    let lignes = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(std::io::stderr);
    tracing_subscriber::registry().with(lignes).with(targets).init();
    std::panic::set_hook(Box::new(|panic| tell(panic.location())));
}

/// Tells where the program panicked. What a panic says may hold what a person typed.
fn tell(place: Option<&Location<'_>>) {
    let place = place.map(ToString::to_string).unwrap_or_default();
    tracing::error!(lieu = place, "a panic, whose text is not repeated");
}

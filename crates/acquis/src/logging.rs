//! What the technical log tells, on the standard error.

use std::panic::Location;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer as _;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// How a line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// An object on each line, for what gathers the logs of several machines.
    Json,
}

/// Begins to tell what reaches that level.
pub(crate) fn start(niveau: LevelFilter, format: LogFormat) {
    // The libraries below us are only heard when something is wrong: they know more than we log.
    let targets = tracing_subscriber::filter::Targets::new()
        .with_default(niveau.min(LevelFilter::WARN))
        .with_targets(["acquis", "batch", "server", "store", "vault"].map(|ours| (ours, niveau)))
        // A statement that took long tells of a busy machine: nothing is wrong, and whoever typed a command reads its answer alone.
        .with_target("sqlx::query", LevelFilter::ERROR);
    let lignes = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(std::io::stderr);
    let lignes = match format {
        LogFormat::Text => lignes.boxed(),
        LogFormat::Json => lignes.json().flatten_event(true).with_current_span(true).with_span_list(false).boxed(),
    };
    tracing_subscriber::registry().with(lignes).with(targets).init();
    std::panic::set_hook(Box::new(|panic| tell(panic.location())));
}

/// Tells where the program panicked. What a panic says may hold what a person typed.
fn tell(place: Option<&Location<'_>>) {
    let place = place.map(ToString::to_string).unwrap_or_default();
    tracing::error!(lieu = place, "a panic, whose text is not repeated");
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// What a fault of ours might say: somebody's number.
    const SAID: &str = "2 79 03 51 215 189 is not what was expected";
    /// The one who panics is another process: what is set here is set for a whole one.
    const TO_PANIC: &str = "ACQUIS_TEST_PANIC";

    #[test]
    fn a_panic_is_logged_by_its_place_and_says_nothing_of_anybody() {
        if std::env::var_os(TO_PANIC).is_some() {
            start(LevelFilter::INFO, LogFormat::Text);
            panic!("{SAID}");
        }
        let myself = std::env::current_exe().expect("this program");
        let this = "logging::tests::a_panic_is_logged_by_its_place_and_says_nothing_of_anybody";
        let output = Command::new(myself).args(["--exact", this, "--nocapture"]).env(TO_PANIC, "1").output();
        let output = output.expect("it runs");
        let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(!output.status.success(), "{told}");
        assert!(told.contains("a panic, whose text is not repeated") && told.contains(file!()), "{told}");
        assert!(!told.contains("215 189"), "{told}");
    }
}

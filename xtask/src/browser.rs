//! Chromium and its driver.

use std::path::PathBuf;

use crate::apt;
use crate::command::on_path;

/// A browser and the driver of the same version.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
    /// Chromium's shell without windows, which starts sooner; nothing where there is none.
    pub(crate) shell: Option<PathBuf>,
}

/// Debian's package and program; other systems have none, and the journeys use the whole browser there.
const SHELL: &str = "chromium-headless-shell";

/// Finds both, or installs Debian's.
pub(crate) fn find() -> Result<Browser, String> {
    if let Some(browser) = present() {
        return Ok(with_shell(browser));
    }
    let missing = "Chromium and chromedriver are missing, and without them no test can see the page";
    apt::install(&["chromium", "chromium-driver"]).map_err(|error| format!("{missing}: {error}"))?;
    present().map(with_shell).ok_or_else(|| {
        format!("{missing}, even after their installation: put `chromium` and `chromedriver` on the PATH")
    })
}

fn with_shell(mut browser: Browser) -> Browser {
    if browser.shell.is_none() && apt::install(&[SHELL]).is_ok() {
        browser.shell = on_path(SHELL);
    }
    browser
}

fn present() -> Option<Browser> {
    let chromium = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(on_path)?;
    Some(Browser { chromium, driver: on_path("chromedriver")?, shell: on_path(SHELL) })
}

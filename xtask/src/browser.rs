//! Chromium and its driver.

use std::path::PathBuf;

use crate::apt;
use crate::command::on_path;

/// A browser and the driver of the same version.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds both, or installs Debian's.
pub(crate) fn find() -> Result<Browser, String> {
    if let Some(browser) = present() {
        return Ok(browser);
    }
    let missing = "Chromium and chromedriver are missing, and without them no test can see the page";
    apt::install(&["chromium", "chromium-driver"]).map_err(|error| format!("{missing}: {error}"))?;
    present().ok_or_else(|| {
        format!("{missing}, even after their installation: put `chromium` and `chromedriver` on the PATH")
    })
}

fn present() -> Option<Browser> {
    let chromium = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(on_path)?;
    Some(Browser { chromium, driver: on_path("chromedriver")? })
}

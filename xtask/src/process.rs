//! A program that runs beside us, and ends with us.

use std::process::{Child, Command};

use crate::command::cannot_start;

/// A program that ends with its value, whatever way that goes.
pub(crate) struct Process(Child);

impl Process {
    pub(crate) fn start(command: &mut Command) -> Result<Self, String> {
        command.spawn().map(Self).map_err(|error| cannot_start(command, &error))
    }

    pub(crate) fn has_ended(&mut self) -> bool {
        !matches!(self.0.try_wait(), Ok(None))
    }
}

impl From<Child> for Process {
    fn from(child: Child) -> Self {
        Self(child)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing left to do.
        if self.0.kill().is_ok() {
            let _ended = self.0.wait();
        }
    }
}

//! A throw-away PostgreSQL cluster: made in a temporary folder, reached on the loopback, gone with its value.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::apt;
use crate::command::{cannot_start, capture, on_path, program, run, succeeds};
use crate::run::pause;

/// A running cluster.
pub(crate) struct Cluster {
    folder: PathBuf,
    server: Child,
    port: u16,
}

impl Cluster {
    /// Makes and starts one; installs PostgreSQL first where that is possible.
    pub(crate) fn start() -> Result<Self, String> {
        let programs = programs()?;
        let folder = std::env::temp_dir().join(format!("acquis-postgres-{}", std::process::id()));
        let result = Self::start_in(&programs, &folder);
        if result.is_err() {
            remove(&folder);
        }
        result
    }

    fn start_in(programs: &Path, folder: &Path) -> Result<Self, String> {
        fs::create_dir_all(folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
        if apt::is_root() {
            run(program("chown").arg("postgres").arg(folder))?;
        }
        let data = folder.join("data");
        let mut initdb = as_owner(&programs.join("initdb"), folder);
        initdb.args(["--auth=trust", "--username=acquis", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"]);
        capture(initdb.arg(&data))?;

        let port = free_port()?;
        let log = folder.join("log");
        let output = fs::File::create(&log).map_err(|error| format!("{} cannot be made: {error}", log.display()))?;
        let mut postgres = as_owner(&programs.join("postgres"), folder);
        postgres.arg("-D").arg(&data).args(["-p", &port.to_string(), "-h", "127.0.0.1", "-k"]).arg(folder);
        // Nothing here outlives the tests: durability would only cost time.
        for setting in ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"] {
            postgres.args(["-c", setting]);
        }
        postgres.stdin(Stdio::null()).stdout(Stdio::null()).stderr(output);
        let server = postgres.spawn().map_err(|error| cannot_start(&postgres, &error))?;
        let mut cluster = Self { folder: folder.to_path_buf(), server, port };
        cluster.wait(programs, &log)?;
        Ok(cluster)
    }

    fn wait(&mut self, programs: &Path, log: &Path) -> Result<(), String> {
        let said = || fs::read_to_string(log).unwrap_or_default();
        let mut refusal = String::new();
        for _ in 0..150 {
            if let Ok(Some(status)) = self.server.try_wait() {
                return Err(format!("PostgreSQL stopped as it started ({status}):\n{}", said()));
            }
            let mut ready = program(programs.join("pg_isready"));
            match capture(ready.args(["-h", "127.0.0.1", "-p", &self.port.to_string()])) {
                Ok(_) => return Ok(()),
                Err(error) => refusal = error,
            }
            pause(Duration::from_millis(200));
        }
        Err(format!("PostgreSQL does not answer after 30 s: {refusal}\n{}", said()))
    }

    /// Where a client connects; the tests make databases of their own from here.
    pub(crate) fn url(&self) -> String {
        format!("postgres://acquis@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGQUIT is PostgreSQL's immediate stop: it ends its own children, which SIGKILL would leave behind.
        let stopped = succeeds(program("kill").args(["-QUIT", &self.server.id().to_string()]));
        if stopped || self.server.kill().is_ok() {
            let _ended = self.server.wait();
        }
        remove(&self.folder);
    }
}

fn remove(folder: &Path) {
    // In the temporary folder: what cannot be removed now goes with it.
    let _gone = fs::remove_dir_all(folder);
}

/// PostgreSQL refuses to run as root: there, as Debian's user `postgres`.
fn as_owner(name: &Path, folder: &Path) -> Command {
    let mut command = if apt::is_root() {
        let mut command = program("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(name);
        command
    } else {
        program(name)
    };
    // A folder that this user may read, unlike root's checkout.
    command.current_dir(folder).env("LC_ALL", "C");
    command
}

/// The folder of `initdb` and `postgres`: Debian keeps them off the PATH.
fn programs() -> Result<PathBuf, String> {
    if let Some(found) = present() {
        return Ok(found);
    }
    let missing = "PostgreSQL is missing, so nothing is proved about it";
    apt::install(&["postgresql"]).map_err(|error| format!("{missing}: {error}"))?;
    present().ok_or_else(|| format!("{missing}, even after its installation: put `initdb` and `postgres` on the PATH"))
}

fn present() -> Option<PathBuf> {
    if let Some(initdb) = on_path("initdb") {
        // A link on the PATH stands alone: its companions are where it points to.
        return initdb.canonicalize().ok()?.parent().map(Path::to_path_buf);
    }
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.filter_map(Result::ok);
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.retain(|folder| folder.join("initdb").is_file());
    folders.sort();
    folders.pop()
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    listener.map(|address| address.port()).map_err(|error| format!("no free port on the loopback: {error}"))
}

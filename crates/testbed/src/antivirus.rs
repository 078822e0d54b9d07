//! An antivirus for the tests, that speaks as clamd does: it knows as harmful what holds a word, and reads files to their end.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};

/// Where it listens, for as long as the tests run; what it knows as harmful holds this word.
pub fn clamd(harmful: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = listener.local_addr().expect("its address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Who leaves in the middle is not answered.
            let _ = examine(stream, harmful);
        }
    });
    address
}

fn examine(mut stream: TcpStream, harmful: &[u8]) -> std::io::Result<()> {
    let mut order = [0; 10];
    stream.read_exact(&mut order)?;
    if &order != b"zINSTREAM\0" {
        return stream.write_all(b"UNKNOWN COMMAND\0");
    }
    let mut file = Vec::new();
    loop {
        let mut length = [0; 4];
        stream.read_exact(&mut length)?;
        let length = usize::try_from(u32::from_be_bytes(length)).map_err(std::io::Error::other)?;
        if length == 0 {
            break;
        }
        let before = file.len();
        file.resize(before + length, 0);
        stream.read_exact(&mut file[before..])?;
    }
    let found = file.windows(harmful.len()).any(|window| window == harmful);
    stream.write_all(if found { b"stream: Essai.Nuisible FOUND\0" } else { b"stream: OK\0" })
}

//! `onrecord serve`.

use std::io::Write;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::sync::Arc;

use onrecord_desk::{Desk, Options};

use super::args::Serve;
use super::known::Known;

/// The variable that holds the token: an argument would stand in the list of processes.
const TOKEN: &str = "ONRECORD_TOKEN";

/// Serves a record until it is stopped.
///
/// # Errors
/// If the record cannot be opened, or the address cannot be listened on.
pub(super) fn run(args: &Serve) -> anyhow::Result<ExitCode> {
    let given = std::env::var(TOKEN).ok().filter(|token| !token.is_empty());
    let mut made = None;
    let options = match (args.listen, given) {
        (None, token) => {
            let address = (Ipv4Addr::LOCALHOST, args.port).into();
            Options { address, token, ..Options::default() }
        }
        (Some(address), Some(token)) => Options::listening(address, token),
        (Some(address), None) => {
            let token = onrecord_desk::new_token()?;
            made = Some(token.clone());
            Options::listening(address, token)
        }
    };
    let desk = Desk::open(&args.record, Arc::new(Known), options)?;
    // Whoever started it may read the address from a pipe, or not read at all.
    let mut out = std::io::stdout();
    let _ = writeln!(out, "http://{} serves {}", desk.address(), args.record.display());
    if let Some(token) = made {
        let _ = writeln!(out, "token: {token}");
    }
    let _ = out.flush();
    desk.serve()?;
    Ok(ExitCode::SUCCESS)
}

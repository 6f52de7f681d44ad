//! `inbox reset` and `inbox export`: what is stored.

use std::io::{BufWriter, ErrorKind, IsTerminal as _, Write};
use std::path::Path;

use host_harness::private_file;
use host_harness::tenant::Tenant;
use serde_json::json;

use crate::cli::context::Context;
use crate::cli::exit::Failure;
use crate::cli::output::counted;

/// What the flows share; an export shows everything, whichever stream it names.
const EVERYTHING: &str = "mirrors";

/// Records asked for at once.
const PAGE: u32 = 500;

/// What a person agrees to.
const FORGETS: &str = "\
This forgets how far titles, purchases and assets were read, for every flow, because all flows
read the same. It keeps everything else: what was placed, open questions, answers, declarations
and the audit. The next run reads both vendors from the beginning; it writes nothing twice.";

/// Forgets how far a flow's sources were read, if a person agrees.
pub async fn reset(
    context: &Context,
    tenant: &Tenant,
    flow: &str,
    yes: bool,
) -> Result<(), Failure> {
    if !yes && !agreed().await? {
        return Err(Failure::Usage("nothing was forgotten".to_owned()));
    }
    tenant.inbox_reset(flow).await?;
    let person = || format!("Forgotten; `connector run --flow {flow}` reads everything again.");
    context.output.show(|| json!({ "reset": flow }), person);
    Ok(())
}

async fn agreed() -> Result<bool, Failure> {
    eprintln!("{FORGETS}");
    if !std::io::stdin().is_terminal() {
        let reason = "nobody is there to be asked: add --yes to agree";
        return Err(Failure::Usage(reason.to_owned()));
    }
    eprint!("Go on? [y/N] ");
    let asked = tokio::task::spawn_blocking(|| {
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer).map(|_| answer)
    });
    let answer = asked.await.map_err(|error| Failure::Platform(error.into()))?;
    let answer = answer.map_err(|error| Failure::Platform(error.into()))?;
    Ok(["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}

/// The file to write into, unless one is there already.
pub fn target(out: Option<&Path>, overwrite: bool) -> Result<Option<&Path>, Failure> {
    match out {
        Some(path) if path.exists() && !overwrite => Err(Failure::Usage(format!(
            "{} exists already: name another file, or add --overwrite",
            path.display()
        ))),
        out => Ok(out),
    }
}

/// Writes everything that is stored, page by page.
pub async fn export(context: &Context, tenant: &Tenant, out: Option<&Path>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        let place = out.map_or_else(|| "standard output".into(), |path| path.display().to_string());
        Failure::Usage(format!("{place} cannot be written: {error}"))
    };
    let mut writer: Box<dyn Write> = match out {
        Some(path) => Box::new(BufWriter::new(private_file::create(path).map_err(failed)?)),
        None => Box::new(BufWriter::new(std::io::stdout())),
    };
    let (mut records, mut start) = (0_usize, None);
    loop {
        let page = tenant.state_export(EVERYTHING, start.as_deref(), PAGE).await?;
        records += page.lines.len();
        match write(&mut *writer, &page.lines) {
            // Whoever reads has seen enough.
            Err(error) if out.is_none() && error.kind() == ErrorKind::BrokenPipe => return Ok(()),
            written => written.map_err(failed)?,
        }
        context.progress.progress("exporting", records as u64, None);
        match page.next {
            Some(next) => start = Some(next),
            None => break,
        }
    }
    context.progress.finish();
    if let Some(path) = out {
        let file = path.display().to_string();
        let person = || {
            let are = if records == 1 { "is" } else { "are" };
            format!("{} {are} in {file}.", counted(records, "record"))
        };
        context.output.show(|| json!({ "records": records, "file": file }), person);
    }
    Ok(())
}

fn write(writer: &mut dyn Write, lines: &[String]) -> std::io::Result<()> {
    for line in lines {
        writeln!(writer, "{line}")?;
    }
    writer.flush()
}

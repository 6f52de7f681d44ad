//! Reads what changed at both vendors into the mirrors. A record that cannot be read never
//! overwrites what is known; what is missing from a listing is gone only after a direct look.
//! The mirrors serve every flow, so reading them has a lease and cursors of its own.

pub mod assets;
pub mod files;
mod imprints;
pub mod purchases;
mod snapshots;
pub mod sweep;
pub mod titles;
pub mod works;

use super::lease::Held;
use super::run::Run;
use super::stop::Stop;
use purchases::Freshness;

/// The stream of the mirrors.
pub const MIRRORS: &str = "mirrors";

/// Reads all sources.
pub fn observe(run: &mut Run, lease: &mut Held) -> Result<Freshness, Stop> {
    lease.join(run.platform, MIRRORS)?;
    titles::observe(run, lease)?;
    lease.renew(run.platform)?;
    let freshness = purchases::observe(run, lease)?;
    lease.renew(run.platform)?;
    assets::observe(run, lease)?;
    lease.renew(run.platform)?;
    lease.leave(run.platform, MIRRORS)?;
    Ok(freshness)
}

//! Everything that can be asked of the simulated vendors by name, for `simulate --fault NAME` and
//! for the conformance table: faults on the wire, manners of a vendor, odd contents.
//!
//! The general faults stand in `faults`; each vendor's own names stand in its table here. A name
//! means the same wherever it is used.

mod consonance_names;
mod feed;
mod smintio_names;
#[cfg(test)]
mod tests;

use crate::faults::{self, Fault, FaultPlan};
use crate::world::seed::World;
use crate::{consonance, smintio};
use std::fmt;

/// Whose manner it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Both vendors.
    Both,
    /// Consonance.
    Consonance,
    /// Smint.io.
    Smintio,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Both => "both",
            Self::Consonance => "Consonance",
            Self::Smintio => "Smint.io",
        })
    }
}

/// How a mode comes about.
#[derive(Clone, Copy)]
enum Does {
    /// Requests go wrong.
    Fault(fn() -> Fault),
    /// One of the general faults, at both vendors.
    General,
    /// Consonance behaves otherwise.
    Consonance(fn(&mut consonance::Settings)),
    /// Smint.io behaves otherwise.
    Smintio(fn(&mut smintio::Settings, &World)),
    /// There is something else in it.
    Contents(fn(&mut World)),
}

/// One name.
#[derive(Clone, Copy)]
pub struct Mode {
    /// The name.
    pub name: &'static str,
    /// What it means, in a line.
    pub what: &'static str,
    /// Whose it is.
    pub side: Side,
    does: Does,
}

/// What sort of thing a mode is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something goes wrong on the wire; without it the vendor is as ever.
    Fault,
    /// A vendor behaves otherwise for as long as it runs.
    Manner,
    /// There is something else in it.
    Contents,
}

impl Mode {
    /// What sort of thing it is.
    pub fn kind(&self) -> Kind {
        match self.does {
            Does::Fault(_) | Does::General => Kind::Fault,
            Does::Consonance(_) | Does::Smintio(_) => Kind::Manner,
            Does::Contents(_) => Kind::Contents,
        }
    }
}

/// Every name, in a stable order.
pub fn all() -> Vec<Mode> {
    let general = faults::NAMES.iter().map(|(name, what)| {
        let does = Does::General;
        Mode { name, what, side: Side::Both, does }
    });
    general.chain(consonance_names::TABLE.to_vec()).chain(smintio_names::TABLE.to_vec()).collect()
}

/// Modes that hold together.
#[derive(Clone, Default)]
pub struct Modes(Vec<Mode>);

impl Modes {
    /// The modes of these names; an unknown one is an error.
    pub fn named<S: AsRef<str>>(names: &[S]) -> Result<Self, UnknownMode> {
        let known = all();
        let find = |name: &S| {
            let name = name.as_ref();
            let found = known.iter().find(|mode| mode.name == name).copied();
            found.ok_or_else(|| UnknownMode(name.to_owned()))
        };
        names.iter().map(find).collect::<Result<_, _>>().map(Self)
    }

    /// Before the vendors start: what they hold and how they behave.
    pub fn prepare(
        &self,
        world: &mut World,
        consonance: &mut consonance::Settings,
        smintio: &mut smintio::Settings,
    ) {
        for mode in &self.0 {
            match mode.does {
                Does::Contents(change) => change(world),
                Does::Consonance(change) => change(consonance),
                Does::Smintio(change) => change(smintio, world),
                Does::Fault(_) | Does::General => {}
            }
        }
    }

    /// What goes wrong on the wire, at Consonance and at Smint.io; the seed decides random faults.
    pub fn plans(&self, seed: u64) -> [FaultPlan; 2] {
        [Side::Consonance, Side::Smintio].map(|side| {
            let here = self.0.iter().filter(|mode| mode.side == side || mode.side == Side::Both);
            let faults = here.filter_map(|mode| match mode.does {
                Does::Fault(fault) => Some(fault()),
                Does::General => Fault::named(mode.name),
                _ => None,
            });
            FaultPlan::new(faults.collect(), seed)
        })
    }
}

/// There is no mode of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMode(pub String);

impl fmt::Display for UnknownMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no fault or manner {:?} of the simulated vendors", self.0)
    }
}

impl std::error::Error for UnknownMode {}

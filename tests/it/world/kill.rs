//! Killing the connector at a call: before the call takes effect, or after the effect and before
//! the result is seen. What the platform and the vendors hold survives, what the connector held
//! in memory does not.

use super::SeededWorld;
use consonance_smintio::platform::Platform;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Where to kill: the position of a call, from 1, in the run at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KillAt {
    /// Which call.
    pub call: u64,
    /// On which side of its effect.
    pub when: When,
}

/// On which side of a call's effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Nothing has happened yet.
    Before,
    /// It has happened, and nobody has seen the result.
    After,
}

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ending<T> {
    /// It came to its end, with this result: it made fewer calls.
    Finished(T),
    /// It was killed.
    Killed,
}

/// What a kill throws. Nothing else in the world throws it.
struct Kill;

/// Ends the run without running the panic hook, so that a thousand kills print nothing.
pub(super) fn die() -> ! {
    resume_unwind(Box::new(Kill))
}

/// Runs with a kill. The calls are counted from here on. A panic of any other kind goes on.
pub fn run_killed<T>(
    world: &SeededWorld,
    kill: KillAt,
    run: impl FnOnce(&dyn Platform) -> T,
) -> Ending<T> {
    world.count_anew();
    world.arm(Some(kill));
    let ended = catch_unwind(AssertUnwindSafe(|| run(world)));
    world.arm(None);
    match ended {
        Ok(result) => Ending::Finished(result),
        Err(thrown) if thrown.is::<Kill>() => Ending::Killed,
        Err(thrown) => resume_unwind(thrown),
    }
}

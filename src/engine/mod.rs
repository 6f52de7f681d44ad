//! The run: observe, plan, guard, intend, effect, read back, commit.

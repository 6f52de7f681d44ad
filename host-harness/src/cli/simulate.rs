//! Under way.
use super::{
    arguments::SimulateOptions,
    context::Context,
    exit::{Failure, Status},
};
pub async fn simulate(_: &Context, _: &SimulateOptions) -> Result<Status, Failure> {
    Err(Failure::Usage("under way".into()))
}

//! Under way.
use super::{
    arguments::DemoOptions,
    context::Context,
    exit::{Failure, Status},
};
pub async fn demo(_: &Context, _: &DemoOptions) -> Result<Status, Failure> {
    Err(Failure::Usage("under way".into()))
}

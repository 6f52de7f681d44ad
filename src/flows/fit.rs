//! Does a file fit its role on a product: type, name, pixels, shape.

use crate::config::Specification;
use crate::model::asset::FileFacts;
use crate::model::product::{Product, form_class};
use crate::model::role::Role;
use crate::state::intent::Fit;

/// File names longer than this are refused by common file systems.
const NAME_BYTES_MAX: usize = 255;

/// The media type that Consonance takes.
pub const JPEG: &str = "image/jpeg";

/// What is wrong with the file whatever it is used for; `None`: nothing that is known.
pub fn file_problem(file: &FileFacts) -> Option<String> {
    if let Some(name) = &file.name
        && let Some(problem) = name_problem(name)
    {
        return Some(problem);
    }
    let media_type = file.media_type.as_deref()?;
    let plain = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    (plain != JPEG && plain != "image/jpg")
        .then(|| format!("the file is {plain}, Consonance takes JPEG only: export it as JPEG"))
}

fn name_problem(name: &str) -> Option<String> {
    let hostile = name.contains(['/', '\\', '\0']) || name.chars().any(char::is_control);
    if hostile || name == ".." {
        return Some(format!(
            "the file name {name:?} holds a path or a control character: rename the file"
        ));
    }
    (name.len() > NAME_BYTES_MAX)
        .then(|| format!("the file name has {} bytes, at most 255 are safe: rename it", name.len()))
}

/// What an image must look like for a role on a product.
pub fn fit_for(specifications: &[Specification], role: Role, product: &Product) -> Fit {
    let class = product.form.as_deref().map(|form| form_class(form).as_str());
    let mut fit = Fit::default();
    let of_role = specifications.iter().filter(|s| s.role == role);
    // A specification for the class is the more exact one, so it comes last and wins.
    let (general, exact): (Vec<_>, Vec<_>) = of_role.partition(|s| s.form_class.is_none());
    let exact = exact.into_iter().filter(|s| s.form_class.as_deref() == class);
    for specification in general.into_iter().chain(exact) {
        fit.short_side_min = specification.short_side_min;
        fit.shape = specification.shape.or(fit.shape);
    }
    fit
}

/// What is wrong with these pixels; `None`: nothing.
pub fn pixel_problem(fit: Fit, width: i64, height: i64) -> Option<String> {
    let short = width.min(height);
    if short < fit.short_side_min {
        return Some(format!(
            "the image is {width} x {height} pixels, the short side must have {} or more",
            fit.short_side_min
        ));
    }
    let (low, high) = fit.shape?;
    // Compared without division, so that nothing is rounded in or out.
    let (scaled, width_wide) = (i128::from(height) * 1_000, i128::from(width));
    let fits = width_wide * i128::from(low) <= scaled && scaled <= width_wide * i128::from(high);
    (!fits).then(|| {
        let shape = scaled.checked_div(width_wide).unwrap_or_default();
        let shape = i64::try_from(shape).unwrap_or(i64::MAX);
        format!(
            "the image is {width} x {height} pixels (height over width {}), expected {} to {}",
            thousandths(shape),
            thousandths(low),
            thousandths(high)
        )
    })
}

/// The demands of several products at once.
pub fn all_of(fits: impl IntoIterator<Item = Fit>) -> Fit {
    fits.into_iter().fold(Fit::default(), |a, b| Fit {
        short_side_min: a.short_side_min.max(b.short_side_min),
        shape: match (a.shape, b.shape) {
            (Some((l, h)), Some((m, i))) => Some((l.max(m), h.min(i))),
            (one, other) => one.or(other),
        },
    })
}

fn thousandths(value: i64) -> String {
    format!("{}.{:02}", value / 1_000, value % 1_000 / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, media_type: Option<&str>) -> FileFacts {
        FileFacts {
            name: Some(name.to_owned()),
            media_type: media_type.map(str::to_owned),
            ..FileFacts::default()
        }
    }

    #[test]
    fn refuses_what_consonance_or_a_file_system_would() {
        let bad = |name: &str, kind: Option<&str>| file_problem(&named(name, kind)).is_some();
        assert!(!bad("9780306406157_FC.jpg", Some("image/jpeg")));
        assert!(!bad("cover.JPG", Some("image/jpeg; q=1")));
        assert!(!bad("cover.jpg", None));
        assert!(bad("cover.png", Some("image/png")));
        for hostile in ["../cover.jpg", "a\\b.jpg", "a\0.jpg", "..", &"x".repeat(256)] {
            assert!(bad(hostile, Some("image/jpeg")), "{hostile:?}");
        }
    }

    #[test]
    fn pixels_and_shape() {
        let fit = Fit { short_side_min: 600, shape: Some((1_200, 1_800)) };
        assert_eq!(pixel_problem(fit, 1_000, 1_500), None);
        assert_eq!(pixel_problem(fit, 600, 1_080), None);
        assert!(pixel_problem(fit, 40, 60).is_some_and(|p| p.contains("40 x 60")));
        assert!(pixel_problem(fit, 1_000, 1_000).is_some_and(|p| p.contains("1.20 to 1.80")));
        assert!(pixel_problem(fit, 600, i64::MAX).is_some(), "no overflow");
        assert!(pixel_problem(fit, i64::MAX, 600).is_some(), "no overflow");
        let square = Fit { short_side_min: 1_400, shape: Some((990, 1_010)) };
        assert_eq!(pixel_problem(square, 2_400, 2_424), None);
        assert!(pixel_problem(square, 2_400, 2_425).is_some());
        let both = all_of([fit, square]);
        assert_eq!(both, Fit { short_side_min: 1_400, shape: Some((1_200, 1_010)) });
    }
}

//! The functions that an expression may call, in one table: JMESPath's own and ours. All are pure
//! and total in size. A null argument makes the result null (absent is unknown), except where the
//! function is there to handle null.

use std::sync::LazyLock;

use jmespath::functions as library;
use jmespath::{Context, Rcvar, Runtime, Variable};

use super::meter::Meter;
use super::text_functions as text;

type Run = fn(&[Rcvar], &mut Meter) -> Result<Rcvar, String>;

/// A function as the documentation shows it.
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// Fewest and most arguments.
    pub arguments: (usize, usize),
    /// What it gives, in a phrase.
    pub about: &'static str,
    /// None: the library has it.
    run: Option<Run>,
    sees_null: bool,
}

const MANY: usize = 16;

const fn own(
    name: &'static str,
    arguments: (usize, usize),
    about: &'static str,
    run: Run,
) -> Function {
    Function { name, arguments, about, run: Some(run), sees_null: false }
}

const fn standard(name: &'static str, arguments: (usize, usize), about: &'static str) -> Function {
    Function { name, arguments, about, run: None, sees_null: false }
}

const fn with_null(function: Function) -> Function {
    Function { sees_null: true, ..function }
}

/// Every function, by name.
#[rustfmt::skip]
pub static FUNCTIONS: &[Function] = &[
    standard("abs", (1, 1), "a number without its sign"),
    standard("avg", (1, 1), "the mean of a list of numbers"),
    standard("ceil", (1, 1), "a number rounded up"),
    with_null(own("coalesce", (1, MANY), "the first argument that is neither null nor empty", text::coalesce)),
    with_null(own("concat", (1, MANY), "the texts and numbers as one text; null counts as nothing", text::concat)),
    standard("contains", (2, 2), "whether a text or a list contains a value"),
    own("digits", (1, 1), "only the digits of a text", text::digits),
    standard("ends_with", (2, 2), "whether a text ends with another"),
    standard("floor", (1, 1), "a number rounded down"),
    with_null(own("if", (3, 3), "the second argument if the first is true, else the third", text::choose)),
    with_null(own("is_null", (1, 1), "whether a value is absent", text::is_null)),
    own("isbn13", (1, 1), "the list of valid ISBN-13 in a text: hyphens, spaces and ISBN-10 are read", text::isbn13),
    own("join", (2, 2), "the texts of a list as one, with a separator between: join(', ', list)", text::join),
    standard("keys", (1, 1), "the names of an object's fields"),
    standard("length", (1, 1), "the length of a text, list or object"),
    own("lower", (1, 1), "a text in lower case", text::lower),
    own("matches_prefix", (2, 2), "whether a text starts with another, whatever the case", text::matches_prefix),
    standard("max", (1, 1), "the largest of a list of numbers or texts"),
    standard("merge", (1, MANY), "objects as one; later ones win"),
    standard("min", (1, 1), "the smallest of a list of numbers or texts"),
    with_null(standard("not_null", (1, MANY), "the first argument that is not null")),
    own("replace", (3, 3), "a text with every occurrence of the second argument replaced by the third", text::replace),
    standard("reverse", (1, 1), "a list or text backwards"),
    standard("sort", (1, 1), "a list of texts or numbers, ascending"),
    own("split", (2, 2), "the parts of a text between a separator", text::split),
    standard("starts_with", (2, 2), "whether a text starts with another"),
    own("stem", (1, 1), "a file name without folder and extension", text::stem),
    standard("sum", (1, 1), "the sum of a list of numbers"),
    standard("to_array", (1, 1), "a value as a list"),
    standard("to_number", (1, 1), "a text as a number, else null"),
    standard("to_string", (1, 1), "a value as text"),
    own("trim", (1, 1), "a text without blanks at its ends", text::trim),
    with_null(standard("type", (1, 1), "the name of a value's type")),
    own("upper", (1, 1), "a text in upper case", text::upper),
    standard("values", (1, 1), "the values of an object's fields"),
    own("words", (1, 1), "the words of a text in lower case: runs of letters and digits", text::words),
];

/// The library's functions as far as they are in the table; its default runtime holds its
/// interpreter as well, which would make the component larger for nothing.
static LIBRARY: LazyLock<Runtime> = LazyLock::new(|| {
    let mut runtime = Runtime::new();
    let mut add =
        |name, function: Box<dyn library::Function>| runtime.register_function(name, function);
    add("abs", Box::new(library::AbsFn::new()));
    add("avg", Box::new(library::AvgFn::new()));
    add("ceil", Box::new(library::CeilFn::new()));
    add("contains", Box::new(library::ContainsFn::new()));
    add("ends_with", Box::new(library::EndsWithFn::new()));
    add("floor", Box::new(library::FloorFn::new()));
    add("keys", Box::new(library::KeysFn::new()));
    add("length", Box::new(library::LengthFn::new()));
    add("max", Box::new(library::MaxFn::new()));
    add("merge", Box::new(library::MergeFn::new()));
    add("min", Box::new(library::MinFn::new()));
    add("not_null", Box::new(library::NotNullFn::new()));
    add("reverse", Box::new(library::ReverseFn::new()));
    add("sort", Box::new(library::SortFn::new()));
    add("starts_with", Box::new(library::StartsWithFn::new()));
    add("sum", Box::new(library::SumFn::new()));
    add("to_array", Box::new(library::ToArrayFn::new()));
    add("to_number", Box::new(library::ToNumberFn::new()));
    add("to_string", Box::new(library::ToStringFn::new()));
    add("type", Box::new(library::TypeFn::new()));
    add("values", Box::new(library::ValuesFn::new()));
    runtime
});

fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// Whether the function exists and takes so many arguments.
pub(super) fn check_call(name: &str, given: usize) -> Result<(), String> {
    let Some(function) = find(name) else {
        let known: Vec<_> = FUNCTIONS.iter().map(|function| function.name).collect();
        return Err(format!("the unknown function {name}(); known are {}", known.join(", ")));
    };
    let (least, most) = function.arguments;
    if (least..=most).contains(&given) {
        return Ok(());
    }
    let expected = if least == most { least.to_string() } else { format!("{least} to {most}") };
    Err(format!("{name}() with {given} arguments, it takes {expected}"))
}

/// Calls a function with values that the meter has weighed.
pub(super) fn call(name: &str, args: &[Rcvar], meter: &mut Meter) -> Result<Rcvar, String> {
    check_call(name, args.len())?;
    let Some(function) = find(name) else { return Err(format!("{name}() is unknown")) };
    if !function.sees_null && args.iter().any(|arg| arg.is_null()) {
        return Ok(Rcvar::new(Variable::Null));
    }
    if let Some(run) = function.run {
        return run(args, meter).map_err(|why| format!("{name}(): {why}"));
    }
    let Some(standard) = LIBRARY.get_function(name) else {
        return Err(format!("{name}() is unknown"));
    };
    standard
        .evaluate(args, &mut Context::new("", &LIBRARY))
        .map_err(|error| format!("{name}(): {}", error.reason.to_string().trim()))
}

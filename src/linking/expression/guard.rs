//! What is refused before an expression is used: deep nesting (the parser has no depth guard of
//! its own and would exhaust the stack), expression references, unknown functions and wrong
//! numbers of arguments.

use jmespath::ast::Ast;

use super::functions;
use crate::limits::{EXPRESSION_DEPTH_MAX, EXPRESSION_OPERATORS_MAX};

/// Counts brackets and operators outside quotes.
pub(super) fn scan(text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("an empty expression".to_owned());
    }
    let (mut depth, mut operators) = (0usize, 0usize);
    let mut chars = text.chars();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let second = is_second(before, c);
        before = if second { ' ' } else { c };
        match c {
            '\'' | '"' | '`' => skip_quoted(&mut chars, c),
            '(' | '[' | '{' => {
                depth += 1;
                operators += 1;
            }
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ if second => {}
            '.' | '!' | '&' | '|' | '*' | '=' | '<' | '>' => operators += 1,
            _ => {}
        }
        if depth > EXPRESSION_DEPTH_MAX {
            return Err(format!("brackets nested deeper than {EXPRESSION_DEPTH_MAX} levels"));
        }
        if operators > EXPRESSION_OPERATORS_MAX {
            return Err(format!("more than {EXPRESSION_OPERATORS_MAX} operators"));
        }
    }
    Ok(())
}

/// Whether the character only completes an operator of two, such as `==`.
fn is_second(before: char, c: char) -> bool {
    matches!((before, c), ('=' | '!' | '<' | '>', '=') | ('|', '|') | ('&', '&'))
}

/// An unclosed quote is the parser's to report.
fn skip_quoted(chars: &mut std::str::Chars<'_>, quote: char) {
    while let Some(c) = chars.next() {
        if c == quote {
            return;
        }
        if c == '\\' {
            chars.next();
        }
    }
}

/// JMESPath reads `!a.b` as `(!a).b`, which is always null.
const NOT_FIRST: &str = "a `!` that binds to the first name only: write !(a.b) instead of !a.b";

fn is_not(ast: &Ast) -> bool {
    matches!(ast, Ast::Not { .. })
}

fn looks_inside(ast: &Ast) -> bool {
    matches!(ast, Ast::Field { .. } | Ast::Index { .. } | Ast::Slice { .. })
}

/// Walks the parsed form, whose depth `scan` has bounded roughly and this bounds exactly.
pub(super) fn check(ast: &Ast) -> Result<(), String> {
    check_at(ast, 0)
}

fn check_at(ast: &Ast, depth: usize) -> Result<(), String> {
    if depth > EXPRESSION_DEPTH_MAX {
        return Err(format!("an expression nested deeper than {EXPRESSION_DEPTH_MAX} levels"));
    }
    let check = |inner: &Ast| check_at(inner, depth + 1);
    match ast {
        Ast::Function { name, args, .. } => {
            functions::check_call(name, args.len())?;
            args.iter().try_for_each(check)
        }
        Ast::Expref { .. } => {
            Err("an expression reference (&...), which the rules do not need: use a projection \
                 such as list[?...] instead"
                .to_owned())
        }
        Ast::Subexpr { lhs, rhs, .. } if is_not(lhs) && looks_inside(rhs) => {
            Err(NOT_FIRST.to_owned())
        }
        Ast::Projection { lhs: not, .. }
        | Ast::Flatten { node: not, .. }
        | Ast::ObjectValues { node: not, .. }
            if is_not(not) =>
        {
            Err(NOT_FIRST.to_owned())
        }
        Ast::Slice { step: 0, .. } => Err("a slice with step 0".to_owned()),
        Ast::MultiList { elements, .. } => elements.iter().try_for_each(check),
        Ast::MultiHash { elements, .. } => elements.iter().try_for_each(|pair| check(&pair.value)),
        Ast::Flatten { node, .. } | Ast::Not { node, .. } | Ast::ObjectValues { node, .. } => {
            check(node)
        }
        Ast::Comparison { lhs, rhs, .. }
        | Ast::Projection { lhs, rhs, .. }
        | Ast::And { lhs, rhs, .. }
        | Ast::Or { lhs, rhs, .. }
        | Ast::Subexpr { lhs, rhs, .. }
        | Ast::Condition { predicate: lhs, then: rhs, .. } => check(lhs).and_then(|()| check(rhs)),
        Ast::Identity { .. }
        | Ast::Field { .. }
        | Ast::Index { .. }
        | Ast::Literal { .. }
        | Ast::Slice { .. } => Ok(()),
    }
}

//! Evaluates a parsed expression. The library's own interpreter has no bounds (a list can be
//! doubled with every pipe), so ours pays the meter for each step and before each growth; the
//! meaning of every node is JMESPath's.

use std::collections::BTreeMap;

use jmespath::ast::{Ast, Comparator, KeyValuePair};
use jmespath::{Rcvar, Variable};

use super::functions;
use super::meter::Meter;

type Value = Result<Rcvar, String>;

/// Evaluates a node on a value.
pub(super) fn evaluate(data: &Rcvar, node: &Ast, meter: &mut Meter) -> Value {
    meter.step(1)?;
    match node {
        Ast::Field { name, .. } => Ok(data.get_field(name)),
        Ast::Identity { .. } => Ok(data.clone()),
        Ast::Literal { value, .. } => Ok(value.clone()),
        Ast::Index { idx, .. } => Ok(index(data, *idx)),
        Ast::Slice { start, stop, step, .. } => slice(data, *start, *stop, *step, meter),
        Ast::Subexpr { lhs, rhs, .. } => {
            let left = evaluate(data, lhs, meter)?;
            evaluate(&left, rhs, meter)
        }
        Ast::Or { lhs, rhs, .. } => either(data, lhs, rhs, true, meter),
        Ast::And { lhs, rhs, .. } => either(data, lhs, rhs, false, meter),
        Ast::Not { node, .. } => {
            let value = evaluate(data, node, meter)?;
            Ok(flag(!value.is_truthy()))
        }
        Ast::Condition { predicate, then, .. } => {
            if evaluate(data, predicate, meter)?.is_truthy() {
                evaluate(data, then, meter)
            } else {
                Ok(null())
            }
        }
        Ast::Comparison { comparator, lhs, rhs, .. } => compare(data, comparator, lhs, rhs, meter),
        Ast::ObjectValues { node, .. } => object_values(data, node, meter),
        Ast::Projection { lhs, rhs, .. } => project(data, lhs, rhs, meter),
        Ast::Flatten { node, .. } => flatten(data, node, meter),
        Ast::MultiList { elements, .. } => multi_list(data, elements, meter),
        Ast::MultiHash { elements, .. } => multi_hash(data, elements, meter),
        Ast::Function { name, args, .. } => call(data, name, args, meter),
        Ast::Expref { .. } => Err("it holds an expression reference".to_owned()),
    }
}

fn null() -> Rcvar {
    Rcvar::new(Variable::Null)
}

fn flag(value: bool) -> Rcvar {
    Rcvar::new(Variable::Bool(value))
}

fn list(items: Vec<Rcvar>) -> Rcvar {
    Rcvar::new(Variable::Array(items))
}

/// `||` stops at truth, `&&` at falsehood.
fn either(data: &Rcvar, lhs: &Ast, rhs: &Ast, stop: bool, meter: &mut Meter) -> Value {
    let left = evaluate(data, lhs, meter)?;
    if left.is_truthy() == stop { Ok(left) } else { evaluate(data, rhs, meter) }
}

fn compare(data: &Rcvar, by: &Comparator, lhs: &Ast, rhs: &Ast, meter: &mut Meter) -> Value {
    let left = evaluate(data, lhs, meter)?;
    let right = evaluate(data, rhs, meter)?;
    meter.weigh(&left)?;
    meter.weigh(&right)?;
    Ok(left.compare(by, &right).map_or_else(null, flag))
}

fn index(data: &Rcvar, at: i32) -> Rcvar {
    let Some(items) = data.as_array() else { return null() };
    let back = usize::try_from(at.unsigned_abs()).unwrap_or(usize::MAX);
    let found = if at >= 0 {
        items.get(back)
    } else {
        items.len().checked_sub(back).and_then(|i| items.get(i))
    };
    found.cloned().unwrap_or_else(null)
}

fn slice(
    data: &Rcvar,
    start: Option<i32>,
    stop: Option<i32>,
    step: i32,
    meter: &mut Meter,
) -> Value {
    let Some(items) = data.as_array() else { return Ok(null()) };
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let step = i64::from(step);
    // The ends that a slice may take: one before the first when it runs backwards.
    let (low, high) = if step > 0 { (0, length) } else { (-1, length - 1) };
    let end = |given: Option<i32>, default: i64| {
        given.map_or(default, |i| {
            let i = i64::from(i);
            (if i < 0 { i + length } else { i }).clamp(low, high)
        })
    };
    let (from, to) = if step > 0 { (low, high) } else { (high, low) };
    let (mut at, to) = (end(start, from), end(stop, to));
    let mut taken = Vec::new();
    while (step > 0 && at < to) || (step < 0 && at > to) {
        meter.step(1)?;
        taken.extend(usize::try_from(at).ok().and_then(|i| items.get(i)).cloned());
        at += step;
    }
    Ok(list(taken))
}

fn object_values(data: &Rcvar, node: &Ast, meter: &mut Meter) -> Value {
    let subject = evaluate(data, node, meter)?;
    let Some(fields) = subject.as_object() else { return Ok(null()) };
    meter.step(fields.len())?;
    Ok(list(fields.values().cloned().collect()))
}

fn project(data: &Rcvar, lhs: &Ast, rhs: &Ast, meter: &mut Meter) -> Value {
    let left = evaluate(data, lhs, meter)?;
    let Some(items) = left.as_array() else { return Ok(null()) };
    let mut kept = Vec::new();
    for item in items {
        let value = evaluate(item, rhs, meter)?;
        if !value.is_null() {
            kept.push(value);
        }
    }
    Ok(list(kept))
}

fn flatten(data: &Rcvar, node: &Ast, meter: &mut Meter) -> Value {
    let subject = evaluate(data, node, meter)?;
    let Some(items) = subject.as_array() else { return Ok(null()) };
    let mut flat: Vec<Rcvar> = Vec::new();
    for item in items {
        let inner = item.as_array();
        let more = inner.map_or(1, Vec::len);
        meter.step(more)?;
        meter.allow(flat.len().saturating_add(more), 0)?;
        match inner {
            Some(inner) => flat.extend(inner.iter().cloned()),
            None => flat.push(item.clone()),
        }
    }
    Ok(list(flat))
}

fn multi_list(data: &Rcvar, elements: &[Ast], meter: &mut Meter) -> Value {
    if data.is_null() {
        return Ok(null());
    }
    elements.iter().map(|node| evaluate(data, node, meter)).collect::<Result<_, _>>().map(list)
}

fn multi_hash(data: &Rcvar, elements: &[KeyValuePair], meter: &mut Meter) -> Value {
    if data.is_null() {
        return Ok(null());
    }
    let mut fields = BTreeMap::new();
    for pair in elements {
        fields.insert(pair.key.clone(), evaluate(data, &pair.value, meter)?);
    }
    Ok(Rcvar::new(Variable::Object(fields)))
}

fn call(data: &Rcvar, name: &str, args: &[Ast], meter: &mut Meter) -> Value {
    let mut values = Vec::with_capacity(args.len());
    for arg in args {
        let value = evaluate(data, arg, meter)?;
        meter.weigh(&value)?;
        values.push(value);
    }
    let result = functions::call(name, &values, meter)?;
    meter.weigh(&result)?;
    Ok(result)
}

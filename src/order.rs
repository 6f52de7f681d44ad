//! Sorting, and sets and maps made of lists.
//!
//! The standard library makes its sort anew for each type of element and each way to compare, ten
//! kilobytes a time, and collecting into a `BTreeSet` or `BTreeMap` sorts, too. Here one sort
//! orders the places of the elements, and what is made for each type only moves them there.
//! Everything in the component sorts through this file; clippy refuses the rest.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Up to this many elements are sorted where they are; it takes no memory.
const SHORT: usize = 20;

/// Sorts a list; equal elements stay as they were.
pub fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, &T::cmp);
}

/// Sorts a list and leaves each element in it once.
pub fn sort_once<T: Ord>(list: &mut Vec<T>) {
    sort(list);
    list.dedup();
}

/// Sorts a list by what a key is made of; elements with equal keys stay as they were.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(list, &|a, b| key(a).cmp(&key(b)));
}

/// Sorts a list by a comparison; equal elements stay as they were.
pub fn sort_by<T>(list: &mut [T], compare: &dyn Fn(&T, &T) -> Ordering) {
    if list.len() > SHORT {
        return sort_long(list, compare);
    }
    for sorted in 1..list.len() {
        for place in (0..sorted).rev() {
            if compare(&list[place], &list[place + 1]).is_le() {
                break;
            }
            list.swap(place, place + 1);
        }
    }
}

/// Like `sort_by_key` for a key that is dear to make: it is made once for each element.
pub fn sort_by_cached_key<T, K: Ord>(list: &mut [T], key: impl FnMut(&T) -> K) {
    let keys: Vec<K> = list.iter().map(key).collect();
    bring(list, targets(keys.len(), &|a, b| keys[a].cmp(&keys[b])));
}

fn sort_long<T>(list: &mut [T], compare: &dyn Fn(&T, &T) -> Ordering) {
    let targets = targets(list.len(), &|a, b| compare(&list[a], &list[b]));
    bring(list, targets);
}

/// Brings each element to its target.
fn bring<T>(list: &mut [T], mut targets: Vec<usize>) {
    for place in 0..list.len() {
        while targets[place] != place {
            let target = targets[place];
            list.swap(place, target);
            targets.swap(place, target);
        }
    }
}

/// Where the element of each place belongs.
#[inline(never)]
fn targets(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..count).collect();
    #[allow(clippy::disallowed_methods, reason = "this is the one place that sorts")]
    sorted.sort_by(|a, b| compare(*a, *b));
    let mut targets = vec![0; count];
    for (place, element) in sorted.into_iter().enumerate() {
        targets[element] = place;
    }
    targets
}

/// The set of some elements.
pub fn set<T: Ord>(elements: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(elements);
    set
}

/// The map of some pairs; of equal keys the last one counts.
pub fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(pairs);
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_as_the_standard_library_does() {
        for count in [0, 1, 2, 3, 20, 21, 500] {
            let mut list: Vec<(u64, u64)> =
                (0..count).map(|i| ((i * 7_919 + 13) % 17, i)).collect();
            let mut expected = list.clone();
            #[allow(clippy::disallowed_methods, reason = "this is what it is compared with")]
            expected.sort_by_key(|(key, _)| *key);
            sort_by_key(&mut list, |(key, _)| *key);
            assert_eq!(list, expected, "{count} elements, equal ones in their order");
        }
    }

    #[test]
    fn a_sorted_list_can_hold_each_element_once() {
        let mut list = vec!["b", "a", "b", "c", "a"];
        sort_once(&mut list);
        assert_eq!(list, ["a", "b", "c"]);
    }

    #[test]
    fn of_equal_keys_the_last_one_counts() {
        assert_eq!(map([(1, "a"), (2, "b"), (1, "c")]), BTreeMap::from([(1, "c"), (2, "b")]));
        assert_eq!(set([2, 1, 2]).into_iter().collect::<Vec<_>>(), [1, 2]);
    }
}

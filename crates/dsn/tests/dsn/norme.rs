//! The table of blocks and rubrics is that of the norm, neither more nor less but for the blocks
//! that the network adds.

use crate::support;
use std::collections::{BTreeMap, BTreeSet};

use dsn::generator::{Plan, generate};
use dsn::{Code, norme};

/// The rubrics of the norm's data, without reading YAML: a rubric is a key.
fn rubrics_of_the_norm() -> Option<BTreeSet<Code>> {
    let bytes = support::shared("dsn/norm-P26V01.yaml")?;
    let text = String::from_utf8(bytes).expect("the norm is UTF-8");
    let codes = text.lines().filter_map(|line| Code::parse(line.trim_start().split(':').next()?.as_bytes()));
    Some(codes.collect())
}

#[test]
fn the_table_is_that_of_the_norm() {
    let Some(all_expected) = rubrics_of_the_norm() else { return };
    assert_eq!(all_expected.len(), 573);
    let from_the_network = |code: &Code| ["S05", "S06", "S95", "S96"].iter().any(|s| code.to_string().starts_with(s));
    let ours: BTreeSet<Code> = norme::blocks()
        .iter()
        .flat_map(|b| b.ranges.iter().flat_map(|&(start, end)| start..=end).map(|number| Code::new(b.block, number)))
        .filter(|code| !from_the_network(code))
        .collect();
    assert_eq!(ours, all_expected);
}

#[test]
fn a_block_hangs_where_the_norm_hangs_it() {
    let Some(bytes) = support::shared("dsn/norm-P26V01.yaml") else { return };
    let text = String::from_utf8(bytes).expect("the norm is UTF-8");
    // The maps of the natures: a block under another is further right than it.
    let maps = text.split_once("\nnatures:").expect("the norm has natures").1;
    let mut opened_ones: Vec<(usize, dsn::Block)> = Vec::new();
    let mut parents: BTreeMap<dsn::Block, Option<dsn::Block>> = BTreeMap::new();
    for line in maps.lines() {
        let key = line.trim_start();
        let indent = line.len() - key.len();
        let Some(code) = key.get(..10).and_then(|head| Code::parse(format!("{head}.001").as_bytes())) else { continue };
        opened_ones.retain(|(opened, _)| *opened < indent);
        parents.insert(code.block(), opened_ones.last().map(|(_, block)| *block));
        opened_ones.push((indent, code.block()));
    }
    assert_eq!(parents.len(), 57);
    for (block, parent) in parents {
        // What the maps leave without a parent hangs under the declaration.
        let expected = parent.unwrap_or(dsn::blocks::DECLARATION);
        assert_eq!(norme::block(block).and_then(|norme| norme.parent), Some(expected), "{block}");
    }
}

#[test]
fn the_generator_writes_nothing_that_the_norm_does_not_have() {
    let Some(all_expected) = rubrics_of_the_norm() else { return };
    let file = generate(&Plan { seed: 7, salaries: 40, ..Plan::default() });
    for line in file.bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let code = Code::parse(&line[..14]).expect("every line begins with a code");
        assert!(all_expected.contains(&code), "{code}");
    }
}

import { describe, expect, test } from 'vitest';
import { readGoldenSet, type GoldenSet } from './golden-set.ts';

const set = (text: string, path = 'questions.yaml'): GoldenSet => {
  const read = readGoldenSet(text, path);
  if (!read.ok) throw new Error(read.problems.map(({ line, message }) => `${line} ${message}`).join('\n'));
  return read.set;
};

const faults = (text: string, path = 'questions.yaml'): readonly string[] => {
  const read = readGoldenSet(text, path);
  return read.ok ? [] : read.problems.map(({ line, message }) => `${line} ${message}`);
};

const GOOD =
  '- { id: a, ask: "How?", expect-ids: [x, y] }\n- id: b\n  ask: Why?\n  must-contain: because\n- { id: c, ask: zxqv, abstain: true }\n';

describe('a golden set', () => {
  test('is a YAML list, or JSON lines, of the same questions', () => {
    const yaml = set(`# questions\n${GOOD}`);
    expect(yaml.questions).toMatchObject([
      { id: 'a', ask: 'How?', expectIds: ['x', 'y'], mustContain: [], abstain: false, line: 2 },
      { id: 'b', ask: 'Why?', expectIds: [], mustContain: ['because'], abstain: false, line: 3 },
      { id: 'c', abstain: true, line: 6 },
    ]);
    const lines = [
      { id: 'c', ask: 'zxqv', abstain: true },
      { id: 'a', ask: 'How?', 'expect-ids': ['x', 'y'] },
      { id: 'b', ask: 'Why?', 'must-contain': ['because'] },
    ].map((question) => JSON.stringify(question));
    expect(set(`${lines.join('\n\n')}\n`, 'questions.jsonl').hash).toBe(yaml.hash);
  });

  test('has a hash that changes with what is asked and not with its form', () => {
    const { hash } = set(GOOD);
    expect(
      set(GOOD.replace('{ id: a, ask: "How?", expect-ids: [x, y] }', "{ expect-ids: [x, y], id: 'a', ask: How? }"))
        .hash,
    ).toBe(hash);
    for (const [from, to] of [
      ['How?', 'How'],
      ['[x, y]', '[x]'],
      ['because', 'Because'],
      ['id: b', 'id: B'],
      ['abstain: true', 'must-not-contain: q'],
    ] as const) {
      expect(set(GOOD.replace(from, to)).hash).not.toBe(hash);
    }
  });
});

describe('what is wrong with a set is told with its line', () => {
  test.each<[string, readonly string[]]>([
    [
      '- { id: a, ask: How? }',
      ['1 asks nothing that could fail: say expect-ids, must-contain, must-not-contain or abstain: true'],
    ],
    ['\n- id: a\n  aks: How?\n  must-contain: x', ['2 unknown key "aks": did you mean "ask"?', '2 ask is missing']],
    [
      '- { id: 1, ask: "", must-contain: [] }',
      [
        '1 id must be a text: write it in quotes',
        '1 ask is empty',
        '1 must-contain must be a text, or a list of texts without an empty one',
      ],
    ],
    [
      '- { id: a, ask: q, must-contain: [x, ""] }',
      ['1 must-contain must be a text, or a list of texts without an empty one'],
    ],
    [
      '- { id: a, ask: q, abstain: false, must-contain: x }',
      [
        '1 abstain can only be true; leave it out otherwise',
        '1 abstain: true means that nothing may be found: expect-ids and must-contain contradict it',
      ],
    ],
    [`${GOOD}- { id: a, ask: other, must-contain: x }`, ['6 the id "a" stands at line 1 already']],
    [`${GOOD}- { id: d, ask: "How? ", must-contain: x }`, ['6 asks the same as line 1']],
    [
      '- { id: c, ask: zxqv, abstain: true }',
      ['1 holds no question but negative controls, which an empty index passes'],
    ],
    ['[]', ['1 holds no question']],
    ['questions:\n- a', ['1 the file must be a list of questions']],
    ['- a', ['1 a question is a mapping with id and ask']],
    ['- { id: a, id: b }', ['1 is not YAML: duplicated mapping key']],
    ['- &x { id: a, ask: q, must-contain: x }\n- *x', ['2 is not YAML: aliases exceeded maxAliases (0)']],
    ['- !!js/function x', ['1 is not YAML: unknown scalar tag !<tag:yaml.org,2002:js/function>']],
    ['- a\n---\n- b', ['1 the file holds more than one document']],
    ['', ['1 the file must be a list of questions']],
    ['a: [', ['1 is not YAML: unexpected end of the stream within a flow collection']],
  ])('%j', (text, messages) => {
    expect(faults(text)).toEqual(messages);
  });

  test.each<[string, readonly string[]]>([
    [
      '{"id":"a","ask":"q","abstain":true,"abstain":true}',
      ['1 is not JSON: the name "abstain" occurs twice in one object'],
    ],
    ['\n{"id":', ['2 is not JSON: Unexpected end of JSON input']],
    ['[{"id":"a"}]', ['1 is a list: each line of a .jsonl file is one question']],
    ['', ['1 holds no question']],
  ])('%j of JSON lines', (text, messages) => {
    expect(faults(text, 'a.jsonl')).toEqual(messages);
  });

  test('a set that is too large, and one with very many faults, are refused in a few words', () => {
    expect(faults('- { id: a }\n'.repeat(5001))).toEqual(['1 holds more than 5000 questions']);
    expect(faults('- { id: a }\n'.repeat(200))).toHaveLength(50);
  });
});

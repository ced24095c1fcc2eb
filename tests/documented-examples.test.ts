import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { MATCHER_NOTES } from '../scripts/generated/matcher-notes.ts';
import { lineProblems, typedLines } from './documents/command-lines.ts';
import { allDocuments, configurationFiles, readDocument, textOf } from './documents/documents.ts';
import { linkProblems } from './documents/links.ts';
import { exampleProblems, fileProblems } from './documents/load-example.ts';
import { shownReasonProblems, unknownWords } from './documents/vocabulary.ts';

/** Everything that the documents show is held against the code: an example that is not true is worse than none. */

const documents = allDocuments();
const yamlBlocks = documents.flatMap(({ path, blocks }) =>
  blocks.filter(({ language }) => language === 'yaml').map((block) => [`${path}:${block.line}`, block] as const),
);

const document = (markdown: string) => readDocument('docs/probes/example.md', markdown);

describe('YAML in the documents', () => {
  test.each(yamlBlocks.filter(([, { about }]) => about !== 'workflow'))('%s loads', async (_place, { text }) => {
    expect(await exampleProblems(text)).toBe('');
  });

  test.each(yamlBlocks.filter(([, { about }]) => about === 'workflow'))('%s is a workflow', (_place, { text }) => {
    expect(Object.keys(parse(text))).toEqual(expect.arrayContaining(['on', 'jobs']));
  });

  test.each(Object.entries(MATCHER_NOTES))('the example of the matcher %s loads', async (_name, { example }) => {
    expect(await exampleProblems(`expect:\n  ${example}`)).toBe('');
  });

  test.each([
    [
      'sections that name what they do not define',
      'gates: { g: { must: [a, "tag:b and not c", component:d], needs: [h], owner: o } }',
    ],
    ['entries of checks', "a: { http: '${vars.u}/x', needs: [b], component: c, owner: o }"],
    ['the inside of a check', "http: { url: https://a.example/, auth: { bearer: '${secret.S}' } }\nrunbook: a.md#b"],
    ['what is expected', 'warn: { duration: { below: 1s } }'],
    [
      'a file that includes others',
      'version: 1\ninclude: [checks/*.yaml]\nrunbooks: [docs/*.md]\nchecks: { a: { http: "${env.A_URL}" } }',
    ],
  ])('is taken as a part of a file: %s', async (_what, text) => {
    expect(await exampleProblems(text)).toBe('');
  });

  test.each([
    ['an unknown key', 'version: 1\nchecks:\n  a: { htp: https://a.example/ }', 'unknown key "htp"'],
    ['an unknown fact', 'http: https://a.example/\nexpect: { statsu: 200 }', 'http reports no fact "statsu"'],
    ['an unknown matcher', 'expect: { body: { contians: x } }', 'there is no matcher "contians"'],
    ['a wrong unit', 'a:\n  http: https://a.example/\n  warn: { duration: { below: 300 } }', 'a duration with a unit'],
    ['an unknown name in a whole file', 'version: 1\nchecks: { a: { http: https://a.example/, needs: [b] } }', '"b"'],
    ['a wrong environment', 'version: 1\nvars: { u: x }\nenvironments: { e: { vars: { w: y } } }\nchecks: {}', '"w"'],
    ['what is no part of a file', 'colour: blue', 'neither a file nor a part of one'],
  ])('with %s is refused', async (_what, text, message) => {
    expect(await exampleProblems(text)).toContain(message);
  });
});

describe('check files and scenarios', () => {
  const files = configurationFiles();
  const roots = files.filter((path) => /^version:/m.test(textOf(path)));

  test.each(roots)('%s loads, with what it includes and the runbook sections that it names', async (path) => {
    expect((await fileProblems(path)).problems).toBe('');
  });

  test('each is a whole file or included by one', async () => {
    const read = await Promise.all(roots.map(fileProblems));
    expect(files.filter((path) => !read.some((one) => one.files.includes(path)))).toEqual([]);
  });
});

describe('command lines in the documents', () => {
  const lines = documents.flatMap((one) => typedLines(one).map((line) => [one.path, line] as const));

  test.each(lines)('%s: %s', (_path, line) => {
    expect(lineProblems(line)).toEqual([]);
  });

  test.each([
    ['gonogo rnu', 'there is no command rnu'],
    ['npm ci && gonogo run --gat x', 'unknown option "--gat"'],
    ['gonogo run --report jnuit=out.xml', 'there is no report format "jnuit"'],
    ['gonogo explain redirect-lop', 'no code redirect-lop'],
    ['gonogo probe htp https://a.example/', 'no probe kind htp'],
    ['gonogo judge', 'takes RUN'],
    ['npm run dmeo', 'there is no script dmeo'],
    ['node scripts/nothing.ts', 'there is no file scripts/nothing.ts'],
  ])('%s is refused', (line, message) => {
    expect(lineProblems(line).join('\n')).toContain(message);
  });

  test.each([
    "gonogo probe mcp https://a.example/mcp --set 'arguments={query: a b}' | head -5",
    'API_TOKEN=x gonogo run -c checks/a.yaml   # at night',
    'gonogo schema > gonogo.schema.json',
  ])('%s is read as a shell reads it', (line) => {
    expect(lineProblems(line)).toEqual([]);
  });

  test('are found in sh blocks, steps of workflows and inline code', () => {
    const markdown = [
      '```sh\ngonogo list \\\n  --json\n```',
      '```yaml workflow\njobs:\n  a:\n    steps:\n      - run: gonogo run\n```',
      'Say `gonogo explain CODE`.',
    ].join('\n\n');
    expect(typedLines(document(markdown))).toEqual(['gonogo list --json', 'gonogo run', 'gonogo explain CODE']);
  });
});

describe('links between the documents', () => {
  test.each(documents.map((one) => [one.path, one] as const))(
    '%s leads to files and headings that are there',
    (_, one) => {
      expect(linkProblems(one)).toEqual([]);
    },
  );

  test.each([
    ['[a](nothing.md)', 'leads to no file'],
    ['[a](http.md#no-such-heading)', 'leads to no heading'],
    ['[a](#no-such-heading)', 'leads to no heading'],
    ['![a](../nothing.png)', 'leads to no file'],
    ['[a](../../../../etc/passwd)', 'leads out of the project'],
  ])('%s is refused', (markdown, message) => {
    expect(linkProblems(document(markdown)).join('\n')).toContain(message);
  });
});

describe('words of the language in the documents', () => {
  const pages = documents.filter(({ path }) => /^docs\/(probes\/|guide)/.test(path));

  test.each(pages.map((one) => [one.path, one] as const))('%s names only what exists', (_path, one) => {
    expect(unknownWords(one)).toEqual([]);
  });

  test.each(documents.map((one) => [one.path, one] as const))('%s shows only reasons that exist', (_path, one) => {
    expect(shownReasonProblems(one)).toEqual([]);
  });

  test.each(['`redirect-lop`', '`at-last: 3`', '`at-last`', '`tls.days-lft`', '`final-ulr`'])(
    '%s is refused',
    (code) => {
      const [, word = ''] = /^`([^:`]*)/.exec(code) ?? [];
      expect(unknownWords(document(`\`${word}\``))).toHaveLength(1);
    },
  );

  test.each([
    ['NO-GO  a   1 ms\n   = reason    redirect-lop', 'there is no reason code'],
    ['NO-GO  a   1 ms\n   = reason    auth-required', 'is shown as NO-GO'],
  ])('a block of output with %j is refused', (text, message) => {
    expect(shownReasonProblems(document(`\`\`\`text\n${text}\n\`\`\``)).join('\n')).toContain(message);
  });
});

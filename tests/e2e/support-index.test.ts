import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../src/model/run.ts';
import { DOCS_INDEX_STATES, startDocsIndex, type DocsIndexState } from '../stack/docs-index.ts';
import { gonogo, type Ended } from './gonogo.ts';

/** One readiness file over a real index of our own pages in six states, in all of which its health endpoint says "ok". */

type Act = { readonly ended: Ended; readonly run: Run; readonly folder: string };

let folder: string;
let index: Awaited<ReturnType<typeof startDocsIndex>>;
const acts = new Map<DocsIndexState, Act>();

const act = async (state: DocsIndexState): Promise<Act> => {
  index.setState(state);
  const out = join(folder, state);
  const variables = { DOCS_INDEX_URL: index.url, DOCS_BUILD: index.build };
  const ended = await gonogo(['run', '-c', 'checks/support-index.yaml', '--out', out], { variables });
  return { ended, run: JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')), folder: out };
};

const of = (state: DocsIndexState): Act => {
  const found = acts.get(state);
  if (found === undefined) throw new Error(`no act ${state}`);
  return found;
};

const checkOf = (state: DocsIndexState, id: string) => {
  const found = of(state).run.checks.find((check) => check.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-support-index-'));
  index = await startDocsIndex({ state: 'healthy' });
  for (const state of DOCS_INDEX_STATES) acts.set(state, await act(state));
}, 120_000);

afterAll(async () => {
  await index.close();
  rmSync(folder, { recursive: true, force: true });
});

const PASS = null;

describe('six states, six diagnoses', () => {
  test.each<[DocsIndexState, readonly (string | null)[], string | null]>([
    ['healthy', [PASS, PASS, PASS, PASS, PASS], null],
    ['not-built', [PASS, 'index-missing', 'index-missing', 'index-missing', 'index-missing'], 'no-index-was-built'],
    ['empty', [PASS, 'index-empty', 'index-empty', 'index-empty', 'index-empty'], 'the-index-is-empty'],
    ['stale', [PASS, 'index-stale', 'index-stale', PASS, PASS], 'the-index-is-old'],
    [
      'fallback',
      [PASS, 'index-degraded', 'index-degraded', 'index-degraded', 'index-degraded'],
      'answers-do-not-come-from-the-index',
    ],
    ['regressed', [PASS, PASS, PASS, 'index-regressed', 'index-regressed'], 'the-index-finds-less-than-before'],
  ])('%s', (state, codes, section) => {
    const { run, ended } = of(state);
    expect(run.checks.map(({ id, reasonCode }) => [id, reasonCode])).toEqual(
      ['health', 'answers', 'last-build', 'known-answers', 'assistant-tool'].map((id, at) => [id, codes[at]]),
    );
    expect([run.verdict, ended.exit]).toEqual(section === null ? ['GO', 0] : ['NO-GO', 1]);
    const sections = run.checks.flatMap(({ outcome, runbook }) => (outcome === 'fail' ? [runbook?.anchor] : []));
    expect([...new Set(sections)]).toEqual(section === null ? [] : [section]);
  });

  test('the health endpoint contradicts each of the five', () => {
    for (const state of DOCS_INDEX_STATES) {
      const claims = new Set(of(state).run.contradictions.map(({ claim }) => claim.check));
      expect([...claims]).toEqual(state === 'healthy' ? [] : ['health']);
    }
  });
});

describe('the golden set', () => {
  test('comes to the same over plain HTTP and through the tool', () => {
    for (const state of ['healthy', 'stale', 'regressed'] as const) {
      const [overHttp, byTool] = ['known-answers', 'assistant-tool'].map((id) => checkOf(state, id).facts);
      for (const fact of ['golden-hash', 'questions', 'hit-rate', 'recall', 'mrr', 'lost', 'abstained']) {
        expect(byTool?.[fact]).toEqual(overHttp?.[fact]);
      }
    }
  });

  test('has its metrics and its hash in the result', () => {
    const { facts } = checkOf('healthy', 'known-answers');
    expect(facts).toMatchObject({ questions: 39, answered: 36, 'hit-rate': 1, abstained: 1, flips: [], errors: 0 });
    expect(facts['golden-hash']).toMatch(/^[0-9a-f]{16}$/);
  });

  test('names the questions that were lost, and keeps the evidence of each', () => {
    const { facts, message, evidence } = checkOf('regressed', 'known-answers');
    const lost = Array.isArray(facts['lost']) ? facts['lost'] : [];
    expect(lost.length).toBeGreaterThan(5);
    expect(message).toContain(
      `${lost.length} questions that held in the baseline do not any more: "${String(lost[0])}"`,
    );
    const misses = evidence.find((path) => path.endsWith('misses.jsonl'));
    const lines = readFileSync(join(of('regressed').folder, misses ?? ''), 'utf8')
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(lost);
  });

  test('keeps the baseline that would be true now, and none of an index that is not there', () => {
    const kept = checkOf('regressed', 'known-answers').evidence.filter((path) => path.endsWith('baseline.json'));
    expect(kept).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(of('regressed').folder, kept[0] ?? ''), 'utf8'))).toMatchObject({ k: 5 });
    for (const state of ['not-built', 'empty', 'fallback'] as const) {
      const { evidence } = checkOf(state, 'known-answers');
      expect(evidence.some((path) => path.endsWith('baseline.json'))).toBe(false);
    }
  });
});

test('says in each report what the index itself said', () => {
  expect(of('not-built').ended.stdout).toContain(
    'the index is not there: the service answered "No latest index found"',
  );
  expect(of('fallback').ended.stdout).toContain('the answer is not from the index: it says "OFFLINE FALLBACK"');
  expect(of('stale').ended.stdout.replaceAll(/\s+/g, ' ')).toContain('the index was built at');
});

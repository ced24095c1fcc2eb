import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blocked, passed, run } from '../../../tests/golden/reports/build.ts';
import { anyRun } from '../../../tests/golden/reports/random-run.ts';
import type { Run } from '../../model/run.ts';
import type { PipelinePaths } from '../reporter.ts';
import { renderGithub } from './annotations.ts';

type Annotation = {
  readonly level: string;
  readonly properties: { readonly [name: string]: string };
  readonly text: string;
};

/** Reads workflow commands as the runner of GitHub does: at the beginning of a line, percent decoded last. */
const annotationsIn = (log: string): readonly Annotation[] =>
  log.split(/\r?\n/).flatMap((line) => {
    const [, level, list = '', text = ''] = /^::(\S+?)(?: (.*?))?::(.*)$/.exec(line) ?? [];
    if (level === undefined) return [];
    const decoded = (one: string): string =>
      one
        .replaceAll('%0D', '\r')
        .replaceAll('%0A', '\n')
        .replaceAll('%3A', ':')
        .replaceAll('%2C', ',')
        .replaceAll('%25', '%');
    const pairs = list === '' ? [] : list.split(',').map((pair) => pair.split(/=(.*)/s, 2).map(decoded));
    return [{ level, properties: Object.fromEntries(pairs), text: decoded(text) }];
  });

const options = { colour: false, width: 100, unicode: true, sourceOf: () => null, root: '' };
const said = (one: Run, pipeline?: PipelinePaths): readonly Annotation[] =>
  annotationsIn(renderGithub(one, pipeline === undefined ? options : { ...options, pipeline }));

const failing = (count: number): Run => {
  const checks = Array.from({ length: count }, (_, at) =>
    passed(`c${at}`, at + 1, { outcome: 'fail', reasonCode: 'http-5xx', message: `100% of\nc${at}: gone, all` }),
  );
  return run(checks, { verdict: 'NO-GO', blockers: checks.map((check) => blocked(check)) });
};

describe('annotations', () => {
  test('stand at the line of the YAML, with title, and are decoded to what was meant', () => {
    const [first] = said(failing(1));
    expect(first).toMatchObject({
      level: 'error',
      properties: { file: 'checks/launch.yaml', line: '1', col: '3', title: 'c0: http-5xx' },
    });
    expect(first?.text).toContain('100% of\nc0: gone, all\nowner platform, #platform');
  });

  test('name the file from the workspace when gonogo runs below it', () => {
    const pipeline = { ofFile: (path: string) => `services/shop/${path}`, ofEvidence: (path: string) => path };
    expect(said(failing(1), pipeline)[0]?.properties['file']).toBe('services/shop/checks/launch.yaml');
  });

  test('are ten of a kind at most, as GitHub shows, and the last tells of those left out', () => {
    expect(said(failing(10)).map(({ properties }) => properties['title'])).toHaveLength(10);
    const many = said(failing(13));
    expect(many).toHaveLength(10);
    expect(many.at(-1)).toEqual({ level: 'error', properties: { title: 'and 4 more' }, text: 'c9, c10, c11, c12' });
    expect(said(failing(5000)).at(-1)?.text.length).toBeLessThan(1100);
  });

  test('are ours alone, whatever a run holds', () => {
    fc.assert(
      fc.property(anyRun, (drawn) => {
        const found = said(drawn);
        for (const { level, properties } of found) {
          expect(['error', 'warning']).toContain(level);
          for (const name of Object.keys(properties)) expect(['file', 'line', 'col', 'title']).toContain(name);
        }
        for (const kind of ['error', 'warning'])
          expect(found.filter(({ level }) => level === kind).length).toBeLessThanOrEqual(10);
      }),
      { numRuns: 150 },
    );
  });
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { lexer, walkTokens, type Token } from 'marked';
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/model/run.ts';
import { loadReporter, REPORT_FORMATS, type ReportFormat } from '../../../src/report/registry.ts';
import type { Reporter, ReportOptions } from '../../../src/report/reporter.ts';
import { anyRun } from './random-run.ts';
import { readJunit } from './read-junit.ts';
import { RUNS } from './runs.ts';

const here = import.meta.dirname;
const yaml = readFileSync(join(here, 'launch.yaml'), 'utf8').split('\n');

const options: ReportOptions = {
  colour: false,
  width: 100,
  unicode: true,
  sourceOf: (file, line) => (file === 'checks/launch.yaml' ? (yaml[line - 1] ?? null) : null),
  root: '../../',
};

const reporters = new Map<ReportFormat, Reporter>(
  await Promise.all(REPORT_FORMATS.map(async (format) => [format, await loadReporter(format)] as const)),
);

const renderAs = (format: ReportFormat, run: Run, changes: Partial<ReportOptions> = {}): string => {
  const render = reporters.get(format);
  if (render === undefined) throw new Error(`no reporter for ${format}`);
  return render(run, { ...options, ...changes });
};

const RENDERINGS: readonly (readonly [file: string, render: (run: Run) => string])[] = [
  ['console.txt', (run) => renderAs('console', run)],
  ['console-40-ascii.txt', (run) => renderAs('console', run, { width: 40, unicode: false })],
  ['console-colour.txt', (run) => renderAs('console', run, { colour: true })],
  ['report.md', (run) => renderAs('markdown', run)],
  ['run.json', (run) => renderAs('json', run)],
  ['junit.xml', (run) => renderAs('junit', run)],
  ['report.html', (run) => renderAs('html', run)],
  ['report-short.md', (run) => renderAs('markdown-short', run)],
  ['ctrf.json', (run) => renderAs('ctrf', run)],
  ['checks.csv', (run) => renderAs('csv', run)],
  ['github.txt', (run) => renderAs('github', run)],
  ['metrics.prom', (run) => renderAs('prometheus', run)],
  ['metrics.om', (run) => renderAs('openmetrics', run)],
];

describe.each([...RUNS])('a run of the kind %s', (kind, run) => {
  test.each(RENDERINGS)('renders as the golden %s', (file, render) => {
    const path = join(here, kind, file);
    const text = render(run);
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(join(here, kind), { recursive: true });
      writeFileSync(path, text);
    }
    expect(text).toBe(readFileSync(path, 'utf8'));
  });
});

/** The verdict as a reader of each format would find it. */
const verdictsSaid = (run: Run): { readonly [format: string]: string | undefined } => {
  const console = renderAs('console', run).trimEnd().split('\n');
  const json: { verdict: string } = JSON.parse(renderAs('json', run));
  return {
    consoleFirst: console.find((line) => /^(?:GO|CONDITIONAL|HOLD|NO-GO)(?: {2}|$)/.test(line))?.split(' ')[0],
    consoleLast: console.findLast((line) => !line.startsWith(' '))?.split(' ')[0],
    markdown: /^# ([A-Z-]+): /.exec(renderAs('markdown', run))?.[1],
    json: json.verdict,
    junit: readJunit(renderAs('junit', run)).properties.get('verdict'),
    html: /<h1><span class="verdict">([^<]+)<\/span>/.exec(renderAs('html', run))?.[1],
  };
};

test('every format says the same verdict, whatever the run holds', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      expect(new Set(Object.values(verdictsSaid(run)))).toEqual(new Set([run.verdict]));
    }),
    { numRuns: 150 },
  );
});

test('a reader of the JUnit file alone never sees green for a NO-GO, a HOLD, or a check that is not good', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const junit = readJunit(renderAs('junit', run));
      const [verdict, ...checks] = junit.cases;
      expect(verdict?.result === 'failure').toBe(run.verdict === 'NO-GO' || run.verdict === 'HOLD');
      expect(checks.map(({ result }) => result)).toEqual(
        run.checks.map(({ outcome }) => {
          if (outcome === 'fail') return 'failure';
          if (outcome === 'unknown' || outcome === 'blocked') return 'error';
          return outcome === 'skipped' ? 'skipped' : 'good';
        }),
      );
      const counted = (result: string) => junit.cases.filter((one) => one.result === result).length;
      expect(junit.counts).toEqual({
        tests: junit.cases.length,
        failures: counted('failure'),
        errors: counted('error'),
        skipped: counted('skipped'),
      });
    }),
    { numRuns: 150 },
  );
});

/** The short form is short: it counts what it leaves out. */
const WHOLE = REPORT_FORMATS.filter((format) => format !== 'markdown-short');

test('every check that is not a clean pass is named in every format', () => {
  fc.assert(
    fc.property(anyRun, fc.constantFrom(...WHOLE), (run, format) => {
      const named =
        renderAs(format, run)
          .replaceAll(/\n\s*/g, ' ')
          .match(/check-[a-z]+/g) ?? [];
      const asked = run.checks
        .filter(({ outcome, flaky }) => outcome !== 'pass' || flaky)
        .flatMap(({ id }) => id.match(/^check-[a-z]+$/) ?? []);
      expect(named).toEqual(expect.arrayContaining(asked));
    }),
    { numRuns: 250 },
  );
});

test('no foreign text starts a line of the console, commands a CI log, or leaves a character that acts', () => {
  const ours =
    /^(?:$| |GO\b|CONDITIONAL\b|HOLD\b|NO-GO\b|CONTRADICTION {2}|(?:WARN|FAIL|UNKNOWN|BLOCKED|SKIPPED|FLAKY)\b|Passing$|Gates$|Not checked$|!(?: |$)|\d+ \||--> )/;
  fc.assert(
    fc.property(anyRun, fc.boolean(), fc.integer({ min: 1, max: 120 }), (run, unicode, width) => {
      const text = renderAs('console', run, { unicode, width });
      for (const line of text.split('\n')) {
        expect(line).toMatch(ours);
        expect(line).not.toMatch(/^\s*::|##\[|##vso\[|##teamcity\[/i);
      }
      expect(text).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
      if (!unicode) expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    }),
    { numRuns: 150 },
  );
});

test('colour adds our own SGR codes and changes nothing else', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const plain = renderAs('console', run);
      const coloured = renderAs('console', run, { colour: true });
      expect(coloured.replaceAll(/\u001b\[(?:0|1|2|36|1;3[123])m/g, '')).toBe(plain);
    }),
    { numRuns: 50 },
  );
});

test('a page has no element and no attribute but ours, and no link that could run', () => {
  const allowed =
    /^<(?:!doctype|\/?(?:html|head|meta|title|style|body|header|main|footer|section|article|figure|figcaption|blockquote|details|summary|table|thead|tbody|tr|th|td|h[1-4]|p|span|div|ul|ol|li|dl|dt|dd|a|code|pre|mark|strong|svg|rect|img))\b(?: (?:html|hidden|(?:lang|charset|http-equiv|content|name|class|id|aria-labelledby|aria-label|aria-hidden|scope|data-label|data-state|data-component|data-owner|data-tags|href|rel|viewBox|preserveAspectRatio|x|y|width|height|src|alt|loading)="[^"<>]*"))*\s*\/?>$/;
  fc.assert(
    fc.property(anyRun, (run) => {
      const html = renderAs('html', run).replace(/<(style|script)>.*?<\/\1>/gs, '');
      for (const [tag] of html.matchAll(/<[^>]*>?/g))
        expect(tag.replaceAll(/\s+/g, ' ').replace(' >', '>')).toMatch(allowed);
      for (const [, href = ''] of html.matchAll(/(?:href|src)="([^"]*)"/g))
        expect(href).toMatch(/^(?:https?:\/\/|[^:]*$|[^:]*[/#?])/);
    }),
    { numRuns: 100 },
  );
});

test('Markdown holds no HTML, image or mention, and no link but to a runbook', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const seen: string[] = [];
      const walk = (token: Token): void => {
        if (token.type === 'html' && token.raw.trim() !== '<br>') seen.push(token.raw);
        if (token.type === 'image') seen.push(token.raw);
        if (token.type === 'link' && !/^\.\.\/\.\.\/docs\/runbooks\//.test(token['href'])) seen.push(token.raw);
        const leaf = !('tokens' in token) || token.tokens === undefined;
        if (leaf && token.type === 'text' && /(?:^|[^\w&])[@#]\w/.test(token.raw)) seen.push(token.raw);
      };
      const markdown = renderAs('markdown', run);
      walkTokens(lexer(markdown, { gfm: true }), walk);
      expect(seen).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test('no format lets a hidden character through', () => {
  fc.assert(
    fc.property(anyRun, fc.constantFrom(...REPORT_FORMATS), (run, format) => {
      // The lines of a CSV end as RFC 4180 says.
      const text = format === 'csv' ? renderAs(format, run).replaceAll('\r\n', '\n') : renderAs(format, run);
      expect(text).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
    }),
    { numRuns: 250 },
  );
});

test('what a report says is the same after the run went through run.json', () => {
  fc.assert(
    fc.property(anyRun, fc.constantFrom(...REPORT_FORMATS), (run, format) => {
      const read: Run = JSON.parse(renderAs('json', run));
      expect(renderAs(format, read)).toBe(renderAs(format, JSON.parse(JSON.stringify(run))));
    }),
    { numRuns: 150 },
  );
});

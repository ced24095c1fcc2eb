import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { piecesOf } from '../model/code-span.ts';
import type { JsonObject } from '../model/json.ts';
import { fillSteps, type Filling } from './fill-steps.ts';

const check: Filling['check'] = {
  id: 'dashboard-health',
  title: 'The dashboard is healthy',
  kind: 'http',
  target: 'https://dashboard.example.com/ready',
  component: 'dashboard',
  owner: null,
  'reason-code': 'http-5xx',
};

const filled = (step: string, facts: JsonObject = {}): string => {
  const section = { file: 'a.md', anchor: 'a', title: 'A', url: 'a.md#a', steps: [step] };
  return fillSteps(section, { check, facts }).steps[0] ?? '';
};

describe('what was seen is filled in', () => {
  test.each<[string, JsonObject, string]>([
    ['The server said ${facts.status}.', { status: 502 }, 'The server said 502.'],
    ['It is ${facts.health.status}', { health: { status: 'degraded' } }, 'It is degraded'],
    ['Prove it: `gonogo run --only ${check.id}`', {}, 'Prove it: `gonogo run --only dashboard-health`'],
    ['`gonogo explain ${check.reason-code}`', {}, '`gonogo explain http-5xx`'],
    ['`curl ${check.target}/${facts.verified}`', { verified: true }, '`curl https://dashboard.example.com/ready/true`'],
    ['See `dig ${facts.name}` and ${facts.name}', { name: 'a.example' }, 'See `dig a.example` and a.example'],
  ])('%s', (step, facts, expected) => {
    expect(filled(step, facts)).toBe(expected);
  });
});

describe('what cannot be filled in stays as it was written', () => {
  test.each<[string, string, JsonObject]>([
    ['a fact that was not seen', '${facts.status}', {}],
    ['a name that every object has', '${facts.constructor}', {}],
    ['a name inside of a text', '${facts.status.length}', { status: 'ok' }],
    ['what the check does not have', '${check.owner}', {}],
    ['an empty text', '${facts.body}', { body: '' }],
    ['a list', '${facts.addresses}', { addresses: ['192.0.2.1'] }],
    ['a long text', '${facts.body}', { body: 'x'.repeat(201) }],
    ['a text that was cut', '${facts.body}', { body: 'x… (cut: 900 more characters)' }],
    ['a text with a backtick, in a command', '`echo ${facts.name}`', { name: 'a` `b' }],
    ['a text with a backtick, in a sentence', 'Say ${facts.name}', { name: 'a`b`' }],
    ['a text with characters that do not show', '`echo ${facts.name}`', { name: 'a\u202eb' }],
    ['a text with a line feed', '`echo ${facts.name}`', { name: 'a\nb' }],
    ['a word that would be an option', '`curl ${facts.url}`', { url: '-K/etc/passwd' }],
    ['a placeholder inside of double quotes', '`echo "${facts.name}"`', { name: 'a' }],
    ['a placeholder inside of single quotes', "`echo 'the ${facts.name}'`", { name: 'a' }],
    ['a word that a second shell would read', '`ssh web ls ${facts.path}`', { path: 'x; reboot' }],
    ['a word that a third shell would read', '`fish -c ${facts.path}`', { path: 'x; reboot' }],
    ['a placeholder between backticks', '``kill `cat ${facts.path}` ``', { path: '/run/pid' }],
    ['a variable of the shell', '`cd ${HOME}`', { HOME: 'x' }],
    ['another namespace', '${env.HOME}', { HOME: 'x' }],
  ])('%s', (_, step, facts) => {
    expect(filled(step, facts)).toBe(step);
  });
});

test('a plain word is filled in for a second shell as well, and a dash inside of a word is no option', () => {
  expect(filled('`ssh web ls ${facts.path}`', { path: '/var/lib' })).toBe('`ssh web ls /var/lib`');
  expect(filled('`curl --url=${facts.url}`', { url: '-K' })).toBe('`curl --url=-K`');
});

test('a command is one whatever its backticks: as many on both sides', () => {
  const facts = { name: '$(reboot)' };
  expect(filled('``echo ${facts.name}``', facts)).toBe("`echo '$(reboot)'`");
  expect(filled('`` echo ${facts.name} ``', facts)).toBe("`echo '$(reboot)'`");
});

test('a value cannot bring a placeholder of its own', () => {
  expect(filled('${facts.a} ${facts.b}', { a: '${facts.b}', b: 'x' })).toBe('${facts.b} x');
});

test('in a command every value is one word of a real shell, whatever a target says', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'\'"$`\\;|&<>()*?[]{}~!# -=') }),
  );
  fc.assert(
    fc.property(hostile, fc.constantFrom('`', '``', '```'), (name, fence) => {
      const step = filled(`${fence}printf %s \${facts.name}${fence}`, { name });
      if (step.includes('${facts.name}')) return;
      const command = piecesOf(step)[0]?.text ?? '';
      expect(execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' })).toBe(name);
    }),
    { numRuns: 150 },
  );
});

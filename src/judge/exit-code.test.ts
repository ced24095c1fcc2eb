import { describe, expect, it } from 'vitest';
import { exitCode } from './exit-code.ts';

const code = (verdict: Parameters<typeof exitCode>[0]['verdict'], interruptedBy: string | null, strict = false) =>
  exitCode({ verdict, run: { interruptedBy } }, { strict });

describe('the exit code', () => {
  it.each([
    ['GO', 0, 0],
    ['CONDITIONAL', 0, 1],
    ['NO-GO', 1, 1],
    ['HOLD', 3, 3],
  ] as const)('of %s is %i, and %i when strict', (verdict, usual, strict) => {
    expect(code(verdict, null)).toBe(usual);
    expect(code(verdict, null, true)).toBe(strict);
  });

  it.each([
    [['stale'], 0, 1],
    [['in-force', 'stale'], 0, 1],
    [['in-force', 'expired'], 0, 0],
    [[], 0, 0],
  ] as const)('of a GO with waivers that are %j is %i, and %i when strict', (states, usual, strict) => {
    const waivers = states.map((state) => ({ state }));
    const run = { verdict: 'GO', run: { interruptedBy: null }, waivers } as const;
    expect(exitCode(run, { strict: false })).toBe(usual);
    expect(exitCode(run, { strict: true })).toBe(strict);
  });

  it('tells a run that a signal stopped, whatever its verdict', () => {
    expect(code('NO-GO', 'SIGINT')).toBe(130);
    expect(code('HOLD', 'SIGTERM')).toBe(143);
    expect(code('HOLD', 'deadline')).toBe(3);
  });
});

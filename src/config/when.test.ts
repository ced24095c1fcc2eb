import { describe, expect, it } from 'vitest';
import { configOf } from '../../tests/load-texts.ts';

const FILE = `
environments: { staging: {}, production: {} }
checks:
  always: { http: https://a.example/, needs: [only] }
  only: { http: https://a.example/, when: { environment: [production] } }
gates:
  launch: { must: [always, only] }
`;

describe('when', () => {
  it('keeps a check in an environment that it names', async () => {
    const { checks, gates, leftOut } = await configOf(FILE, { chosen: 'production' });
    expect(checks.map(({ id }) => id)).toEqual(['always', 'only']);
    expect(gates[0]?.criteria.map(({ id }) => id)).toEqual(['always', 'only']);
    expect(leftOut).toEqual([]);
  });

  it('takes it out elsewhere: no gate and no check asks for it, and the run says so', async () => {
    const { checks, gates, leftOut } = await configOf(FILE, { chosen: 'staging' });
    expect(checks.map(({ id, needs }) => [id, needs])).toEqual([['always', []]]);
    expect(gates[0]?.criteria.map(({ id }) => id)).toEqual(['always']);
    expect(leftOut).toEqual([{ id: 'only', why: 'it counts in production only, not in staging' }]);
  });

  it('leaves it out without an environment, and the gate still asks for it: nothing was proved', async () => {
    const { checks, gates, leftOut } = await configOf(FILE);
    expect(checks.map(({ id }) => id)).toEqual(['always']);
    expect(gates[0]?.criteria.map(({ id }) => id)).toEqual(['always', 'only']);
    expect(leftOut[0]?.why).toContain('no --environment was chosen');
  });
});

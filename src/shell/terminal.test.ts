import { describe, expect, it } from 'vitest';
import { describeTerminal } from './terminal.ts';

const tty = { isTTY: true, columns: 120 };
const pipe = {};

describe('describeTerminal', () => {
  it.each([
    ['a terminal', tty, {}, { live: true, colour: true, columns: 120 }],
    ['a pipe', pipe, {}, { live: false, colour: false, columns: 80 }],
    ['a dumb terminal', tty, { TERM: 'dumb' }, { live: false, colour: false }],
    ['a terminal in CI', tty, { CI: 'true' }, { live: false, colour: true }],
    ['CI that is false', tty, { CI: 'false' }, { live: true }],
    ['NO_COLOR', tty, { NO_COLOR: '1' }, { live: true, colour: false }],
    ['NO_COLOR, whatever it says', tty, { NO_COLOR: '0' }, { colour: false }],
    ['an empty NO_COLOR', tty, { NO_COLOR: '' }, { colour: true }],
    ['FORCE_COLOR on a pipe', pipe, { FORCE_COLOR: '1' }, { live: false, colour: true }],
    ['FORCE_COLOR over NO_COLOR', pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, { colour: true }],
    ['FORCE_COLOR=0 on a terminal', tty, { FORCE_COLOR: '0' }, { colour: false }],
    ['a terminal of no width', { isTTY: true, columns: 0 }, {}, { columns: 80 }],
    ['a terminal of one column', { isTTY: true, columns: 1 }, {}, { columns: 1 }],
  ])('knows %s', (_, stream, environment, expected) => {
    expect(describeTerminal(stream, environment)).toMatchObject(expected);
  });
});

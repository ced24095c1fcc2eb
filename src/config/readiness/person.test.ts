import { describe, expect, it } from 'vitest';
import { isSamePerson, nameTrouble } from './person.ts';

describe('two names', () => {
  it.each([
    ['ada', 'Ada'],
    ['ada', ' ADA '],
    ['ada lovelace', 'Ada  Lovelace'],
    ['ada.lovelace', 'ada-lovelace'],
    ['ada', '@ada'],
    ['José', 'jose'],
    ['Jose\u0301', 'Jos\u00e9'],
    ['cto', 'сто'],
    ['Ada', 'Аdа'],
    ['kappa', 'κappa'],
    ['ﬁnance', 'finance'],
    ['ａｄａ', 'ada'],
    ['a\u200bda', 'ada'],
    ['--', ' -- '],
  ])('%j and %j may be one person', (a, b) => {
    expect(isSamePerson(a, b)).toBe(true);
  });

  it.each([
    ['ada', 'alan'],
    ['cto', 'cfo'],
    ['ada', 'ada2'],
    ['李明', '李红'],
    ['Дмитрий', 'Мария'],
    ['-', '+'],
    ['', 'ada'],
  ])('%j and %j are two', (a, b) => {
    expect(isSamePerson(a, b)).toBe(false);
  });
});

describe('a name', () => {
  it.each([
    'ada',
    'Ada Lovelace',
    'ada@example.com',
    'Дмитрий',
    'Ωμέγα',
    '李明',
    'O’Brien',
    '#platform',
    'a'.repeat(100),
  ])('%j can stand for somebody', (name) => {
    expect(nameTrouble(name)).toBeNull();
  });

  it.each([
    ['', 'is missing'],
    [' \t', 'is missing'],
    [' ada', 'begins or ends with a blank'],
    ['ada ', 'begins or ends with a blank'],
    ['ad\u200ba', 'nobody can see'],
    ['ada\nNO-GO', 'nobody can see'],
    ['ada\u202e', 'nobody can see'],
    ['a\u2028b', 'nobody can see'],
    ['\u001b[31mada', 'nobody can see'],
    ['аda', 'mixes letters'],
    ['alαn', 'mixes letters'],
    ['a'.repeat(101), 'longer than 100'],
  ])('%j cannot: it %s', (name, said) => {
    expect(nameTrouble(name)).toContain(said);
  });
});

import { describe, expect, test } from 'vitest';
import type { Component } from '../../config/config.ts';
import { lint, page, reference, said, search, section } from './test-lint.ts';

test('a runbook in which nothing is wrong is left alone', () => {
  expect(lint({})).toEqual({ said: [], problems: [], notes: [] });
});

describe('the parts of a section that somebody is led to', () => {
  test('are all there', () => {
    const text = page('## Search\n\n### Meaning\n\nIt is down.\n\n### Diagnosis\n\n1. Look.\n');
    expect(said({ text })).toEqual(['docs/shop.md:8:4 error: the section "Search" has no part "Impact", "Mitigation"']);
    expect(lint({ text }).problems[0]?.hint).toBe('write "### Impact", "### Mitigation" under it');
  });

  test.each([
    ['empty', '', 'is empty'],
    ['nothing but a comment', '<!-- later -->', 'is empty'],
    ['what a template leaves behind', 'TODO: who is hurt', 'is still to be written'],
    ['a step that is to be written', '1. TBD', 'is still to be written'],
    ['a list without an item', '1. ', 'is empty'],
    ['a heading under which nothing stands', '#### Who', 'is empty'],
    ['a heading under which nothing was written yet', '#### Who\n\nTBD', 'is still to be written'],
  ])('are written: %s', (_, text, message) => {
    expect(said({ text: page(section({ Impact: text })) })).toEqual([
      `docs/shop.md:14:5 error: the part "Impact" of "Search" ${message}`,
    ]);
  });

  test('may have headings of their own, and a reference may lead to one of them', () => {
    const text = page(section({ Diagnosis: '#### First\n\n1. Look.' }));
    expect(said({ text, checks: [{ ...search, runbook: reference('shop.md#diagnosis') }] })).toEqual([]);
  });

  test('stand there once', () => {
    const text = page(`${section()}\n### Impact\n\nNobody pays.\n`);
    expect(said({ text })).toEqual(['docs/shop.md:26:5 error: the part "Impact" of "Search" stands there twice']);
  });

  test('have steps that a report can show', () => {
    expect(said({ text: page(section({ Diagnosis: 'Look.', Mitigation: '- Restart.' })) })).toEqual([
      'docs/shop.md:8:4 warning: the section "Search" has no steps: a report would show none',
    ]);
  });

  test('are not asked of a section that nobody is led to, which is an orphan', () => {
    const text = page(`${section()}\n${section({ Impact: '' }, 'Old search')}`);
    expect(said({ text })).toEqual([
      'docs/shop.md:26:4 warning: no check and no component leads to the section "Old search"',
    ]);
  });
});

describe('the front matter', () => {
  test.each([
    ['is there', '# Shop\n', ':1:1 error: there is no front matter'],
    ['is closed', '---\nowner: shop\n', ':1:1 error: there is no front matter'],
    [
      'names an owner',
      page(section(), 'last-reviewed: 2026-11-20'),
      ':1:1 error: the front matter does not say "owner"',
    ],
    [
      'names one owner',
      page(section(), 'owner: shop\nlast-reviewed: 2026-11-20\nowner: nobody'),
      ':4:8 error: the front matter says "owner" twice',
    ],
    [
      'says once when it was reviewed',
      page(section(), 'owner: shop\nlast-reviewed: 2026-11-20\nlast_reviewed: 2020-01-01'),
      ':4:16 error: the front matter says "last-reviewed" twice',
    ],
    [
      'with a name',
      page(section(), 'owner:\nlast-reviewed: 2026-11-20'),
      ':1:1 error: the front matter does not say "owner"',
    ],
    [
      'that the configuration knows',
      page(section(), 'owner: shp\nlast-reviewed: 2026-11-20'),
      ':2:8 warning: no configuration knows the owner "shp"',
    ],
    [
      'says when it was reviewed',
      page(section(), 'owner: shop'),
      ':1:1 error: the front matter does not say "last-reviewed"',
    ],
    [
      'on a day that exists',
      page(section(), 'owner: shop\nlast-reviewed: 2026-02-30'),
      ':3:16 error: "2026-02-30" is no date',
    ],
    [
      'that has been',
      page(section(), 'owner: shop\nlast-reviewed: 2026-12-24'),
      ':3:16 error: the last review lies in the future',
    ],
    [
      'and not too long ago',
      page(section(), "owner: shop\nlast_reviewed: '2026-05-20' # by ada"),
      ':3:16 warning: it was last reviewed 185 days ago: longer than 180 days',
    ],
  ])('%s', (_, text, expected) => {
    expect(said({ text })[0]).toContain(expected);
  });

  test('may be older where it is told so', () => {
    const text = page(section(), 'owner: shop\nlast-reviewed: 2026-05-20');
    expect(said({ text, staleMs: 365 * 86_400_000 })).toEqual([]);
  });
});

describe('what is not covered', () => {
  const shop = (byCode: Component['runbook']['byCode'], fallback: string | null): Component => ({
    id: 'shop',
    title: 'Shop',
    owner: 'shop',
    runbook: { byCode, default: fallback === null ? null : reference(fallback) },
  });
  const own = { ...search, runbook: null };
  const byCode = new Map([['http-5xx', reference('shop.md#search')]] as const);

  test('is told of a component without a default, once', () => {
    const { notes } = lint({ checks: [own, { ...own, id: 'other' }], components: [shop(byCode, null)] });
    expect(notes).toEqual([
      expect.stringMatching(/^the component "shop" of gonogo\.yaml: \d+ of the \d+ reason codes/),
    ]);
    expect(notes[0]).toContain('connect-refused');
    expect(notes[0]).not.toContain('http-5xx');
  });

  test('is nothing where there is a default, or every check has a section of its own', () => {
    expect(lint({ checks: [own], components: [shop(byCode, 'shop.md#search')] }).notes).toEqual([]);
    expect(lint({ components: [shop(byCode, null)] }).notes).toEqual([]);
  });
});

test('a file that nothing leads into is told once', () => {
  const texts = new Map([
    ['docs/shop.md', page(section())],
    ['docs/old.md', page(section({}, 'Old'))],
  ]);
  expect(said({ texts })).toEqual(['docs/old.md:1:1 warning: no check and no component leads into this runbook']);
});

test('a runbook of a mebibyte with tens of thousands of sections and links is looked at in seconds', () => {
  const more = Array.from({ length: 30_000 }, (_, at) => `## H ${at}\n\ntext [l](#h-${at + 1})\n`);
  const startedMs = performance.now();
  expect(said({ text: page(`${section()}\n${more.join('\n')}`) })).toEqual([
    expect.stringContaining('the link leads to no heading: #h-30000'),
  ]);
  expect(performance.now() - startedMs).toBeLessThan(20_000);
}, 60_000);

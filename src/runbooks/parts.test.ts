import { expect, test } from 'vitest';
import { partsOf, sectionAt } from './parts.ts';
import { readRunbook } from './read-runbook.ts';

const headings = readRunbook(`# Shop runbook

## Search

### Meaning

It is down.

### Impact

Nobody *finds* anything
to buy. It costs money.

Later more.

### Diagnosis

#### First

1. Look.

### Mitigation

## Cart

### impact

Carts are lost.
`);

const titles = (anchor: string) => [...partsOf(headings, anchor).keys()];

test('the parts of a section are those that stand directly under it, whatever their case', () => {
  expect(titles('search')).toEqual(['Meaning', 'Impact', 'Diagnosis', 'Mitigation']);
  expect(titles('cart')).toEqual(['Impact']);
  expect(titles('shop-runbook')).toEqual([]);
  expect(titles('nowhere')).toEqual([]);
});

test('an anchor of a part leads into the section above it', () => {
  expect(sectionAt(headings, 'mitigation')?.heading.title).toBe('Search');
  expect(titles('diagnosis')).toEqual(titles('search'));
  expect(sectionAt(headings, 'first')?.heading.title).toBe('First');
});

test('a part tells its first paragraph as one line, and how much stands under it', () => {
  const parts = partsOf(headings, 'search');
  expect(parts.get('Impact')).toMatchObject({ summary: 'Nobody finds anything to buy. It costs money.', words: 10 });
  expect(parts.get('Mitigation')).toMatchObject({ summary: '', words: 0 });
});

/**
 * The one script of the page: it builds the filter above the list of all checks. Without it everything is there to read.
 * It makes no HTML out of text, asks nobody for anything, and its hash is the only one that the page's policy allows.
 */
export const SCRIPT = `
'use strict';
{
  const place = document.querySelector('#filter');
  const lists = [...document.querySelectorAll('#checks > .checks')];
  const entries = lists.flatMap((list) => [...list.children]);
  const make = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const words = (text) => (text === undefined || text === '' ? [] : text.split(' '));
  const distinct = (key) => {
    const counts = new Map();
    for (const entry of entries) for (const word of words(entry.dataset[key])) counts.set(word, (counts.get(word) ?? 0) + 1);
    return counts;
  };
  const search = make('input', { type: 'search', autocomplete: 'off', placeholder: 'id, title, reason' });
  const states = [...distinct('state')].map(([state, count]) => {
    const box = make('input', { type: 'checkbox', value: state });
    return { box, label: make('label', { className: 'state' }, box, ' ' + state + ' ' + count) };
  });
  const choices = [['component', 'Component'], ['owner', 'Owner'], ['tags', 'Tag']].flatMap(([key, title]) => {
    const counts = distinct(key);
    if (counts.size === 0) return [];
    const options = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
    const select = make('select', {}, make('option', { value: '', textContent: 'any' }));
    select.append(...options.map(([word, count]) => make('option', { value: word, textContent: word + ' (' + count + ')' })));
    return [{ key, select, label: make('label', {}, title, select) }];
  });
  const shown = make('output');
  shown.setAttribute('aria-live', 'polite');
  const texts = new Map();
  const textOf = (entry) => {
    if (!texts.has(entry)) texts.set(entry, (entry.querySelector('summary') ?? entry).textContent.toLowerCase());
    return texts.get(entry);
  };
  const apply = () => {
    const asked = search.value.trim().toLowerCase().split(/\\s+/).filter((word) => word !== '');
    const wanted = new Set(states.filter(({ box }) => box.checked).map(({ box }) => box.value));
    const chosen = choices.filter(({ select }) => select.value !== '');
    let count = 0;
    for (const entry of entries) {
      const fits =
        (wanted.size === 0 || wanted.has(entry.dataset.state)) &&
        chosen.every(({ key, select }) => words(entry.dataset[key]).includes(select.value)) &&
        asked.every((word) => textOf(entry).includes(word));
      entry.hidden = !fits;
      if (fits) count += 1;
    }
    shown.textContent = count === entries.length ? '' : count + ' of ' + entries.length;
  };
  if (place !== null && entries.length > 1) {
    place.append(
      make('label', { className: 'search' }, 'Search', search),
      ...choices.map(({ label }) => label),
      make('div', { className: 'states' }, ...states.map(({ label }) => label), shown),
    );
    let due = 0;
    place.addEventListener('input', () => {
      cancelAnimationFrame(due);
      due = requestAnimationFrame(apply);
    });
    place.hidden = false;
  }
}
`;

import { expect, test } from 'vitest';
import { run } from '../../tests/golden/reports/build.ts';
import { loadReporter, REPORT_FORMATS } from './registry.ts';

test.each(REPORT_FORMATS)('the format %s loads a reporter that renders an empty run', async (format) => {
  const render = await loadReporter(format);
  const text = render(run([]), { colour: false, width: 100, unicode: true, sourceOf: () => null, root: '' });
  expect(text).toContain('GO');
  expect(text.endsWith('\n')).toBe(true);
});

import { expect, test } from 'vitest';
import { complaintsOf, firstCheckOf } from '../../tests/load-texts.ts';

const check = (domain: string): string => `checks:\n  a:\n    domain: { name: a.example, ${domain} }\n`;

test('where a number or a boolean is wanted, the text of a variable is read as one', async () => {
  const text = check('https-port: "${env.PORT}", hsts: "${env.HSTS}"');
  const { spec } = await firstCheckOf(text, { environment: { PORT: '8443', HSTS: 'true' } });
  expect(spec).toMatchObject({ 'https-port': 8443, hsts: true });
});

test('where a text is wanted it stays text, although it looks like a number', async () => {
  const text =
    'checks:\n  a: { http: { url: "https://a.example/", auth: { basic: { username: "${env.U}", password: p-1 } } } }\n';
  const { spec } = await firstCheckOf(text, { environment: { U: '1234' } });
  expect(spec).toMatchObject({ auth: { basic: { username: '1234' } } });
});

test.each(['80a', '', ' ', '1e999', 'yes', '0x'])(
  'a variable that is no number (%j) is told as what it is',
  async (PORT) => {
    const complaints = await complaintsOf(check('https-port: "${env.PORT}"'), { environment: { PORT } });
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toMatch(
      /^4:\d+ (expected a whole number|the environment variable PORT is not set|the environment variable PORT is empty)/,
    );
  },
);

test('a number that comes out of a variable is still held to its limits', async () => {
  const complaints = await complaintsOf(check('https-port: "${env.PORT}"'), { environment: { PORT: '65536' } });
  expect(complaints).toHaveLength(1);
});

import { SaxesParser } from 'saxes';

export type JunitCase = { readonly name: string; readonly result: 'good' | 'failure' | 'error' | 'skipped' };

export type Junit = {
  readonly properties: ReadonlyMap<string, string>;
  readonly cases: readonly JunitCase[];
  readonly counts: {
    readonly tests: number;
    readonly failures: number;
    readonly errors: number;
    readonly skipped: number;
  };
};

/** Reads JUnit XML as a stranger would: strictly, by XML 1.0, throwing at the first thing that is not well-formed. */
export const readJunit = (xml: string): Junit => {
  const properties = new Map<string, string>();
  const cases: { name: string; result: JunitCase['result'] }[] = [];
  let counts = { tests: -1, failures: -1, errors: -1, skipped: -1 };
  const parser = new SaxesParser({});
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const number = (key: string): number => Number(attributes[key]);
    if (name === 'testsuite')
      counts = {
        tests: number('tests'),
        failures: number('failures'),
        errors: number('errors'),
        skipped: number('skipped'),
      };
    if (name === 'property' && cases.length === 0) properties.set(attributes['name'] ?? '', attributes['value'] ?? '');
    if (name === 'testcase') cases.push({ name: attributes['name'] ?? '', result: 'good' });
    const current = cases.at(-1);
    if (current !== undefined && (name === 'failure' || name === 'error' || name === 'skipped')) current.result = name;
  });
  parser.write(xml).close();
  return { properties, cases, counts };
};

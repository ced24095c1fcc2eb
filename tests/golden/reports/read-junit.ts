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

type Rule = {
  readonly inside: readonly string[];
  readonly needs: readonly string[];
  readonly may: readonly string[];
};

const OUTCOME: Rule = { inside: ['testcase'], needs: [], may: ['message', 'type'] };
const COUNTS = ['tests', 'failures', 'errors'];

/**
 * What the schema of Jenkins' xUnit plugin (junit-10.xsd) lets stand where, with what GitLab and the JUnit plugin of
 * Jenkins read besides: `file` and `line` of a case, and its properties.
 */
const RULES: { readonly [element: string]: Rule } = {
  testsuites: { inside: [''], needs: [], may: ['name', 'time', ...COUNTS] },
  testsuite: { inside: ['testsuites'], needs: ['name', ...COUNTS], may: ['skipped', 'time', 'timestamp'] },
  testcase: { inside: ['testsuite'], needs: ['name'], may: ['classname', 'file', 'line', 'time'] },
  properties: { inside: ['testsuite', 'testcase'], needs: [], may: [] },
  property: { inside: ['properties'], needs: ['name', 'value'], may: [] },
  failure: OUTCOME,
  error: OUTCOME,
  skipped: OUTCOME,
  'system-out': { inside: ['testsuite', 'testcase'], needs: [], may: [] },
};

/** How Surefire writes seconds. */
const TIME = /^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$/;

const attributeProblems = (name: string, attributes: { readonly [name: string]: string }): readonly string[] => {
  const { needs = [], may = [] }: Partial<Rule> = RULES[name] ?? {};
  const timed = attributes['time'] === undefined || TIME.test(attributes['time']);
  return [
    ...needs.filter((one) => attributes[one] === undefined).map((one) => `${name} has no ${one}`),
    ...Object.keys(attributes)
      .filter((one) => !needs.includes(one) && !may.includes(one))
      .map((one) => `${name} has the attribute ${one}`),
    ...(timed ? [] : [`${name} took ${attributes['time']}`]),
  ];
};

/** Why an importer would refuse a file, or read it otherwise than it was meant: a sentence each. */
export const importProblems = (xml: string): readonly string[] => {
  const problems: string[] = [];
  const open: { readonly name: string; readonly seen: Set<string> }[] = [{ name: '', seen: new Set() }];
  const parser = new SaxesParser({});
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const above = open.at(-1);
    if (RULES[name]?.inside.includes(above?.name ?? '') !== true) problems.push(`${name} stands in ${above?.name}`);
    const single = ['failure', 'error', 'skipped'].includes(name) ? 'outcome' : name;
    if (name !== 'testcase' && name !== 'property' && above?.seen.has(single) === true)
      problems.push(`${above.name} has two of ${single}`);
    above?.seen.add(single);
    problems.push(...attributeProblems(name, attributes));
    open.push({ name, seen: new Set() });
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return problems;
};

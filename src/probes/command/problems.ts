import type { SpecProblem } from '../probe.ts';
import type { Spec } from './schema.ts';

const NUL = '\0';
const HAS_NUL = 'has a NUL byte, which no program can be given';

const nulAt = (path: readonly (string | number)[], text: string): readonly SpecProblem[] =>
  text.includes(NUL) ? [{ path, message: HAS_NUL }] : [];

const argvProblems = ({ argv }: Spec): readonly SpecProblem[] => {
  if (typeof argv !== 'string') {
    return [
      ...(argv[0] === '' ? [{ path: ['argv', 0], message: 'is empty: the first text is the program' }] : []),
      ...argv.flatMap((text, index) => nulAt(['argv', index], text)),
    ];
  }
  const words = argv.split(/\s+/).filter((word) => word !== '');
  if (!/\s/.test(argv)) return nulAt(['argv'], argv);
  const list = JSON.stringify(words.slice(0, 20));
  const message = `has a space, and no shell splits it: write the program and its arguments as a list, argv: ${list}`;
  return [{ path: ['argv'], message }];
};

const environmentProblems = ({ env = {} }: Spec): readonly SpecProblem[] =>
  Object.entries(env).flatMap(([name, value]) => {
    const path = ['env', name];
    if (name === '' || name.includes('=') || name.includes(NUL)) {
      return [{ path, message: 'is not a name that a variable can have' }];
    }
    return nulAt(path, String(value));
  });

/** What can be known to be wrong with a `command` spec before it is run. */
export const commandProblems = (spec: Spec): readonly SpecProblem[] => [
  ...argvProblems(spec),
  ...nulAt(['cwd'], spec.cwd ?? ''),
  ...environmentProblems(spec),
  ...(spec.artifacts ?? []).flatMap((pattern, index) => nulAt(['artifacts', index], pattern)),
];

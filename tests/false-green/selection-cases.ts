import { beside, HERE, HOLD, RUN, USAGE, type Case } from './case.ts';

const CHECK = `checks:\n  ${HERE}\n`;

/** What is asked for on the command line, and is not there. */
export const SELECTION_CASES: readonly Case[] = [
  { name: 'the file is not there', file: CHECK, argv: ['run', '-c', 'lunch.yaml'], exit: USAGE, says: 'lunch.yaml' },
  {
    name: 'the environment is misspelt',
    file: `environments: { staging: {} }\n${CHECK}`,
    argv: [...RUN, '-e', 'stagin'],
    exit: USAGE,
    says: 'staging',
  },
  {
    name: 'a selector names nothing',
    file: CHECK,
    argv: [...RUN, 'hre'],
    exit: USAGE,
    says: 'there is no check "hre"',
  },
  {
    name: 'a pattern selects nothing',
    file: CHECK,
    argv: [...RUN, 'api-*'],
    exit: USAGE,
    says: 'no check matches "api-*"',
  },
  {
    name: 'a tag selects nothing',
    file: CHECK,
    argv: [...RUN, 'tag:smoke'],
    exit: USAGE,
    says: 'there is no tag "smoke"',
  },
  {
    name: 'the gate is misspelt',
    file: `${CHECK}gates: { launch: { must: [here] } }\n`,
    argv: [...RUN, '--gate', 'lunch'],
    exit: USAGE,
    says: 'did you mean "launch"?',
  },
  {
    name: 'nothing of the selection is in the gate',
    file: `${beside('down: { tcp: 127.0.0.1:9 }')}gates: { a: { must: [here] }, b: { must: [down] } }\n`,
    argv: [...RUN, '--gate', 'b', 'here'],
    exit: USAGE,
    says: 'the selection is empty',
  },
  {
    name: 'only a part was run',
    file: beside('down: { tcp: 127.0.0.1:9 }'),
    argv: [...RUN, 'here'],
    exit: HOLD,
    says: 'down is not part of this run',
  },
  {
    name: 'a part of the run holds everything that the gate asks for',
    file: CHECK,
    argv: [...RUN, '--shard', '1/2'],
    exit: HOLD,
    says: 'this is part 1 of 2',
  },
  {
    name: 'an option is misspelt',
    file: CHECK,
    argv: ['run', '--stirct'],
    exit: USAGE,
    says: 'did you mean "--strict"?',
  },
  { name: 'an option has no value', file: CHECK, argv: ['run', '--gate'], exit: USAGE, says: '--gate needs a value' },
  {
    name: 'an option takes another one for its value',
    file: CHECK,
    argv: ['run', '--gate', '--quiet'],
    exit: USAGE,
    says: '--gate needs a value',
  },
  {
    name: 'a format of reports is misspelt',
    file: CHECK,
    argv: [...RUN, '--report', 'juint=out.xml'],
    exit: USAGE,
    says: 'juint',
  },
  { name: 'a command is misspelt', file: CHECK, argv: ['rnu'], exit: USAGE, says: 'did you mean "gonogo run"?' },
  { name: 'there is no command', file: CHECK, argv: [], exit: USAGE, says: 'gonogo' },
];

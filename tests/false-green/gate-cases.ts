import { beside, HERE, HOLD, NO_GO, RUN, USAGE, type Case } from './case.ts';

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const DOWN = beside('down: { files: { glob: gone.txt } }');
const waived = (fields: string): string =>
  `${DOWN}waivers:\n  - { check: down, reason: later, owner: platform, approved-by: cto, ${fields} }\n`;
const manual = (item: string): string => `checks:\n  ${HERE}\nmanual:\n  token: { title: The token is set${item} }\n`;
/** As `gonogo sign` works it out for the item above. */
const signed = (by: string, more: readonly string[] = []): string =>
  [
    `- item: token`,
    `by: ${by}`,
    `at: ${new Date(Date.now() - 3_600_000).toISOString()}`,
    `definition: ${'a'.repeat(64)}`,
    ...more,
  ].join('\n  ') + '\n';
const when = (environments: string): string =>
  `environments: { staging: {}, production: {} }\n${beside(`down: { tcp: 127.0.0.1:9, when: { environment: ${environments} } }`)}`;

/** What people accept, attest and leave out. */
export const GATE_CASES: readonly Case[] = [
  {
    name: 'a waiver is for another reason',
    file: waived(`reason-code: file-stale, expires: ${inDays(5)}`),
    exit: NO_GO,
    says: 'for another reason',
  },
  {
    name: 'a waiver has expired',
    file: waived('reason-code: file-missing, expires: 2026-01-01'),
    exit: NO_GO,
    says: 'expired: it does not count',
  },
  {
    name: 'a waiver ends today',
    file: waived(`reason-code: file-missing, expires: ${inDays(0)}`),
    exit: NO_GO,
    says: 'expired: it does not count',
  },
  {
    name: 'a waiver ends later than anybody will look',
    file: waived(`reason-code: file-missing, expires: ${inDays(400)}`),
    exit: NO_GO,
    says: 'expires too late',
  },
  {
    name: 'a waiver is approved by its owner in other letters',
    file: waived(`reason-code: file-missing, expires: ${inDays(5)}`).replace(
      'approved-by: cto',
      'approved-by: PLATFORM',
    ),
    exit: USAGE,
    says: 'cannot approve it as well',
  },
  {
    name: 'a waiver names a check that is not there',
    file: waived(`reason-code: file-missing, expires: ${inDays(5)}`).replace('check: down', 'check: dwon'),
    exit: USAGE,
    says: 'did you mean "down"?',
  },
  {
    name: 'a waiver accepts what nobody saw',
    file: waived(`reason-code: missing-credential, expires: ${inDays(5)}`),
    exit: USAGE,
    says: 'is never a failure',
  },
  {
    name: 'a waiver covers one of two reasons',
    file: `${beside('down: { files: { glob: gone.txt }, expect: { newest: { newer-than: 1d } } }')}waivers:\n  - { check: down, reason-code: file-stale, reason: later, owner: platform, approved-by: cto, expires: ${inDays(5)} }\n`,
    exit: NO_GO,
    says: 'down fails',
  },
  { name: 'nobody has signed', file: manual(''), exit: HOLD, says: 'nobody has signed' },
  {
    name: 'a sign-off is for another wording',
    file: manual(''),
    files: { 'signoffs.yaml': signed('ada') },
    exit: HOLD,
    says: 'was for another wording',
  },
  {
    name: 'a sign-off is by somebody else',
    file: manual(", quorum: '1 of [grace]'"),
    files: { 'signoffs.yaml': signed('ada') },
    exit: HOLD,
    says: 'only some may sign',
  },
  {
    name: 'a quorum is half met',
    file: manual(", quorum: '2 of [ada, grace]'"),
    exit: HOLD,
    says: '1 of 2 have signed',
    act: ({ run }) => run('sign', 'token', '--by', 'ada', '-y').then(() => run(...RUN)),
  },
  {
    name: 'a quorum is met by one in two spellings',
    file: manual(", quorum: '2 of [ada, Ada]'"),
    exit: USAGE,
    says: 'may be the same person',
  },
  {
    name: 'a sign-off was taken back',
    file: manual(''),
    exit: HOLD,
    says: 'took a sign-off back',
    act: async ({ run }) => {
      await run('sign', 'token', '--by', 'ada', '-y');
      await run('sign', 'token', '--by', 'ada', '--revoke', '-y');
      return run(...RUN);
    },
  },
  {
    name: 'a sign-off is taken back by a word that is not true',
    file: manual(''),
    files: { 'signoffs.yaml': signed('ada', ['revoked: yes']) },
    exit: USAGE,
    says: 'revoked is true or is left out',
  },
  {
    name: 'a sign-off has no evidence where it must',
    file: manual(', evidence: true'),
    exit: USAGE,
    says: 'asks for evidence',
    argv: ['sign', 'token', '--by', 'ada', '-y'],
  },
  {
    name: 'the evidence of a sign-off is an empty file',
    file: manual(', evidence: true'),
    files: { 'shot.png': '' },
    exit: USAGE,
    says: 'it shows nothing',
    argv: ['sign', 'token', '--by', 'ada', '--evidence', 'shot.png', '-y'],
  },
  {
    name: 'the horizon of waivers is a lifetime',
    file: `defaults: { waiver-horizon: 36500d }\n${waived(`reason-code: file-missing, expires: ${inDays(9000)}`)}`,
    exit: USAGE,
    says: 'the duration is longer than 366 days',
  },
  {
    name: 'two branches were merged by nobody',
    file: manual(''),
    files: { 'signoffs.yaml': `<<<<<<< HEAD\n${signed('ada')}=======\n${signed('grace')}>>>>>>> other\n` },
    exit: USAGE,
    says: 'nobody has resolved this merge conflict',
  },
  {
    name: 'the file of sign-offs is cut off',
    file: manual(''),
    files: { 'signoffs.yaml': `${signed('ada')}- item: "tok` },
    exit: USAGE,
    says: 'signoffs.yaml',
  },
  {
    name: 'a decision is open',
    file: manual(', decision: { options: [aws, hetzner] }'),
    exit: HOLD,
    says: 'not decided between aws, hetzner',
  },
  {
    name: 'a decision is made by two in two ways',
    file: manual(', decision: { options: [aws, hetzner] }'),
    exit: HOLD,
    says: 'not decided between',
    act: async ({ run }) => {
      await run('sign', 'token', '--by', 'cto', '--choose', 'aws', '-y');
      await run('sign', 'token', '--by', 'ceo', '--choose', 'hetzner', '-y');
      return run(...RUN);
    },
  },
  {
    name: 'an item is claimed to be done and is not',
    file: `${DOWN}items: { ship: { accept: [down], done: true } }\n`,
    exit: NO_GO,
    says: 'ship is claimed to be done',
  },
  {
    name: 'nobody said which environment',
    file: when('[production]'),
    exit: HOLD,
    says: 'down is not part of this run',
  },
  {
    name: 'the environment has no such check, and nothing else is asked',
    file: `environments: { staging: {}, production: {} }\nchecks: { down: { tcp: 127.0.0.1:9, when: { environment: [production] } } }\n`,
    argv: [...RUN, '-e', 'staging'],
    exit: USAGE,
    says: 'nothing would be proved',
  },
  {
    name: 'a must is under maintenance',
    file: `${beside('asked: { files: { glob: gonogo.yaml } }')}maintenance: { always: { checks: [asked], from: 2026-01-01T00:00:00Z, to: 2099-01-01T00:00:00Z } }\n`,
    exit: HOLD,
    says: 'under maintenance',
  },
  {
    name: 'a gate that is needed is not good',
    file: `${DOWN}gates: { base: { must: [down] }, launch: { must: [here], needs: [base] } }\n`,
    argv: [...RUN, '--gate', 'launch'],
    exit: NO_GO,
    says: 'down fails',
  },
  {
    name: 'a gate that is needed was not run',
    file: `${beside('other: { files: { glob: gonogo.yaml } }')}gates: { base: { must: [other] }, launch: { must: [here], needs: [base] } }\n`,
    argv: [...RUN, '--gate', 'launch', 'here'],
    exit: HOLD,
    says: 'other is not part of this run',
  },
];

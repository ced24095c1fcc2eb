import { describe, expect, test } from 'vitest';
import { load as loadFiles } from '../../tests/load-texts.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const fileWith = (notify: string): string => `version: 1
secrets: [SLACK, PAGER, TOKEN]
checks: { a: { http: https://a.example/ } }
notify:
${notify}
`;

const SECRETS = {
  SLACK: 'https://hooks.slack.com/services/T0/B0/x',
  PAGER: 'R'.repeat(32),
  TOKEN: 'github-token',
  COMMIT,
};

const load = (notify: string, environment: { readonly [name: string]: string } = SECRETS) =>
  loadFiles({ files: { 'gonogo.yaml': fileWith(notify) }, environment });

const problems = async (
  notify: string,
  environment?: { readonly [name: string]: string },
): Promise<readonly string[]> => {
  const loaded = await load(notify, environment);
  return loaded.ok ? [] : loaded.problems.map(({ message, position }) => `${position?.line} ${message}`);
};

describe('whom to tell', () => {
  test('is resolved with what it takes, and tells on change unless it says otherwise', async () => {
    const loaded = await load(`
  team: { slack: { url: '\${secret.SLACK}' } }
  pager: { on: failure, runbooks-url: https://git.example.com/x, pagerduty: { routing-key: '\${secret.PAGER}' } }
  commit: { github: { repository: o/r, commit: '\${env.COMMIT}', token: '\${secret.TOKEN}' } }
  hook: { on: always, webhook: { url: https://hook.example/, headers: { authorization: 'Bearer \${secret.TOKEN}' } } }`);
    expect(loaded.ok && loaded.config.notify).toMatchObject([
      { id: 'team', on: 'change', channel: { kind: 'slack', url: SECRETS.SLACK }, runbooksUrl: null },
      {
        id: 'pager',
        on: 'failure',
        channel: { url: 'https://events.pagerduty.com/v2/enqueue', routingKey: SECRETS.PAGER },
        runbooksUrl: 'https://git.example.com/x',
      },
      {
        id: 'commit',
        on: 'always',
        channel: {
          url: 'https://api.github.com',
          repository: 'o/r',
          commit: COMMIT,
          token: 'github-token',
          context: 'gonogo',
          targetUrl: null,
        },
      },
      { id: 'hook', on: 'always', channel: { kind: 'webhook', headers: { authorization: 'Bearer github-token' } } },
    ]);
  });

  test('is nobody while something is not set, which stops no run', async () => {
    const loaded = await load(
      `
  team: { slack: { url: '\${secret.SLACK}' } }
  commit: { github: { repository: o/r, commit: '\${env.COMMIT}', token: '\${secret.TOKEN}' } }`,
      {},
    );
    expect(loaded.ok && loaded.config.notify).toMatchObject([
      { id: 'team', channel: null, missing: ['SLACK'] },
      { id: 'commit', channel: null, missing: ['COMMIT', 'TOKEN'] },
    ]);
  });

  test('may depend on the environment', async () => {
    const notify = "  team: { when: { environment: [production] }, slack: { url: '${secret.SLACK}' } }";
    const loaded = await load(notify);
    expect(loaded.ok && loaded.config.notify).toEqual([]);
  });
});

describe('a wrong entry is refused with its place', () => {
  test.each([
    ['nobody', '  team: { on: change }', '5 "team" does not say whom to tell'],
    [
      'two at once',
      "  team: { slack: { url: '${secret.SLACK}' }, webhook: { url: http://a.example/ } }",
      '5 "team" tells two, webhook and slack: write two entries',
    ],
    [
      'a secret that is none',
      '  team: { slack: { url: https://hooks.slack.com/x } }',
      '5 url has to come from a secret',
    ],
    [
      'credentials in a header',
      '  hook: { webhook: { url: http://a.example/, headers: { Authorization: Bearer x } } }',
      '5 headers.Authorization has to come from a secret',
    ],
    [
      'a short routing key',
      "  pager: { pagerduty: { routing-key: '${secret.TOKEN}' } }",
      '5 a routing key has 32 letters and digits',
    ],
    [
      'a branch for a commit',
      "  commit: { github: { repository: o/r, commit: main, token: '${secret.TOKEN}' } }",
      '5 expected the whole hash of a commit, found "main"',
    ],
    [
      'no repository',
      "  commit: { github: { repository: r, commit: '${env.COMMIT}', token: '${secret.TOKEN}' } }",
      '5 expected owner/name, found "r"',
    ],
    ['no URL', '  hook: { webhook: { url: nowhere } }', '5 url is not a URL of http or https'],
    [
      'a secret in plain text',
      "  pager: { pagerduty: { url: http://pager.example/, routing-key: '${secret.PAGER}' } }",
      '5 a secret would travel in plain text: url has to begin with https:',
    ],
    [
      'a secret in a header in plain text',
      "  hook: { webhook: { url: http://hook.example/, headers: { X-Api-Key: '${secret.TOKEN}' } } }",
      '5 a secret would travel in plain text: url has to begin with https:',
    ],
    ['an unknown key', '  team: { slak: { url: x } }', '5 unknown key "slak"'],
    [
      'an unknown word',
      "  team: { on: sometimes, slack: { url: '${secret.SLACK}' } }",
      '5 expected "change", "always" or "failure", found the text "sometimes"',
    ],
  ])('%s', async (_, notify, message) => {
    expect(await problems(notify)).toContain(message);
  });

  test('without showing a secret', async () => {
    const [message = ''] = await problems("  team: { slack: { url: '${secret.TOKEN}' } }");
    expect(message).toContain('url is not a URL');
    expect(message).not.toContain('github-token');
  });
});

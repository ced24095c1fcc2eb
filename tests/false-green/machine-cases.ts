import { beside, HERE, HOLD, NO_GO, USAGE, type Case } from './case.ts';

const command = (argv: string, more = ''): string => beside(`asked: { command: { argv: ${argv}${more} } }`);

/** What this machine and the network around it say although it is not so. */
export const MACHINE_CASES: readonly Case[] = [
  { name: 'a program ends with an error', file: command('[sh, -c, exit 3]'), exit: NO_GO, says: 'exit-code' },
  { name: 'a program does not exist', file: command('[no-such-program-here]'), exit: HOLD, says: 'command-missing' },
  { name: 'a program is killed', file: command('[sh, -c, "kill -9 $$"]'), exit: NO_GO, says: 'signal' },
  {
    name: 'a program hides its error behind a pipe',
    file: command('[sh, -c, "false | true"]', ', artifacts: [dist/*.js]'),
    exit: NO_GO,
    says: 'artifact-missing',
  },
  {
    name: 'a program leaves an old artifact in place',
    file: command('["true"]', ', artifacts: [gonogo.yaml]'),
    exit: NO_GO,
    says: 'artifact',
  },
  {
    name: 'a program takes too long',
    file: beside('asked: { command: { argv: [sleep, "5"] }, timeout: 300ms }'),
    exit: NO_GO,
    says: 'timeout',
  },
  {
    name: 'no file matches',
    file: beside('asked: { files: { glob: "dist/*.js" } }'),
    exit: NO_GO,
    says: 'file-missing',
  },
  {
    name: 'a file that must be absent lies in a folder that is not there',
    file: beside('asked: { files: { root: dits, glob: "**/.env", absent: true } }'),
    exit: NO_GO,
    says: 'dits',
  },
  {
    name: 'a file that must be absent hides behind a dot',
    file: beside('asked: { files: { glob: "**/*", absent: true, root: public } }'),
    files: { 'public/.env': 'TOKEN=x\n' },
    exit: NO_GO,
    says: 'file-present',
  },
  {
    name: 'lines of JSON are cut off',
    file: beside('asked: { files: { glob: "log.jsonl", json-lines: true } }'),
    files: { 'log.jsonl': '{"a":1}\n{"a":' },
    exit: NO_GO,
    says: 'file-invalid',
  },
  {
    name: 'a file of JSON lines is empty',
    file: beside('asked: { files: { glob: "log.jsonl", json-lines: true } }'),
    files: { 'log.jsonl': '' },
    exit: NO_GO,
    says: 'log.jsonl',
  },
  {
    name: 'a variable of this machine is empty',
    file: beside('asked: { environment: { VAULT_KEY: { exists: true } } }'),
    variables: { VAULT_KEY: '' },
    exit: NO_GO,
    says: 'variable-missing',
  },
  {
    name: 'a variable of this machine is not set',
    file: beside('asked: { environment: { is-set: VAULT_KEY } }'),
    exit: NO_GO,
    says: 'variable-missing',
  },
  {
    name: 'a port that must be closed is at a name that does not resolve',
    file: beside('asked: { tcp: { host: nowhere.invalid, port: 22, closed: true }, timeout: 3s }'),
    exit: NO_GO,
    says: 'asked',
  },
  {
    name: 'a port that must be closed is open',
    file: beside("asked: { tcp: { host: 127.0.0.1, port: '${env.TARGET_PORT}', closed: true } }"),
    exit: NO_GO,
    says: 'port-open',
  },
  { name: 'nobody listens', file: beside('asked: { tcp: 127.0.0.1:9 }'), exit: NO_GO, says: 'connect-refused' },
  {
    name: 'a certificate has expired',
    file: beside("asked: { tls: { host: 127.0.0.1, port: '${env.EXPIRED_PORT}', ca: ca.pem } }"),
    exit: NO_GO,
    says: 'tls-expired',
  },
  {
    name: 'a certificate is for another host',
    file: beside("asked: { tls: { host: 127.0.0.1, port: '${env.OTHER_HOST_PORT}', ca: ca.pem } }"),
    exit: NO_GO,
    says: 'tls-wrong-host',
  },
  {
    name: 'a certificate is of nobody we know',
    file: beside("asked: { http: 'https://127.0.0.1:${env.OTHER_HOST_PORT}/' }"),
    exit: NO_GO,
    says: 'tls-',
  },
  {
    name: 'a beat is too old',
    file: beside('asked: { heartbeat: { from: { file: state.json, json: $.seen }, every: 1m } }'),
    files: { 'state.json': '{"seen":"2026-01-01T00:00:00Z"}' },
    exit: NO_GO,
    says: 'heartbeat-missed',
  },
  {
    name: 'a beat comes from the future',
    file: beside('asked: { heartbeat: { from: { file: state.json, json: $.seen }, every: 1m } }'),
    files: { 'state.json': '{"seen":"2099-01-01T00:00:00Z"}' },
    exit: NO_GO,
    says: 'asked',
  },
  {
    name: 'a beat has no past in our history',
    file: `checks:\n  ${HERE}\n  asked: { heartbeat: { from: { history: here }, every: 1m } }\n`,
    exit: HOLD,
    says: 'asked',
  },
  {
    name: 'a burst floods what nobody allowed it to',
    file: beside("asked: { burst: { url: '${env.TARGET}/ok', requests: 5, within: 1s } }"),
    exit: USAGE,
    says: 'allow-bursts',
  },
];

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../../model/fault.ts';
import type { Execute } from '../command.ts';
import { print } from '../print.ts';

const starter = (url: string): string => `version: 1
name: My service
runbooks: [runbooks/*.md]

vars:
  service: \${env.SERVICE_URL:-${url}}

owners:
  team: { contact: '#my-team' }

components:
  service:
    title: My service
    owner: team
    runbook: { default: service.md#service }

checks:
  service-answers:
    title: The service answers
    component: service
    http: \${vars.service}
    expect: { status: 200 }
    warn: { duration: { below: 1s } }
`;

const RUNBOOK = `---
owner: team
---

# Runbook of my service

## Service

### Meaning

The service does not answer as it should.

### Impact

Say here who is hurt, in one sentence.

### Diagnosis

1. See whether it runs: \`systemctl status my-service\`
2. Read its last lines: \`journalctl -u my-service -n 100 --no-pager\`

### Mitigation

1. Restart it once: \`systemctl restart my-service\`
`;

const checkedUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return text;
  throw new UsageError(`--url must be an http or https address, found "${text}"`, 'for example https://example.com/');
};

/** `gonogo init`: a starter file and its runbook. Never overwrites. */
export const execute: Execute = async ({ words: [file = 'gonogo.yaml'], value }, world) => {
  const url = checkedUrl(value('url') ?? 'https://example.com/');
  const path = resolve(world.workingDirectory, file);
  const runbook = join(dirname(path), 'runbooks', 'service.md');
  if (existsSync(path)) throw new UsageError(`${file} is there already`, 'name another file, or move that one away');
  mkdirSync(dirname(runbook), { recursive: true });
  writeFileSync(path, starter(url), { flag: 'wx' });
  const wrote = [file];
  if (!existsSync(runbook)) {
    writeFileSync(runbook, RUNBOOK, { flag: 'wx' });
    wrote.push('runbooks/service.md');
  }
  const option = file === 'gonogo.yaml' ? '' : ` -c ${file}`;
  return print(world, `wrote ${wrote.join(' and ')}\n\nnext: gonogo validate${option}\n      gonogo run${option}\n`);
};

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { pidsIn, survivors } from '../../process/test-processes.ts';
import { testContext } from '../../test-context.ts';
import { look } from '../look.ts';
import type { Spec } from '../schema.ts';
import { codesOf } from '../test-server.ts';
import { program } from './test-program.ts';

const ask = (fault: string, more: Partial<Spec> = {}, timeoutMs = 5000) =>
  look({ command: program(fault), tool: 'query', ...more }, testContext(timeoutMs));

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'gonogo-mcp-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

describe('a server that is a program', () => {
  test('is started, asked, and ends when its stdin is closed', async () => {
    const facts = await ask('');
    expect(facts).toMatchObject({
      connected: true,
      transport: 'stdio',
      era: 'legacy',
      'protocol-version': '2025-11-25',
      tools: ['query'],
      'input-valid': true,
      hits: 1,
      'ended-by': 'eof',
    });
    expect(facts).not.toHaveProperty('starts');
    expect(codesOf(facts)).toEqual([]);
  });

  test('gets its own variables and no other of ours, and runs in its own folder', async () => {
    const cwd = folder();
    const fault = `
      on['tools/call'] = (id) =>
        answer(id, { content: [{ type: 'text', text: JSON.stringify([process.cwd(), process.env]) }] });`;
    const facts = await look(
      { command: program(fault), tool: 'query', env: { OWN: 7 }, cwd },
      testContext(5000, { environment: { PATH: '/usr/bin', API_TOKEN: 'hush' } }),
    );
    expect(facts['json']).toEqual([cwd, { PATH: '/usr/bin', OWN: '7', GONOGO_PROGRAM: expect.any(String) }]);
  });

  test('may write to stderr, which is evidence and no error; the last 64 KiB are kept', async () => {
    const facts = await ask(`process.stderr.write('x'.repeat(100_000) + 'last words\\n');`);
    expect(facts).toMatchObject({ 'is-error': false, 'stderr-size': 100_011 });
    expect(String(facts['stderr'])).toHaveLength(65_536);
    expect(facts['stderr']).toMatch(/last words\n$/);
    expect(codesOf(facts)).toEqual([]);
  });

  test('that cannot be started is command-missing', async () => {
    for (const command of [['/nowhere/server'], ['no-such-program-here']]) {
      await expect(look({ command }, testContext())).rejects.toMatchObject({
        code: 'command-missing',
        message: expect.stringContaining('no program'),
        facts: { connected: false },
      });
    }
    await expect(look({ command: ['sh'], cwd: 'nowhere' }, testContext())).rejects.toMatchObject({
      code: 'file-missing',
    });
  });
});

describe('stdout belongs to the protocol', () => {
  test('a banner and a line of a log are mcp-stdout-noise, and the rest is looked at all the same', async () => {
    const facts = await ask(`say('Server starting \\x1b[31m'); say('{"level":30}'); say('');`);
    expect(facts).toMatchObject({ hits: 1, 'noise-lines': 2 });
    expect(facts['stdout-noise']).toEqual([String.raw`Server starting \u{1b}[31m`, '{"level":30}']);
    expect(codesOf(facts)).toEqual(['mcp-stdout-noise']);
  });

  test('what comes while the server ends is noise as well', async () => {
    expect(codesOf(await ask(`lines.on('close', () => say('bye'));`))).toEqual(['mcp-stdout-noise']);
  });

  test.each([
    ['a message that breaks off', `say('{"jsonrpc":"2.0","id":' + id + ',"result":')`],
    ['a batch', `say(JSON.stringify([{ jsonrpc: '2.0', id, result: {} }]))`],
    [
      'result and error at once',
      `say(JSON.stringify({ jsonrpc: '2.0', id, result: {}, error: { code: 1, message: '' } }))`,
    ],
    ['neither result nor error', `say(JSON.stringify({ jsonrpc: '2.0', id }))`],
    ['the id as a text', `answer(String(id), { content: [] })`],
    ['another id', `answer(id + 1, { content: [] })`],
    ['no id', `say('{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Parse error"}}')`],
    ['the same answer twice', `{ answer(id, { content: [] }); answer(id, { content: [] }); }`],
    ['an error without a code', `say(JSON.stringify({ jsonrpc: '2.0', id, error: 'broken' }))`],
    [
      'a message that is not UTF-8',
      `process.stdout.write(Buffer.from('{"jsonrpc":"2.0","id":2,"result":"\\xff"}\\n', 'latin1'))`,
    ],
    ['a name twice in one object', `say('{"jsonrpc":"2.0","id":' + id + ',"id":7,"result":{}}')`],
  ])('%s is mcp-protocol at once', async (_what, fault) => {
    const startedMs = performance.now();
    const facts = await ask(`on['tools/call'] = (id) => ${fault};`);
    expect(facts).toMatchObject({ connected: true, 'failure-step': 'call', failure: 'mcp-protocol' });
    expect(codesOf(facts, 'is-error')).toEqual(['mcp-protocol']);
    expect(performance.now() - startedMs).toBeLessThan(4000);
  });

  test('an answer that comes twice with the last one is no pass either', async () => {
    const fault = `on['tools/list'] = (id) => { answer(id, { tools: [] }); answer(id, { tools: [] }); };`;
    expect(await ask(fault, { tool: 'other' })).toMatchObject({ failure: 'mcp-protocol' });
  });

  test('a line over 10 MiB and more than 32 MiB in all are body-limit', async () => {
    const line = `on['tools/call'] = () => process.stdout.write('x'.repeat(100 * 1024 * 1024));`;
    await expect(ask(line, {}, 10_000)).rejects.toMatchObject({ code: 'body-limit', facts: { connected: true } });
    const flood = `
      const note = '{"jsonrpc":"2.0","method":"notifications/message","params":{"data":"' + 'x'.repeat(9000) + '"}}\\n';
      const more = () => process.stdout.write(note.repeat(100), more);
      on['tools/call'] = () => more();`;
    await expect(ask(flood, {}, 10_000)).rejects.toMatchObject({
      code: 'body-limit',
      facts: { notifications: expect.any(Number) },
    });
  });

  test('an answer that stands behind a banner on its line is noise, which is told when the time is over', async () => {
    await expect(ask(`process.stdout.write('Starting... ');`, { era: 'legacy' }, 800)).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('; stdout holds 1 other line, first "Starting... {'),
    });
  });

  test('a line without its end is told when the time is over', async () => {
    const fault = `on['tools/call'] = () => process.stdout.write('{"jsonrpc":"2.0","id"');`;
    await expect(ask(fault, {}, 1000)).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringMatching(/^tools\/call did not end within 1000 ms; stdout ends in a line without its end/),
    });
  });
});

describe('a server that ends', () => {
  test.each([
    ['before it is asked', `console.error('no API key'); process.exit(3);`, 'exit code 3', 'initialize'],
    ['with 0 and without a word', `process.exit(0);`, 'exit code 0', 'initialize'],
    ['over initialize', `on.initialize = () => process.exit(4);`, 'exit code 4', 'initialize'],
    ['over the list', `on['tools/list'] = () => process.kill(process.pid, 'SIGSEGV');`, 'SIGSEGV', 'tools/list'],
    ['over the call', `on['tools/call'] = () => process.exit(1);`, 'exit code 1', 'tools/call'],
    [
      'in the middle of a line',
      `on['tools/call'] = () => process.stdout.write('{"jso', () => process.exit(1));`,
      '{"jso',
      'tools/call',
    ],
  ])('%s is mcp-server-exit, with how it ended and what it left unanswered', async (_when, fault, how, waitingFor) => {
    const facts = await ask(fault);
    expect(codesOf(facts, 'is-error')).toEqual(['mcp-server-exit']);
    expect(facts['failure-message']).toContain(how);
    expect(facts['failure-message']).toContain(`before it answered ${waitingFor}`);
  });

  test('has its last words on stderr in the cause, and its exit code in a fact', async () => {
    const facts = await ask(`console.error('starting'); console.error('no API key'); process.exit(3);`);
    expect(facts).toMatchObject({ connected: false, 'exit-code': 3, starts: 2, stderr: 'starting\nno API key\n' });
    expect(facts['failure-message']).toContain('its stderr ends with: starting / no API key');
  });

  test('right after its last answer has answered', async () => {
    const fault = `on['tools/call'] = (id) => { answer(id, { content: [{ type: 'text', text: 'a' }] }); process.exit(9); };`;
    const facts = await ask(fault);
    expect(facts).toMatchObject({ 'is-error': false, hits: 1 });
    expect(facts).not.toHaveProperty('failure');
  });

  test('between two answers is mcp-server-exit with the next request', async () => {
    const facts = await ask(
      `on['tools/list'] = (id) => { answer(id, { tools: [{ name: 'query', inputSchema: { type: 'object' } }] }); process.exit(6); };`,
    );
    expect(codesOf(facts, 'hits')).toEqual(['mcp-server-exit']);
    expect(facts).toMatchObject({ 'tool-count': 1, 'exit-code': 6 });
  });

  test('only its stdout is mcp-server-exit too, and says that it goes on running', async () => {
    const fault = `
      import { closeSync } from 'node:fs';
      on['tools/call'] = () => { process.stdout.destroy(); closeSync(1); setInterval(() => {}, 1000); };`;
    const facts = await ask(fault);
    expect(codesOf(facts, 'is-error')).toEqual(['mcp-server-exit']);
    expect(facts['failure-message']).toContain('closed its stdout before it answered tools/call, and goes on running');
  });
});

describe('when a look is over, nothing of the server is left', () => {
  const family = (file: string, more = '') => `
    import { spawn } from 'node:child_process';
    import { writeFileSync } from 'node:fs';
    const child = spawn('sh', ['-c', 'trap "" TERM; sleep 300 & echo $!; wait']);
    const ready = new Promise((resolve) => child.stdout.once('data', (text) => {
      writeFileSync(${JSON.stringify(file)}, [process.pid, child.pid, String(text).trim()].join('\\n') + '\\n');
      resolve();
    }));
    ${more}`;
  const written = async (file: string): Promise<readonly number[]> => {
    await expect.poll(() => pidsIn(readFileSync(file, 'utf8')).length, { timeout: 3000 }).toBe(3);
    return pidsIn(readFileSync(file, 'utf8'));
  };

  test('not the children of a server that ends in order', async () => {
    const file = join(folder(), 'pids');
    writeFileSync(file, '');
    const waits = `
      on['tools/call'] = (id) => ready.then(() => answer(id, { content: [] }));
      lines.on('close', () => process.exit(0));`;
    expect(await ask(family(file, waits))).toMatchObject({ 'is-error': false, 'ended-by': 'eof' });
    expect(await survivors(await written(file))).toEqual([]);
  });

  test('not a server that heeds neither the end of its stdin nor SIGTERM', async () => {
    const file = join(folder(), 'pids');
    writeFileSync(file, '');
    const deaf = `
      on['tools/call'] = (id) => ready.then(() => answer(id, { content: [{ type: 'text', text: 'a' }] }));
      process.on('SIGTERM', () => {});`;
    const facts = await ask(family(file, deaf));
    expect(facts).toMatchObject({ hits: 1, 'ended-by': 'SIGKILL' });
    expect(await survivors(await written(file))).toEqual([]);
  });

  test('and not one that hangs, promptly after the deadline', async () => {
    const file = join(folder(), 'pids');
    writeFileSync(file, '');
    const startedMs = performance.now();
    await expect(ask(family(file, `on['tools/call'] = () => {};`), {}, 1500)).rejects.toMatchObject({
      code: 'timeout',
    });
    expect(performance.now() - startedMs).toBeLessThan(1500 + 240);
    expect(await survivors(await written(file))).toEqual([]);
  });
});

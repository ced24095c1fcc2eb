import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CouldNotLook } from '../probe.ts';
import { encodeMultipart } from './multipart.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-multipart-'));
  writeFileSync(join(folder, 'a.bin'), Buffer.from([0, 255, 13, 10, 45, 45]));
  writeFileSync(join(folder, 'empty'), '');
  writeFileSync(join(folder, 'large'), '');
  truncateSync(join(folder, 'large'), 11 * 1024 * 1024);
  mkdirSync(join(folder, 'sub'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a reader that is none of ours makes of it. */
const readBack = async (fields: Parameters<typeof encodeMultipart>[0]): Promise<FormData> => {
  const { bytes, type } = await encodeMultipart(fields, folder);
  return new Response(Buffer.from(bytes), { headers: { 'content-type': type } }).formData();
};

describe('a form with files', () => {
  it('arrives as it was written, byte by byte', async () => {
    const form = await readBack({
      note: 'Zoë & "Co"\r\nline',
      amount: 3,
      yes: true,
      blank: '',
      upload: { file: 'a.bin', type: 'image/png', name: 'b "x".png' },
      nothing: { file: 'empty' },
    });
    expect([form.get('note'), form.get('amount'), form.get('yes'), form.get('blank')]).toEqual([
      'Zoë & "Co"\r\nline',
      '3',
      'true',
      '',
    ]);
    const upload = form.get('upload');
    const nothing = form.get('nothing');
    if (!(upload instanceof File) || !(nothing instanceof File)) throw new Error('there are no files');
    expect(upload).toMatchObject({ name: 'b "x".png', type: 'image/png' });
    expect([...(await upload.bytes())]).toEqual([0, 255, 13, 10, 45, 45]);
    expect(nothing).toMatchObject({ name: 'empty', type: 'application/octet-stream', size: 0 });
  });

  it('lets no name out of its quotes', async () => {
    const form = await readBack({ 'a"; filename="x': 'v', 'b\r\nX-Y: z': 'w' });
    expect([...form.keys()]).toHaveLength(2);
    expect([...form.values()]).toEqual(['v', 'w']);
  });

  it('has the same boundary for the same content, and another for another', async () => {
    const of = async (text: string): Promise<string> => (await encodeMultipart({ text }, folder)).type;
    expect(await of('a')).toBe(await of('a'));
    expect(await of('a')).not.toBe(await of('b'));
  });

  it.each([
    [{ f: { file: 'none' } }, 'the file none cannot be read'],
    [{ f: { file: 'sub' } }, 'sub is no file'],
    [{ f: { file: 'large' } }, 'the file large is larger than'],
    [{ f: 'x'.repeat(6 * 1024 * 1024), g: 'x'.repeat(6 * 1024 * 1024) }, 'the form is larger than'],
  ])('is not sent when it cannot be made: %#', async (fields, message) => {
    const error: unknown = await encodeMultipart(fields, folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CouldNotLook);
    expect(error).toMatchObject({ code: 'not-run', message: expect.stringContaining(message) });
  });
});

import type { Readable } from 'node:stream';

const LF = 0x0a;
/** Longer ones are not from our reporter, which cuts what it tells. */
const LONGEST = 256 * 1024;

/** The lines of a stream that begin with a mark, without it. Anything else is thrown away, however much it is. */
export async function* markedLines(stream: Readable, mark: string): AsyncGenerator<string> {
  let held: Buffer[] = [];
  let size = 0;
  const take = (part: Buffer): void => {
    size += part.length;
    if (size <= LONGEST) held.push(part);
    else held = [];
  };
  const line = (): string => {
    const text = size <= LONGEST ? Buffer.concat(held).toString('utf8') : '';
    [held, size] = [[], 0];
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  };
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue;
    let start = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
      take(chunk.subarray(start, end));
      const text = line();
      if (text.startsWith(mark)) yield text.slice(mark.length);
      start = end + 1;
    }
    take(chunk.subarray(start));
  }
}

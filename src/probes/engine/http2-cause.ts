import { CouldNotLook } from '../probe.ts';
import type { Complaint } from './http2-watch.ts';
import { invalidResponse } from './parse-head.ts';
import { byteSize, printable } from './printable.ts';

/** Everything that is known of an exchange over HTTP/2 that ended before its response did. */
export type Broken = {
  readonly complaint: Complaint | null;
  /** What our HTTP/2 library found wrong, when it did not tell the server. */
  readonly fault: Error | null;
  readonly headerBytes: number;
  /** What came so far: `17 of 4096 body bytes`. */
  readonly got: string;
};

const SHOWN = 80;

const told = ({ frame, code, text }: Complaint): string => {
  const said = text.length === 0 ? '' : `, "${printable(Buffer.from(text).toString('utf8'), SHOWN)}"`;
  return `${frame}, ${code}${said}`;
};

/** Why there is no whole response, as a reason. Our side answers a header section over its limit with ENHANCE_YOUR_CALM. */
export const brokenOff = ({ complaint, fault, headerBytes, got }: Broken): CouldNotLook => {
  if (complaint?.by === 'us' && complaint.code === 'ENHANCE_YOUR_CALM') {
    return new CouldNotLook('header-limit', `the header section is over ${byteSize(headerBytes)}`);
  }
  if (complaint?.by === 'us') return invalidResponse(`it breaks a rule of HTTP/2 (${told(complaint)}): got ${got}`);
  if (complaint !== null) {
    const what = complaint.frame === 'GOAWAY' ? 'ended the session' : 'reset the stream';
    return new CouldNotLook('closed-early', `the server ${what} (${told(complaint)}): got ${got}`);
  }
  if (fault !== null) return invalidResponse(`it breaks a rule of HTTP/2 (${fault.message}): got ${got}`);
  return new CouldNotLook('closed-early', `closed early: got ${got}`);
};

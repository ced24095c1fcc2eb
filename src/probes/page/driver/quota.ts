import type { ReasonCode } from '../../../model/reason-code.ts';
import { CouldNotLook } from '../../probe.ts';

/** How a visit is ended from outside its own flow. */
export type EndVisit = (reason: CouldNotLook) => void;

/** Makes a counter that ends the visit when the page does something more often than any sound page would. */
export type Quota = (what: string, most: number, code?: ReasonCode) => () => void;

export const newQuota =
  (end: EndVisit): Quota =>
  (what, most, code = 'page-error') => {
    let count = 0;
    return () => {
      count += 1;
      if (count === most + 1) end(new CouldNotLook(code, `the page made more than ${most} ${what}`));
    };
  };

import type { ReasonCode } from '../../model/reason-code.ts';

/** What ended a conversation that did take place: a reason code and one sentence, free of secrets. */
export type Failure = { readonly code: ReasonCode; readonly message: string };

/** The server answered, but not so that the conversation could go on. A look reports it as facts. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly code: ReasonCode;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.code = failure.code;
  }
}

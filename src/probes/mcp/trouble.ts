import type { Facts } from '../../model/observation.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import type { Library } from './client.ts';
import type { Progress } from './converse.ts';
import { failureOf, STEPS } from './failure.ts';
import { Stopped, type Failure } from './stop.ts';

/** The same trouble with another message or more facts. */
export const retold = (trouble: CouldNotLook, message: string, facts: Facts = trouble.facts): CouldNotLook =>
  new CouldNotLook(trouble.code, message, facts, { cause: trouble });

/**
 * What the server did wrong; an error when there was no answer to speak of, and for what is our own fault. What ended
 * the conversation from below tells more than the error that the client library makes of it.
 */
export const troubleOf = (
  error: unknown,
  progress: Progress,
  library: Library,
  context: ProbeContext,
  refused: readonly string[],
): Failure | Error => {
  const channel = progress.channels.at(-1);
  const stopped = channel?.stopped() ?? null;
  const cause = stopped ?? error;
  const doing = STEPS[progress.step];
  if (cause instanceof Stopped) return { code: cause.code, message: cause.message };
  const asked = refused.length === 0 ? '' : `; the server had asked for ${refused.join(', ')}, which was refused`;
  const pending = `${channel?.unfinished() ?? ''}${asked}`;
  if (cause instanceof CouldNotLook) {
    if (cause.code === 'timeout') return retold(cause, `${cause.message} (${doing})${pending}`);
    const isNamed = channel !== undefined && progress.step !== 'connect' && cause.code !== 'not-run';
    return isNamed ? retold(cause, `${cause.message} (${doing})`) : cause;
  }
  if (context.signal.aborted) {
    return new CouldNotLook('timeout', `${doing} did not end within ${context.timeoutMs} ms${pending}`, {}, { cause });
  }
  return stopped ?? failureOf(error, progress.step, library);
};

import type { Tool } from '@modelcontextprotocol/client';
import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { checkFit } from './fit/validator.ts';

/** Whether the arguments of a call fit what the tool declares that it takes. */
export const inputFacts = async ({ inputSchema }: Tool, args: Json, signal: AbortSignal): Promise<Facts> => {
  const fit = await checkFit(inputSchema, args, signal);
  if (fit.fits) return { 'input-valid': true };
  const problem =
    fit.fault === 'value'
      ? `the arguments do not fit the input schema of the tool: ${fit.why}; it was not called`
      : `the input schema of the tool cannot be applied: ${fit.why}; it was not called`;
  return { 'input-valid': false, 'input-problem': problem };
};

/** Whether the structured content fits what the tool declares that it gives; nothing without such a schema. */
export const outputFacts = async (
  { outputSchema }: Tool,
  structured: Json | undefined,
  signal: AbortSignal,
): Promise<Facts> => {
  if (outputSchema === undefined) return {};
  if (structured === undefined) {
    return {
      'output-valid': false,
      'output-problem': 'the tool declares an output schema and returned no structured content',
    };
  }
  const fit = await checkFit(outputSchema, structured, signal);
  if (fit.fits) return { 'output-valid': true };
  const problem =
    fit.fault === 'value'
      ? `the structured content does not fit the output schema that the tool declares: ${fit.why}`
      : `the output schema that the tool declares cannot be applied: ${fit.why}`;
  return { 'output-valid': false, 'output-problem': problem };
};

import type { WrittenSignOff } from '../config/readiness/sign-off-entry.ts';

/**
 * An entry as YAML, one key a line, so that two branches that each append one merge. Texts are quoted as JSON, which
 * YAML reads alike; what it would not is seen when the file is read before it is written.
 */
export const entryText = (entry: WrittenSignOff): string => {
  const { item, by, at, revoked, choice, note, definition, evidence, signature } = entry;
  const lines = [
    `- item: ${JSON.stringify(item)}`,
    `by: ${JSON.stringify(by)}`,
    `at: ${JSON.stringify(at)}`,
    ...(revoked ? ['revoked: true'] : []),
    ...(choice === null ? [] : [`choice: ${JSON.stringify(choice)}`]),
    ...(note === null ? [] : [`note: ${JSON.stringify(note)}`]),
    `definition: ${JSON.stringify(definition)}`,
    ...(evidence === null
      ? []
      : [`evidence: { file: ${JSON.stringify(evidence.file)}, sha256: ${JSON.stringify(evidence.sha256)} }`]),
    ...(signature === null ? [] : [`signature: ${JSON.stringify(signature)}`]),
  ];
  return `${lines.join('\n  ')}\n`;
};

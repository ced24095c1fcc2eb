/** A sign-off as it is appended to the file. */
export type Entry = {
  readonly item: string;
  readonly by: string;
  readonly at: string;
  readonly revoked: boolean;
  readonly choice: string | null;
  readonly note: string | null;
  readonly definition: string;
  readonly evidence: { readonly file: string; readonly sha256: string } | null;
};

/** An entry as YAML, one key a line, so that two branches that each append one merge. Texts are quoted as JSON. */
export const entryText = ({ item, by, at, revoked, choice, note, definition, evidence }: Entry): string => {
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
  ];
  return `${lines.join('\n  ')}\n`;
};

import { MIN_SECRET_LENGTH } from '../../config/secrets.ts';
import { UsageError } from '../../model/fault.ts';

/** Takes secrets out of a command: each becomes the placeholder of a variable. */
export type SecretKeeper = {
  /** The placeholder that stands for a value; `from` says in words where it stood. Throws `UsageError` for a short one. */
  readonly keep: (value: string, name: string, from: string) => string;
  readonly kept: ReadonlyMap<string, { readonly value: string; readonly from: string }>;
};

export const secretKeeper = (): SecretKeeper => {
  const kept = new Map<string, { readonly value: string; readonly from: string }>();
  return {
    kept,
    keep: (value, name, from) => {
      if (value.length < MIN_SECRET_LENGTH) {
        throw new UsageError(
          `${from} is shorter than ${MIN_SECRET_LENGTH} characters: it could not be hidden in reports`,
          'use an account with a longer one',
        );
      }
      const known = [...kept].find(([, one]) => one.value === value)?.[0];
      const variable = known ?? freeName(`SMOKE_${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`, kept);
      kept.set(variable, kept.get(variable) ?? { value, from });
      return `\${secret.${variable}}`;
    },
  };
};

const freeName = (wanted: string, taken: ReadonlyMap<string, unknown>): string => {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${count}`;
  return name;
};

import type { Json } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { SourceFile } from './source-file.ts';
import { positionOf } from './source-file.ts';
import type { Path } from './yaml/places.ts';

/** The sections whose entries have ids that must be unique over all files. */
export const SECTIONS = [
  'vars',
  'owners',
  'components',
  'checks',
  'gates',
  'maintenance',
  'scenarios',
  'fragments',
  'manual',
  'items',
  'risks',
] as const;

export type Section = (typeof SECTIONS)[number];

/** One entry of a section, and where it was written. */
export type Declaration = {
  readonly id: string;
  readonly value: Json;
  readonly file: SourceFile;
  readonly path: Path;
};

export type Declarations = ReadonlyMap<string, Declaration>;

export type Declared = {
  readonly sections: { readonly [Name in Section]: Declarations };
  readonly findings: readonly Finding[];
};

/** Only the file that is started from may say these. */
const ROOT_KEYS = [
  'environments',
  'defaults',
  'controls',
  'allow-bursts',
  'sign-offs',
  'allowed-signers',
  'service-levels',
  'notify',
];

/** Gathers the sections of all files, the first file being the root; a second definition names both places. */
export const declare = (files: readonly SourceFile[]): Declared => {
  const findings: Finding[] = files.slice(1).flatMap(misplacedKeys);
  const gather = (section: Section): Declarations => {
    const all = new Map<string, Declaration>();
    for (const file of files) {
      for (const [id, value] of entriesOf(file, section)) {
        const path = [section, id];
        const first = all.get(id);
        if (first === undefined) all.set(id, { id, value, file, path });
        else findings.push(findingAt(file, path, 'key', alreadyDefined(section, first)));
      }
    }
    return all;
  };
  const sections = {
    vars: gather('vars'),
    owners: gather('owners'),
    components: gather('components'),
    checks: gather('checks'),
    gates: gather('gates'),
    maintenance: gather('maintenance'),
    scenarios: gather('scenarios'),
    fragments: gather('fragments'),
    manual: gather('manual'),
    items: gather('items'),
    risks: gather('risks'),
  };
  return { sections, findings };
};

const entriesOf = (file: SourceFile, section: Section): readonly (readonly [string, Json])[] => {
  const value = isJsonObject(file.value) ? file.value[section] : undefined;
  return isJsonObject(value) ? Object.entries(value) : [];
};

const NAMES: { readonly [Name in Section]: string } = {
  vars: 'variable',
  owners: 'owner',
  components: 'component',
  checks: 'check',
  gates: 'gate',
  maintenance: 'maintenance window',
  scenarios: 'scenario',
  fragments: 'fragment',
  manual: 'manual item',
  items: 'work item',
  risks: 'risk',
};

const alreadyDefined = (section: Section, first: Declaration): string => {
  const { file, line, column } = positionOf(first.file, first.path, 'key');
  return `the ${NAMES[section]} "${first.id}" is already defined at ${file}:${line}:${column}`;
};

const misplacedKeys = (file: SourceFile): readonly Finding[] => {
  const value = isJsonObject(file.value) ? file.value : {};
  return ROOT_KEYS.filter((key) => value[key] !== undefined).map((key) =>
    findingAt(file, [key], 'key', `${key}: has no effect in an included file`, {
      hint: 'move it to the file that includes this one',
    }),
  );
};

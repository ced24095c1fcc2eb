import type { Json } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import type { Config, Gate } from './config.ts';
import type { Declaration, Declared, Section } from './declarations.ts';
import type { FilledFile } from './fill.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import { showCycle, sortByNeeds } from './graph.ts';
import { idleChecks } from './idle-rule.ts';
import type { CheckContext, FilledCheck } from './resolve-check.ts';
import { resolveCheck } from './resolve-check.ts';
import { componentFindings, resolveComponent, resolveOwner } from './resolve-components.ts';
import { resolveGates } from './resolve-gates.ts';
import { readRootSettings, rootFindings } from './root-settings.ts';
import { resolveMaintenance } from './maintenance.ts';
import type { Families } from './matrix.ts';
import { allFamilies, withRows } from './matrix.ts';
import { referencesAt, unknownNames } from './references.ts';
import { resolveManual } from './readiness/manual.ts';
import type { SignOff } from './readiness/sign-offs.ts';
import { readWaivers } from './readiness/waivers.ts';
import { resolveItems, resolveRisks } from './readiness/work.ts';
import { missingRunbooks } from './runbook-rule.ts';
import { indexSelectables } from './selector.ts';
import { fillScenario, resolveScenario } from './scenarios/resolve-scenarios.ts';
import type { Scope } from './scope.ts';
import type { SourceFile } from './source-file.ts';
import { validate } from './validate.ts';
import { valueAt } from './value-at.ts';
import { applyWhen, whenFindings } from './when.ts';
import { mapAt, textAt, textsAt } from './written.ts';
import type { Path } from './yaml/places.ts';

/** Files whose placeholders are filled, with everything that they declare. */
export type Unresolved = {
  readonly root: SourceFile;
  readonly filled: readonly FilledFile[];
  readonly sections: Declared['sections'];
  /** False when a file could not be read: then nothing is called unknown. */
  readonly complete: boolean;
  readonly environment: CheckContext['environment'];
  readonly secrets: CheckContext['secrets'];
  /** For what is filled after the files: the steps of scenarios. */
  readonly scope: Scope;
  readonly signOffs: readonly SignOff[];
  readonly strict: boolean;
  /** The environment that was chosen; null for none. */
  readonly chosen: string | null;
  readonly kinds: CheckContext['kinds'];
};

/** What the files say; what is left out of the configuration is known to the caller. */
export type Resolved = {
  readonly config: Omit<
    Config,
    'digest' | 'environment' | 'runbooks' | 'secrets' | 'signOffsFile' | 'allowedSigners' | 'notify'
  > | null;
  readonly findings: readonly Finding[];
};

/** Checks all files against the schema and the rules, and resolves them. Pure. */
export const resolveConfig = (unresolved: Unresolved): Resolved => {
  const { root, filled, sections, complete, strict } = unresolved;
  const files = new Map(filled.map((file) => [file.file, { ...file, ...checkSchema(file) }]));
  const valueOf = ({ file, path }: Declaration): Json => valueAt(files.get(file)?.value ?? null, path) ?? null;
  const rootValue = files.get(root)?.value ?? null;
  const settings = readRootSettings(root, rootValue);
  const environments = new Map(Object.entries(mapAt(rootValue, ['environments'])));
  const components = new Map([...sections.components].map(([id, one]) => [id, resolveComponent(one, valueOf(one))]));
  const filledChecks = [...sections.checks.values()].map((declaration): FilledCheck => {
    const file = files.get(declaration.file);
    return {
      declaration,
      value: valueOf(declaration),
      filled: file?.byCheck.get(declaration.id) ?? [],
      broken: file?.broken.get(declaration.id) ?? [],
    };
  });
  const families = allFamilies(filled.map(({ file }) => file));
  const scenarios = [...sections.scenarios.values()].map((one) => fillScenario(one, unresolved.scope));
  const filledOf = (section: Section): readonly Filled[] =>
    [...sections[section].values()].map((declaration) => ({ declaration, value: valueOf(declaration) }));
  const manual = filledOf('manual');
  const index = indexSelectables([...filledChecks, ...scenarios, ...manual].map(toSelectable));
  const maintenance = resolveMaintenance(filledOf('maintenance'), index, complete);
  const named = new Map<string, unknown>([...sections.checks, ...sections.scenarios, ...families]);
  const work = { index, owners: sections.owners, complete };
  const items = resolveItems(filledOf('items'), work);
  const risks = resolveRisks(filledOf('risks'), work);
  const entries = new Map<string, unknown>([...named, ...sections.manual]);
  const waived = [...files.values()].map((one) => readWaivers(one.file, one.value, { entries, families, complete }));
  const known = { checks: named, components: sections.components, owners: sections.owners, complete };
  const { environment, secrets, kinds } = unresolved;
  const context = {
    ...known,
    ...{ defaults: settings, resolvedComponents: components, environment, secrets, kinds, families },
    ...{ allowBursts: settings.allowBursts, maintenance: maintenance.windows },
  };
  const resolved = filledChecks.map((check) => resolveCheck(check, context));
  const checks = resolved.flatMap(({ check }) => check ?? []);
  const flows = scenarios.map((one) => resolveScenario(one, sections.fragments, unresolved.scope, context));
  const whole = flows.flatMap(({ scenario }) => scenario ?? []);
  const attested = manual.map((one) => resolveManual(one, unresolved.signOffs, context));
  const declared = new Map([...sections.checks, ...sections.scenarios, ...sections.manual]);
  const declaredGates = [...sections.gates.values()].map((declaration) => ({
    declaration,
    value: valueOf(declaration),
  }));
  const gates = resolveGates(declaredGates, { index, owners: sections.owners, complete });
  const allGates =
    declaredGates.length > 0
      ? gates.gates
      : [implicitGate(root, [...checks, ...whole, ...attested.map(({ item }) => item)])];
  const findings = [
    ...(isJsonObject(rootValue) ? rootFindings(root, rootValue) : []),
    ...[...files.values()].flatMap((file) => file.schemaFindings),
    ...(complete
      ? [...sections.components.values()].flatMap((one) => componentFindings(one, valueOf(one), sections.owners))
      : []),
    ...resolved.flatMap((one) => one.findings),
    ...flows.flatMap((one) => one.findings),
    ...attested.flatMap((one) => one.findings),
    ...waived.flatMap((one) => one.findings),
    ...items.findings,
    ...risks.findings,
    ...(complete ? noChecks(root, entries) : []),
    ...sharedIds(sections),
    ...cycleFindings([...filledChecks, ...scenarios], families),
    ...maintenance.findings,
    ...[...filledChecks, ...scenarios].flatMap((one) => whenFindings(one, environments)),
    ...(complete ? unknownNames(referencesAt(rootValue, [], 'controls'), 'check', named, root) : []),
    ...gates.findings,
    ...missingRunbooks([...checks, ...whole], allGates, components, declared, strict),
    ...idleChecks(
      [...checks, ...whole, ...attested.map(({ item }) => ({ ...item, needs: [] }))],
      allGates,
      declared,
      withRows(settings.controls, families),
      strict,
    ),
  ];
  const usable = checks.length === filledChecks.length && whole.length === scenarios.length;
  const applied = applyWhen({ checks, scenarios: whole }, allGates, [...filledChecks, ...scenarios], unresolved.chosen);
  return { config: usable ? { ...finish(), ...applied, components } : null, findings };

  function finish() {
    const owners = new Map([...sections.owners].map(([id, one]) => [id, resolveOwner(id, valueOf(one))]));
    const { name, concurrency, perHost, deadlineMs, waiverHorizonMs, serviceLevels } = settings;
    const readiness = {
      manual: attested.map(({ item }) => item),
      waivers: waived.flatMap((one) => one.waivers),
      items: items.all,
      risks: risks.all,
    };
    const controls = withRows(settings.controls, families);
    const limits = { concurrency, perHost, deadlineMs, waiverHorizonMs, serviceLevels };
    return { name, file: root.path, owners, controls, ...readiness, ...limits };
  }
};

type Filled = { readonly declaration: Declaration; readonly value: Json };

/** Findings of the schema, and by check what of it is broken. */
const checkSchema = ({ file, value, filled }: FilledFile) => {
  if (!isJsonObject(value)) return { schemaFindings: [], broken: new Map<string, Path[]>() };
  const { findings, broken } = validate(value, file, filled);
  const inChecks = broken.filter(([section, id]) => section === 'checks' && typeof id === 'string');
  return { schemaFindings: findings, broken: Map.groupBy(inChecks, ([, id]) => String(id)) };
};

const toSelectable = ({ declaration, value }: Filled) => ({
  id: declaration.id,
  tags: textsAt(value, ['tags']).map(({ text }) => text),
  component: textAt(value, ['component']),
});

const noChecks = (root: SourceFile, checks: ReadonlyMap<string, unknown>): readonly Finding[] =>
  checks.size > 0
    ? []
    : [
        findingAt(root, ['checks'], 'key', 'there are no checks: nothing would be proved', {
          hint: 'write them under checks:',
        }),
      ];

/** Gates and selectors name checks, scenarios and manual items alike, so an id may stand for one of them only. */
const sharedIds = ({ checks, scenarios, manual }: Declared['sections']): readonly Finding[] =>
  [...scenarios.values(), ...manual.values()]
    .filter(({ id, path }) => checks.has(id) || (path[0] === 'manual' && scenarios.has(id)))
    .map(({ id, file, path }) => {
      const other = checks.has(id) ? 'check' : 'scenario';
      return findingAt(file, path, 'key', `"${id}" is a ${other} already: ids are shared`);
    });

const cycleFindings = (checks: readonly Filled[], families: Families): readonly Finding[] => {
  const byId = new Map(checks.map((check) => [check.declaration.id, check]));
  const needsOf = (id: string) =>
    withRows(
      textsAt(byId.get(id)?.value ?? null, ['needs']).map(({ text }) => text),
      families,
    );
  return sortByNeeds([...byId.keys()], needsOf).cycles.flatMap((cycle) => {
    const first = byId.get(cycle[0] ?? '')?.declaration;
    if (first === undefined) return [];
    return findingAt(first.file, [...first.path, 'needs'], 'key', `checks need each other: ${showCycle(cycle)}`);
  });
};

const implicitGate = (root: SourceFile, checks: readonly { readonly id: string }[]): Gate => ({
  id: 'default',
  title: 'default',
  criteria: checks.map(({ id }) => ({ id, tier: 'must' })),
  needs: [],
  owner: null,
  deadline: null,
  estimateMs: null,
  flaky: 'warn',
  source: { file: root.path, line: 1, column: 1 },
});

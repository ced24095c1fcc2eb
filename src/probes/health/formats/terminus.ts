import { isJsonObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { Claim, Component } from '../reading.ts';
import { componentsOf, ownStatus } from './components.ts';
import { jsonFormat } from './format.ts';
import { clip, shown, words } from './words.ts';

const read = words({ pass: ['ok', 'up'], warn: ['shutting_down'], fail: ['error', 'down'] });

/**
 * Both libraries put their failed items under `error`, the others under `info`, and all of them under `details`.
 * An item that is `down` may stand under `info` of a total `ok`: the total only counts items that threw.
 */
const claim = (body: JsonObject): Claim | null => {
  const { status } = body;
  if (typeof status !== 'string') return null;
  const components = [...componentsOf(body, read), ...withoutStatus(body)];
  const broken = components.find((component) => component.status === 'fail');
  const hidden = read(status) === 'warn' && broken !== undefined;
  return {
    total: hidden ? 'fail' : read(status),
    says: shown(status),
    components,
    note: hidden ? `${broken.name} is broken beneath it` : null,
  };
};

/** Items without a status of their own: under `error` they failed, elsewhere they are listed and claim nothing. */
const withoutStatus = ({ details, error }: JsonObject): readonly Component[] => {
  const failed = new Set(silentNames(error));
  return [
    ...[...failed].map((name) => ({ name: clip(name), status: 'fail', says: 'listed under error' }) as const),
    ...silentNames(details)
      .filter((name) => !failed.has(name))
      .map((name) => ({ name: clip(name), status: 'unknown', says: null }) as const),
  ];
};

const silentNames = (items: Json | undefined): readonly string[] =>
  isJsonObject(items)
    ? Object.entries(items)
        .filter(([, item]) => (isJsonObject(item) ? ownStatus(item, read) === null : read(item) === 'unknown'))
        .map(([name]) => name)
    : [];

const hasWord = ({ status }: JsonObject): boolean =>
  typeof status === 'string' && /^(ok|error|shutting_down)$/.test(status);

/** `@nestjs/terminus`: `info`, `error` and `details` are all there. `shutting_down` hides an `error` that it came upon. */
export const nestjsTerminus = jsonFormat({
  name: 'nestjs-terminus',
  recognises: (body) =>
    hasWord(body) && isJsonObject(body['details']) && isJsonObject(body['info']) && isJsonObject(body['error']),
  read: (body) => (isJsonObject(body['details']) ? claim(body) : null),
});

/** `@godaddy/terminus`: `details` with `info` when ok, with `error` when not. */
export const godaddyTerminus = jsonFormat({
  name: 'godaddy-terminus',
  recognises: (body) =>
    hasWord(body) && isJsonObject(body['details']) && (isJsonObject(body['info']) || isJsonObject(body['error'])),
  read: claim,
});

import { isJsonObject, type JsonObject } from '../../../model/json.ts';
import { claimOf } from './components.ts';
import { jsonFormat } from './format.ts';
import { words } from './words.ts';

const KNOWN = new Set(['UP', 'DOWN', 'OUT_OF_SERVICE', 'UNKNOWN']);
const read = words({ pass: ['up'], warn: ['unknown'], fail: ['down', 'out_of_service'] });

const isKnown = (status: unknown): boolean => typeof status === 'string' && KNOWN.has(status);

const hasActuatorComponent = ({ components, details }: JsonObject): boolean =>
  [components, details].some(
    (parts) =>
      isJsonObject(parts) && Object.values(parts).some((part) => isJsonObject(part) && isKnown(part['status'])),
  );

/**
 * Spring Boot Actuator. A custom status (`FATAL`) is `unknown`: Spring leaves statuses that it does not know out of the
 * total and answers 200, so such a component can stand under a total of UP.
 */
export const springBoot = jsonFormat({
  name: 'spring-boot',
  recognises: (body) =>
    !Array.isArray(body['checks']) &&
    (isKnown(body['status']) ||
      (typeof body['status'] === 'string' && /^[A-Z_]+$/.test(body['status']) && hasActuatorComponent(body))),
  read: (body) => {
    const { status } = body;
    return typeof status === 'string' ? claimOf(body, read(status), status, read) : null;
  },
});

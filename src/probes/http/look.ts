import type { Look } from '../probe.ts';
import { CouldNotLook } from '../probe.ts';
import type { Spec } from './schema.ts';

export const look: Look<Spec> = () => Promise.reject(new CouldNotLook('probe-crashed', 'in the making'));

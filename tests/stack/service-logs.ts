import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StackState } from './stack.ts';

/** What a log must not hold, and what a broken one does: a customer whom nobody else may know by it. */
export const PERSONAL = { email: 'ada.lovelace@customer.example', phone: '+44 20 7946 0958' } as const;

const line = (level: string, message: string): string =>
  `${JSON.stringify({ time: new Date().toISOString(), level, message })}\n`;

/** Writes the logs of two services: masked, or with the address and the number of a customer. */
export const writeLogs = (folder: string, state: StackState): void => {
  const masked = state === 'healed';
  mkdirSync(join(folder, 'notifications'), { recursive: true });
  writeFileSync(
    join(folder, 'orders.log'),
    line('info', 'order order-1 accepted') + line('info', 'receipt sent by noreply@shop.example'),
  );
  writeFileSync(
    join(folder, 'notifications', 'mail.log'),
    line('info', `mail to ${masked ? 'a***@customer.example' : PERSONAL.email} queued`) +
      line('warn', `no answer from ${masked ? '+44 ** **** **58' : PERSONAL.phone}`),
  );
};

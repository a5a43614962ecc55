import { registerDecorator } from 'class-validator';
import { INSTANT } from './patterns.js';

/** True for an `INSTANT` that is in the calendar: `Date` reads 30 February as 2 March. */
export function isInstant(value: unknown): value is string {
  if (typeof value !== 'string' || !INSTANT.test(value)) return false;
  const moment = new Date(value);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value.slice(0, 10));
}

/** class-validator rule for a moment in UTC. */
export function IsInstant(): PropertyDecorator {
  return (target, propertyKey) =>
    registerDecorator({
      name: 'isInstant',
      target: target.constructor,
      propertyName: String(propertyKey),
      validator: {
        validate: isInstant,
        defaultMessage: () =>
          `${String(propertyKey)} must be a moment in UTC such as 2026-10-01T12:00:00.000Z`,
      },
    });
}

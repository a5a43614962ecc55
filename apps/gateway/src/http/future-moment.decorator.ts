import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { isInstant } from '@kopeck/contracts';
import { registerDecorator } from 'class-validator';

const DAY_MS = 86_400_000;

/** A moment in UTC that is still to come, at most so many days from now: what never ends is forgotten, and goes off. */
export function FutureMoment({
  maxDays,
  description,
}: {
  maxDays: number;
  description: string;
}): PropertyDecorator {
  const fault = (field: string): string =>
    `${field} must be a moment in UTC within the next ${maxDays} days, such as ${new Date(Date.now() + DAY_MS).toISOString()}`;
  const rule: PropertyDecorator = (target, propertyKey) =>
    registerDecorator({
      name: 'futureMoment',
      target: target.constructor,
      propertyName: String(propertyKey),
      validator: {
        validate: (value: unknown) => isWithin(value, maxDays * DAY_MS),
        defaultMessage: () => fault(String(propertyKey)),
      },
    });
  return applyDecorators(
    ApiProperty({ format: 'date-time', description, example: '2026-12-31T22:00:00Z' }),
    rule as MethodDecorator & PropertyDecorator,
  ) as PropertyDecorator;
}

function isWithin(value: unknown, maxMs: number): boolean {
  if (!isInstant(value)) return false;
  const ms = Date.parse(value) - Date.now();
  return ms > 0 && ms <= maxMs;
}

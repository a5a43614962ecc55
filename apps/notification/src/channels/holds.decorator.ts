import { ValidateBy, type ValidationOptions } from 'class-validator';

/** A rule for one setting that class-validator has no name for. */
export function Holds(
  isTrue: (value: unknown, settings: object) => boolean,
  options: ValidationOptions,
): PropertyDecorator {
  return ValidateBy(
    { name: 'holds', validator: { validate: (value, args) => isTrue(value, args!.object) } },
    options,
  );
}

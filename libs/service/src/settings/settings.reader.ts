import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';

export type SettingsClass<T extends object = object> = new () => T;

export interface ReadSettings<T> {
  readonly settings: T;
  /** Everything that is wrong, one plain sentence each; empty when all is well. */
  readonly faults: string[];
}

/** A value of such a setting is never shown, not even when it's wrong. */
const SECRET_NAME = /PASSWORD|SECRET|TOKEN|KEY|URL|HEADERS/;

/**
 * Reads a settings class from the environment: the properties' names are the variables' names, their initial values
 * the defaults, their class-validator rules the law. An empty variable counts as not set.
 */
export function readSettings<T extends object>(
  type: SettingsClass<T>,
  environment: NodeJS.ProcessEnv,
): ReadSettings<T> {
  const defaults = new type() as Record<string, unknown>;
  const values: Record<string, unknown> = {};
  for (const name of namesOf(type, defaults)) {
    const text = environment[name];
    if (text !== undefined && text !== '') values[name] = convert(text, typeOf(type, name, defaults[name]));
  }
  const settings = plainToInstance(type, values);
  const faults = validateSync(settings).flatMap((error) => sentencesOf(error, environment[error.property]));
  return { settings, faults };
}

function namesOf(type: SettingsClass, defaults: object): Set<string> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return new Set([...Object.keys(defaults), ...rules.map((rule) => rule.propertyName)]);
}

function typeOf(type: SettingsClass, name: string, initial: unknown): unknown {
  if (typeof initial === 'number') return Number;
  if (typeof initial === 'boolean') return Boolean;
  return Reflect.getMetadata('design:type', type.prototype, name);
}

/** What can't be converted stays text, so that the rule that refuses it can say what it wanted. */
function convert(text: string, type: unknown): unknown {
  if (type === Number && /^[+-]?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (type === Boolean && /^(true|1|yes|on)$/i.test(text)) return true;
  if (type === Boolean && /^(false|0|no|off)$/i.test(text)) return false;
  return text;
}

const RULES_OF_TYPE = ['isInt', 'isNumber', 'isBoolean'];

function sentencesOf(error: ValidationError, text: string | undefined): string[] {
  const { constraints = {} } = error;
  // To who wrote "many", a greatest value says less than that a number is wanted.
  const ofType = RULES_OF_TYPE.flatMap((name) => constraints[name] ?? []);
  const rules = [...ofType, ...Object.values(constraints)];
  if (text === undefined || text === '') {
    const wanted = rules[0]?.replace(`${error.property} `, '') ?? 'must be set';
    return [`${error.property} is missing: it ${wanted}`];
  }
  const shown = SECRET_NAME.test(error.property) ? '' : `, but is "${text.slice(0, 80)}"`;
  // One rule is enough to mend it; the first is the one that stands last before the property.
  return [`${rules[0] ?? `${error.property} is wrong`}${shown}`];
}

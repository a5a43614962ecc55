import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { quickCheckOf, type QuickCheck } from '@kopeck/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { invalidRequest } from './invalid-request.js';
import { keepRulesOfClasses } from './kept-rules.js';
import type { Fault } from './problem.js';

const RULES = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
} as const;

const BUILT_IN: ReadonlySet<unknown> = new Set([String, Number, Boolean, Array, Object, Buffer, undefined]);

/**
 * Bodies and query strings to validated DTOs, once, at the edge. Unlike Nest's ValidationPipe it validates synchronously
 * (no rule here waits for anything) and says where each fault is.
 */
@Injectable()
export class RequestPipe implements PipeTransform {
  constructor() {
    keepRulesOfClasses();
  }

  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (BUILT_IN.has(metatype) || (type !== 'body' && type !== 'query')) return value;
    return type === 'body'
      ? validBody(metatype as Type<object>, value)
      : validQuery(metatype as Type<object>, value);
  }
}

function validBody<T extends object>(dto: Type<T>, value: unknown): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidRequest([{ detail: 'The body must be a JSON object.', pointer: '#' }]);
  }
  const { instance, errors } = validated(dto, value);
  if (errors.length)
    throw invalidRequest(faultsOf(errors, '#', (path, detail) => ({ detail, pointer: path })));
  return instance;
}

function validQuery<T extends object>(dto: Type<T>, value: unknown): T {
  const { instance, errors } = validated(dto, { ...(value as object) });
  if (errors.length) {
    throw invalidRequest(faultsOf(errors, '', (path, detail) => ({ detail, parameter: path.slice(1) })));
  }
  return instance;
}

function validated<T extends object>(
  dto: Type<T>,
  value: object,
): { instance: T; errors: ValidationError[] } {
  try {
    const instance = plainToInstance(dto, value);
    return { instance, errors: isSurelyValid(dto, instance) ? [] : validateSync(instance, RULES) };
  } catch (error) {
    // class-transformer walks the whole value: tens of thousands of nested brackets fit 64 kB and overflow the stack.
    if (error instanceof RangeError)
      throw invalidRequest([{ detail: 'The body is nested too deeply.', pointer: '#' }]);
    throw error;
  }
}

const quickChecks = new WeakMap<Type<object>, QuickCheck>();

function isSurelyValid<T extends object>(dto: Type<T>, instance: T): boolean {
  const known = quickChecks.get(dto);
  if (known) return known(instance as Record<string, unknown>);
  const check = quickCheckOf(dto, { knownFieldsOnly: true, nested: true }) ?? (() => false);
  quickChecks.set(dto, check);
  return check(instance as Record<string, unknown>);
}

function faultsOf(
  errors: readonly ValidationError[],
  parent: string,
  fault: (path: string, detail: string) => Fault,
): Fault[] {
  return errors.flatMap((error) => {
    const path = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) =>
      fault(
        path,
        rule === 'whitelistValidation' ? `"${error.property}" is not a field of this request` : message,
      ),
    );
    return [...own, ...faultsOf(error.children ?? [], path, fault)];
  });
}

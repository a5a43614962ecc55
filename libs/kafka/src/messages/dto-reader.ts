import { isUtf8 } from 'node:buffer';
import type { QuickCheck } from '@kopeck/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { messageOf } from '../connection/patience.js';
import type { DtoClass } from '../handlers/batch-of.js';
import { MalformedMessage } from './malformed-message.error.js';
import { messageCheckOf } from './message-check.js';

/** Bytes to a validated instance. */
export class DtoReader<T extends object> {
  private constructor(
    private readonly dto: DtoClass<T> | null,
    private readonly isSurelyValid: QuickCheck | undefined,
  ) {}

  static async of<T extends object>(dto: DtoClass<T> | null): Promise<DtoReader<T>> {
    return new DtoReader(dto, dto ? await messageCheckOf(dto) : undefined);
  }

  /** @throws {MalformedMessage} which says what is wrong. */
  read(bytes: Buffer | null): T {
    const value = parse(bytes);
    if (this.dto === null) return value as T;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new MalformedMessage('The message is not a JSON object');
    }
    const plain = value as Record<string, unknown>;
    return this.isSurelyValid?.(plain) ? instanceOf(this.dto, plain) : validated(this.dto, plain);
  }
}

function parse(bytes: Buffer | null): unknown {
  if (bytes === null || bytes.length === 0) throw new MalformedMessage('The message is empty');
  if (!isUtf8(bytes)) throw new MalformedMessage('The message is not UTF-8');
  try {
    return JSON.parse(bytes.toString());
  } catch (error) {
    throw new MalformedMessage(`The message is not JSON: ${messageOf(error)}`);
  }
}

/** Unknown fields stay: a newer producer must not break an older consumer. */
function instanceOf<T extends object>(dto: DtoClass<T>, plain: Record<string, unknown>): T {
  const instance = new dto() as Record<string, unknown>;
  for (const field of Object.keys(plain)) {
    // Assigned, this one would replace the prototype.
    if (field !== '__proto__') instance[field] = plain[field];
  }
  return instance as T;
}

function validated<T extends object>(dto: DtoClass<T>, plain: Record<string, unknown>): T {
  const instance = plainToInstance(dto, plain);
  const faults = validateSync(instance, { validationError: { target: false } });
  if (faults.length > 0) throw malformed(faults);
  return instance;
}

const MAX_FAULTS = 10;

function malformed(errors: readonly ValidationError[]): MalformedMessage {
  const faults = errors.flatMap((error) => faultsOf(error, '')).slice(0, MAX_FAULTS);
  const sentence = faults.map(({ detail }) => detail).join('; ');
  return new MalformedMessage(sentence, faults[0]?.pointer);
}

interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

function faultsOf({ property, constraints, children }: ValidationError, parent: string): Fault[] {
  const pointer = `${parent}/${(property ?? '').replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.values(constraints ?? {}).map((detail) => ({ pointer, detail }));
  return [...own, ...(children ?? []).flatMap((child) => faultsOf(child, pointer))];
}

import { ElementWriter } from './element-writer.js';

interface ElementType {
  /** As in pg_type. */
  readonly oid: number;
  /** Writes one element. @returns false, if it isn't what these elements look like. */
  readonly write: (writer: ElementWriter, value: unknown) => boolean;
}

const MAX_INT16 = 0x7fff;
const MAX_INT32 = 0x7fff_ffff;
const MAX_INT64 = 0x7fff_ffff_ffff_ffffn;
/** That many digits are a safe integer, whatever they are. */
const SAFE_DIGITS = /^-?\d{1,15}$/;
const DIGITS = /^-?\d{1,19}$/;
/** As long as `toISOString` writes moments from the year 1 to the year 9999. */
const MOMENT_LENGTH = 24;
const FIRST_YEAR = '0001';
/** PostgreSQL counts microseconds from the first moment of the year 2000. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);
const JSONB_VERSION = 1;

function writeInteger(value: unknown, max: number, write: (value: number) => void): boolean {
  if (typeof value !== 'number' || !Number.isInteger(value) || value > max || value < -max - 1) return false;
  write(value);
  return true;
}

function writeBigint(writer: ElementWriter, value: unknown): boolean {
  if (typeof value === 'string' && SAFE_DIGITS.test(value)) {
    writer.safeInt64Element(Number(value));
    return true;
  }
  const exact = exactly(value);
  if (exact === undefined || exact > MAX_INT64 || exact < -MAX_INT64 - 1n) return false;
  writer.bigInt64Element(exact);
  return true;
}

function exactly(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'string' && DIGITS.test(value)) return BigInt(value);
  return Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
}

/** A batch is decided at one moment. */
let lastMoment: { readonly text: string; readonly micros: number } | undefined;

function writeMoment(writer: ElementWriter, value: unknown): boolean {
  if (lastMoment && value === lastMoment.text) {
    writer.safeInt64Element(lastMoment.micros);
    return true;
  }
  if (typeof value !== 'string' || value.length !== MOMENT_LENGTH || value < FIRST_YEAR) return false;
  const atMs = Date.parse(value);
  // A 30th of February is a day in March here, and an error there.
  if (Number.isNaN(atMs) || new Date(atMs).toISOString() !== value) return false;
  const sinceEpochMs = atMs - POSTGRES_EPOCH_MS;
  const micros = sinceEpochMs * 1_000;
  if (Number.isSafeInteger(micros)) {
    lastMoment = { text: value, micros };
    writer.safeInt64Element(micros);
  } else writer.bigInt64Element(BigInt(sinceEpochMs) * 1_000n);
  return true;
}

function writeString(write: (value: string) => void, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  write(value);
  return true;
}

const ELEMENT_TYPES: Readonly<Record<string, ElementType>> = {
  boolean: {
    oid: 16,
    write: (writer, value) => {
      if (typeof value !== 'boolean') return false;
      writer.byte(value ? 1 : 0);
      return true;
    },
  },
  bytea: {
    oid: 17,
    write: (writer, value) => {
      if (!(value instanceof Uint8Array)) return false;
      writer.bytesElement(value);
      return true;
    },
  },
  bigint: { oid: 20, write: writeBigint },
  smallint: {
    oid: 21,
    write: (writer, value) => writeInteger(value, MAX_INT16, (one) => writer.int16Element(one)),
  },
  int: {
    oid: 23,
    write: (writer, value) => writeInteger(value, MAX_INT32, (one) => writer.int32Element(one)),
  },
  text: { oid: 25, write: (writer, value) => writeString((one) => writer.textElement(one), value) },
  timestamptz: { oid: 1184, write: writeMoment },
  uuid: {
    oid: 2950,
    write: (writer, value) => typeof value === 'string' && writer.uuidElement(value),
  },
  jsonb: {
    oid: 3802,
    write: (writer, value) => writeString((one) => writer.textElement(one, JSONB_VERSION), value),
  },
};

const ARRAY_CAST = /\$(\d+)::(\w+)\[\]/g;

/** The elements' types of a statement's parameters, where it names them: `$1::uuid[]`. */
export type ArrayTypes = ReadonlyMap<number, ElementType>;

export function arrayTypesOf(sql: string): ArrayTypes {
  const types = new Map<number, ElementType>();
  for (const [, place, name] of sql.matchAll(ARRAY_CAST)) {
    const type = ELEMENT_TYPES[name!];
    if (type) types.set(Number(place) - 1, type);
  }
  return types;
}

/**
 * Arrays of parameters in PostgreSQL's binary format. As text, which is what pg sends, every element is quoted, escaped and
 * joined here, and split and parsed there: both cost more than what is done with most of them.
 *
 * What doesn't look exactly as expected goes as text after all, so PostgreSQL says what it thinks of it.
 *
 * @see https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/utils/adt/arrayfuncs.c `array_recv`
 *
 * @returns the same parameters; arrays of known types are such that pg sends them in binary.
 */
export function inBinary(params: readonly unknown[], types: ArrayTypes): unknown[] {
  return params.map((param, index) => {
    const type = Array.isArray(param) ? types.get(index) : undefined;
    return type ? new BinaryArray(param as unknown[], type) : param;
  });
}

const writer = new ElementWriter();

/** Encoded when pg asks for it, in the moment in which it copies it: so one buffer serves all, and nothing is left to collect. */
class BinaryArray {
  constructor(
    private readonly values: readonly unknown[],
    private readonly type: ElementType,
  ) {}

  /** What pg calls. @returns a buffer, which it sends as binary, or the values, which it sends as text. */
  toPostgres(): Buffer | readonly unknown[] {
    writer.start();
    let hasNull = false;
    for (const value of this.values) {
      if (value === null || value === undefined) {
        hasNull = true;
        writer.null();
      } else if (!this.type.write(writer, value)) return this.values;
    }
    return writer.finish(this.type.oid, this.values.length, hasNull);
  }
}

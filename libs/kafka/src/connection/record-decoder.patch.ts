import { replaceExport, type LoadedModule } from './loaded-module.js';

/** What kafkajs 2.2.4 reads a record with: the record's own bytes, from the start. */
export interface RecordBytes {
  readonly buffer: Buffer;
  readonly offset: number;
}

/** What the records of one batch have in common, as far as a record depends on it. */
export interface BatchContext {
  readonly firstOffset: string;
  /** Epoch milliseconds. */
  readonly firstTimestamp: string;
  readonly maxTimestamp?: string;
  readonly timestampType?: number;
  readonly magicByte?: number;
  readonly isControlBatch?: boolean;
}

type HeaderBytes = Buffer | null;

/** A record as kafkajs hands it on. */
export interface DecodedRecord {
  readonly magicByte: number | undefined;
  readonly attributes: number;
  readonly timestamp: string;
  readonly offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, HeaderBytes | HeaderBytes[]>>;
  readonly isControlRecord: boolean;
  readonly batchContext: BatchContext;
}

type Decode = (bytes: RecordBytes, context?: BatchContext) => DecodedRecord;

const PATCHED = Symbol.for('kopeck.kafka.record-decoder');
/** kafkajs's mark of a batch whose records all have the time at which the broker took them. */
const LOG_APPEND_TIME = 1;

/**
 * kafkajs computes offset and time of each record in BigInts and copies the object of its headers once for each header: 5 to
 * 9 % of a busy process, for headers that hardly anybody reads. This reads the record in small numbers, and its headers and
 * its time when somebody asks. A record that it isn't sure of goes the library's way.
 *
 * Record format v2: https://kafka.apache.org/documentation/#record
 *
 * @param original kafkajs's own decoder.
 */
export function recordDecoderOf(original: Decode): Decode {
  return (bytes, context) => {
    if (bytes.offset !== 0 || !context || !isPlain(context)) return original(bytes, context);
    return decoded(bytes.buffer, context) ?? original(bytes, context);
  };
}

function isPlain({ firstOffset, firstTimestamp, timestampType }: BatchContext): boolean {
  return isExact(firstOffset) && isExact(firstTimestamp) && timestampType !== LOG_APPEND_TIME;
}

/** With room for what a record adds. */
function isExact(text: string): boolean {
  const value = Number(text);
  return value >= 0 && value < Number.MAX_SAFE_INTEGER / 2;
}

/** Undefined for a record that isn't sure to be read as kafkajs would. */
function decoded(buffer: Buffer, context: BatchContext): DecodedRecord | undefined {
  const cursor = new Cursor(buffer);
  const attributes = cursor.readByte();
  const timestampDelta = cursor.readVarInt();
  const offsetDelta = cursor.readVarInt();
  const key = cursor.readBytes();
  const value = cursor.readBytes();
  if (!cursor.isSure) return undefined;
  return new PlainRecord(attributes, timestampDelta, offsetDelta, key, value, cursor, context);
}

class PlainRecord implements DecodedRecord {
  readonly offset: string;
  readonly magicByte: number | undefined;
  readonly isControlRecord: boolean;
  private known: DecodedRecord['headers'] | undefined;

  constructor(
    readonly attributes: number,
    private readonly timestampDelta: number,
    offsetDelta: number,
    readonly key: Buffer | null,
    readonly value: Buffer | null,
    private readonly rest: Cursor,
    readonly batchContext: BatchContext,
  ) {
    this.offset = String(Number(batchContext.firstOffset) + offsetDelta);
    this.magicByte = batchContext.magicByte;
    this.isControlRecord = batchContext.isControlBatch ?? false;
  }

  get timestamp(): string {
    return String(Number(this.batchContext.firstTimestamp) + this.timestampDelta);
  }

  get headers(): DecodedRecord['headers'] {
    return (this.known ??= this.readHeaders());
  }

  private readHeaders(): DecodedRecord['headers'] {
    // Without a prototype, since a header may be called __proto__.
    const headers = Object.create(null) as Record<string, HeaderBytes | HeaderBytes[]>;
    for (let left = this.rest.readVarInt(); left > 0 && this.rest.isSure; left--) {
      const name = this.rest.readText();
      const value = this.rest.readBytes();
      const before = headers[name];
      if (before === undefined) headers[name] = value;
      else headers[name] = Array.isArray(before) ? [...before, value] : [before, value];
    }
    return headers;
  }
}

/** Four bytes of seven bits: what's longer isn't a number of ours. */
const LONGEST_VARINT = 4;

class Cursor {
  /** False once something was read that was too long, or beyond the end. */
  isSure = true;
  private at = 0;

  constructor(private readonly buffer: Buffer) {}

  readByte(): number {
    return this.buffer.readInt8(this.at++);
  }

  /** Zigzag, seven bits a byte, least significant first (as in Protocol Buffers). */
  readVarInt(): number {
    let result = 0;
    for (let index = 0; index < LONGEST_VARINT; index++) {
      const byte = this.buffer[this.at++];
      if (byte === undefined) break;
      result |= (byte & 0x7f) << (7 * index);
      if (byte < 0x80) return (result >>> 1) ^ -(result & 1);
    }
    this.isSure = false;
    return 0;
  }

  readBytes(): Buffer | null {
    const length = this.readVarInt();
    return length === -1 ? null : this.buffer.subarray(this.at, this.pass(length));
  }

  /** A name that is null is called so, as kafkajs does. */
  readText(): string {
    const length = this.readVarInt();
    return length === -1 ? 'null' : this.buffer.toString('utf8', this.at, this.pass(length));
  }

  /** @returns the end of as many bytes. */
  private pass(length: number): number {
    this.at += length;
    if (length < 0 || this.at > this.buffer.length) this.isSure = false;
    return this.at;
  }
}

/** kafkajs's reader of bytes, which its own decoder needs. */
type BytesReader = new (buffer: Buffer) => RecordBytes;

/**
 * Puts the decoder in the place of kafkajs's. To be called before kafkajs loads its fetch response, which it does when it
 * gets the first one.
 *
 * @returns false where kafkajs isn't what this was written for; then it's left alone, and only costs more.
 */
export function patchRecordDecoder(
  original: unknown,
  Reader: unknown,
  modules?: Iterable<LoadedModule | undefined>,
): boolean {
  const agrees = (decode: Decode, kafkaJs: Decode) =>
    SAMPLES.every((sample) => {
      const reader = () => new (Reader as BytesReader)(sample);
      const its = kafkaJs(reader(), SAMPLE_CONTEXT);
      return textOf(decode(reader(), SAMPLE_CONTEXT), its) === textOf(its, its);
    });
  return replaceExport<Decode>(original, recordDecoderOf, PATCHED, agrees, modules);
}

const SAMPLE_CONTEXT: BatchContext = { firstOffset: '40', firstTimestamp: '1700000000000', magicByte: 2 };
const SAMPLES = [
  // Time +5, offset +3, key "k", no value, and the headers a=x, b=y, a=z.
  Buffer.from([0, 10, 6, 2, 0x6b, 1, 6, 2, 0x61, 2, 0x78, 2, 0x62, 2, 0x79, 2, 0x61, 2, 0x7a]),
  // Time -1, offset +64, no key, value "v", no headers.
  Buffer.from([0, 1, 0x80, 1, 1, 2, 0x76, 0]),
];

/** Of all fields that kafkajs's record has, whether they are there at once or read when asked for. */
export function textOf(record: DecodedRecord, its: DecodedRecord): string {
  const fields = Object.keys(its) as (keyof DecodedRecord)[];
  return JSON.stringify(
    fields.map((name) => [name, name === 'headers' ? Object.entries(record.headers) : record[name]]),
  );
}

import { replaceExport, type LoadedModule } from './loaded-module.js';

/** One record of a produce request, as kafkajs 2.2.4 hands it to its encoder. */
export interface RecordToEncode {
  readonly offsetDelta?: number;
  readonly timestampDelta?: number;
  readonly key?: Buffer | string | null;
  readonly value?: Buffer | string | null;
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** What kafkajs reads of an encoded record: it checks for `buf` and copies `buffer`. */
export interface EncodedRecord {
  readonly buf: Buffer;
  readonly buffer: Buffer;
}

type Encode = (record: RecordToEncode) => EncodedRecord;

const PATCHED = Symbol.for('kopeck.kafka.record-encoder');

/**
 * kafkajs takes a buffer of 512 zeroed bytes for each header of each message, eight or so with CloudEvents, and puts
 * them together by copying: 20 µs a message, a twelfth of what a transfer costs in all. This computes the size and
 * writes into one buffer, in 3 µs. What isn't as plain as our own messages still goes the library's way.
 *
 * Record format v2: https://kafka.apache.org/documentation/#record
 *
 * @param original kafkajs's own encoder.
 */
export function recordEncoderOf(original: Encode): Encode {
  return (record) => {
    const { offsetDelta = 0, timestampDelta = 0, key = null, value = null, headers = {} } = record;
    const keys = Object.keys(headers);
    const isPlain =
      isSmall(offsetDelta) &&
      isSmall(timestampDelta) &&
      isBytes(key) &&
      isBytes(value) &&
      keys.every((name) => headers[name] !== null && isBytes(headers[name]));
    if (!isPlain) return original(record);
    const plain = headers as Record<string, Bytes>;
    const body = new RecordBody(offsetDelta, timestampDelta, key, value, keys, plain);
    const buffer = body.encode();
    return { buf: buffer, buffer };
  };
}

type Bytes = Buffer | string;

class RecordBody {
  private at = 0;
  private buffer = Buffer.alloc(0);

  constructor(
    private readonly offsetDelta: number,
    private readonly timestampDelta: number,
    private readonly key: Bytes | null,
    private readonly value: Bytes | null,
    private readonly headerNames: readonly string[],
    private readonly headers: Readonly<Record<string, Bytes>>,
  ) {}

  encode(): Buffer {
    const size = this.size();
    this.buffer = Buffer.allocUnsafe(sizeOfVarInt(size) + size);
    this.writeVarInt(size);
    // Attributes: none is defined for records.
    this.buffer[this.at++] = 0;
    this.writeVarInt(this.timestampDelta);
    this.writeVarInt(this.offsetDelta);
    this.writeBytes(this.key);
    this.writeBytes(this.value);
    this.writeVarInt(this.headerNames.length);
    for (const name of this.headerNames) {
      this.writeBytes(name);
      this.writeBytes(this.headers[name]!);
    }
    return this.buffer;
  }

  private size(): number {
    let size = 1 + sizeOfVarInt(this.timestampDelta) + sizeOfVarInt(this.offsetDelta);
    size += sizeOfBytes(this.key) + sizeOfBytes(this.value) + sizeOfVarInt(this.headerNames.length);
    for (const name of this.headerNames) size += sizeOfBytes(name) + sizeOfBytes(this.headers[name]!);
    return size;
  }

  private writeBytes(bytes: Bytes | null): void {
    if (bytes === null) return this.writeVarInt(-1);
    if (typeof bytes === 'string') {
      const length = Buffer.byteLength(bytes);
      this.writeVarInt(length);
      this.at += this.buffer.write(bytes, this.at, length);
    } else {
      this.writeVarInt(bytes.length);
      this.at += bytes.copy(this.buffer, this.at);
    }
  }

  /** Zigzag, seven bits a byte, least significant first (as in Protocol Buffers). */
  private writeVarInt(value: number): void {
    let rest = zigZag(value);
    while (rest > 0x7f) {
      this.buffer[this.at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.buffer[this.at++] = rest;
  }
}

function sizeOfBytes(bytes: Bytes | null): number {
  if (bytes === null) return sizeOfVarInt(-1);
  const length = Buffer.byteLength(bytes);
  return sizeOfVarInt(length) + length;
}

function sizeOfVarInt(value: number): number {
  let bytes = 1;
  for (let rest = zigZag(value); rest > 0x7f; rest >>>= 7) bytes++;
  return bytes;
}

function zigZag(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0;
}

const LARGEST = 0x3fff_ffff;

function isSmall(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LARGEST;
}

function isBytes(value: unknown): value is Bytes | null {
  return value === null || typeof value === 'string' || Buffer.isBuffer(value);
}

/**
 * Puts the encoder in the place of kafkajs's. To be called before kafkajs loads its produce request, which it does when
 * it sends the first one.
 *
 * @returns false where kafkajs isn't what this was written for; then it's left alone, and only costs more.
 */
export function patchRecordEncoder(original: unknown, modules?: Iterable<LoadedModule | undefined>): boolean {
  return replaceExport<Encode>(original, recordEncoderOf, PATCHED, agrees, modules);
}

const SAMPLE: RecordToEncode = {
  offsetDelta: 1,
  key: 'key',
  value: Buffer.from('{"grüße":1}'),
  headers: { name: 'välue', bytes: Buffer.from([0, 255]) },
};

function agrees(encode: Encode, original: Encode): boolean {
  return encode(SAMPLE).buffer.equals(original(SAMPLE).buffer);
}

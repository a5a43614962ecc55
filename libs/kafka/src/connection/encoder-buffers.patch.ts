import { holds } from './loaded-module.js';

/** What is changed of kafkajs's encoder. */
interface Encoder {
  buf: Buffer;
  offset: number;
  [PARTS]?: Parts | undefined;
  readonly buffer: Buffer;
  ensureAvailable(bytes: number): void;
  writeBufferInternal(buffer: Buffer): void;
  writeEncoder(value: Encoder): Encoder;
  writeEncoderArray(values: readonly Encoder[]): Encoder;
  size(): number;
}

interface EncoderClass {
  new (): Encoder;
  /** How large a new encoder's buffer is. */
  nextPowerOfTwo(bytes: number): number;
}

const PARTS = Symbol('kopeck.kafka.encoder-parts');
const PATCHED = Symbol.for('kopeck.kafka.encoder-buffers');

/** What stands before the end of `buf`: pieces of it and, in between, what was not copied. */
interface Parts {
  readonly list: Buffer[];
  /** Of all that was not copied. */
  bytes: number;
  /** Where in `buf` the piece begins that isn't in the list yet. */
  from: number;
}

/** An encoder's first bytes come from the pool that Node keeps for small buffers. */
const FIRST_BYTES = 512;

/** Below it copying is cheaper than remembering. */
const KEPT_FROM_BYTES = 1_024;

const CHANGES: Pick<
  Encoder,
  'ensureAvailable' | 'writeBufferInternal' | 'writeEncoder' | 'writeEncoderArray' | 'size'
> &
  ThisType<Encoder> = {
  ensureAvailable(bytes) {
    const needed = this.offset + bytes;
    if (needed <= this.buf.length) return;
    // Not zeroed, because an encoder writes every byte up to its offset and gives none behind it.
    const larger = Buffer.allocUnsafe(Math.max(needed, this.buf.length * 2, FIRST_BYTES));
    this.buf.copy(larger, 0, 0, this.offset);
    this.buf = larger;
  },

  writeBufferInternal(buffer) {
    if (buffer.length < KEPT_FROM_BYTES) {
      this.ensureAvailable(buffer.length);
      this.offset += buffer.copy(this.buf, this.offset);
      return;
    }
    const parts = (this[PARTS] ??= { list: [], bytes: 0, from: 0 });
    parts.list.push(this.buf.subarray(parts.from, this.offset), buffer);
    parts.bytes += buffer.length;
    parts.from = this.offset;
  },

  writeEncoder(value) {
    if (!isEncoder(value)) throw new Error('value should be an instance of Encoder');
    writeParts(this, value);
    return this;
  },

  writeEncoderArray(values) {
    if (!Array.isArray(values) || !values.every(isEncoder)) {
      throw new Error('all values should be an instance of Encoder[]');
    }
    for (const value of values) writeParts(this, value);
    return this;
  },

  size() {
    return this.offset + (this[PARTS]?.bytes ?? 0);
  },
};

const BUFFER: PropertyDescriptor & ThisType<Encoder> = {
  configurable: true,
  get() {
    const parts = this[PARTS];
    if (parts) {
      this.buf = Buffer.concat([...parts.list, this.buf.subarray(parts.from, this.offset)]);
      this.offset = this.buf.length;
      this[PARTS] = undefined;
    }
    return this.buf.subarray(0, this.offset);
  },
};

function isEncoder(value: Encoder | null | undefined): boolean {
  return Buffer.isBuffer(value?.buf);
}

function writeParts(target: Encoder, value: Encoder): void {
  const parts = value[PARTS];
  if (!parts || value === target) return target.writeBufferInternal(value.buffer);
  for (const part of parts.list) target.writeBufferInternal(part);
  target.writeBufferInternal(value.buf.subarray(parts.from, value.offset));
}

/**
 * kafkajs puts a request together from inside out: records, batch, partition, topic, request and its length each have an encoder
 * that copies the one before into a zeroed buffer, which grows to powers of two. A message of the ledger was copied ten times,
 * 33 MB a second with 64 clients, and Node's collector marked the whole heap again and again because of all these buffers.
 * Encoders remember large pieces instead, and copy them once, when somebody asks for the bytes. And they begin without a buffer of
 * their own: one of 512 zeros, outside of V8's heap, took 0.9 µs, and a request has some thirty encoders.
 *
 * @param encoderClass kafkajs's own.
 * @returns false where it isn't what this was written for; then it's left alone, and only costs more.
 */
export function patchEncoderBuffers(encoderClass: unknown): boolean {
  if (!isEncoderClass(encoderClass)) return false;
  const { prototype, nextPowerOfTwo } = encoderClass as EncoderClass & {
    prototype: Encoder & { [PATCHED]?: boolean };
  };
  if (prototype[PATCHED]) return true;
  const originals = Object.getOwnPropertyDescriptors(prototype);
  const agrees = holds(() => {
    const before = sampleOf(encoderClass);
    encoderClass.nextPowerOfTwo = () => 0;
    Object.assign(prototype, CHANGES);
    Object.defineProperty(prototype, 'buffer', BUFFER);
    return sampleOf(encoderClass).equals(before);
  });
  if (agrees) prototype[PATCHED] = true;
  else {
    encoderClass.nextPowerOfTwo = nextPowerOfTwo;
    Object.defineProperties(prototype, originals);
  }
  return agrees;
}

function isEncoderClass(value: unknown): value is EncoderClass {
  if (typeof value !== 'function') return false;
  const { prototype, nextPowerOfTwo } = value as { prototype: object; nextPowerOfTwo?: unknown };
  const getter = Object.getOwnPropertyDescriptor(prototype, 'buffer')?.get;
  if (getter === undefined || typeof nextPowerOfTwo !== 'function') return false;
  return Object.keys(CHANGES).every((name) => Object.hasOwn(prototype, name));
}

/** An encoder in an encoder, with pieces on both sides of the limit. */
function sampleOf(encoderClass: EncoderClass): Buffer {
  const inner = new encoderClass();
  for (const bytes of [3, KEPT_FROM_BYTES, 5, 600, 2 * KEPT_FROM_BYTES]) {
    inner.writeBufferInternal(Buffer.alloc(bytes, bytes));
  }
  const outer = new encoderClass();
  outer.writeBufferInternal(Buffer.from([inner.size() & 0xff]));
  return outer.writeEncoder(inner).writeEncoderArray([inner, outer]).buffer;
}

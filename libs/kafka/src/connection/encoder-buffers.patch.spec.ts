import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { patchEncoderBuffers } from './encoder-buffers.patch.js';

interface Encoder {
  readonly buf: Buffer;
  readonly buffer: Buffer;
  size(): number;
  writeInt32(value: number): Encoder;
  writeString(value: string): Encoder;
  writeBytes(value: Buffer): Encoder;
  writeBuffer(value: Buffer): Encoder;
  writeEncoder(value: Encoder): Encoder;
  writeArray(values: readonly (Encoder | string)[]): Encoder;
}

interface EncoderClass {
  new (): Encoder;
  nextPowerOfTwo(bytes: number): number;
}

// @ts-expect-error kafkajs has no types for its internals
const module = (await import('kafkajs/src/protocol/encoder.js')) as { default: EncoderClass };

/** kafkajs's own encoder, whose methods stay as they are. */
const original = module.default;

const required = createRequire(import.meta.url);
const path = required.resolve('kafkajs/src/protocol/encoder.js');

/** The same class once more, which may be changed. */
function copied(): EncoderClass {
  const copy = { exports: {} };
  const code = new Function('module', 'require', readFileSync(path, 'utf8'));
  code(copy, (name: string) => required(join(dirname(path), name)) as unknown);
  return copy.exports as EncoderClass;
}

type Step = (encoder: Encoder, encoderClass: EncoderClass) => unknown;

const piece = fc.integer({ min: 0, max: 5_000 }).map((size) => Buffer.alloc(size, size));

const steps: fc.Arbitrary<Step[]> = fc.letrec<{ step: Step; steps: Step[] }>((tie) => ({
  steps: fc.array(tie('step'), { maxLength: 6 }),
  step: fc.oneof(
    { depthSize: 'small' },
    fc.integer({ min: -1_000, max: 1_000 }).map(
      (value): Step =>
        (encoder) =>
          encoder.writeInt32(value),
    ),
    fc.string({ unit: 'grapheme', maxLength: 2_000 }).map(
      (text): Step =>
        (encoder) =>
          encoder.writeString(text),
    ),
    piece.map(
      (bytes): Step =>
        (encoder) =>
          encoder.writeBytes(bytes),
    ),
    piece.map(
      (bytes): Step =>
        (encoder) =>
          encoder.writeBuffer(bytes),
    ),
    tie('steps').map(
      (inner): Step =>
        (encoder, encoderClass) =>
          encoder.writeEncoder(encoded(encoderClass, inner)),
    ),
    fc.array(tie('steps'), { maxLength: 3 }).map(
      (inner): Step =>
        (encoder, encoderClass) =>
          encoder.writeArray(inner.map((one) => encoded(encoderClass, one))),
    ),
    // Whoever looks at the bytes in between changes nothing.
    fc.constant<Step>((encoder) => encoder.buffer),
  ),
})).steps;

function encoded(encoderClass: EncoderClass, made: readonly Step[]): Encoder {
  const encoder = new encoderClass();
  for (const step of made) step(encoder, encoderClass);
  return encoder;
}

describe("kafkajs's encoder with other buffers", () => {
  const patched = copied();
  expect(patchEncoderBuffers(patched)).toBe(true);

  it('writes the same bytes, and says the same size', () => {
    fc.assert(
      fc.property(steps, (made) => {
        const ours = encoded(patched, made);
        const theirs = encoded(original, made);
        expect(ours.size()).toBe(theirs.size());
        expect(ours.buffer.equals(theirs.buffer)).toBe(true);
        // Asking again gives the same.
        expect(ours.buffer.equals(theirs.buffer)).toBe(true);
      }),
    );
  });

  it('takes no memory before it is written to', () => {
    expect(new original().buf).toHaveLength(512);
    expect(new patched().buf).toHaveLength(0);
  });

  it('refuses what is no encoder', () => {
    const encoder = new patched();
    expect(() => encoder.writeEncoder({} as Encoder)).toThrow('instance of Encoder');
    expect(() => encoder.writeEncoder(undefined as unknown as Encoder)).toThrow('instance of Encoder');
    expect(() => encoder.writeArray([{} as Encoder])).toThrow('instance of Encoder');
  });

  it('keeps large pieces as they are until somebody asks for the bytes', () => {
    const large = Buffer.alloc(2_000, 1);
    const encoder = new patched().writeInt32(1).writeBuffer(large);
    large.fill(2);
    expect(encoder.buffer.subarray(4)).toEqual(large);
    large.fill(3);
    expect(encoder.buffer[4]).toBe(2);
  });

  it('is changed once', () => {
    expect(patchEncoderBuffers(patched)).toBe(true);
  });

  it.each([
    ['is none', undefined],
    ['has other methods', class {}],
  ])('leaves alone what %s', (_what, other) => {
    expect(patchEncoderBuffers(other)).toBe(false);
  });

  it.each<[string, (this: Encoder, value: Encoder) => Encoder]>([
    [
      'writes otherwise',
      function (value) {
        return this.writeInt32(value.size()).writeBuffer(value.buffer);
      },
    ],
    [
      'wants something else',
      () => {
        throw new Error('the version is missing');
      },
    ],
  ])('leaves alone an encoder that %s', (_what, writeEncoder) => {
    const other = copied();
    Object.assign(other.prototype, { writeEncoder });
    const before = Object.getOwnPropertyDescriptors(other.prototype);
    expect(patchEncoderBuffers(other)).toBe(false);
    expect(Object.getOwnPropertyDescriptors(other.prototype)).toEqual(before);
    expect(new other().buf).toHaveLength(512);
  });
});

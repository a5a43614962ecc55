import fc from 'fast-check';
import { patchRecordEncoder, recordEncoderOf, type RecordToEncode } from './record-encoder.patch.js';

type Encode = Parameters<typeof recordEncoderOf>[0];

// @ts-expect-error kafkajs has no types for its internals
const module = (await import('kafkajs/src/protocol/recordBatch/record/v0/index.js')) as { default: Encode };
const original = module.default;

const bytes = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
);
const optional = fc.option(bytes);

const records: fc.Arbitrary<RecordToEncode> = fc.record({
  offsetDelta: fc.nat(100_000),
  timestampDelta: fc.oneof(fc.constant(0), fc.nat(2 ** 31 - 1)),
  key: optional,
  value: fc.oneof(optional, fc.constant('x'.repeat(20_000))),
  headers: fc.dictionary(fc.string({ minLength: 1 }), bytes, { maxKeys: 12 }),
});

describe('the record encoder', () => {
  const encode = recordEncoderOf(original);

  it('writes the same bytes as kafkajs', () => {
    fc.assert(
      fc.property(records, (record) => {
        expect(encode(record).buffer.equals(original(record).buffer)).toBe(true);
      }),
    );
  });

  it.each<[string, RecordToEncode]>([
    ['a header with several values', { key: null, value: 'v', headers: { many: ['a', 'b'] } }],
    ['a negative delta', { timestampDelta: -5, key: 'k', value: 'v' }],
    ['nothing but defaults', { key: null, value: null }],
  ])('leaves %s to kafkajs, or writes what it writes', (_what, record) => {
    expect(encode(record).buffer.equals(original(record).buffer)).toBe(true);
  });

  it('takes the place of the encoder that is installed', () => {
    const loaded = { exports: original as unknown };
    expect(patchRecordEncoder(original, [undefined, loaded])).toBe(true);
    expect(loaded.exports).not.toBe(original);
    expect(patchRecordEncoder(loaded.exports, [])).toBe(true);
  });

  it.each([
    ['writes otherwise', () => ({ buf: Buffer.alloc(1), buffer: Buffer.alloc(1) })],
    ['takes something else', () => null],
    ['is none', undefined],
  ])('leaves alone an encoder that %s', (_what, other) => {
    const loaded = { exports: other as unknown };
    expect(patchRecordEncoder(other, [loaded])).toBe(false);
    expect(loaded.exports).toBe(other);
  });
});

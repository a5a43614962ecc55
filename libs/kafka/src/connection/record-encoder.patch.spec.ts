import { createRequire } from 'node:module';
import fc from 'fast-check';
import { patchRecordEncoder, recordEncoderOf, type RecordToEncode } from './record-encoder.patch.js';

type Encode = Parameters<typeof recordEncoderOf>[0];

// Jest gives each file modules of its own, so that this one is kafkajs's, unpatched.
const require = createRequire(import.meta.url);
const original = require('kafkajs/src/protocol/recordBatch/record/v0/index.js') as Encode;

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

  it('fits the kafkajs that is installed', () => {
    expect(patchRecordEncoder()).toBe(true);
    expect(patchRecordEncoder()).toBe(true);
  });

  it('leaves alone an encoder that writes otherwise', () => {
    const other = { exports: () => ({ buf: Buffer.alloc(1), buffer: Buffer.alloc(1) }) };
    const fake = Object.assign(() => other.exports, {
      resolve: () => 'record.js',
      cache: { 'record.js': other },
    }) as unknown as NodeJS.Require;
    const before = other.exports;
    expect(patchRecordEncoder(fake)).toBe(false);
    expect(other.exports).toBe(before);
  });
});

import fc from 'fast-check';
// @ts-expect-error kafkajs has no types for its internals
import Reader from 'kafkajs/src/protocol/decoder.js';
// @ts-expect-error kafkajs has no types for its internals
import decoder from 'kafkajs/src/protocol/recordBatch/record/v0/decoder.js';
// @ts-expect-error kafkajs has no types for its internals
import encoder from 'kafkajs/src/protocol/recordBatch/record/v0/index.js';
import { patchRecordDecoder, recordDecoderOf, textOf, type BatchContext } from './record-decoder.patch.js';

type Decode = Parameters<typeof recordDecoderOf>[0];
type Encode = (record: object) => { readonly buffer: Buffer };
interface BytesReader {
  readonly buffer: Buffer;
  readonly offset: number;
  readVarIntBytes(): Buffer;
}

const original = decoder as Decode;
const encode = encoder as Encode;
const readerOf = (buffer: Buffer) => new (Reader as new (buffer: Buffer) => BytesReader)(buffer);

const bytes = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.uint8Array({ maxLength: 100 }).map((array) => Buffer.from(array)),
);
/** What every object has by birth, kafkajs takes for a header before. */
const headerNames = fc.string({ minLength: 1 }).filter((name) => !(name in {}));
const headers = fc.dictionary(headerNames, fc.oneof(bytes, fc.array(bytes, { minLength: 1, maxLength: 3 })));

const records = fc.record({
  offsetDelta: fc.oneof(fc.nat(300), fc.nat(2 ** 31 - 1)),
  timestampDelta: fc.oneof(fc.integer({ min: -300, max: 300 }), fc.maxSafeInteger()),
  key: fc.option(bytes),
  value: fc.oneof(fc.option(bytes), fc.constant('x'.repeat(20_000))),
  headers,
});

const contexts: fc.Arbitrary<BatchContext> = fc.record({
  firstOffset: fc.bigInt(0n, 2n ** 60n).map(String),
  firstTimestamp: fc.oneof(fc.nat(), fc.constant(-1), fc.constant(1_795_000_000_000)).map(String),
  maxTimestamp: fc.constant('1795000000007'),
  timestampType: fc.constantFrom(0, 1),
  magicByte: fc.constant(2),
  isControlBatch: fc.boolean(),
});

/** Without the length in front, as kafkajs hands it over. */
function encoded(record: object): Buffer {
  return readerOf(encode(record).buffer).readVarIntBytes();
}

describe('the record decoder', () => {
  const decode = recordDecoderOf(original);

  it('reads what kafkajs reads', () => {
    fc.assert(
      fc.property(records, contexts, (record, context) => {
        const buffer = encoded(record);
        const its = original(readerOf(buffer), context);
        expect(textOf(decode(readerOf(buffer), context), its)).toBe(textOf(its, its));
      }),
    );
  });

  it.each(['__proto__', 'toString'])('reads a header called %s as any other', (name) => {
    const buffer = encoded({ key: null, value: 'v', headers: Object.fromEntries([[name, 'x']]) });
    const { headers: read } = decode(readerOf(buffer), { firstOffset: '0', firstTimestamp: '0' });
    expect(Object.entries(read)).toEqual([[name, Buffer.from('x')]]);
  });

  it('takes the place of the decoder that is installed', () => {
    const loaded = { exports: original as unknown };
    expect(patchRecordDecoder(original, Reader, [undefined, loaded])).toBe(true);
    expect(loaded.exports).not.toBe(original);
    expect(patchRecordDecoder(loaded.exports, Reader, [])).toBe(true);
  });

  it.each([
    ['reads otherwise', () => ({ offset: '1', timestamp: '1', headers: {}, key: null, value: null })],
    ['takes something else', () => null],
    ['is none', undefined],
  ])('leaves alone a decoder that %s', (_what, other) => {
    const loaded = { exports: other as unknown };
    expect(patchRecordDecoder(other, Reader, [loaded])).toBe(false);
    expect(loaded.exports).toBe(other);
  });
});

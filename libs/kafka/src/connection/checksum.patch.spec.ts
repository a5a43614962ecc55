import fc from 'fast-check';
// @ts-expect-error kafkajs has no types for its internals
import original from 'kafkajs/src/protocol/recordBatch/crc32C/index.js';
import { patchChecksum } from './checksum.patch.js';

type Checksum = (bytes: Buffer) => number;
const bytewise = original as Checksum;

describe("the checksum in the place of kafkajs's", () => {
  it('is the same for any bytes', () => {
    const module = { exports: bytewise as unknown };
    expect(patchChecksum(bytewise, [module])).toBe(true);
    const checksum = module.exports as Checksum;
    expect(checksum).not.toBe(bytewise);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        const buffer = Buffer.from(bytes);
        expect(checksum(buffer)).toBe(bytewise(buffer));
      }),
    );
  });

  it('is put there once', () => {
    const module = { exports: bytewise as unknown };
    patchChecksum(bytewise, [module]);
    const patched = module.exports;
    expect(patchChecksum(patched, [module])).toBe(true);
    expect(module.exports).toBe(patched);
  });

  it.each([
    ['another checksum', () => 7],
    ['nothing', undefined],
  ])('leaves %s alone', (_what, found) => {
    const module = { exports: found as unknown };
    expect(patchChecksum(found, [module])).toBe(false);
    expect(module.exports).toBe(found);
  });
});

import { bigintTransformer } from './bigint.transformer.js';

describe('bigintTransformer', () => {
  it('keeps every unit above 2^53', () => {
    expect(bigintTransformer.from('9007199254740993')).toBe(9_007_199_254_740_993n);
    expect(bigintTransformer.to(9_007_199_254_740_993n)).toBe('9007199254740993');
  });

  it('leaves null and undefined alone', () => {
    expect([bigintTransformer.from(null), bigintTransformer.to(undefined)]).toEqual([null, undefined]);
  });
});

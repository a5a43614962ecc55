import { emptyChain } from './chain.js';
import { ChainHeads } from './chain-heads.js';

describe('ChainHeads', () => {
  const second = { ...emptyChain(1), sequence: 5n };

  it('reads what it does not remember, and that only', async () => {
    const heads = new ChainHeads();
    heads.remember([second]);
    const asked: number[][] = [];
    const found = await heads.of([1, 0, 1, 0], async (missing) => {
      asked.push(missing);
      return missing.map(emptyChain);
    });
    expect(asked).toEqual([[0]]);
    expect([...found]).toEqual([
      [1, second],
      [0, emptyChain(0)],
    ]);
  });

  it('does not remember what was only read: it may be rolled back', async () => {
    const heads = new ChainHeads();
    let reads = 0;
    const read = async (missing: number[]) => {
      reads++;
      return missing.map(emptyChain);
    };
    await heads.of([0], read);
    await heads.of([0], read);
    expect(reads).toBe(2);
  });

  it('reads again what it was told to forget', async () => {
    const heads = new ChainHeads();
    heads.remember([second]);
    heads.forget([1]);
    expect((await heads.of([1], async () => [emptyChain(1)])).get(1)).toEqual(emptyChain(1));
  });

  it('knows all of them or says so', () => {
    const heads = new ChainHeads();
    heads.remember([second]);
    expect(heads.known([1, 1])).toEqual(new Map([[1, second]]));
    expect(heads.known([1, 0])).toBeUndefined();
  });
});

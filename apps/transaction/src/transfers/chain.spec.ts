import { createHash } from 'node:crypto';
import type { TransferResult } from '@kopeck/contracts';
import fc from 'fast-check';
import { canonicalText, emptyChain, GENESIS_HASH, headOf, verifyChain, type LinkedResult } from './chain.js';
import { LedgerModel } from './testing/arbitrary-batches.js';
import { account, instruction } from './testing/sample-ledger.js';

/** A chain of ten: completed and refused, with and without optional fields. */
function sampleChain(): TransferResult[] {
  const [rich, poor] = [account({ balanceMinor: 400n }), account()];
  const ledger = new LedgerModel([rich, poor]);
  return [
    ...ledger.execute(
      Array.from({ length: 10 }, (_, index) => ({
        chain: 0,
        instruction: instruction(rich, poor, {
          endToEndId: index % 2 ? `E2E-${index}` : null,
          reference: index % 3 ? 'Счёт № 7, "ремонт"' : null,
        }),
      })),
    ),
  ];
}

/** Every place in a value that holds something, as a path. */
function leavesOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

function changedAt<T>(value: T, [key, ...rest]: string[], to: unknown): T {
  if (key === undefined) return to as T;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  (copy as Record<string, unknown>)[key] = changedAt((value as Record<string, unknown>)[key], rest, to);
  return copy as T;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, key) => (inner as Record<string, unknown>)[key], value);
}

describe('the chain', () => {
  const chain = sampleChain();

  it('begins at sequence 1 after 32 zero bytes and ends at its head', () => {
    expect(chain[0]!.chain).toMatchObject({ chain: 0, sequence: '1', previousHash: GENESIS_HASH });
    expect(verifyChain(chain)).toEqual({ intact: true, head: headOf(chain.at(-1) as LinkedResult) });
    expect(verifyChain([], emptyChain(4))).toEqual({ intact: true, head: emptyChain(4) });
  });

  it('can be verified by anybody: SHA-256 of a JSON array, base64url', () => {
    const { chain: place, ...result } = chain[3] as LinkedResult;
    const text = canonicalText(result, place);
    expect(JSON.parse(text).slice(0, 4)).toEqual(['kopeck.transfer/1', chain[2]!.chain!.hash, 0, '4']);
    expect(createHash('sha256').update(text, 'utf8').digest('base64url')).toBe(place.hash);
  });

  it('can be verified from any head on', () => {
    expect(verifyChain(chain.slice(4), headOf(chain[3] as LinkedResult))).toMatchObject({ intact: true });
  });

  it('shows a change of any field of any decision', () => {
    const places = chain.flatMap((result, index) => leavesOf(result).map((path) => ({ index, path })));
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.constantFrom('', '0', 'x', null, 7),
        ({ index, path }, to) => {
          fc.pre(valueAt(chain[index], path) !== to);
          const tampered = chain.with(index, changedAt(chain[index]!, path, to));
          expect(verifyChain(tampered)).toMatchObject({ intact: false });
        },
      ),
      { numRuns: 1_000 },
    );
    for (const { index, path } of places) {
      const other = typeof valueAt(chain[index], path) === 'number' ? 99 : 'tampered';
      const check = verifyChain(chain.with(index, changedAt(chain[index]!, path, other)));
      expect({ path, intact: check.intact }).toEqual({ path, intact: false });
    }
  });

  it('shows entries that were taken away, doubled or exchanged', () => {
    const [debit, credit] = chain[0]!.entries;
    for (const entries of [[], [debit!], [credit!, debit!], [debit!, credit!, credit!]]) {
      expect(verifyChain(chain.with(0, { ...chain[0]!, entries }))).toMatchObject({
        intact: false,
        sequence: '1',
        fault: expect.stringMatching(/was changed/),
      });
    }
  });

  it('shows decisions that were removed, doubled, exchanged or moved to another chain', () => {
    expect(verifyChain(chain.toSpliced(4, 1))).toMatchObject({
      intact: false,
      fault: expect.stringMatching(/5 is missing/),
    });
    expect(verifyChain(chain.toSpliced(4, 0, chain[4]!))).toMatchObject({ intact: false, sequence: '5' });
    expect(verifyChain(chain.with(4, chain[5]!).with(5, chain[4]!))).toMatchObject({ intact: false });
    expect(verifyChain(chain, emptyChain(1))).toMatchObject({
      intact: false,
      fault: 'chain 0 stands in chain 1',
    });
    expect(verifyChain([{ ...chain[0]!, chain: null }])).toMatchObject({ intact: false });
  });

  it('shows a decision that was hashed anew without those that follow', () => {
    const [first, second, third, ...rest] = chain as LinkedResult[];
    const forged = { ...second!, amountMinor: '1' };
    const { chain: place, ...result } = forged;
    const hash = createHash('sha256').update(canonicalText(result, place)).digest('base64url');
    const check = verifyChain([first!, { ...forged, chain: { ...place, hash } }, third!, ...rest]);
    expect(check).toMatchObject({
      intact: false,
      sequence: '3',
      fault: expect.stringMatching(/hash of the decision before/),
    });
  });
});

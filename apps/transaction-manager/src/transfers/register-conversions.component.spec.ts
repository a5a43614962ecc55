import 'reflect-metadata';
import type { AccountFacts } from '../accounts/account-facts.js';
import {
  anotherAttempt,
  ManagerOnPostgresql,
  meaningsOf,
  outcomeOf,
  type Replica,
} from '../testing/manager-on-postgresql.js';
import { conversion, resultOf } from './testing/sample-transfers.js';

describe('conversions in the register', () => {
  let manager: ManagerOnPostgresql;
  let replica: Replica;
  let anna: AccountFacts;
  let boris: AccountFacts;

  beforeAll(async () => {
    manager = await ManagerOnPostgresql.create();
    replica = manager.replica();
    anna = await manager.knownAccount();
    boris = await manager.knownAccount({ currency: 'JPY' });
  }, 30_000);

  afterAll(() => manager?.drop());

  it('go to the ledger with their terms, the first time and when no result came', async () => {
    const asked = conversion(anna, boris);
    const { commands } = meaningsOf(await replica.accept(asked));
    expect(commands).toEqual([asked]);
    await manager.pass(60_000);
    const again: unknown[] = [];
    await replica.reforward(async (messages) => void again.push(...meaningsOf(messages).commands));
    expect(again).toEqual([asked]);
  });

  it('show the sender the whole quote, and the recipient what arrives', async () => {
    const asked = conversion(anna, boris);
    await replica.accept(asked);
    await replica.follow(resultOf(asked, boris));
    const seenBy = ({ customerId }: AccountFacts) =>
      replica.reading.read({ transferId: asked.transferId, customerId: customerId! });
    const common = { buyCurrency: 'JPY', buyMinor: '1970', rate: '157.6000000000' };
    expect(await seenBy(anna)).toMatchObject({ conversion: { ...common, quote: asked.conversion!.quote } });
    expect(await seenBy(boris)).toMatchObject({ conversion: { ...common, quote: null } });
    const list = await replica.reading.list({ customerId: boris.customerId!, limit: 1 });
    expect(list).toMatchObject({ data: [{ conversion: common }] });
  });

  it('answer a repeat with the terms, and another quote under the key with a refusal', async () => {
    const asked = conversion(anna, boris);
    await replica.accept(asked);
    const result = resultOf(asked, boris);
    await replica.follow(result);
    const again = anotherAttempt(asked);
    expect(meaningsOf(await replica.accept(again)).answers).toEqual([
      { requestId: again.requestId, outcome: 'finished', result: outcomeOf(result) },
    ]);
    const other = anotherAttempt(asked, { conversion: conversion(anna, boris).conversion! });
    expect(meaningsOf(await replica.accept(other)).answers).toMatchObject([
      { outcome: 'rejected', code: 'idempotency_key_reused' },
    ]);
  });

  it('that the converter refused are final at once, and stay refused', async () => {
    const asked = conversion(anna, boris, { refusal: 'quote_expired' });
    const { commands, results } = meaningsOf(await replica.accept(asked));
    expect(commands).toEqual([]);
    expect(results).toMatchObject([
      { status: 'failed', reason: 'quote_expired', conversion: asked.conversion },
    ]);
    const again = anotherAttempt(asked);
    expect(meaningsOf(await replica.accept(again)).answers).toMatchObject([
      { outcome: 'finished', result: { reason: 'quote_expired', conversion: asked.conversion } },
    ]);
  });

  it('of which no request came here are entered with their terms', async () => {
    const asked = conversion(anna, boris);
    await replica.follow(resultOf(asked, boris));
    expect(
      await replica.reading.read({ transferId: asked.transferId, customerId: anna.customerId! }),
    ).toMatchObject({ status: 'completed', conversion: { quote: asked.conversion!.quote } });
  });
});

import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { TransferCommand, type TransferResult } from '@kopeck/contracts';
import type { Received } from '@kopeck/kafka';
import { ExecuteTransfersController } from './execute-transfers.controller.js';
import type { ExecuteTransfersService } from './execute-transfers.service.js';
import { LedgerModel } from './testing/arbitrary-batches.js';
import { account, instruction } from './testing/sample-ledger.js';
import type { ChainedInstruction } from './transfer-batch.js';

describe('the handler of transfers.commands', () => {
  const rich = account({ balanceMinor: 100n });
  const poor = account();

  /** The controller on a ledger in memory. */
  function controller() {
    const ledger = new LedgerModel([rich, poor]);
    const service = { execute: async (batch: ChainedInstruction[]) => ledger.execute(batch) };
    return new ExecuteTransfersController(service as unknown as ExecuteTransfersService);
  }

  function received(amountMinor: bigint, headers: Record<string, string> = {}): Received<TransferCommand> {
    const order = { ...instruction(rich, poor), endToEndId: undefined, amountMinor: amountMinor.toString() };
    const value = Object.assign(new TransferCommand(), order);
    return { value, key: rich.accountId, topic: 'transfers.commands', partition: 2, offset: '0', headers };
  }

  it('answers each command with its result, on the chain of its partition, keyed by the debited account', async () => {
    const batch = [received(60n), received(60n)];
    const outgoing = await controller().handle([...batch, batch[0]!]);
    expect(outgoing.map(({ type, id }) => [type, id])).toEqual([
      ['kopeck.transfer.completed.v1', batch[0]!.value.transferId],
      ['kopeck.transfer.refused.v1', batch[1]!.value.transferId],
      ['kopeck.transfer.completed.v1', batch[0]!.value.transferId],
    ]);
    for (const { topic, key, value } of outgoing) {
      expect({ topic, key }).toEqual({ topic: 'transfers.results', key: rich.accountId });
      expect((value as TransferResult).chain?.chain).toBe(2);
    }
    expect(outgoing[2]!.value).toBe(outgoing[0]!.value);
  });

  it("continues each command's trace", async () => {
    const traceparent = `00-${randomUUID().replaceAll('-', '')}-00f067aa0ba902b7-01`;
    const outgoing = await controller().handle([received(1n, { traceparent }), received(1n)]);
    expect(outgoing.map(({ headers }) => headers)).toEqual([{ traceparent }, undefined]);
  });
});

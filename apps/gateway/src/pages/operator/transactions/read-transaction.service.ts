import { Injectable } from '@nestjs/common';
import type { TransferStep } from '@kopeck/contracts';
import { problemOf } from '../../../http/problem-of.js';
import { OperatorAccounts } from '../../../operator/operator-accounts.service.js';
import type { OperatorAccountResource } from '../../../operator/operator.dto.js';
import { Transactions } from '../../../operator/transactions.service.js';
import type { Transfer } from '../../../transfers/transfer.js';
import { People, type Person } from '../people.service.js';

/** One of the two accounts, as far as anybody knows it. */
export interface Side {
  readonly account?: OperatorAccountResource;
  readonly holder?: Person;
}

export interface TransactionFacts {
  readonly transfer: Transfer;
  readonly from: Side;
  readonly to: Side;
  /** Undefined where nobody can tell for the moment. */
  readonly steps: readonly TransferStep[] | undefined;
}

/** All that an operator sees of one transaction. */
@Injectable()
export class ReadTransactionService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: OperatorAccounts,
    private readonly people: People,
  ) {}

  /** @throws {Problem} `not_found`, `deadline_exceeded`: without the transaction itself there is nothing to show. */
  async read(transferId: string, operatorId: string): Promise<TransactionFacts> {
    const transfer = await this.transactions.read(transferId, operatorId);
    const { debitAccountId, creditAccountId, creditAccountNumber } = transfer;
    const [from, to, steps] = await Promise.all([
      this.sideOf(debitAccountId === null ? undefined : this.accounts.read(debitAccountId)),
      this.sideOf(
        creditAccountId !== null
          ? this.accounts.read(creditAccountId)
          : creditAccountNumber !== null
            ? this.accounts.find(creditAccountNumber)
            : undefined,
      ),
      unlessUnknown(this.transactions.steps(transferId)),
    ]);
    return { transfer, from, to, steps };
  }

  private async sideOf(asked: Promise<OperatorAccountResource | undefined> | undefined): Promise<Side> {
    const account = asked && (await unlessUnknown(asked));
    const holder = account?.customerId ? await this.people.find(account.customerId) : undefined;
    return { account, holder };
  }
}

/** A failed transaction may name an account that there isn't, and a service may be away: the rest is shown all the same. */
async function unlessUnknown<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    const { status } = problemOf(error);
    if (status === 404 || status === 503 || status === 504) return undefined;
    throw error;
  }
}

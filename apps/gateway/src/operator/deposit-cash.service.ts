import { Injectable } from '@nestjs/common';
import { isOfferedCurrency, OFFERED_CURRENCIES, systemAccountIdOf } from '@kopeck/contracts';
import { Problem } from '../http/problem.js';
import { CreateTransferService } from '../transfers/create-transfer.service.js';
import type { TransferAnswer } from '../transfers/transfer-answer.js';
import type { CashDepositBody } from '../transfers/transfer.dto.js';

/** Which operator books what, under which key. */
export interface CashDeposit {
  readonly operatorId: string;
  readonly idempotencyKey: string;
  readonly body: CashDepositBody;
  readonly waitMs: number;
  /** Where the transaction can be read afterwards. */
  readonly locationOf: (transferId: string) => string;
}

/** Books cash from the bank's till of the currency; the same for the API and for the operators' pages. */
@Injectable()
export class DepositCashService {
  constructor(private readonly transfers: CreateTransferService) {}

  /** @throws {Problem} `validation_failed` without a till; `idempotency_key_reused`. Refusals are answers, not errors. */
  async deposit({ operatorId, body, ...rest }: CashDeposit): Promise<TransferAnswer> {
    const debitAccountId = systemAccountIdOf('cash', offered(body.instructedAmount.currency));
    return this.transfers.create({
      ...rest,
      customerId: operatorId,
      kind: 'cash_deposit',
      debitAccountId,
      body,
    });
  }
}

/** The bank has a till only for the currencies it offers. */
function offered(currency: string): string {
  if (isOfferedCurrency(currency)) return currency;
  const detail = `The bank has no cash in ${currency}, only in ${OFFERED_CURRENCIES.join(', ')}.`;
  throw new Problem('validation_failed', detail, {
    errors: [{ detail, pointer: '#/instructedAmount/currency' }],
  });
}

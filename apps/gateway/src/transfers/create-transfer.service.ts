import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { transferIdOf, type TransferKind, type TransferRequest } from '@kopeck/contracts';
import { MoneyDto } from '../documentation/money.documentation.js';
import { attemptAtTransfer } from './attempt.js';
import { TransferAttempts } from './transfer-attempts.service.js';
import type { TransferAnswer } from './transfer-answer.js';
import type { InstructionBody } from './transfer.dto.js';
import { pendingTransferOf } from './transfer.js';

/** Who asks for what, under which key. */
export interface Instruction {
  readonly customerId: string;
  readonly idempotencyKey: string;
  readonly kind: TransferKind;
  readonly debitAccountId: string;
  readonly body: InstructionBody & { readonly endToEndId?: string };
  readonly waitMs: number;
  /** Where the transfer can be read afterwards. */
  readonly locationOf: (transferId: string) => string;
}

@Injectable()
export class CreateTransferService {
  constructor(private readonly attempts: TransferAttempts) {}

  /** @throws {Problem} `idempotency_key_reused`; refusals of the transfer itself are answers, not errors. */
  async create(instruction: Instruction): Promise<TransferAnswer> {
    const request = requestOf(instruction);
    return this.attempts.answer(attemptAtTransfer(request), {
      waitMs: instruction.waitMs,
      location: instruction.locationOf(request.transferId),
      pending: () => pendingTransferOf(request),
    });
  }
}

function requestOf({ customerId, idempotencyKey, kind, debitAccountId, body }: Instruction): TransferRequest {
  const { amountMinor, currency } = MoneyDto.toMoney(body.instructedAmount);
  return {
    transferId: transferIdOf(customerId, idempotencyKey),
    requestId: randomUUID(),
    customerId,
    kind,
    debitAccountId,
    creditAccountNumber: body.creditAccountNumber,
    amountMinor: amountMinor.toString(),
    currency,
    // `null` counts as absent: it may not be sent on, since the request's own rules know only strings.
    reference: body.reference ?? undefined,
    endToEndId: body.endToEndId ?? undefined,
    requestedAt: new Date().toISOString(),
  };
}

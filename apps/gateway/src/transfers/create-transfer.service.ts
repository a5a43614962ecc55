import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { transferIdOf, type TransferKind, type TransferRequest } from '@kopeck/contracts';
import { Metrics } from '@kopeck/service';
import { MoneyDto } from '../documentation/money.documentation.js';
import { Problem } from '../http/problem.js';
import { PendingHints } from './pending-hints.js';
import { finalAnswer, pendingAnswer, type TransferAnswer } from './transfer-answer.js';
import { TransferDesk } from './transfer-desk.service.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import type { InstructionBody } from './transfer.dto.js';
import { pendingTransferOf, transferOfResult, transferOfView } from './transfer.js';

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
  private readonly outcomes: ReturnType<Metrics['counter']>;

  constructor(
    private readonly desk: TransferDesk,
    private readonly hints: PendingHints,
    metrics: Metrics,
  ) {
    this.outcomes = metrics.counter(
      'kopeck_transfer_attempts_total',
      'Attempts at transfers, by what came of them',
      ['kind', 'outcome'],
    );
  }

  /** @throws {Problem} `idempotency_key_reused`; refusals of the transfer itself are answers, not errors. */
  async create(instruction: Instruction): Promise<TransferAnswer> {
    const request = requestOf(instruction);
    const location = instruction.locationOf(request.transferId);
    const outcome = await this.desk.attempt(request, instruction.waitMs);
    this.outcomes.inc({ kind: request.kind, outcome: nameOf(outcome) });
    switch (outcome.kind) {
      case 'finished':
        return finalAnswer(transferOfResult(outcome.result), location, outcome.isReplay);
      case 'found':
        return finalAnswer(transferOfView(outcome.view, 'parties'), location, outcome.isReplay);
      case 'rejected':
        throw new Problem('idempotency_key_reused', outcome.detail);
      case 'pending': {
        const transfer = pendingTransferOf(request);
        await this.hints.remember(request.customerId, transfer);
        return pendingAnswer(transfer, location);
      }
    }
  }
}

function nameOf(outcome: AttemptOutcome): string {
  if (outcome.kind === 'pending' || outcome.kind === 'rejected') return outcome.kind;
  const { status } = outcome.kind === 'finished' ? outcome.result : outcome.view;
  return outcome.isReplay ? 'replayed' : status;
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

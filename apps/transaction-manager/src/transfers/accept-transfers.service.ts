import type { AttemptAnswer, TransferRequest } from '@kopeck/contracts';
import type { Outgoing } from '@kopeck/kafka';
import { Injectable } from '@nestjs/common';
import { CopyAccountsService } from '../accounts/copy-accounts.service.js';
import { TransactionManagerSettings } from '../transaction-manager.settings.js';
import { circumstancesOf, refusalOf, refusedResultOf } from './acceptance.js';
import { payloadHashOf } from './payload-hash.js';
import { answerMessageOf, commandMessageOf, resultMessageOf } from './transfer-messages.js';
import { TransferMetrics } from './transfer.metrics.js';
import {
  TransferRegisterRepository,
  type Registered,
  type Registration,
} from './transfer-register.repository.js';

/** One request message, and where to answer what concerns it alone. */
export interface Attempt {
  readonly request: TransferRequest;
  readonly replyTopic: string | undefined;
}

/** Takes requests: registers each id once, refuses what must be refused, forwards the rest to the ledger. */
@Injectable()
export class AcceptTransfersService {
  constructor(
    private readonly accounts: CopyAccountsService,
    private readonly register: TransferRegisterRepository,
    private readonly metrics: TransferMetrics,
    private readonly settings: TransactionManagerSettings,
  ) {}

  /**
   * @returns what to send: commands, refusals, answers to attempts. Taking the same batch again (a crash came before the
   * messages were acknowledged) gives messages of the same meaning.
   */
  async accept(attempts: readonly Attempt[]): Promise<Outgoing[]> {
    const registrations = await this.registrationsOf(attempts);
    const firsts = firstOfEach(registrations);
    const fresh = await this.register.register(firsts, this.settings.TRANSFER_FOLLOW_UP_AFTER_MS);
    const isNew = new Set(firsts.filter(({ request }) => fresh.has(request.transferId)));
    this.metrics.accepted([...isNew]);
    const known = await this.findRepeats(registrations.filter((registration) => !isNew.has(registration)));
    return registrations.flatMap((registration, index) => {
      const registered = isNew.has(registration) ? undefined : known.get(registration.request.transferId);
      return registered ? this.repeat(attempts[index]!, registration, registered) : first(registration);
    });
  }

  private async findRepeats(repeats: readonly Registration[]): Promise<Map<string, Registered>> {
    if (repeats.length === 0) return new Map();
    return this.register.find(repeats.map(({ request }) => request.transferId));
  }

  private async registrationsOf(attempts: readonly Attempt[]): Promise<Registration[]> {
    const requests = attempts.map(({ request }) => normalised(request));
    const known = await this.accounts.know(
      requests.map(({ debitAccountId }) => debitAccountId),
      requests.map(({ creditAccountNumber }) => creditAccountNumber),
    );
    const limitMinor = BigInt(this.settings.TRANSFER_LIMIT_MINOR);
    return requests.map((request) => {
      const reason = refusalOf(request, circumstancesOf(request, known, limitMinor));
      const result = reason && refusedResultOf(request, reason, new Date());
      return { request, payloadHash: payloadHashOf(request), result };
    });
  }

  /** Somebody asked for this id before: perhaps this very message, before a crash. */
  private repeat(
    { request, replyTopic }: Attempt,
    repeated: Registration,
    registered: Registered,
  ): Outgoing[] {
    this.metrics.repeated();
    const { requestId } = request;
    const answer = (value: AttemptAnswer) => (replyTopic ? [answerMessageOf(value, replyTopic)] : []);
    if (!repeated.payloadHash.equals(registered.payloadHash)) {
      return answer({ requestId, outcome: 'rejected', code: 'idempotency_key_reused', detail: KEY_REUSED });
    }
    // The ledger answers a command that it knows with the result it has. It may never have seen this one.
    if (!registered.outcome) return [commandMessageOf(registered.request)];
    const answered = answer({ requestId, outcome: 'finished', result: registered.outcome });
    // The same message again: the refusal it led to may not have been published before the crash.
    const isRedelivery = repeated.request.requestId === registered.request.requestId;
    return isRedelivery && !registered.isDecidedByLedger
      ? [...answered, resultMessageOf({ ...registered.outcome, entries: [], chain: null })]
      : answered;
  }
}

const KEY_REUSED =
  'This Idempotency-Key belongs to another request of yours. Nothing was done now. Use a new key for a new transfer.';

/** The same id may stand twice in a batch: only its first request can be new. */
function firstOfEach(registrations: readonly Registration[]): Registration[] {
  const firsts = new Map<string, Registration>();
  for (const registration of registrations) {
    const { transferId } = registration.request;
    if (!firsts.has(transferId)) firsts.set(transferId, registration);
  }
  return [...firsts.values()];
}

function first({ request, result }: Registration): Outgoing[] {
  return [result ? resultMessageOf(result) : commandMessageOf(request)];
}

/** Ids and time in the one form in which the database gives them back: a first forwarding says what all later ones say. */
function normalised(request: TransferRequest): TransferRequest {
  return {
    ...request,
    transferId: request.transferId.toLowerCase(),
    requestId: request.requestId.toLowerCase(),
    customerId: request.customerId.toLowerCase(),
    debitAccountId: request.debitAccountId.toLowerCase(),
    requestedAt: new Date(request.requestedAt).toISOString(),
  };
}

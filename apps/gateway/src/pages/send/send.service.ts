import { Injectable } from '@nestjs/common';
import { formatAmount, normaliseAccountNumber, transferIdOf, type AccountView } from '@kopeck/contracts';
import { MoneyDto } from '../../documentation/money.documentation.js';
import { Problem } from '../../http/problem.js';
import { CreateTransferService } from '../../transfers/create-transfer.service.js';
import { ReadTransferService } from '../../transfers/read-transfer.service.js';
import type { Transfer } from '../../transfers/transfer.js';
import { OwnAccounts } from '../accounts/own-accounts.service.js';
import type { FieldFault } from '../components/field-fault.js';
import { readTypedAmount } from '../language/typed-amount.js';
import { addressOfTransferPage } from '../transfers/transfer-address.js';
import { FormDrafts, type Draft } from '../visits/form-drafts.js';
import type { FormFields } from '../visits/form-fields.js';
import { formKeyOf } from '../visits/form-key.js';
import type { SignedInVisit } from '../visits/visit.js';
import { readSendForm, type CheckedTransfer, type TypedTransfer } from './send-form.js';

/** Who waits for the ledger looks at a white page: better the page that says "on its way". */
const WAIT_MS = 3_000;

/** A form as it was sent, with all that is needed to show it again. */
export interface SentForm {
  readonly typed: TypedTransfer;
  readonly formKey: string;
  readonly accounts: readonly AccountView[];
  /** What is wrong with it; where nothing is, there is a transfer. */
  readonly faults: readonly FieldFault[];
  readonly transfer: CheckedTransfer | undefined;
}

/** From typing to sending: the form, the page that checks it, and the transfer. */
@Injectable()
export class SendService {
  constructor(
    private readonly accounts: OwnAccounts,
    private readonly transfers: CreateTransferService,
    private readonly reading: ReadTransferService,
    private readonly drafts: FormDrafts,
  ) {}

  async readForm(fields: FormFields, visit: SignedInVisit): Promise<SentForm> {
    return this.read(
      typedOf((name) => fields.text(name)),
      fields.text('key'),
      visit,
    );
  }

  /** @returns undefined where there is no such draft of theirs (any more). */
  async readDraft(draftId: unknown, visit: SignedInVisit): Promise<SentForm | undefined> {
    const draft = await this.drafts.read(visit.session.customerId, draftId);
    return (
      draft &&
      this.read(
        typedOf((name) => draft[name] ?? ''),
        draft['key'] ?? '',
        visit,
      )
    );
  }

  /** Keeps what was typed for the page that checks it, under the form's own key. */
  async keep({ typed, formKey }: SentForm, { session }: SignedInVisit): Promise<void> {
    const draft: Draft = { ...typed, key: formKey };
    await this.drafts.keep(session.customerId, draft, formKey);
  }

  /**
   * Sends it, and waits a little for what becomes of it.
   *
   * @returns the address of the transfer, whatever became of it; undefined where the form was sent before with other details.
   * @throws {Problem | BrokerUnavailable} where nothing was accepted.
   */
  async send(
    transfer: CheckedTransfer,
    formKey: string,
    { session }: SignedInVisit,
  ): Promise<string | undefined> {
    const { customerId } = session;
    try {
      await this.transfers.create({
        customerId,
        idempotencyKey: formKey,
        kind: 'transfer',
        debitAccountId: transfer.debit.accountId,
        body: {
          creditAccountNumber: transfer.creditAccountNumber,
          instructedAmount: Object.assign(new MoneyDto(), transfer.amount),
          reference: transfer.reference,
        },
        waitMs: WAIT_MS,
        locationOf: addressOfTransferPage,
      });
    } catch (error) {
      if (error instanceof Problem && error.code === 'idempotency_key_reused') return undefined;
      throw error;
    }
    return addressOfTransferPage(transferIdOf(customerId, formKey));
  }

  /**
   * A form that is sent again finds the account without the money that it sent the first time. The transfer is registered
   * before the ledger moves anything, so whoever sees the lower balance finds it here.
   *
   * @returns the address of the transfer that this very form was, if it was one.
   */
  async sentBefore({ typed, formKey }: SentForm, { session }: SignedInVisit): Promise<string | undefined> {
    const transferId = transferIdOf(session.customerId, formKey);
    try {
      const transfer = await this.reading.read(transferId, session.customerId);
      return isOf(typed, transfer) ? addressOfTransferPage(transferId) : undefined;
    } catch (error) {
      if (error instanceof Problem && error.code === 'not_found') return undefined;
      throw error;
    }
  }

  private async read(typed: TypedTransfer, key: string, visit: SignedInVisit): Promise<SentForm> {
    const accounts = await this.accounts.list(visit.session.customerId);
    const outcome = readSendForm(typed, accounts, visit);
    return {
      typed,
      formKey: formKeyOf(key),
      accounts,
      faults: outcome.ok ? [] : outcome.faults,
      transfer: outcome.ok ? outcome.transfer : undefined,
    };
  }
}

function typedOf(text: (name: string) => string): TypedTransfer {
  return { from: text('from'), to: text('to'), amount: text('amount'), reference: text('reference') };
}

/** Whether a transfer is what was typed. */
function isOf(typed: TypedTransfer, { creditAccountNumber, instructedAmount, reference }: Transfer): boolean {
  if (!instructedAmount) return false;
  const { amount, currency } = instructedAmount;
  const read = readTypedAmount(typed.amount, currency);
  return (
    read.ok &&
    formatAmount(read.amountMinor, currency) === amount &&
    normaliseAccountNumber(typed.to) === creditAccountNumber &&
    (typed.reference || null) === reference
  );
}

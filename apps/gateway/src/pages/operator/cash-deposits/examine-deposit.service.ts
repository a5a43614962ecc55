import { Injectable } from '@nestjs/common';
import { normaliseAccountNumber } from '@kopeck/contracts';
import { OperatorAccounts } from '../../../operator/operator-accounts.service.js';
import type { OperatorAccountResource } from '../../../operator/operator.dto.js';
import type { FieldFault } from '../../components/field-fault.js';
import type { Visit } from '../../visits/visit.js';
import { People, type Person } from '../people.service.js';
import { amountOfDeposit, faultsOfDeposit, type TypedDeposit } from './deposit-form.js';

/** A deposit that could be booked: whose account, and how much in its currency. */
export interface ExaminedDeposit {
  readonly account: OperatorAccountResource;
  readonly holder: Person | undefined;
  readonly amountMinor: bigint;
}

export type Examination = ExaminedDeposit | { readonly faults: readonly FieldFault[] };

/** Looks up whose account was meant, so that the operator sees a name before anything is booked. */
@Injectable()
export class ExamineDepositService {
  constructor(
    private readonly accounts: OperatorAccounts,
    private readonly people: People,
  ) {}

  async examine(typed: TypedDeposit, visit: Visit): Promise<Examination> {
    const faults = faultsOfDeposit(typed, visit.words);
    if (faults.length > 0) return { faults };
    const account = await this.accounts.find(normaliseAccountNumber(typed.number));
    if (!account) return { faults: [{ field: 'number', text: visit.words.operatorAccounts.numberUnknown }] };
    const amount = amountOfDeposit(typed, account.currency, visit);
    if ('faults' in amount) return amount;
    const holder = account.customerId === null ? undefined : await this.people.find(account.customerId);
    return { account, holder, amountMinor: amount.amountMinor };
  }
}

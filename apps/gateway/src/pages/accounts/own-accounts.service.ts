import { Injectable } from '@nestjs/common';
import {
  ACCOUNT_QUESTIONS,
  type AccountHistory,
  type AccountView,
  type BalanceAt,
  type EntryView,
  type ListEntries,
  type Page,
} from '@kopeck/contracts';
import { Questions } from '../../http/questions.js';

/** What is asked of the ledger for pages, always with the owner in the question. */
@Injectable()
export class OwnAccounts {
  constructor(private readonly questions: Questions) {}

  list(customerId: string): Promise<AccountView[]> {
    return this.questions.ask(ACCOUNT_QUESTIONS.list, { customerId }, { key: customerId, about: 'customer' });
  }

  /** @throws {Problem} `not_found`. */
  read(accountId: string, customerId: string): Promise<AccountView> {
    const options = { key: accountId, about: 'account' };
    return this.questions.ask(ACCOUNT_QUESTIONS.read, { accountId, customerId }, options);
  }

  entries(request: ListEntries): Promise<Page<EntryView>> {
    const options = { key: request.accountId, about: 'account' };
    return this.questions.ask(ACCOUNT_QUESTIONS.entries, request, options);
  }

  /** @throws {Problem} `not_found`, `invalid_cursor`. */
  history(request: ListEntries): Promise<AccountHistory> {
    const options = { key: request.accountId, about: 'account' };
    return this.questions.ask(ACCOUNT_QUESTIONS.history, request, options);
  }

  /** @param timeoutMs short where the page can do without. */
  balances(
    accountId: string,
    customerId: string,
    moments: readonly string[],
    timeoutMs: number,
  ): Promise<BalanceAt[]> {
    const options = { key: accountId, about: 'account', timeoutMs };
    const request = { accountId, customerId, moments: [...moments] };
    return this.questions.ask(ACCOUNT_QUESTIONS.balances, request, options);
  }
}

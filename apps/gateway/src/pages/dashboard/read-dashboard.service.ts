import { Injectable } from '@nestjs/common';
import { OFFERED_CURRENCIES, RATE_QUESTIONS, type AccountView, type BalanceAt } from '@kopeck/contracts';
import { Questions } from '../../http/questions.js';
import { TransferViews } from '../../transfers/transfer-views.service.js';
import { transferOfView, type Transfer } from '../../transfers/transfer.js';
import { BalanceCourses } from '../accounts/balance-courses.service.js';
import { OwnAccounts } from '../accounts/own-accounts.service.js';
import { unlessAway } from '../rendering/unless-away.js';
import { totalOf, type Total } from './total.js';

export interface Dashboard {
  readonly accounts: readonly AccountView[];
  readonly currency: string;
  /** Undefined while there are no current rates. */
  readonly total: Total | undefined;
  /** Newest first; undefined while they are not to be had. */
  readonly transfers: readonly Transfer[] | undefined;
  /** The last month of each account, by its id; those that were late are left out. */
  readonly courses: ReadonlyMap<string, readonly BalanceAt[]>;
}

/** Ten are shown, and whatever is pending among somewhat more. */
const TRANSFERS = 20;
/** For parts that the page can do without. */
const PART_TIMEOUT_MS = 1_500;

@Injectable()
export class ReadDashboardService {
  constructor(
    private readonly accounts: OwnAccounts,
    private readonly courses: BalanceCourses,
    private readonly questions: Questions,
    private readonly transfers: TransferViews,
  ) {}

  /** @param wanted the total's currency; the first account's where it is none of ours. */
  async read(customerId: string, wanted: string | undefined, nowMs: number): Promise<Dashboard> {
    const [accounts, transfers] = await Promise.all([
      this.accounts.list(customerId),
      unlessAway(this.transfersOf(customerId)),
    ]);
    const currency = OFFERED_CURRENCIES.find((code) => code === wanted) ?? accounts[0]?.currency ?? 'RUB';
    const [total, courses] = await Promise.all([
      this.totalOf(accounts, currency),
      this.coursesOf(accounts, nowMs),
    ]);
    return { accounts, currency, total, transfers, courses };
  }

  private async transfersOf(customerId: string): Promise<Transfer[]> {
    const options = { key: customerId, about: 'customer', timeoutMs: PART_TIMEOUT_MS };
    const question = { customerId, limit: TRANSFERS };
    const { data } = await this.transfers.list(question, options);
    return data.map((view) => transferOfView(view, 'parties'));
  }

  private async totalOf(accounts: readonly AccountView[], currency: string): Promise<Total | undefined> {
    // Money of one currency needs no rate.
    if (accounts.every((account) => account.currency === currency)) return totalOf(accounts, currency, []);
    const options = { key: currency, about: 'rate', timeoutMs: PART_TIMEOUT_MS };
    const rates = await unlessAway(this.questions.ask(RATE_QUESTIONS.list, { quote: currency }, options));
    return rates && totalOf(accounts, currency, rates);
  }

  private async coursesOf(accounts: readonly AccountView[], nowMs: number) {
    const courses = await Promise.all(
      accounts.map(
        async (account) => [account.accountId, await this.courses.of(account, '30d', nowMs)] as const,
      ),
    );
    return new Map(courses.flatMap(([id, course]) => (course ? [[id, course] as const] : [])));
  }
}

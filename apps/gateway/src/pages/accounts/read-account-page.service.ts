import { Inject, Injectable } from '@nestjs/common';
import type { AccountView } from '@kopeck/contracts';
import { GatewaySettings } from '../../gateway.settings.js';
import type { SignedInVisit } from '../visits/visit.js';
import type { AccountPageProps } from './account.page.js';
import { chartPeriodOf } from './balance-chart.js';
import { BalanceCourses } from './balance-courses.service.js';
import { faultsOfFilter, historyFilterOf, questionOf, type HistoryFilter } from './history-filter.js';
import { ExportHistoryService } from './export-history.service.js';
import { OwnAccounts } from './own-accounts.service.js';

type Query = Readonly<Record<string, unknown>>;

const LIMIT = 50;
const MAX_CURSOR = 200;

/** Everything that stands on an account's page. */
@Injectable()
export class ReadAccountPageService {
  constructor(
    private readonly accounts: OwnAccounts,
    private readonly courses: BalanceCourses,
    private readonly history: ExportHistoryService,
    @Inject(GatewaySettings) private readonly settings: GatewaySettings,
  ) {}

  /** @throws {Problem} `not_found`, `invalid_cursor`. */
  async read(accountId: string, query: Query, visit: SignedInVisit): Promise<AccountPageProps> {
    const { customerId } = visit.session;
    const filter = historyFilterOf(query);
    const faults = faultsOfFilter(filter, visit.words);
    const period = chartPeriodOf(query['chart']);
    const cursor = typeof query['cursor'] === 'string' ? query['cursor'].slice(0, MAX_CURSOR) : undefined;
    const asked = { accountId, customerId, limit: LIMIT, cursor };
    const filtered = { ...asked, ...(faults.length === 0 && this.questionOf(filter)) };
    const { account, entries } = await this.accounts.history(filtered);
    const balances = await this.courses.of(account, period, visit.nowMs);
    const isContinued = cursor !== undefined;
    return { account, entries, filter, isContinued, period, balances, ...(faults.length > 0 && { faults }) };
  }

  /** The same history as a file. */
  async export(
    accountId: string,
    query: Query,
    customerId: string,
  ): Promise<{ account: AccountView; csv: string }> {
    const account = await this.accounts.read(accountId, customerId);
    const csv = await this.history.export(account, this.questionOf(historyFilterOf(query)));
    return { account, csv };
  }

  private questionOf(filter: HistoryFilter) {
    return questionOf(filter, this.settings.TIME_ZONE);
  }
}

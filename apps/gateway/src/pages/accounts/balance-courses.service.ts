import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { AccountView, BalanceAt } from '@kopeck/contracts';
import { unlessAway } from '../rendering/unless-away.js';
import { lastMomentOf, momentsOf, type ChartPeriod } from './balance-chart.js';
import { OwnAccounts } from './own-accounts.service.js';

/** For a part that pages can do without. */
const TIMEOUT_MS = 2_000;
/** A balance with its moment takes a hundred bytes or so. */
const MAX_KEPT_BALANCES = 200_000;

/**
 * What an account held over a stretch of time, up to now. What it held at moments of the past never changes, and a page is
 * read again and again – for its next page of movements, or because one has just come in: so the past is kept, and the
 * ledger asked for it once.
 */
@Injectable()
export class BalanceCourses {
  private readonly past = new LRUCache<string, readonly BalanceAt[]>({
    maxSize: MAX_KEPT_BALANCES,
    sizeCalculation: (balances) => balances.length,
  });

  constructor(private readonly accounts: OwnAccounts) {}

  /** @returns undefined while it is not to be had. */
  async of(account: AccountView, period: ChartPeriod, nowMs: number): Promise<BalanceAt[] | undefined> {
    const { accountId, customerId, balanceMinor } = account;
    const past = await this.pastOf(accountId, customerId!, period, nowMs);
    return past && [...past, { at: new Date(nowMs).toISOString(), balanceMinor }];
  }

  private async pastOf(accountId: string, customerId: string, period: ChartPeriod, nowMs: number) {
    const key = `${accountId} ${customerId} ${period} ${lastMomentOf(period, nowMs)}`;
    const known = this.past.get(key);
    if (known) return known;
    const moments = momentsOf(period, nowMs);
    const asked = await unlessAway(this.accounts.balances(accountId, customerId, moments, TIMEOUT_MS));
    if (asked) this.past.set(key, asked);
    return asked;
  }
}

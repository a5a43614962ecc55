import {
  belowOf,
  pageOf,
  refusal,
  type AlertView,
  type CancelAlert,
  type ListOwn,
  type Page,
  type PlaceAlert,
  type Refusal,
} from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { CurrentRates } from '../rates/current-rates.service.js';
import { rateTextOf } from '../rates/rate-text.js';
import { orRefused } from '../rates/read-rates.service.js';
import { AlertRepository, type Alert } from './alert.repository.js';
import { TellAlertsService } from './tell-alerts.service.js';

const MAX_ACTIVE = 100;

/** Alerts as customers place, see and take them back. */
@Injectable()
export class PlaceAlertsService {
  constructor(
    private readonly alerts: AlertRepository,
    private readonly rates: CurrentRates,
    private readonly telling: TellAlertsService,
  ) {}

  async place(wanted: PlaceAlert): Promise<AlertView | Refusal> {
    const { base, quote } = wanted;
    if (base === quote) return EQUAL;
    return orRefused(async () => {
      const { exact } = await this.rates.pair(base, quote);
      const alert = await this.alerts.place(wanted, rateTextOf(exact), MAX_ACTIVE);
      if (!alert) return TOO_MANY;
      // The rate may be there already.
      if (alert.status === 'active') await this.telling.tell({ base, quote });
      return viewOf(alert);
    });
  }

  async list({ customerId, limit, cursor }: ListOwn): Promise<Page<AlertView> | Refusal> {
    const below = belowOf(cursor);
    if (below === null) return INVALID_CURSOR;
    return pageOf(await this.alerts.list(customerId, below, limit + 1), limit, viewOf);
  }

  async cancel({ alertId, customerId }: CancelAlert): Promise<AlertView | Refusal> {
    const cancelled = await this.alerts.cancel(alertId, customerId);
    if (cancelled) return viewOf(cancelled);
    const alert = await this.alerts.find(alertId, customerId);
    if (!alert) return NOT_FOUND;
    return alert.status === 'cancelled' ? viewOf(alert) : ALREADY_TOLD;
  }
}

const EQUAL = refusal('validation_failed', 'Name two different currencies.', { pointer: '/quote' });
const TOO_MANY = refusal(
  'state_conflict',
  `You have ${MAX_ACTIVE} active alerts, as many as there may be. Take one back first.`,
);
const NOT_FOUND = refusal('not_found', 'There is no such alert of yours.');
const ALREADY_TOLD = refusal('state_conflict', 'You have been told already.');
const INVALID_CURSOR = refusal('invalid_cursor', 'Take the cursor of the page before, or none.');

function viewOf({ ordinal, customerId, ...view }: Alert): AlertView {
  void [ordinal, customerId];
  return view;
}

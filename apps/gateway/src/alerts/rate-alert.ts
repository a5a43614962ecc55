import type { AlertKind, AlertView } from '@kopeck/contracts';

/** A rate alert as REST shows it to who placed it. */
export interface RateAlert {
  readonly id: string;
  readonly base: string;
  readonly quote: string;
  readonly kind: AlertKind;
  readonly rate: string | null;
  readonly percent: string | null;
  readonly startRate: string;
  readonly status: AlertView['status'];
  readonly createdAt: string;
  readonly toldAt: string | null;
  readonly toldRate: string | null;
}

export function rateAlertOf(view: AlertView): RateAlert {
  const { alertId, base, quote, kind, rate, percent, startRate, status, createdAt, toldAt, toldRate } = view;
  return { id: alertId, base, quote, kind, rate, percent, startRate, status, createdAt, toldAt, toldRate };
}

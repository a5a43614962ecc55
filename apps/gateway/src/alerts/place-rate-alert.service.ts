import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CONVERSION_QUESTIONS, rateAlertIdOf, type AlertView, type PlaceAlert } from '@kopeck/contracts';
import { invalidRequest } from '../http/invalid-request.js';
import { Problem, type Fault } from '../http/problem.js';
import { Questions } from '../http/questions.js';
import { isSameDecimal } from '../rates/rate.js';
import type { PlaceRateAlertBody } from './rate-alert.dto.js';
import { rateAlertOf, type RateAlert } from './rate-alert.js';

@Injectable()
export class PlaceRateAlertService {
  constructor(private readonly questions: Questions) {}

  /** @throws {Problem} what the converter refuses, or `idempotency_key_reused`. */
  async place(body: PlaceRateAlertBody, customerId: string, key: string | undefined): Promise<RateAlert> {
    const faults = faultsOf(body);
    if (faults.length > 0) throw invalidRequest(faults);
    const { base, quote, kind, rate, percent } = body;
    const request: PlaceAlert = {
      alertId: key === undefined ? randomUUID() : rateAlertIdOf(customerId, key),
      customerId,
      base,
      quote,
      kind,
      ...(kind === 'moves_by' ? { percent } : { rate }),
    };
    const options = { key: request.alertId, about: 'rate alert' };
    const view = await this.questions.ask(CONVERSION_QUESTIONS.placeAlert, request, options);
    if (!isOf(request, view)) {
      throw new Problem(
        'idempotency_key_reused',
        'This Idempotency-Key belongs to another rate alert of yours. Use a new key for a new one.',
      );
    }
    return rateAlertOf(view);
  }
}

/** What no field can say alone. */
function faultsOf({ base, quote, kind, rate, percent }: PlaceRateAlertBody): Fault[] {
  const faults: Fault[] = [];
  if (base === quote) faults.push({ detail: 'quote must be another currency than base', pointer: '#/quote' });
  const idle = kind === 'moves_by' ? 'rate' : 'percent';
  if (((idle === 'rate' ? rate : percent) ?? undefined) !== undefined) {
    faults.push({
      detail: `${idle} says nothing to an alert of kind ${kind}: leave it out`,
      pointer: `#/${idle}`,
    });
  }
  return faults;
}

/** A repeat finds the alert of its key; it has to be the alert that was asked for. */
function isOf(request: PlaceAlert, view: AlertView): boolean {
  const [asked, stored] =
    request.kind === 'moves_by' ? [request.percent, view.percent] : [request.rate, view.rate];
  return (
    view.base === request.base &&
    view.quote === request.quote &&
    view.kind === request.kind &&
    isSameDecimal(asked ?? '', stored ?? '')
  );
}

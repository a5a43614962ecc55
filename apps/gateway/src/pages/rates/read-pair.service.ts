import { Injectable } from '@nestjs/common';
import { CONVERSION_QUESTIONS, RATE_QUESTIONS, type AlertView, type RateView } from '@kopeck/contracts';
import { Problem } from '../../http/problem.js';
import { Questions } from '../../http/questions.js';
import { unlessAway } from '../rendering/unless-away.js';
import { newFormKey } from '../visits/form-key.js';
import type { Visit } from '../visits/visit.js';
import type { PairPageProps } from './pair.page.js';
import { periodUntil, ratePeriodNameOf } from './rate-periods.js';

const PART_TIMEOUT_MS = 1_500;
/** Those of one pair are looked for among so many of the newest. */
const MAX_ALERTS = 200;

/** What pages say about rates. A rate that can't be had now is left out, never replaced by an old one. */
@Injectable()
export class ReadPairService {
  constructor(private readonly questions: Questions) {}

  list(quote: string): Promise<RateView[] | undefined> {
    const options = { key: quote, about: 'rate' };
    return unlessAway(this.questions.ask(RATE_QUESTIONS.list, { quote }, options));
  }

  async read(
    base: string,
    quote: string,
    period: unknown,
    { session, nowMs }: Visit,
  ): Promise<PairPageProps> {
    const name = ratePeriodNameOf(period);
    const options = { key: base, about: 'rate', timeoutMs: PART_TIMEOUT_MS };
    const isCustomer = session?.role === 'customer';
    const [rates, history, alerts] = await Promise.all([
      this.orNone(this.questions.ask(RATE_QUESTIONS.list, { base, quote }, options)),
      this.orNone(
        this.questions.ask(RATE_QUESTIONS.history, { base, quote, ...periodUntil(name, nowMs) }, options),
      ),
      isCustomer ? this.alertsOf(session.customerId, base, quote) : undefined,
    ]);
    return { base, quote, rate: rates?.[0], period: name, history, alerts, formKey: newFormKey() };
  }

  private async alertsOf(customerId: string, base: string, quote: string): Promise<AlertView[] | undefined> {
    const options = { key: customerId, about: 'rate alert', timeoutMs: PART_TIMEOUT_MS };
    const question = { customerId, limit: MAX_ALERTS };
    const page = await unlessAway(this.questions.ask(CONVERSION_QUESTIONS.listAlerts, question, options));
    return page?.data.filter(
      (alert) => alert.status === 'active' && alert.base === base && alert.quote === quote,
    );
  }

  /** A pair without a rate has a page that says so. */
  private async orNone<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
    return unlessAway(asked).catch((error: unknown) => {
      if (error instanceof Problem && error.code === 'rate_unknown') return undefined;
      throw error;
    });
  }
}

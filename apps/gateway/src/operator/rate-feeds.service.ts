import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  RATE_QUESTIONS,
  rateOverrideIdOf,
  type DecideHeldBulletin,
  type FeedView,
  type RateOverrideView,
} from '@kopeck/contracts';
import { Questions } from '../http/questions.js';
import type { SetRateOverrideBody } from './rate-feed.dto.js';

/** Where rates come from, and what operators may do about it; the same for the API and for the operators' pages. */
@Injectable()
export class RateFeeds {
  constructor(private readonly questions: Questions) {}

  list(operatorId: string): Promise<FeedView[]> {
    return this.questions.ask(RATE_QUESTIONS.feeds, { operatorId }, { key: operatorId, about: 'feed' });
  }

  /** @throws {Problem} `not_found`; `state_conflict` when it was decided before. */
  decideHeld(decision: DecideHeldBulletin): Promise<FeedView> {
    const options = { key: decision.bulletinId, about: 'held bulletin' };
    return this.questions.ask(RATE_QUESTIONS.decideHeld, decision, options);
  }

  /**
   * @param idempotencyKey with the same one a repeat changes nothing.
   * @throws {Problem} `validation_failed` with the field's pointer, `idempotency_key_reused`, `state_conflict`.
   */
  setOverride(
    operatorId: string,
    idempotencyKey: string | undefined,
    { source, currency, rate, reason, expiresAt }: SetRateOverrideBody,
  ): Promise<RateOverrideView> {
    const overrideId =
      idempotencyKey === undefined ? randomUUID() : rateOverrideIdOf(operatorId, idempotencyKey);
    const question = { overrideId, operatorId, source, currency, rate, reason, expiresAt };
    const options = { key: currency, about: 'rate override' };
    return this.questions.ask(RATE_QUESTIONS.setOverride, question, options);
  }

  /** The source's own rate counts again; one that has ended stays ended. */
  endOverride(overrideId: string, operatorId: string): Promise<RateOverrideView> {
    const options = { key: overrideId, about: 'rate override' };
    return this.questions.ask(RATE_QUESTIONS.endOverride, { overrideId, operatorId }, options);
  }
}

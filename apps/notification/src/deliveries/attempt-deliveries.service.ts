import { deadLetterTopicOf, type DeliveryDue } from '@kopeck/contracts';
import { HEADERS, Producer } from '@kopeck/kafka';
import { Metrics } from '@kopeck/service';
import { Injectable, Logger } from '@nestjs/common';
import { failed, type Channel, type Failure, type Outcome, type Readiness } from '../channels/channel.js';
import { DeliveryRepository, type AttemptRow, type ClaimedDelivery } from './delivery.repository.js';
import { DeliverySettings } from './delivery.settings.js';
import { TargetBreakers } from './target-breakers.js';
import { verdictOf } from './verdict.js';

const MAX_ERROR_LENGTH = 300;
/** While a target is left alone, its deliveries are looked at about so often; they use up no try. */
const LEFT_ALONE_MS = 5_000;

type Ready = Extract<Readiness, { kind: 'ready' }>;

/** One try at one target, with its deadline, and what is written of it. */
@Injectable()
export class AttemptDeliveries {
  private readonly log = new Logger(AttemptDeliveries.name);
  private readonly breakers = new TargetBreakers();
  private readonly outcomes;
  private readonly seconds;

  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly producer: Producer,
    private readonly settings: DeliverySettings,
    metrics: Metrics,
  ) {
    this.outcomes = metrics.counter('notification_deliveries_total', 'What became of deliveries, by try', [
      'channel',
      'outcome',
    ]);
    this.seconds = metrics.histogram('notification_attempt_seconds', 'One try at a target', ['channel']);
    metrics.gauge('notification_targets_left_alone', 'Targets whose breaker is open', [], (gauge) =>
      gauge.set(this.breakers.openCount),
    );
  }

  /** @throws when the outcome can't be written: the claim ends by itself, and it's tried again. */
  async attempt(
    channel: Channel,
    delivery: ClaimedDelivery,
    ready: Ready,
    stopping: AbortSignal,
  ): Promise<void> {
    const startedAt = new Date();
    const target = `${channel.name} ${ready.target}`;
    const outcome = await this.breakers.run(target, () => this.within(ready, stopping));
    if (stopping.aborted && outcome?.kind === 'failed') return this.deliveries.postpone([delivery], 0);
    if (!outcome) {
      this.count(channel, 'postponed');
      return this.deliveries.postpone([delivery], LEFT_ALONE_MS * (0.8 + 0.4 * Math.random()));
    }
    const durationMs = Date.now() - startedAt.getTime();
    this.seconds.observe({ channel: channel.name }, durationMs / 1_000);
    await this.write(channel, delivery, outcome, { startedAt, durationMs });
  }

  async drop(
    channel: Channel,
    deliveries: readonly ClaimedDelivery[],
    reasons: readonly string[],
  ): Promise<void> {
    await this.deliveries.drop(deliveries, reasons);
    this.outcomes.inc({ channel: channel.name, outcome: 'dropped' }, deliveries.length);
  }

  private async write(
    channel: Channel,
    delivery: ClaimedDelivery,
    outcome: Outcome,
    took: Pick<AttemptRow, 'startedAt' | 'durationMs'>,
  ): Promise<void> {
    const { attempts } = delivery;
    const scale = this.settings.DELIVERY_RETRY_SCALE;
    const verdict = verdictOf(outcome, channel.schedule, { attempts, random: Math.random(), scale });
    // Before it's written: a crash in between tries once more rather than losing the letter.
    if (verdict.status === 'failed') await this.bury(channel, delivery, outcome as Failure);
    const isWritten = await this.deliveries.finish(delivery, {
      ...took,
      outcome: outcome.kind,
      responseCode: outcome.responseCode,
      error: outcome.kind === 'failed' ? outcome.error.slice(0, MAX_ERROR_LENGTH) : null,
      status: verdict.status,
      pauseMs: verdict.status === 'waiting' ? verdict.pauseMs : 0,
    });
    this.count(channel, verdict.status === 'waiting' ? 'retried' : verdict.status);
    if (isWritten && verdict.status === 'failed') await channel.gaveUp?.(delivery);
  }

  /** No longer than a try may take, whatever the channel does with the signal. */
  private async within({ send }: Ready, stopping: AbortSignal): Promise<Outcome> {
    const timeoutMs = this.settings.DELIVERY_ATTEMPT_TIMEOUT_MS;
    const ending = new AbortController();
    const signal = AbortSignal.any([ending.signal, stopping]);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Outcome>((resolve) => {
      const seconds = timeoutMs / 1_000;
      timer = setTimeout(
        () => resolve(failed(`no answer within ${seconds} s`, { isTargetAtFault: true })),
        timeoutMs,
      );
      signal.addEventListener('abort', () => resolve(failed('the service stops')), { once: true });
    });
    try {
      return await Promise.race([this.safely(send, signal), late]);
    } finally {
      clearTimeout(timer);
      ending.abort();
    }
  }

  private async safely(send: Ready['send'], signal: AbortSignal): Promise<Outcome> {
    try {
      return await send(signal);
    } catch (error) {
      if (!signal.aborted) this.log.error(error);
      return failed('something went wrong on our side');
    }
  }

  /** For operators to look into, beside the row: where to, why, after how many tries; nothing of what was told. */
  private async bury(channel: Channel, delivery: ClaimedDelivery, { error }: Failure): Promise<void> {
    const { deliveryId, customerId, attempts } = delivery;
    const topic = `notifications.${channel.name}`;
    const value: DeliveryDue = { deliveryId, channel: channel.name };
    const headers = {
      [HEADERS.originalTopic]: topic,
      [HEADERS.failure]: error.slice(0, MAX_ERROR_LENGTH),
      [HEADERS.attempts]: String(attempts + 1),
      [HEADERS.failedAt]: new Date().toISOString(),
    };
    await this.producer.send([
      {
        topic: deadLetterTopicOf(topic),
        key: customerId,
        value,
        type: 'kopeck.notification.undeliverable.v1',
        headers,
      },
    ]);
  }

  private count({ name }: Channel, outcome: string): void {
    this.outcomes.inc({ channel: name, outcome });
  }
}

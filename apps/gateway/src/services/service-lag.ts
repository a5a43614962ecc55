import { Injectable, Logger } from '@nestjs/common';
import { consumerGroupsOf, SERVICE_NAMES, type ServiceName } from '@kopeck/contracts';
import { TopicAdmin } from '@kopeck/kafka';
import { ServiceBoard } from './service-board.js';

/** Answers are reused for so long: a page that polls must not become load on the broker. */
const REUSE_MS = 2_000;
const TIMEOUT_MS = 2_000;

/** How many messages wait for each service: asked from the broker, because a dead service can't tell. */
@Injectable()
export class ServiceLag {
  private readonly logger = new Logger(ServiceLag.name);
  private measuring?: Promise<Map<ServiceName, number | null>>;
  private measuredAtMs = 0;

  constructor(
    private readonly topics: TopicAdmin,
    private readonly board: ServiceBoard,
  ) {}

  measure(nowMs: number): Promise<Map<ServiceName, number | null>> {
    if (!this.measuring || nowMs - this.measuredAtMs > REUSE_MS) {
      this.measuredAtMs = nowMs;
      this.measuring = this.measureAll(nowMs);
    }
    return this.measuring;
  }

  private async measureAll(nowMs: number): Promise<Map<ServiceName, number | null>> {
    const lags = await Promise.all(
      SERVICE_NAMES.map(async (service): Promise<[ServiceName, number | null]> => [
        service,
        (await this.lagOf(service)) ?? this.board.reportedLagOf(service, nowMs),
      ]),
    );
    return new Map(lags);
  }

  private async lagOf(service: ServiceName): Promise<number | undefined> {
    // The gateway's groups are one a process, which tells of its own: there is no group called "gateway".
    if (service === 'gateway') return undefined;
    try {
      const groups = consumerGroupsOf(service).map((groupId) => this.topics.lag({ groupId }));
      const topics = await withinTime(Promise.all(groups));
      return topics && Number(topics.flat().reduce((sum, { lag }) => sum + lag, 0n));
    } catch (error) {
      this.logger.warn(`The lag of ${service} could not be read: ${String(error)}`);
      return undefined;
    }
  }
}

async function withinTime<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, TIMEOUT_MS, undefined)));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

import { refusal, type Refusal } from '@kopeck/contracts';
import { Database } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { DeliverService } from './deliver.service.js';
import { DeliveryRepository, type NewDelivery } from './delivery.repository.js';

/** Tests cost money where they go by SMS, and patience everywhere. */
const MAX_TESTS_PER_HOUR = 20;
const AN_HOUR_SECONDS = 3_600;

/** What the test buttons send: a delivery like any other, on its way at once. */
@Injectable()
export class SendTestsService {
  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryRepository,
    private readonly delivering: DeliverService,
  ) {}

  async send(test: NewDelivery): Promise<{ deliveryId: string } | Refusal> {
    const isSent = await this.database.transaction((tx) =>
      this.deliveries.insertTest(tx, test, MAX_TESTS_PER_HOUR),
    );
    if (!isSent) return TOO_MANY;
    this.delivering.wake(test.channel);
    return { deliveryId: test.deliveryId };
  }
}

const TOO_MANY = refusal(
  'rate_limited',
  `You have sent ${MAX_TESTS_PER_HOUR} tests within an hour, as many as there may be. Try again later.`,
  { retryAfterSeconds: AN_HOUR_SECONDS },
);

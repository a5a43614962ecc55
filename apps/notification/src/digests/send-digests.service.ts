import { Database } from '@kopeck/database';
import { Producer } from '@kopeck/kafka';
import { Sweep } from '@kopeck/service';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { IntakeSettings } from '../intake/intake.settings.js';
import type { News } from '../intake/news.js';
import { TellPeopleService, type Told } from '../intake/tell-people.service.js';
import { afterTelling, digestNewsOf } from './digest.js';
import { DigestRepository, type ClaimedDigest } from './digest.repository.js';

const MAX_AT_ONCE = 500;

/**
 * Turns digests that are due into one notification each. The notification is stored in the transaction that empties the digest,
 * so each is told once, whatever crashes; its push is sent until the broker has it.
 */
@Injectable()
export class SendDigestsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep: Sweep;

  constructor(
    private readonly database: Database,
    private readonly digests: DigestRepository,
    private readonly telling: TellPeopleService,
    private readonly producer: Producer,
    { DIGEST_SWEEP_MS: everyMs }: IntakeSettings,
  ) {
    this.sweep = new Sweep(everyMs, () => this.sendDue(), 'Digests of rates wait to be sent');
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweep.stop();
  }

  /** Sends what is due now. @throws what the database or the broker said; what wasn't acknowledged stays unsent. */
  async sendDue(): Promise<void> {
    for (;;) {
      const { told, news, count } = await this.storeDue();
      const messages = this.telling.messagesOf(told);
      if (messages.length > 0) await this.producer.send(messages);
      if (news.length > 0) await this.digests.markSent(news);
      if (count < MAX_AT_ONCE) return;
    }
  }

  private storeDue(): Promise<{ told: Told; news: News[]; count: number }> {
    return this.database.transaction(async (tx) => {
      const claimed = await this.digests.claim(tx, MAX_AT_ONCE);
      const editions = claimed.map(editionOf);
      await this.digests.saveTold(tx, editions);
      const news = editions.flatMap(({ unsent }) => unsent ?? []);
      return { told: await this.telling.store(tx, news), news, count: claimed.length };
    });
  }
}

/** One whose last edition is unsent has that sent again, the same, before there is another. */
function editionOf(claimed: ClaimedDigest): ClaimedDigest {
  if (claimed.unsent) return claimed;
  return { ...claimed, ...afterTelling(claimed), unsent: digestNewsOf(claimed) ?? null };
}

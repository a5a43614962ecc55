import { Sweep } from '@kopeck/service';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { QuoteRepository } from './quote.repository.js';
import { QuoteSettings } from './quote.settings.js';

const SWEEP_EVERY_MS = 60_000;
const MAX_AT_ONCE = 5_000;

/** Most quotes are never used: they go after some days. */
@Injectable()
export class ForgetQuotesService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep: Sweep;

  constructor(quotes: QuoteRepository, settings: QuoteSettings) {
    this.sweep = new Sweep(
      SWEEP_EVERY_MS,
      () => quotes.forgetUnused(settings.QUOTE_KEEP_DAYS, MAX_AT_ONCE),
      'Quotes that nobody used are forgotten later',
    );
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweep.stop();
  }
}

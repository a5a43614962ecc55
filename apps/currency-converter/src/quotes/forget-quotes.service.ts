import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { QuoteRepository } from './quote.repository.js';
import { QuoteSettings } from './quote.settings.js';

const SWEEP_EVERY_MS = 60_000;
const MAX_AT_ONCE = 5_000;

/** Most quotes are never used: they go after some days. */
@Injectable()
export class ForgetQuotesService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(ForgetQuotesService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly quotes: QuoteRepository,
    private readonly settings: QuoteSettings,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.forget().finally(() => (this.running = undefined));
    }, SWEEP_EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async forget(): Promise<void> {
    try {
      await this.quotes.forgetUnused(this.settings.QUOTE_KEEP_DAYS, MAX_AT_ONCE);
    } catch (error) {
      this.log.warn(`Quotes that nobody used are forgotten later: ${(error as Error).message}`);
    }
  }
}

import { randomUUID } from 'node:crypto';
import { expected, PASSWORD, signIn, BankClient, type Account, type Quote } from './bank-client.js';

const PAUSE_AFTER_REFUSAL_MS = 20;

/** Askers for a rate and converters of one euro each, in closed loops, noting each price that they were told. */
export class RateLoad {
  /** Middle rates of all answers and quotes. */
  readonly prices = new Set<string>();
  /** Whatever wasn't an answer, by status and code; a session that is gone is no refusal, nor is "not yet". */
  readonly refusals = new Set<string>();
  answers = 0;
  conversions = 0;
  private isRunning = true;
  private readonly loops: Promise<void>[];

  private constructor(
    private client: BankClient,
    private readonly email: string,
    private readonly from: Account,
    private readonly to: Account,
    askers: number,
    converters: number,
  ) {
    this.loops = [
      ...Array.from({ length: askers }, () => this.ask()),
      ...Array.from({ length: converters }, () => this.convert()),
    ];
  }

  static async start(
    client: BankClient,
    { from, to, askers, converters }: { from: Account; to: Account; askers: number; converters: number },
  ): Promise<RateLoad> {
    const { email } = expected(200, await client.get('/me'));
    return new RateLoad(client, email, from, to, askers, converters);
  }

  /** Ends when each has the answer to their last request. */
  async stop(): Promise<void> {
    this.isRunning = false;
    await Promise.all(this.loops);
  }

  /** Sessions live in Redis too: who was signed out signs in again, as anybody would. */
  async signedIn(): Promise<BankClient> {
    const { status } = await this.client.get('/me');
    if (status === 401) this.client = await signIn(this.client.url, this.email, PASSWORD);
    return this.client;
  }

  private async ask(): Promise<void> {
    const anybody = new BankClient(this.client.url);
    const path = `/rates?base=${this.from.currency}&quote=${this.to.currency}`;
    while (this.isRunning) {
      const { status, body } = await anybody.get(path);
      if (status === 200) this.prices.add(body.data[0].exchangeRate as string);
      else await this.refused(status, body.code);
      this.answers += 1;
    }
  }

  private async convert(): Promise<void> {
    while (this.isRunning) {
      const quote = await this.quote();
      if (!quote) continue;
      this.prices.add(quote.midRate);
      await this.take(quote);
    }
  }

  /** Asks again under the same key until it's known what became of it, as a careful client would. */
  private async take(quote: Quote): Promise<void> {
    const key = randomUUID();
    for (;;) {
      const { status, body } = await (await this.signedIn()).convert(quote.id, key);
      if (status === 201) this.conversions += 1;
      else await this.refused(status, body.code);
      if (status === 201 || status === 422) return;
    }
  }

  private async quote(): Promise<Quote | undefined> {
    const client = await this.signedIn();
    const { status, body } = await client.send('POST', '/quotes', {
      body: {
        debitAccountId: this.from.id,
        creditAccountId: this.to.id,
        sell: { amount: '1.00', currency: this.from.currency },
        buyCurrency: this.to.currency,
      },
    });
    if (status === 201) return body as Quote;
    await this.refused(status, body.code);
    return undefined;
  }

  private async refused(status: number, code: string): Promise<void> {
    if (status !== 401 && status !== 202) this.refusals.add(`${status} ${code}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_AFTER_REFUSAL_MS));
  }
}

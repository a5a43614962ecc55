import { randomInt, randomUUID } from 'node:crypto';
import { BankClient, transferBody, type Account, type Answer, type TransferBody } from './bank-client.js';
import { eventually } from './eventually.js';

/** Somebody with an account, who sends and receives. */
export interface Party {
  readonly client: BankClient;
  readonly account: Account;
}

/** One transfer that somebody wants, and what they were told about it so far. */
export interface Intention {
  readonly key: string;
  readonly sender: Party;
  readonly recipient: Party;
  readonly body: TransferBody;
  /** Ids from every 2xx or final refusal; more than one different would be a duplicate. */
  readonly ids: Set<string>;
  /** The first final answer; each later one must be the same. */
  final?: Answer;
}

const PAUSE_AFTER_FAILURE_MS = 50;

/**
 * Clients in a closed loop, each sending random transfers between random accounts and noting what it was told; what it
 * wasn't told the end of is asked again later, under the same key, as a careful client would.
 */
export class TransferLoad {
  readonly intentions: Intention[] = [];
  /** Answers by status; `none` is a connection that broke. */
  readonly answers: Record<string, number> = {};
  private isRunning = true;
  private readonly loops: Promise<void>[];

  constructor(
    private readonly parties: readonly Party[],
    clients: number,
    private readonly maxIntentions: number,
  ) {
    this.loops = Array.from({ length: clients }, () => this.loop());
  }

  get finalCount(): number {
    return this.intentions.filter(({ final }) => final).length;
  }

  /** Ends when each client has the answer to its last request, or knows that it gets none. */
  async stop(): Promise<void> {
    this.isRunning = false;
    await Promise.all(this.loops);
  }

  /** Asks for everything again, what had a final answer too, until each has one and it's the same as before. */
  async settleAll(withinMs: number): Promise<void> {
    const open = [...this.intentions];
    const ask = async (): Promise<void> => {
      for (let next = open.pop(); next; next = open.pop()) {
        const intention = next;
        await eventually(
          async () => {
            if (!(await this.attempt(intention))) throw new Error(`no final answer for ${intention.key}`);
          },
          { withinMs, everyMs: 200 },
        );
      }
    };
    await Promise.all(Array.from({ length: this.loops.length }, ask));
  }

  private async loop(): Promise<void> {
    while (this.isRunning && this.intentions.length < this.maxIntentions) {
      const intention = this.intend();
      this.intentions.push(intention);
      const isFinal = await this.attempt(intention);
      // A client whose bank is away tries again a little later, not as fast as it can.
      if (!isFinal) await new Promise((resolve) => setTimeout(resolve, PAUSE_AFTER_FAILURE_MS));
    }
  }

  private intend(): Intention {
    const from = randomInt(this.parties.length);
    const to = (from + 1 + randomInt(this.parties.length - 1)) % this.parties.length;
    const [sender, recipient] = [this.parties[from]!, this.parties[to]!];
    const amount = `${randomInt(3)}.${String(randomInt(1, 100)).padStart(2, '0')}`;
    const body = transferBody(sender.account, recipient.account, amount);
    return { key: randomUUID(), sender, recipient, body, ids: new Set() };
  }

  /** @returns true when the answer was final. @throws when it contradicts an earlier one. */
  private async attempt(intention: Intention): Promise<boolean> {
    const { sender, body, key } = intention;
    const answer = await sender.client.transfer(body, key, { prefer: 'wait=3' }).catch(() => undefined);
    const status = answer?.status ?? 'none';
    this.answers[status] = (this.answers[status] ?? 0) + 1;
    if (!answer || answer.status >= 500 || answer.status === 429) return false;
    const id = (answer.body.id ?? answer.body.transferId) as string | undefined;
    if (id === undefined) throw new Error(`unexpected answer ${status}: ${JSON.stringify(answer.body)}`);
    intention.ids.add(id);
    if (answer.status === 202) return false;
    intention.final ??= answer;
    const first = JSON.stringify([intention.final.status, intention.final.body]);
    const now = JSON.stringify([answer.status, answer.body]);
    if (now !== first) throw new Error(`two final answers for ${key}: ${first} and ${now}`);
    return true;
  }
}

import { BrokerUnavailable } from '../errors/broker-unavailable.error.js';
import { OutcomeUnknown } from '../errors/outcome-unknown.error.js';
import { Overloaded } from '../errors/overloaded.error.js';
import { Outbox } from './outbox.js';
import type { ProducerLink, TopicMessage } from './producer-link.js';

const LIMITS = { unsentMs: 500, unacknowledgedMs: 2_000, queuedMessages: 10, pauseMs: 10 };
/** For a machine that does other things as well; little enough to tell one limit from the other. */
const SLACK_MS = 1_000;

const message = (value: string, topic = 'a'): TopicMessage => ({ topic, message: { key: 'k', value } });
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** A broker as far as an outbox sees it: each link counts what left and does what the test says. */
class Broker {
  readonly requests: string[][] = [];
  links = 0;
  abandoned = 0;
  isUp = true;
  act: (request: string[], leave: () => void) => Promise<void> = async (_, leave) => leave();

  readonly open = async (): Promise<ProducerLink> => {
    if (!this.isUp) throw new Error('connect ECONNREFUSED');
    this.links++;
    let written = 0;
    return {
      get written() {
        return written;
      },
      sendBatch: async (messages) => {
        const request = messages.map(({ message: { value } }) => String(value));
        this.requests.push(request);
        await this.act(request, () => written++);
      },
      abandon: () => this.abandoned++,
      close: async () => undefined,
    };
  };
}

describe('the outbox', () => {
  let broker: Broker;
  let outbox: Outbox;

  beforeEach(() => {
    broker = new Broker();
    outbox = new Outbox(broker.open, LIMITS);
  });

  afterEach(() => outbox.close());

  it('sends all of a turn in one request', async () => {
    await Promise.all([outbox.send([message('1')]), outbox.send([message('2'), message('3', 'b')])]);
    expect(broker.requests).toEqual([['1', '2', '3']]);
  });

  it('has one request under way; the next one takes what came in the meantime, in order', async () => {
    const acknowledgements: (() => void)[] = [];
    broker.act = (_, leave) => (leave(), new Promise((resolve) => acknowledgements.push(resolve)));
    const sent = [outbox.send([message('1')])];
    await until(() => broker.requests.length === 1);
    sent.push(outbox.send([message('2')]), outbox.send([message('3')]));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(broker.requests).toEqual([['1']]);
    acknowledgements[0]!();
    await until(() => broker.requests.length === 2);
    acknowledgements[1]!();
    await Promise.all(sent);
    expect(broker.requests).toEqual([['1'], ['2', '3']]);
  });

  it('says BrokerUnavailable within its limit when no broker answers, then at once, and comes back', async () => {
    broker.isUp = false;
    const startedAt = performance.now();
    const first = failureOf(outbox.send([message('1')]));
    // A busy process comes to its first attempt late: somebody has waited since they sent, not since that attempt.
    keepBusy(50);
    expect(await first).toBeInstanceOf(BrokerUnavailable);
    expect(performance.now() - startedAt).toBeLessThan(LIMITS.unsentMs + SLACK_MS);
    expect(outbox.check()).toContain('ECONNREFUSED');
    const second = failureOf(outbox.send([message('2')]));
    expect(outbox.waiting).toBe(0);
    expect(await second).toBeInstanceOf(BrokerUnavailable);
    broker.isUp = true;
    await until(() => outbox.check() === undefined);
    await outbox.send([message('3')]);
    expect(broker.requests).toEqual([['3']]);
  });

  it('tries again what surely did not leave, through a new connection', async () => {
    let failures = 2;
    broker.act = async (_, leave) => {
      if (failures-- > 0) throw new Error('leader not available');
      leave();
    };
    await outbox.send([message('1')]);
    expect(broker.requests).toEqual([['1'], ['1'], ['1']]);
    expect(broker.abandoned).toBe(2);
    expect(broker.links).toBe(3);
  });

  it('says OutcomeUnknown when it left and failed, and does not repeat it', async () => {
    await outbox.send([message('0')]);
    broker.act = async (_, leave) => {
      leave();
      throw new Error('socket closed');
    };
    expect(await failureOf(outbox.send([message('1')]))).toBeInstanceOf(OutcomeUnknown);
    expect(broker.requests).toEqual([['0'], ['1']]);
  });

  it('says OutcomeUnknown when it left and nobody acknowledges', async () => {
    broker.act = (_, leave) => (leave(), new Promise(() => undefined));
    const startedAt = performance.now();
    expect(await failureOf(outbox.send([message('1')]))).toBeInstanceOf(OutcomeUnknown);
    expect(performance.now() - startedAt).toBeLessThan(LIMITS.unacknowledgedMs + SLACK_MS);
    expect(broker.abandoned).toBe(1);
  });

  it('says BrokerUnavailable when a request hangs before it leaves, and abandons it first', async () => {
    broker.act = () => new Promise(() => undefined);
    expect(await failureOf(outbox.send([message('1')]))).toBeInstanceOf(BrokerUnavailable);
    expect(broker.abandoned).toBe(1);
  });

  it('never says that nothing was sent once it missed seeing a request leave', async () => {
    broker.act = async () => undefined;
    await outbox.send([message('1')]);
    broker.act = async () => {
      throw new Error('failed');
    };
    expect(await failureOf(outbox.send([message('2')]))).toBeInstanceOf(OutcomeUnknown);
  });

  it('refuses more than it may hold, and keeps what it holds', async () => {
    let acknowledge!: () => void;
    broker.act = (_, leave) => (leave(), new Promise((resolve) => (acknowledge = resolve)));
    const held = outbox.send(Array.from({ length: 10 }, (_, n) => message(String(n))));
    expect(await failureOf(outbox.send([message('x')]))).toBeInstanceOf(Overloaded);
    await until(() => acknowledge !== undefined);
    acknowledge();
    await held;
  });

  it('splits what is too large for one request, and says so when only a part arrived', async () => {
    const large = 'x'.repeat(500_000);
    await outbox.send([message(large), message(large), message(large)]);
    expect(broker.requests.map((request) => request.length)).toEqual([1, 1, 1]);
    let requests = 0;
    broker.act = async (_, leave) => {
      leave();
      if (++requests === 2) throw new Error('socket closed');
    };
    expect(await failureOf(outbox.send([message(large), message(large)]))).toBeInstanceOf(OutcomeUnknown);
    broker.act = async (_, leave) => leave();
  });

  it('refuses a message that no request can hold, and that one alone', async () => {
    const other = outbox.send([message('1')]);
    await expect(outbox.send([message('x'.repeat(1_000_000))])).rejects.toThrow(/at most 900000/);
    await other;
  });

  it('sends what waits when it closes, and nothing afterwards', async () => {
    const sent = outbox.send([message('1')]);
    await outbox.close();
    await sent;
    expect(broker.requests).toEqual([['1']]);
    expect(await failureOf(outbox.send([message('2')]))).toBeInstanceOf(BrokerUnavailable);
  });
});

function keepBusy(ms: number): void {
  const endsAt = performance.now() + ms;
  while (performance.now() < endsAt);
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('the condition did not come true');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

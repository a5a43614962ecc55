import { HttpReceiver, type ReceivedRequest } from './http-receiver.js';

export interface ReceivedText {
  readonly to: string;
  readonly text: string;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly atMs: number;
}

/** An SMS gateway on this machine that takes Kopeck's default form. */
export class SmsGatewayReceiver {
  private constructor(readonly receiver: HttpReceiver) {}

  static async start(): Promise<SmsGatewayReceiver> {
    return new SmsGatewayReceiver(await HttpReceiver.start());
  }

  get url(): string {
    return `${this.receiver.url}/send`;
  }

  to(phone: string): ReceivedText[] {
    return this.receiver.requests.map(textOf).filter(({ to }) => to === phone);
  }

  /** The six digits of the last code sent there. */
  codeFor(phone: string): string | undefined {
    return /\d{6}/.exec(this.to(phone).at(-1)?.text ?? '')?.[0];
  }

  async stop(): Promise<void> {
    await this.receiver.stop();
  }
}

function textOf({ body, atMs }: ReceivedRequest): ReceivedText {
  return { ...(JSON.parse(body) as Omit<ReceivedText, 'atMs'>), atMs };
}

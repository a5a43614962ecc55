import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came: headers, blank line, body. */
  readonly source: string;
  /** By name in lower case, unfolded. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A real SMTP server on this machine; tests choose whom it refuses and how. */
export class SmtpReceiver {
  readonly mails: ReceivedMail[] = [];
  /** An SMTP code for a recipient; undefined lets the mail in. */
  refuse: (recipient: string) => number | undefined = () => undefined;
  /** Takes a mail in and says nothing more. */
  hangs = false;
  private readonly server: SMTPServer;

  private constructor() {
    this.server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      closeTimeout: 100,
      onRcptTo: (address, _session, done) => {
        const code = this.refuse(address.address);
        done(code === undefined ? null : Object.assign(new Error('refused'), { responseCode: code }));
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (this.hangs) return;
          this.mails.push(mailOf(session, Buffer.concat(chunks).toString()));
          done();
        });
      },
    });
    this.server.on('error', () => undefined);
  }

  static async start(port = 0): Promise<SmtpReceiver> {
    const receiver = new SmtpReceiver();
    const listening = receiver.server.listen(port, '127.0.0.1');
    await once(listening, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  to(address: string): ReceivedMail[] {
    return this.mails.filter((mail) => mail.to.includes(address));
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

function mailOf({ envelope }: SMTPServerSession, source: string): ReceivedMail {
  const head = source.slice(0, source.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ');
  const headers = head.split('\r\n').map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
  });
  return {
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    to: envelope.rcptTo.map(({ address }) => address),
    source,
    headers: Object.fromEntries(headers) as Record<string, string>,
  };
}

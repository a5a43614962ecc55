import type { IHeaders, KafkaMessage } from 'kafkajs';
import { HEADERS } from './headers.js';
import type { Received } from './received.js';

type HeaderValue = IHeaders[string];

export function headerText(value: HeaderValue): string | undefined {
  const one = Array.isArray(value) ? value[0] : value;
  return one === undefined ? undefined : one.toString();
}

export class ReceivedMessage<T> implements Received<T> {
  readonly key: string;
  readonly offset: string;
  private texts: Readonly<Record<string, string>> | undefined;

  constructor(
    readonly value: T,
    readonly topic: string,
    readonly partition: number,
    private readonly message: KafkaMessage,
  ) {
    this.key = message.key === null ? '' : message.key.toString();
    this.offset = message.offset;
  }

  get headers(): Readonly<Record<string, string>> {
    return (this.texts ??= textsOf(this.message.headers ?? {}));
  }

  get traceparent(): string | undefined {
    return headerText(this.message.headers?.[HEADERS.traceparent]);
  }
}

function textsOf(headers: IHeaders): Record<string, string> {
  const texts: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const name of Object.keys(headers)) texts[name] = headerText(headers[name]) ?? '';
  return texts;
}

import { KafkaRetriableException } from '@nestjs/microservices';
import { BrokerUnavailable } from '../errors/broker-unavailable.error.js';
import { DeadlineExceeded } from '../errors/deadline-exceeded.error.js';
import { OutcomeUnknown } from '../errors/outcome-unknown.error.js';
import { Overloaded } from '../errors/overloaded.error.js';

const TRANSIENT = [BrokerUnavailable, OutcomeUnknown, Overloaded, DeadlineExceeded, KafkaRetriableException];

/** Errors of this library after which the same work may succeed. */
export function isTransientKafkaError(error: unknown): boolean {
  return TRANSIENT.some((type) => error instanceof type);
}

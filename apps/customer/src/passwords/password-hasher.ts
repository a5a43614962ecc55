import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Metrics } from '@kopeck/service';
import { CustomerSettings } from '../customer.settings.js';
import { HashingQueue, HashingQueueFull } from './hashing-queue.js';
import { hashPassword, isOutdatedHash, verifyPassword } from './password-hash.js';

/** Hashes and checks passwords, a few at a time. Every method that computes throws `HashingQueueFull` under a flood. */
@Injectable()
export class PasswordHasher implements OnModuleInit {
  /** A hash that no password has: checking against it costs what checking against a customer's does. */
  decoy = '';
  private readonly queue: HashingQueue;

  private readonly refused: ReturnType<Metrics['counter']>;
  private readonly seconds: ReturnType<Metrics['histogram']>;

  constructor(settings: CustomerSettings, metrics: Metrics) {
    const queue = new HashingQueue(settings.PASSWORD_HASHES_AT_ONCE, settings.PASSWORD_HASHES_WAITING);
    this.queue = queue;
    this.seconds = metrics.histogram(
      'kopeck_password_hash_seconds',
      'Time of one argon2 computation, without waiting',
    );
    this.refused = metrics.counter(
      'kopeck_password_hashes_refused_total',
      'Computations refused because too many wait',
    );
    metrics.gauge(
      'kopeck_password_hashes_waiting',
      'Argon2 computations that wait for their turn',
      [],
      (gauge) => gauge.set(queue.depth),
    );
  }

  async onModuleInit(): Promise<void> {
    this.decoy = await hashPassword(randomBytes(32).toString('base64'));
  }

  /** True when a computation asked for now would be refused: nothing else needs to be done for it either. */
  get isFull(): boolean {
    return this.queue.isFull;
  }

  hash(password: string): Promise<string> {
    return this.inTurn(() => hashPassword(password));
  }

  verify(passwordHash: string, password: string): Promise<boolean> {
    return this.inTurn(() => verifyPassword(passwordHash, password));
  }

  isOutdated(passwordHash: string): boolean {
    return isOutdatedHash(passwordHash);
  }

  private async inTurn<T>(compute: () => Promise<T>): Promise<T> {
    try {
      return await this.queue.run(async () => {
        const stop = this.seconds.startTimer();
        const result = await compute();
        stop();
        return result;
      });
    } catch (error) {
      if (error instanceof HashingQueueFull) this.refused.inc();
      throw error;
    }
  }
}

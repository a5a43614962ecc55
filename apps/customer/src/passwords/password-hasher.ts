import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CustomerSettings } from '../customer.settings.js';
import { HashingQueue } from './hashing-queue.js';
import { hashPassword, isOutdatedHash, verifyPassword } from './password-hash.js';

/** Hashes and checks passwords, a few at a time. Every method that computes throws `HashingQueueFull` under a flood. */
@Injectable()
export class PasswordHasher implements OnModuleInit {
  /** A hash that no password has: checking against it costs what checking against a customer's does. */
  decoy = '';
  private readonly queue: HashingQueue;

  constructor(settings: CustomerSettings) {
    this.queue = new HashingQueue(settings.PASSWORD_HASHES_AT_ONCE, settings.PASSWORD_HASHES_WAITING);
  }

  async onModuleInit(): Promise<void> {
    this.decoy = await hashPassword(randomBytes(32).toString('base64'));
  }

  hash(password: string): Promise<string> {
    return this.queue.run(() => hashPassword(password));
  }

  verify(passwordHash: string, password: string): Promise<boolean> {
    return this.queue.run(() => verifyPassword(passwordHash, password));
  }

  isOutdated(passwordHash: string): boolean {
    return isOutdatedHash(passwordHash);
  }
}

import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Problem } from '../http/problem.js';
import { AttemptThrottle, type ThrottleRule } from './attempt-throttle.js';

const MINUTE_MS = 60_000;

/** One address guessing one customer's password: five attempts, then 30 s, 60 s, 120 s… up to an hour. */
const PAIR: ThrottleRule = {
  freeAttempts: 5,
  firstWaitMs: 30_000,
  maxWaitMs: 60 * MINUTE_MS,
  forgetAfterMs: 24 * 60 * MINUTE_MS,
};

/** One address guessing many customers' passwords; an office behind one address needs more room. */
const ADDRESS: ThrottleRule = {
  freeAttempts: 100,
  firstWaitMs: 30_000,
  maxWaitMs: 15 * MINUTE_MS,
  forgetAfterMs: 60 * MINUTE_MS,
};

/** Limits sign-in attempts alike for known and unknown customers, so that the limit tells nothing about who exists. */
@Injectable()
export class SignInThrottle {
  constructor(private readonly throttle: AttemptThrottle) {}

  /** @throws {Problem} `rate_limited` while this address, or this address for this e-mail, has to wait. */
  async attempt(address: string, email: string): Promise<void> {
    // One after the other: what the address may not ask at all shall not count against the customer.
    const seconds =
      (await this.throttle.attempt(addressName(address), ADDRESS)) ||
      (await this.throttle.attempt(pairName(address, email), PAIR));
    if (seconds === 0) return;
    throw new Problem(
      'rate_limited',
      `Too many attempts to sign in. Wait ${seconds} s before the next one.`,
      {
        retryAfterSeconds: seconds,
      },
    );
  }

  /** A right password clears the pair and gives the address its attempt back. */
  async succeeded(address: string, email: string): Promise<void> {
    await Promise.all([
      this.throttle.forget(pairName(address, email)),
      this.throttle.forgiveOne(addressName(address)),
    ]);
  }

  /** The password was never looked at (the service was away): the attempt doesn't count. */
  async undecided(address: string, email: string): Promise<void> {
    await Promise.all([
      this.throttle.forgiveOne(pairName(address, email)),
      this.throttle.forgiveOne(addressName(address)),
    ]);
  }
}

/** Hashed, so that Redis holds no list of e-mail addresses. */
function pairName(address: string, email: string): string {
  return `sign-in:pair:${hash('sha256', `${address}\0${email}`, 'base64url')}`;
}

function addressName(address: string): string {
  return `sign-in:address:${address}`;
}

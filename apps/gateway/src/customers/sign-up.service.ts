import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CUSTOMER_QUESTIONS, type CustomerView } from '@kopeck/contracts';
import { DeadlineExceeded } from '@kopeck/kafka';
import { GatewaySettings } from '../gateway.settings.js';
import { Problem } from '../http/problem.js';
import { Questions } from '../http/questions.js';
import { AttemptThrottle, type ThrottleRule } from '../sessions/attempt-throttle.js';
import { PasswordSeal } from '../sessions/password-seal.js';
import type { SignUpBody } from './customer.dto.js';

const HOUR_MS = 3_600_000;

@Injectable()
export class SignUpService {
  private readonly rule: ThrottleRule | undefined;

  constructor(
    private readonly questions: Questions,
    private readonly seal: PasswordSeal,
    private readonly throttle: AttemptThrottle,
    @Inject(GatewaySettings) settings: GatewaySettings,
  ) {
    const freeAttempts = settings.SIGN_UP_LIMIT_PER_HOUR;
    if (freeAttempts > 0) {
      this.rule = { freeAttempts, firstWaitMs: 60_000, maxWaitMs: HOUR_MS, forgetAfterMs: HOUR_MS };
    }
  }

  async signUp(body: SignUpBody, address: string): Promise<CustomerView> {
    await this.limit(address);
    const request = {
      customerId: randomUUID(),
      email: body.email,
      sealedPassword: this.seal.seal(body.password, body.email),
      name: body.name,
      language: body.language ?? 'en',
    } as const;
    const options = { key: body.email, about: 'customer' };
    try {
      return await this.questions.ask(CUSTOMER_QUESTIONS.register, request, options);
    } catch (error) {
      // The id is ours, so asking again can't register twice: only the answer may have got lost.
      if (!(error instanceof DeadlineExceeded)) throw error;
      return this.questions.ask(CUSTOMER_QUESTIONS.register, request, options);
    }
  }

  private async limit(address: string): Promise<void> {
    if (!this.rule) return;
    const seconds = await this.throttle.attempt(`sign-up:${address}`, this.rule);
    if (seconds === 0) return;
    throw new Problem('rate_limited', `Too many new customers from this address. Wait ${seconds} s.`, {
      retryAfterSeconds: seconds,
    });
  }
}

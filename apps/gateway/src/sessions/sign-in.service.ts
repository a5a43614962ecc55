import { Injectable } from '@nestjs/common';
import { CUSTOMER_QUESTIONS, isRefusal, type CustomerView } from '@kopeck/contracts';
import { QuestionClient } from '@kopeck/kafka';
import { Metrics } from '@kopeck/service';
import { Problem } from '../http/problem.js';
import { problemOfRefusal } from '../http/questions.js';
import { deviceOf } from './device.js';
import { PasswordSeal } from './password-seal.js';
import { SecurityEvents } from './security-events.service.js';
import { SessionStore } from './session.store.js';
import type { SignInBody } from './session.dto.js';
import { SignInThrottle } from './sign-in-throttle.js';

export interface SignedIn {
  readonly token: string;
  readonly endsAtMs: number;
  readonly customer: CustomerView;
}

@Injectable()
export class SignInService {
  private readonly wrong: ReturnType<Metrics['counter']>;

  constructor(
    private readonly client: QuestionClient,
    private readonly seal: PasswordSeal,
    private readonly sessions: SessionStore,
    private readonly throttle: SignInThrottle,
    private readonly events: SecurityEvents,
    metrics: Metrics,
  ) {
    this.wrong = metrics.counter(
      'kopeck_wrong_passwords_total',
      'Sign-ins with a wrong password or unknown address',
    );
  }

  /**
   * @param userAgent the header, for a name of what the person uses.
   * @throws {Problem} `invalid_credentials`, the same for a wrong password and an unknown address; `rate_limited`.
   */
  async signIn({ email, password }: SignInBody, address: string, userAgent?: string): Promise<SignedIn> {
    await this.throttle.attempt(address, email);
    const customer = await this.checked(email, password, address);
    await this.throttle.succeeded(address, email);
    const device = deviceOf(userAgent);
    const begun = await this.sessions.begin(customer, device);
    this.events.tell('sign_in', customer.customerId, device);
    return { ...begun, customer };
  }

  private async checked(email: string, password: string, address: string): Promise<CustomerView> {
    const request = { email, sealedPassword: this.seal.seal(password, email) };
    const answer = await this.client
      .ask(CUSTOMER_QUESTIONS.checkPassword, request, { key: email })
      .catch(async (error: unknown) => {
        await this.throttle.undecided(address, email);
        throw error;
      });
    if (!isRefusal(answer)) return answer;
    if (answer.code !== 'invalid_credentials') {
      await this.throttle.undecided(address, email);
      throw problemOfRefusal(answer, 'customer');
    }
    this.wrong.inc();
    throw new Problem(
      'invalid_credentials',
      'The e-mail address or the password is wrong. Check both and try again.',
    );
  }
}

import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhenResult,
  isBrokenCircuitError,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import type { Outcome } from '../channels/channel.js';

export interface BreakerLimits {
  /** After so many failures in a row nobody is sent there for a while… */
  readonly breakAfter: number;
  /** …at first for this long, then for longer and longer. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export const BREAKER_LIMITS: BreakerLimits = { breakAfter: 5, firstPauseMs: 10_000, longestPauseMs: 300_000 };

/** More broken targets than this are not remembered: the oldest is, at worst, tried a few times more. */
const MAX_TARGETS = 10_000;

/** One breaker a target, forgotten at the first success: those that are well cost nothing. */
export class TargetBreakers {
  private readonly breakers = new Map<string, CircuitBreakerPolicy>();

  constructor(private readonly limits: BreakerLimits = BREAKER_LIMITS) {}

  /** @returns undefined when the target is left alone for now; nothing was tried. */
  async run(target: string, attempt: () => Promise<Outcome>): Promise<Outcome | undefined> {
    const breaker = this.breakers.get(target) ?? this.create(target);
    // The probe of a target on trial is under way: who comes now doesn't wait for what it finds.
    if (breaker.state === CircuitState.HalfOpen) return undefined;
    try {
      const outcome = await breaker.execute(attempt);
      if (!isUnwell(outcome) && this.breakers.get(target) === breaker) this.breakers.delete(target);
      return outcome;
    } catch (error) {
      if (isBrokenCircuitError(error)) return undefined;
      throw error;
    }
  }

  /** Targets that are left alone at the moment. */
  get openCount(): number {
    return [...this.breakers.values()].filter(({ state }) => state !== CircuitState.Closed).length;
  }

  private create(target: string): CircuitBreakerPolicy {
    const { breakAfter, firstPauseMs, longestPauseMs } = this.limits;
    const breaker = circuitBreaker(handleWhenResult(isUnwell), {
      breaker: new ConsecutiveBreaker(breakAfter),
      halfOpenAfter: new ExponentialBackoff({ initialDelay: firstPauseMs, maxDelay: longestPauseMs }),
    });
    const [oldest] = this.breakers.keys();
    if (this.breakers.size >= MAX_TARGETS && oldest !== undefined) this.breakers.delete(oldest);
    this.breakers.set(target, breaker);
    return breaker;
  }
}

function isUnwell(outcome: unknown): boolean {
  const { kind, isTargetAtFault } = outcome as { kind: string; isTargetAtFault?: boolean };
  return kind === 'failed' && isTargetAtFault === true;
}

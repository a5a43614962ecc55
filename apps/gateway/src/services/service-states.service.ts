import { Injectable } from '@nestjs/common';
import { ServiceBoard, type ServiceState } from './service-board.js';
import { ServiceLag } from './service-lag.js';

/** A service, and how many messages wait for it; null where nobody knows. */
export interface MeasuredService extends ServiceState {
  readonly lag: number | null;
}

/** What is heard of each service and what the broker says of it, together: for the API and for the operators' page. */
@Injectable()
export class ServiceStates {
  constructor(
    private readonly board: ServiceBoard,
    private readonly lag: ServiceLag,
  ) {}

  async read(nowMs: number): Promise<MeasuredService[]> {
    const lags = await this.lag.measure(nowMs);
    return this.board.states(nowMs).map((state) => ({ ...state, lag: lags.get(state.service) ?? null }));
  }
}

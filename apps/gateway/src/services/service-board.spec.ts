import { HEARTBEAT_TIMEOUT_MS, SERVICE_NAMES, type ServiceHeartbeat } from '@kopeck/contracts';
import { ServiceBoard } from './service-board.js';

const NOW_MS = Date.parse('2026-03-01T12:00:00.000Z');
const beat = (change: Partial<ServiceHeartbeat> & { agoMs?: number } = {}): ServiceHeartbeat => {
  const { agoMs = 0, ...rest } = change;
  return {
    service: 'transaction',
    instance: 'transaction-1',
    version: '1.0.0',
    startedAt: new Date(NOW_MS - 3_600_000).toISOString(),
    at: new Date(NOW_MS - agoMs).toISOString(),
    status: 'up',
    ...rest,
  };
};

function stateAfter(...beats: ServiceHeartbeat[]) {
  const board = new ServiceBoard();
  for (const each of beats) board.hear(each);
  return board.states(NOW_MS).find(({ service }) => service === 'transaction')!;
}

describe('the board of services', () => {
  it('shows every service, down until heard', () => {
    const states = new ServiceBoard().states(NOW_MS);
    expect(states.map(({ service }) => service)).toEqual(SERVICE_NAMES);
    expect(states.every(({ status, version }) => status === 'down' && version === null)).toBe(true);
  });

  it('is up while one instance is heard', () => {
    const state = stateAfter(beat(), beat({ instance: 'transaction-2', agoMs: HEARTBEAT_TIMEOUT_MS + 1 }));
    expect(state.status).toBe('up');
    expect(state.instances.map(({ status }) => status)).toEqual(['up', 'down']);
    expect(state.instances[1]!.problem).toBe('silent for 12 s');
  });

  it('is degraded when an instance says so, and says why', () => {
    const state = stateAfter(beat({ status: 'degraded', problem: 'no database' }));
    expect(state).toMatchObject({ status: 'degraded', instances: [{ problem: 'no database' }] });
  });

  it('is down when all are silent, and forgets who said goodbye', () => {
    expect(stateAfter(beat({ agoMs: HEARTBEAT_TIMEOUT_MS + 1 }))).toMatchObject({
      status: 'down',
      version: '1.0.0',
    });
    expect(stateAfter(beat({ agoMs: 10 }), beat({ status: 'stopping' })).instances).toEqual([]);
  });

  it('ignores a heartbeat older than the last one', () => {
    expect(stateAfter(beat(), beat({ status: 'degraded', agoMs: 4_000 })).status).toBe('up');
  });

  it('keeps a limited number of instances', () => {
    const board = new ServiceBoard();
    for (let index = 0; index < 1_500; index++) board.hear(beat({ instance: `transaction-${index}` }));
    expect(board.states(NOW_MS).find(({ service }) => service === 'transaction')!.instances).toHaveLength(
      1_000,
    );
  });

  it('sums the lag that live instances report', () => {
    const board = new ServiceBoard();
    expect(board.reportedLagOf('transaction', NOW_MS)).toBeNull();
    board.hear(beat({ lag: 3 }));
    board.hear(beat({ instance: 'transaction-2', lag: 4 }));
    board.hear(beat({ instance: 'transaction-3', lag: 100, agoMs: HEARTBEAT_TIMEOUT_MS + 1 }));
    expect(board.reportedLagOf('transaction', NOW_MS)).toBe(7);
  });
});

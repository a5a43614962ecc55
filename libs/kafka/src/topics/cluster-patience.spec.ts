import { patientWithCoordinator, patientWithLeaders } from './cluster-patience.js';

const protocolError = (type: string): Error => Object.assign(new Error(type), { type });

describe('patience with a coordinator', () => {
  it('asks again while the coordinator moves or loads', async () => {
    const errors = ['NOT_COORDINATOR_FOR_GROUP', 'GROUP_LOAD_IN_PROGRESS', 'GROUP_COORDINATOR_NOT_AVAILABLE'];
    const ask = () => {
      const type = errors.shift();
      return type === undefined ? Promise.resolve('offsets') : Promise.reject(protocolError(type));
    };
    await expect(patientWithCoordinator(ask)).resolves.toBe('offsets');
  });

  it('gives up when its time is over, with the last error', async () => {
    const ask = () => Promise.reject(protocolError('NOT_COORDINATOR_FOR_GROUP'));
    await expect(patientWithCoordinator(ask, 120)).rejects.toThrow('NOT_COORDINATOR_FOR_GROUP');
  });

  it('throws any other error at once', async () => {
    let asked = 0;
    const ask = () => {
      asked += 1;
      return Promise.reject(protocolError('GROUP_AUTHORIZATION_FAILED'));
    };
    await expect(patientWithCoordinator(ask)).rejects.toThrow('GROUP_AUTHORIZATION_FAILED');
    expect(asked).toBe(1);
  });
});

describe('patience with leaders', () => {
  it('asks again while new topics have none, also where kafkajs wraps the error after its last try', async () => {
    const errors = [
      protocolError('UNKNOWN_TOPIC_OR_PARTITION'),
      new Error('retries exceeded', { cause: protocolError('LEADER_NOT_AVAILABLE') }),
      protocolError('NOT_LEADER_FOR_PARTITION'),
    ];
    const ask = () => {
      const error = errors.shift();
      return error === undefined ? Promise.resolve('metadata') : Promise.reject(error);
    };
    await expect(patientWithLeaders(ask)).resolves.toBe('metadata');
  });

  it('gives up when its time is over, with the last error', async () => {
    const ask = () => Promise.reject(protocolError('LEADER_NOT_AVAILABLE'));
    await expect(patientWithLeaders(ask, 120)).rejects.toThrow('LEADER_NOT_AVAILABLE');
  });
});

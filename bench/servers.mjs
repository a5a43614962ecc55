import { removeData, startInfrastructure } from '../scripts/infrastructure/infrastructure.mjs';

/**
 * @typedef {object} Servers
 * @property {string} brokers
 * @property {string} redisUrl
 * @property {string} postgresAdminUrl
 * @property {import('./cpu-of-processes.mjs').Measured[]} processes
 * @property {() => Promise<void>} stop
 */

/**
 * The servers that both systems use: real ones, private ones (`scripts/infrastructure`), with nothing in them.
 *
 * @param {string} state folder of their data and logs
 * @returns {Promise<Servers>}
 */
export async function startServers(state) {
  removeData(state);
  const { environment, servers, stop } = await startInfrastructure({ state, isPrivate: true });
  return {
    brokers: environment.KAFKA_BROKERS,
    redisUrl: environment.REDIS_URL,
    postgresAdminUrl: environment.POSTGRES_ADMIN_URL,
    processes: Object.entries(servers).map(([name, { pid }]) => ({
      name,
      pids: [pid],
      // One process a connection.
      withChildren: name === 'postgres',
    })),
    stop: async () => {
      await stop();
      removeData(state);
    },
  };
}

/** The baseline's few settings, set by `bench/baseline.mjs`. */
function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the baseline with "npm run bench"`);
  return value;
}

export const BROKERS = required('KAFKA_BROKERS').split(',');
export const DATABASE_URL = required('BASELINE_DATABASE_URL');
export const PORT = Number(process.env.PORT ?? 0);

export const REQUESTS = 'baseline.requests';
export const COMMANDS = 'baseline.commands';

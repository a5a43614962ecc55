import { TopicAdmin } from '@kopeck/kafka';
import { databaseUrlNameOf, prepareDatabases, type ServiceDatabase } from '@kopeck/database';
import { loadEnvironment } from '@kopeck/service';
import { DATABASE as CUSTOMER } from '../../apps/customer/migrations/index.js';
import { DATABASE as LEDGER } from '../../apps/transaction/migrations/index.js';
import { DATABASE as CURRENCY_CONVERTER } from '../../apps/currency-converter/migrations/index.js';
import { DATABASE as NOTIFICATION } from '../../apps/notification/migrations/index.js';
import { DATABASE as TRANSACTION_MANAGER } from '../../apps/transaction-manager/migrations/index.js';

/**
 * Prepares the servers for the services: databases, roles, migrations, topics. Run before the first service starts and
 * after each update; everything may be done again at any time.
 */
const DATABASES: readonly ServiceDatabase[] = [
  CUSTOMER,
  TRANSACTION_MANAGER,
  LEDGER,
  CURRENCY_CONVERTER,
  NOTIFICATION,
];

async function prepare(): Promise<void> {
  loadEnvironment();
  await prepareDatabases({
    adminUrl: required('POSTGRES_ADMIN_URL'),
    services: DATABASES.map((database) => ({ database, url: required(databaseUrlNameOf(database.service)) })),
    log: say,
  });
  await createTopics();
}

async function createTopics(): Promise<void> {
  const admin = new TopicAdmin({
    brokers: required('KAFKA_BROKERS').split(','),
    service: 'gateway',
    instance: `setup-${process.pid}`,
  });
  try {
    await admin.ensureTopics(Number(process.env.KAFKA_REPLICATION_FACTOR || 1));
    say('topics: all there');
  } finally {
    await admin.close();
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is missing: set it in the environment or in .env (.env.example shows its form)`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await prepare();
  process.exit(0);
} catch (error) {
  process.stderr.write(`Setup failed: ${(error as Error).message}\n`);
  process.exit(1);
}

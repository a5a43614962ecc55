import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from '../plain-error.mjs';
import { answers } from './ports.mjs';
import { ServerProcess } from './server-process.mjs';

const READY_WITHIN_MS = 90_000;
export const STOP_SIGNAL = 'SIGTERM';
const OLDEST_JAVA = 17;

/** Statistics for `jstat`, which nobody reads here, wake an idle broker twenty times a second. */
const NO_STATISTICS = '-XX:-UsePerfData';

/** Java's quick compiler alone: its thorough one takes half of a broker's time in the first minutes, and pays later. */
const QUICK_COMPILER = '-XX:TieredStopAtLevel=1';

/**
 * One broker that is its own controller (KRaft), on the loopback interface, sized for a developer's machine.
 *
 * @param {object} options
 * @param {string} options.directory
 * @param {string} options.logFile
 * @param {string} options.jars
 * @param {number} options.port
 * @param {number} options.controllerPort
 * @param {boolean} options.isShortLived it had better start soon than run fast
 * @returns {Promise<{ server: ServerProcess, brokers: string }>}
 */
export async function startKafka({ directory, logFile, jars, port, controllerPort, isShortLived }) {
  requireJava();
  mkdirSync(directory, { recursive: true });
  const properties = join(directory, 'server.properties');
  writeFileSync(properties, settingsOf({ directory, port, controllerPort }));
  const classPath = join(jars, '*');
  if (!existsSync(join(directory, 'data', 'meta.properties'))) await format(classPath, properties);
  const server = new ServerProcess({
    name: 'Kafka',
    command: 'java',
    args: [
      '-Xms256m',
      '-Xmx512m',
      '-XX:+UseG1GC',
      NO_STATISTICS,
      ...(isShortLived ? [QUICK_COMPILER] : []),
      '-cp',
      classPath,
      'kafka.Kafka',
      properties,
    ],
    directory,
    logFile,
    stopSignal: STOP_SIGNAL,
  });
  await server.waitUntil(() => answers(port), READY_WITHIN_MS);
  return { server, brokers: `127.0.0.1:${port}` };
}

/** @returns {number | undefined} Java's major version; undefined where there is none */
export function javaVersion() {
  const { stderr, error } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = /version "(\d+)/.exec(stderr ?? '')?.[1];
  return error || !version ? undefined : Number(version);
}

function requireJava() {
  const version = javaVersion();
  if (version === undefined) {
    throw new PlainError(
      'Java is missing: Kafka runs on it. Install Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless), or name a broker of your own in .env (KAFKA_BROKERS).',
    );
  }
  if (version < OLDEST_JAVA) {
    throw new PlainError(
      `Java ${version} is too old for Kafka. Install Java 17 or newer, or name a broker of your own in .env (KAFKA_BROKERS).`,
    );
  }
}

/**
 * @param {string} classPath
 * @param {string} properties
 */
async function format(classPath, properties) {
  // A hyphen in front would be read as an option, which befell one new clone in 64.
  const id = `k${randomBytes(16).toString('base64url').slice(1)}`;
  const tool = spawn(
    'java',
    ['-cp', classPath, 'kafka.tools.StorageTool', 'format', '-t', id, '-c', properties],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let output = '';
  tool.stderr.on('data', (chunk) => (output += chunk));
  const [code] = await once(tool, 'close');
  if (code !== 0) throw new PlainError(`Kafka's storage could not be formatted: ${output.slice(-1_000)}`);
}

/**
 * Half of what an idle broker does is its own: threads that look for work three times a second, of which a developer's machine
 * needs few, and a record a half second to say that nothing has changed. The cleaner of compacted topics has 4 MB for its table
 * of keys, 175,000 of them a pass, instead of 128 MB, which are a quarter of this heap and kept its collector at work.
 *
 * @param {{ directory: string, port: number, controllerPort: number }} options
 */
function settingsOf({ directory, port, controllerPort }) {
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
log.dirs=${join(directory, 'data')}
auto.create.topics.enable=false
delete.topic.enable=true
offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
log.segment.bytes=67108864
log.index.size.max.bytes=1048576
metadata.max.idle.interval.ms=5000
num.network.threads=2
num.io.threads=4
group.coordinator.threads=1
share.coordinator.threads=1
log.cleaner.dedupe.buffer.size=4194304
log.retention.check.interval.ms=300000
`;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainError } from '../plain-error.mjs';
import { endWithUs } from '../processes/end-with-us.mjs';

const POM = join(dirname(fileURLToPath(import.meta.url)), 'pom.xml');

/**
 * Kafka's jars and Redis' binaries, from Maven Central by `pom.xml`. Fetched once, and again when the pom changes.
 *
 * @param {string} directory
 * @returns {Promise<string>} the folder with the jars
 */
export async function downloadJars(directory) {
  const jars = join(directory, 'jars');
  const stamp = join(directory, 'pom.xml');
  const pom = readFileSync(POM, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === pom && existsSync(jars)) return jars;
  mkdirSync(jars, { recursive: true });
  await copyDependencies(jars);
  writeFileSync(stamp, pom);
  return jars;
}

/** @param {string} jars */
async function copyDependencies(jars) {
  const args = ['-q', '-B', '-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${jars}`];
  const maven = endWithUs(spawn('mvn', args, { stdio: ['ignore', 'pipe', 'pipe'] }));
  /** @type {string[]} */
  const output = [];
  for (const stream of [maven.stdout, maven.stderr]) stream.on('data', (chunk) => output.push(String(chunk)));
  const code = await once(maven, 'close').then(
    ([exitCode]) => exitCode,
    () => {
      throw new PlainError(
        'Maven is missing: it fetches Kafka and Redis. Install Maven 3.8 or newer (Debian: apt-get install maven), or name servers of your own in .env.',
      );
    },
  );
  if (code !== 0 || readdirSync(jars).length === 0) {
    throw new PlainError(
      `Maven could not fetch Kafka. Does this machine reach Maven Central? It said:\n${output.join('').slice(-2_000)}`,
    );
  }
}

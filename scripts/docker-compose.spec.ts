import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { COMPOSE_ADDRESSES } from './infrastructure/compose.mjs';
import { ROOT, SERVICES } from './paths.mjs';
import { HEAP_OPTIONS } from './processes/heap-options.mjs';

interface ComposeService {
  image?: string;
  command?: string[];
  ports?: string[];
  environment?: Record<string, string | number>;
  healthcheck?: object;
  depends_on?: Record<string, { condition: string }>;
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const text = read('docker-compose.yml');
const { services } = parse(text, { merge: true }) as { services: Record<string, ComposeService> };
const example = read('.env.example');
/** With its value, whether it stands commented out or not. */
const documented = new Map(
  [...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(([, name, value]) => [name!, value!]),
);
const serviceOf = (name: string) => services[name]!;

describe('docker-compose.yml', () => {
  it('runs every service from its own bundle, and setup before them', () => {
    for (const service of SERVICES) {
      expect(serviceOf(service).command).toEqual([`dist/apps/${service}/main.js`]);
      expect(serviceOf(service).depends_on).toMatchObject({
        setup: { condition: 'service_completed_successfully' },
      });
    }
  });

  it('runs them with the options that `npm start` gives them', () => {
    for (const option of HEAP_OPTIONS) expect(read('Dockerfile')).toContain(`"${option}"`);
  });

  it('takes only settings that .env.example documents, with the same defaults', () => {
    const used = [...text.matchAll(/\$\{([A-Z0-9_]+)(?::-([^}]*))?\}/g)];
    expect(used.length).toBeGreaterThan(5);
    for (const [, name, fallback] of used) {
      expect([name, documented.get(name!)]).toEqual([name, fallback]);
    }
  });

  it('gives services only settings that .env.example documents', () => {
    const ours = [...SERVICES, 'setup'].flatMap((name) => Object.keys(serviceOf(name).environment ?? {}));
    expect(ours.filter((name) => !documented.has(name))).toEqual([]);
  });

  it('leaves nothing for Compose to interpolate by accident', () => {
    const foreign = text.replaceAll(/^\s*#.*$/gm, '').match(/\$(?!\{[A-Z0-9_]+:-[^}$]*\})/g);
    expect(foreign).toBeNull();
  });

  it('publishes ports on this machine only', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports).toHaveLength(4);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('publishes the servers where npm start looks for them', () => {
    const { POSTGRES_ADMIN_URL, KAFKA_BROKERS, REDIS_URL } = COMPOSE_ADDRESSES;
    const { username, password, pathname, host } = new URL(POSTGRES_ADMIN_URL);
    expect(serviceOf('postgres').environment).toMatchObject({
      POSTGRES_USER: username,
      POSTGRES_PASSWORD: password,
      POSTGRES_DB: pathname.slice(1),
    });
    expect(serviceOf('postgres').ports).toEqual([`${host}:5432`]);
    expect(serviceOf('redis').ports).toEqual([`${new URL(REDIS_URL).host}:6379`]);
    expect(serviceOf('kafka').ports).toEqual([`${KAFKA_BROKERS}:9092`]);
    expect(serviceOf('kafka').environment?.KAFKA_ADVERTISED_LISTENERS).toContain(`://${KAFKA_BROKERS}`);
    for (const [name, value] of Object.entries(COMPOSE_ADDRESSES)) expect(documented.get(name)).toBe(value);
  });

  it('knows when each container is well', () => {
    const unchecked = Object.keys(services).filter((name) => !serviceOf(name).healthcheck);
    expect(unchecked).toEqual(['setup']);
  });

  it('names an image version for each server', () => {
    for (const name of ['postgres', 'redis', 'kafka']) expect(serviceOf(name).image).toMatch(/:\d+/);
  });
});

describe('.env.example', () => {
  const sources = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.settings.ts'))
      .map((file) => join(folder, file)),
  );
  // Properties of settings classes (`  NAME = 1;`, `  NAME?: string`), and names in tables (`name: 'NAME'`, readNumber('NAME').
  const NAME = /^ {2}([A-Z][A-Z0-9_]+)[?!]?(?: =|:)|(?:name: |readNumber\()'([A-Z][A-Z0-9_]+)'/gm;

  it.each(sources)('documents every setting of %s', (file) => {
    const names = [...read(file).matchAll(NAME)].map(([, property, listed]) => property ?? listed!);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !documented.has(name))).toEqual([]);
  });

  it('documents nothing that is not there', () => {
    const code = [...sources, 'scripts/setup/main.ts', 'scripts/infrastructure/infrastructure.mjs']
      .map(read)
      .join('\n');
    expect([...documented.keys()].filter((name) => !code.includes(name))).toEqual([]);
  });
});

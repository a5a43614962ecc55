import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';

const SECRET_NAME = /PASSWORD|SECRET|TOKEN|KEY/;
/** Passwords that stand in every tutorial, also where no .env.example is at hand to compare with. */
const WELL_KNOWN = /^(kopeck(_\w+)?|postgres|password|secret|admin|change-?me.*|demo.*|example.*)$/i;

/**
 * In production a service refuses to start with a secret that everybody can read in the repository.
 *
 * @param example the settings of .env.example.
 * @returns one sentence a setting.
 */
export function defaultSecretFaults(
  environment: NodeJS.ProcessEnv,
  example: Readonly<Record<string, string | undefined>>,
): string[] {
  if (environment.NODE_ENV !== 'production') return [];
  return Object.entries(environment).flatMap(([name, value]) => {
    const secret = secretIn(name, value ?? '');
    if (secret === undefined) return [];
    const isDefault = secret === secretIn(name, example[name] ?? '') || WELL_KNOWN.test(secret);
    return isDefault ? [`${name} still has the example's secret: production needs one of its own`] : [];
  });
}

/** The nearest .env.example from the working directory upwards; nothing when there is none. */
export function readExample(from = process.cwd()): Record<string, string | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, '.env.example');
    if (existsSync(file)) return parseEnv(readFileSync(file, 'utf8')) as Record<string, string | undefined>;
    if (dirname(folder) === folder) return {};
  }
}

/** Only settings of ours count: a CI system's own TOKEN variables are none of a service's business. */
const OURS =
  /_DATABASE_URL$|^POSTGRES_ADMIN_URL$|^REDIS_URL$|^SMTP_URL$|^SEALING_KEY$|^OPERATOR_PASSWORD$|^METRICS_TOKEN$|^KOPECK_/;

function secretIn(name: string, value: string): string | undefined {
  if (value === '' || !OURS.test(name)) return undefined;
  if (name.endsWith('_URL')) {
    return URL.canParse(value) ? decodeURIComponent(new URL(value).password) || undefined : undefined;
  }
  return SECRET_NAME.test(name) ? value : undefined;
}

import { readFileSync } from 'node:fs';

/** Of the repository's package.json: npm sets it for its scripts; a bundle that runs by itself reads the file. */
export function readVersion(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.npm_package_name === 'kopeck' && environment.npm_package_version) {
    return environment.npm_package_version;
  }
  try {
    const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, string>;
    return name === 'kopeck' && version ? version : 'unknown';
  } catch {
    return 'unknown';
  }
}

/** Every route of the REST interface starts with this; pages live beside it. */
export const API = 'api/v1';

export function addressOf(path: string): string {
  return `/${API}/${path}`;
}

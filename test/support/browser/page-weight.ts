import type { Response } from 'playwright-core';
import type { Person } from './person.js';

const KINDS = new Set(['stylesheet', 'script']);

/** How many bytes of stylesheets and scripts came over the wire, compressed as they are sent. */
export class PageWeight {
  private readonly sizes = new Map<string, Promise<number>>();

  watch({ context }: Person): void {
    context.on('response', (response) => this.note(response));
  }

  /** Each file once, whatever pages had it. */
  async bytesOf(): Promise<Record<string, number>> {
    const sizes = [...this.sizes].map(async ([url, size]) => [new URL(url).pathname, await size] as const);
    return Object.fromEntries(await Promise.all(sizes));
  }

  private note(response: Response): void {
    const request = response.request();
    const url = response.url();
    if (!KINDS.has(request.resourceType()) || this.sizes.has(url)) return;
    this.sizes.set(
      url,
      request.sizes().then(({ responseBodySize }) => responseBodySize),
    );
  }
}

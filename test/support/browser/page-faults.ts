import type { BrowserContext, Page } from 'playwright-core';

/** What Chromium writes of each answer above 399; those of pages are looked at by the tests themselves. */
const FAILED_ANSWER = 'Failed to load resource';
/** Of the window that axe-core opens for itself, and of pages that haven't begun. */
const EMPTY_PAGE = 'about:blank';

/** What a page did that none may do: break the content policy, ask another origin, throw, miss one of its own files. */
export class PageFaults {
  private readonly faults: string[] = [];

  private constructor(private readonly origin: string) {}

  /** Watches all pages of a window, from their first byte. */
  static async watch(context: BrowserContext, origin: string): Promise<PageFaults> {
    const watcher = new PageFaults(origin);
    await context.addInitScript(() => {
      const { document: page, console: log } = globalThis as any;
      page.addEventListener('securitypolicyviolation', (event: any) =>
        log.error(`content policy: ${event.violatedDirective} of ${event.blockedURI}`),
      );
    });
    context.on('request', (request) => watcher.noteRequest(request.url()));
    context.on('response', (response) => {
      const isPage = response.request().resourceType() === 'document';
      if (!isPage && response.status() >= 400) watcher.note(`${response.status()} for ${response.url()}`);
    });
    context.on('page', (page) => watcher.listen(page));
    return watcher;
  }

  /** @throws when there was any since the last time. */
  expectNone(): void {
    const faults = this.faults.splice(0);
    if (faults.length > 0) throw new Error(`Pages did what none may do:\n${faults.join('\n')}`);
  }

  private listen(page: Page): void {
    page.on('pageerror', (error) => this.note(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      const isFault = message.type() === 'error' && !message.text().startsWith(FAILED_ANSWER);
      if (isFault) this.note(`${page.url()}: ${message.text()}`);
    });
  }

  private noteRequest(url: string): void {
    const isOwn = url.startsWith(`${this.origin}/`) || url.startsWith('data:') || url === EMPTY_PAGE;
    if (!isOwn) this.note(`a request to ${url}`);
  }

  private note(fault: string): void {
    this.faults.push(fault);
  }
}

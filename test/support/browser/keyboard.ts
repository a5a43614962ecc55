import type { Locator } from 'playwright-core';
import type { Person } from './person.js';

/** More stops than any page has. */
const MAX_STOPS = 80;

/** Somebody without a mouse. At each stop it must be seen where one is. */
export class Keyboard {
  constructor(private readonly person: Person) {}

  /** Goes on by Tab until there. @throws when one never gets there, or doesn't see where one is. */
  async tabTo(goal: Locator): Promise<void> {
    for (let stop = 0; stop < MAX_STOPS; stop += 1) {
      await this.person.page.keyboard.press('Tab');
      await this.expectFocusSeen();
      if (await isFocused(goal)) return;
    }
    throw new Error(`Tab never comes to ${goal.toString()} on ${this.person.path}`);
  }

  /** @param fields in the order in which they stand on the page. */
  async type(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) {
      await this.tabTo(this.person.field(label));
      await this.person.page.keyboard.type(value);
    }
  }

  /** From within a form, as one does who has typed the last thing. */
  enter(): Promise<void> {
    return this.person.comeTo(() => this.person.page.keyboard.press('Enter'));
  }

  async press(button: string): Promise<void> {
    await this.tabTo(this.person.button(button));
    await this.person.comeTo(() => this.person.page.keyboard.press('Space'));
  }

  /** In a list to choose from: the first letters of the choice choose it. */
  async choose(label: string, letters: string): Promise<void> {
    await this.tabTo(this.person.field(label));
    await this.person.page.keyboard.type(letters);
  }

  /** What has the focus, as it's written there. */
  focused(): Promise<string> {
    return this.person.page.evaluate(() => {
      const { activeElement } = (globalThis as any).document;
      return (activeElement?.innerText ?? '').trim();
    });
  }

  /** An outline, of an element within the window. */
  private async expectFocusSeen(): Promise<void> {
    const fault = await this.person.page.evaluate(() => {
      const { document, getComputedStyle, innerHeight, innerWidth } = globalThis as any;
      const element = document.activeElement;
      if (element === null || element === document.body) return undefined;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const { top, bottom, left, right } = element.getBoundingClientRect();
      const name = `${element.tagName.toLowerCase()} "${element.innerText || element.name || element.href}"`;
      if (outlineStyle === 'none' || outlineWidth === '0px') return `${name} has the focus and no outline`;
      const isWithin = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
      return isWithin ? undefined : `${name} has the focus and is not to be seen`;
    });
    if (fault !== undefined) throw new Error(`${this.person.path}: ${fault}`);
  }
}

function isFocused(goal: Locator): Promise<boolean> {
  return goal.evaluate((element) => element === (globalThis as any).document.activeElement);
}

/** The hidden field that says on which page a form is, to come back to. */
export const PAGE_FIELD = '_page';

/** Most that is read of one field; longer ones are cut, and then refused by their own rules. */
const MAX_LENGTH = 1_000;

/** Fields that are kept for later; the largest form, of preferences, has a hundred. */
const MAX_KEPT = 150;

/** The fields of a form as text, trimmed; what isn't there or was sent twice is empty. */
export class FormFields {
  private readonly values: Readonly<Record<string, unknown>>;

  constructor(body: unknown) {
    this.values = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  }

  text(name: string): string {
    return this.raw(name).trim();
  }

  /** Untouched, for passwords, whose blanks count. */
  raw(name: string, maxLength: number = MAX_LENGTH): string {
    const value = Object.hasOwn(this.values, name) ? this.values[name] : undefined;
    return typeof value === 'string' ? value.slice(0, maxLength) : '';
  }

  /** Fields that are worth keeping for the person: no tokens, no passwords. */
  kept(): Record<string, string> {
    const names = Object.keys(this.values).filter((name) => !name.startsWith('_') && !/password/i.test(name));
    return Object.fromEntries(names.slice(0, MAX_KEPT).map((name) => [name, this.text(name)]));
  }
}

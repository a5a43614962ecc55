/** Lines of one page of a list: more than fits a screen, less than anybody reads. */
export const PAGE_LENGTH = 50;
const MAX_LENGTH = 200;

/** Where a list goes on; the service that gave it says whether it is one of its own. */
export function cursorOf(query: Readonly<Record<string, unknown>>): string | undefined {
  const { cursor } = query;
  return typeof cursor === 'string' && cursor !== '' ? cursor.slice(0, MAX_LENGTH) : undefined;
}

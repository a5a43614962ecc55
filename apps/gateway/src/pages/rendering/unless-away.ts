import { problemOf } from '../../http/problem-of.js';

/**
 * For what a page can do without: undefined where the service behind it is away or late, so that the rest is shown and the
 * page says what is missing. Any other error is thrown.
 */
export async function unlessAway<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    const { status } = problemOf(error);
    if (status === 503 || status === 504) return undefined;
    throw error;
  }
}

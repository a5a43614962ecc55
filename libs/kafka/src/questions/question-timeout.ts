/** How long whoever asks waits for the answer, unless they say otherwise; so it's worth sending that long. */
export const QUESTION_TIMEOUT_MS = 5_000;

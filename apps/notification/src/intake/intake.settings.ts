import { IsInt, Max, Min } from 'class-validator';

/** What becomes news, and when; property names are the environment's names. */
export class IntakeSettings {
  /** What is older when it's read is history: it's listed in inboxes, and told over no other channel. */
  @IsInt()
  @Min(1)
  @Max(8_760)
  NEWS_MAX_AGE_HOURS = 72;

  /** How often to look for digests of rates that are due. */
  @IsInt()
  @Min(100)
  @Max(600_000)
  DIGEST_SWEEP_MS = 5_000;
}

const HOUR_MS = 3_600_000;

/** @returns since when what happened is news. */
export function newsSinceOf({ NEWS_MAX_AGE_HOURS }: IntakeSettings, now: Date): Date {
  return new Date(now.getTime() - NEWS_MAX_AGE_HOURS * HOUR_MS);
}

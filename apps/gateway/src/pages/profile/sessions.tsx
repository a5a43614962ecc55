import type { ListedSessionResource } from '../../sessions/session.dto.js';
import { Form } from '../components/form.js';
import { Moment } from '../components/moment.js';
import { Status } from '../components/status.js';
import { useVisit } from '../rendering/visit-context.js';

/** Every place where the person is signed in, and the way to end each or all of it. */
export function Sessions({ sessions }: { readonly sessions: readonly ListedSessionResource[] }) {
  const { profile } = useVisit().words;
  return (
    <section class="stack" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{profile.security}</h2>
      <p class="note">{profile.securityHint}</p>
      <ul class="records">
        {sessions.map((session) => (
          <SessionLine key={session.id} session={session} />
        ))}
      </ul>
      <div class="actions">
        <Form action="/sign-out">
          <button class="button button--second" type="submit">
            {profile.signOut}
          </button>
        </Form>
        <Form action="/profile/sessions/end">
          <button class="button button--second" type="submit" aria-describedby="end-all-hint">
            {profile.endAll}
          </button>
        </Form>
      </div>
      <p class="note" id="end-all-hint">
        {profile.endAllHint}
      </p>
    </section>
  );
}

function SessionLine({ session }: { readonly session: ListedSessionResource }) {
  const { words, formats, nowMs } = useVisit();
  const { profile } = words;
  const { id, device, startedAt, lastUsedAt, isCurrent } = session;
  const name = device ?? profile.unknownDevice;
  return (
    <li class="record">
      <div class="record__top">
        <h3>{name}</h3>
        {isCurrent ? (
          <Status mood="good">{profile.current}</Status>
        ) : (
          <Form action={`/profile/sessions/${id}/end`}>
            <button class="quiet" type="submit" aria-label={profile.endOf(name)}>
              {profile.end}
            </button>
          </Form>
        )}
      </div>
      <p class="note">
        {`${profile.started} `}
        <Moment at={startedAt} />
        {`, ${profile.used} `}
        <time dateTime={lastUsedAt}>{formats.ago(lastUsedAt, nowMs)}</time>
      </p>
    </li>
  );
}

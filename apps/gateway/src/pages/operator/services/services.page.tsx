import type { InstanceState, ServiceStatus } from '../../../services/service-board.js';
import type { MeasuredService } from '../../../services/service-states.service.js';
import { Moment } from '../../components/moment.js';
import { Notice } from '../../components/notice.js';
import { Records, type RecordColumn } from '../../components/records.js';
import { Status, type Mood } from '../../components/status.js';
import { Shell } from '../../layout/shell.js';
import { useVisit } from '../../rendering/visit-context.js';

/** A service that was killed shows down within 12 s of silence and one round of this. */
const REFRESH_SECONDS = 3;

const MOODS: Readonly<Record<ServiceStatus, Mood>> = { up: 'good', degraded: 'waiting', down: 'bad' };

export function ServicesPage({ services }: { readonly services: readonly MeasuredService[] }) {
  const { words, formats, nowMs } = useVisit();
  const text = words.operator.services;
  const now = new Date(nowMs).toISOString();
  const columns: RecordColumn<MeasuredService>[] = [
    { name: text.service, cell: ({ service }) => service },
    { name: text.status, cell: ({ status }) => <StatusMark status={status} /> },
    { name: text.version, cell: ({ version }) => version ?? text.unknown },
    {
      name: text.lag,
      isNumber: true,
      cell: ({ lag }) => (lag === null ? text.unknown : formats.number(lag)),
    },
    { name: text.replicas, cell: ({ instances }) => <Replicas instances={instances} /> },
  ];
  return (
    <Shell title={text.title} refreshSeconds={REFRESH_SECONDS}>
      <div class="head">
        <p id="services-summary" class="lead" role="status" data-refresh={REFRESH_SECONDS}>
          {summaryOf(services, text)}
        </p>
        <p id="services-time" class="note" data-refresh={REFRESH_SECONDS}>
          {text.asOf} <Moment at={now} />
        </p>
      </div>
      <div data-refresh-away hidden>
        <Notice>{text.away}</Notice>
      </div>
      <div id="services-list" data-refresh={REFRESH_SECONDS}>
        <Records caption={text.title} columns={columns} rows={services} keyOf={({ service }) => service} />
      </div>
      <p class="note">{text.explanation}</p>
    </Shell>
  );
}

type Text = ReturnType<typeof useVisit>['words']['operator']['services'];

/** The one sentence that says whether anything is to be done. */
function summaryOf(services: readonly MeasuredService[], text: Text): string {
  const namesOf = (wanted: ServiceStatus) =>
    services.filter(({ status }) => status === wanted).map(({ service }) => service);
  const [down, degraded] = [namesOf('down'), namesOf('degraded')];
  const sentences = [
    ...(down.length > 0 ? [text.areDown(down.join(', '))] : []),
    ...(degraded.length > 0 ? [text.areDegraded(degraded.join(', '))] : []),
  ];
  return sentences.length > 0 ? sentences.join(' ') : text.allUp;
}

function StatusMark({ status }: { readonly status: ServiceStatus }) {
  const { words } = useVisit();
  return <Status mood={MOODS[status]}>{words.operator.services.statuses[status]}</Status>;
}

/** Each instance: silent ones stay for ten minutes, so that one sees what is missing. */
function Replicas({ instances }: { readonly instances: readonly InstanceState[] }) {
  const { words, formats, nowMs } = useVisit();
  const text = words.operator.services;
  if (instances.length === 0) return <span class="note">{text.noReplica}</span>;
  return (
    <ul>
      {instances.map(({ instance, status, startedAt, lastSeenAt, problem }) => (
        <li key={instance} class="records__part">
          <span>{instance}</span> <StatusMark status={status} />
          <div class="note">{text.since(formats.moment(startedAt))}</div>
          <div class="note">{text.heard(formats.ago(lastSeenAt, nowMs))}</div>
          {status === 'degraded' && problem !== null && (
            <div class="note" lang="en">
              {problem}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

import type { ChannelHealth } from '@kopeck/contracts';
import { Records, type RecordColumn } from '../../components/records.js';
import { Status } from '../../components/status.js';
import { useVisit } from '../../rendering/visit-context.js';
import { addressOfDeliveries } from './delivery-filter.js';

/** Each channel: whether it is set up, what waits for it, and how the last hour went. */
export function ChannelTable({ channels }: { readonly channels: readonly ChannelHealth[] }) {
  const { words, formats } = useVisit();
  const text = words.operatorDeliveries;
  const columns: RecordColumn<ChannelHealth>[] = [
    {
      name: text.channel,
      cell: ({ channel }) => <a href={addressOfDeliveries({ channel })}>{text.channels[channel]}</a>,
    },
    { name: text.state, cell: (health) => <ChannelState health={health} /> },
    { name: text.waiting, isNumber: true, cell: ({ waiting }) => formats.number(waiting) },
    { name: text.deliveredLastHour, isNumber: true, cell: ({ delivered }) => formats.number(delivered) },
    {
      name: text.failedLastHour,
      isNumber: true,
      cell: ({ channel, failed }) =>
        failed === 0 ? (
          formats.number(failed)
        ) : (
          <a href={addressOfDeliveries({ channel, status: 'failed' })}>{formats.number(failed)}</a>
        ),
    },
  ];
  return (
    <Records
      caption={text.channelsTitle}
      columns={columns}
      rows={channels}
      keyOf={({ channel }) => channel}
    />
  );
}

function ChannelState({ health }: { readonly health: ChannelHealth }) {
  const { words, formats, nowMs } = useVisit();
  const text = words.operatorDeliveries;
  const { isConfigured, failed, oldestDueAt } = health;
  const isLate = oldestDueAt !== null && Date.parse(oldestDueAt) < nowMs;
  return (
    <>
      {!isConfigured ? (
        <Status mood="plain">{text.notConfigured}</Status>
      ) : failed > 0 ? (
        <Status mood="bad">{text.hasFailures}</Status>
      ) : (
        <Status mood="good">{text.works}</Status>
      )}
      {isLate && <div class="note">{text.oldestDue(formats.ago(oldestDueAt, nowMs))}</div>}
    </>
  );
}

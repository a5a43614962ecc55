import { useVisit } from '../rendering/visit-context.js';
import { DataTable } from './data-table.js';
import { LineChart, type LineChartProps } from './line-chart.js';

export interface ChartFigureProps extends LineChartProps {
  /** What the columns of its table are called. */
  readonly timeName: string;
  readonly valueName: string;
  /** Exact, for the table. */
  readonly exactValue?: (index: number) => string;
}

/** A chart with its numbers below, folded away. */
export function ChartFigure(props: ChartFigureProps) {
  const { words } = useVisit();
  const { points, formatTime, formatValue, exactValue } = props;
  const rows = points.map((point, index) => ({ ...point, index })).toReversed();
  return (
    <figure class="figure">
      <LineChart {...props} />
      <details class="screen">
        <summary>{words.chart.numbers}</summary>
        <DataTable
          caption={props.title}
          hidesCaption
          rows={rows}
          keyOf={({ at }) => at}
          columns={[
            { name: props.timeName, cell: ({ at }) => formatTime(at), isHeading: true },
            {
              name: props.valueName,
              cell: ({ value, index }) => exactValue?.(index) ?? formatValue(value),
              isNumber: true,
            },
          ]}
        />
      </details>
    </figure>
  );
}

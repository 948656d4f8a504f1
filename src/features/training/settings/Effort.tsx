import { useId } from 'react';
import { useActions, useSelected } from '../../../app/store/hooks';
import { currentDataset } from '../../../app/store/store';
import { keptViews } from '../../../core/adaptation';
import type { RunConfig } from '../../../core/config';
import { applies } from '../../../core/methods';
import { keptBytes, trainingSeconds } from '../../../core/training_cost';
import { bytes, counted, duration } from '../../../widgets/amounts';

/** Whether steps draw from views that the frozen layers saw before training, or make fresh ones; and what either costs. */
export function Effort({ config }: { config: RunConfig }) {
  const { configure } = useActions();
  const dataset = useSelected(currentDataset);
  const imagesPerSecond = useSelected(({ device }) => device.report?.imagesPerSecond ?? 0);
  const problem = useSelected(({ settings }) => settings.problems.find(({ field }) => field === 'views')?.message);
  const id = useId();
  const { method, frozen, views, steps } = config;
  if (!dataset || !applies('views', method) || (frozen === 0 && !problem)) return null;
  const { count } = dataset;
  const most = views > 0 ? views : keptViews(config, count, steps ?? Number.POSITIVE_INFINITY);
  const time = (seconds: number | null): string => (seconds === null ? '' : `, about ${duration(rounded(seconds))}`);
  const facts = { ...dataset, imagesPerSecond };
  const quick = { ...config, views: most };
  const choices = [
    {
      views: most,
      title: 'Quick',
      about:
        most === 0
          ? 'The views of so many pictures would take more time and memory than they spare.'
          : `${counted(most, 'view')} of each picture, seen once and kept: ${bytes(keptBytes(quick, count))} of memory${time(trainingSeconds(quick, facts))}.`,
    },
    {
      views: 0,
      title: 'Thorough',
      about: `Fresh views for each step: nothing kept${time(trainingSeconds({ ...config, views: 0 }, facts))}.`,
    },
  ];
  return (
    <fieldset className="effort">
      <legend className="visually-hidden">Views</legend>
      {choices.map((choice, i) => (
        <label key={choice.title} className="effort-choice">
          <input
            type="radio"
            name={id}
            disabled={i === 0 && most === 0}
            checked={i === 0 ? views > 0 : views === 0}
            onChange={() => configure({ views: choice.views })}
          />
          <span>{choice.title}</span>
          <span className="small muted">{choice.about}</span>
        </label>
      ))}
      {problem && <p className="setting-problem small">{problem}</p>}
    </fieldset>
  );
}

/** Nobody can foretell seconds of minutes. */
function rounded(seconds: number): number {
  const unit = seconds < 60 ? 10 : seconds < 3600 ? 60 : 3600;
  return Math.max(10, unit * Math.round(seconds / unit));
}

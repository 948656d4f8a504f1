import { adaptingQueue, augmentationOf, CHOSEN_START, keptViews, LEAST_SIDE } from '../../core/adaptation';
import { significant } from '../../core/amounts';
import { checkConfig } from '../../core/check';
import type { BundledStart, EncoderConfig, Preset, RunConfig } from '../../core/config';
import { chooseDefaults, type Facts, groupsFor, queueFor } from '../../core/defaults';
import { applies } from '../../core/methods';
import { PRESETS } from '../../core/presets';
import { PRETRAINED } from '../../core/pretrained';
import { reasonsFor } from '../../core/reasons';
import type { Dataset, DeviceReport, WeightsFile } from '../../core/records';
import { keptCount } from '../../core/set_aside';
import type { SettingsSlice } from '../store/slices';
import { kindOf } from './pictureKind';

type Edited = Partial<RunConfig>;

/** What is known of what trains. */
type Device = Pick<DeviceReport, 'imagesPerSecond' | 'keepsHalf'>;

/** What was not set by hand follows what was: the queue, rate and groups their batch; the recipe its name and the side. */
function follow(defaults: RunConfig, { start: _, ...all }: Edited, count: number): RunConfig {
  // What was set for another method waits until that one is chosen again; what is started from, the defaults have.
  const edited: Edited = Object.fromEntries(
    Object.entries(all).filter(([field]) => applies(field as keyof RunConfig, defaults.method)),
  );
  const config: RunConfig = { ...defaults, ...edited };
  const { batch, symmetric } = config;
  const enqueued = symmetric ? 2 * batch : batch;
  const following: Edited = { augmentation: augmentationOf(config) };
  if ((edited.batch !== undefined || symmetric) && Number.isInteger(batch) && batch >= 1) {
    const adapts = config.norms === 'running';
    following.queue = adapts ? adaptingQueue(count, enqueued) : queueFor(count, batch, enqueued);
    following.learningRate = (defaults.learningRate * batch) / defaults.batch;
    if (config.method === 'moco' && config.norms === 'batch')
      following.groups = groupsFor(batch, Math.max(2, defaults.groups));
  }
  // Kept views are to save time: how many do, steps and frozen layers say.
  const views = config.views > 0 ? keptViews(config, count, config.steps ?? Number.POSITIVE_INFINITY) : 0;
  return { ...config, ...following, ...edited, views };
}

/** What is started from: not chosen where the user says nothing of it; random weights where another encoder was set. */
function startIn({ start, backbone, width, side = Number.POSITIVE_INFINITY }: Edited): RunConfig['start'] | undefined {
  if (start !== undefined) return start;
  const bundled = PRETRAINED.find(({ name }) => name === backbone)?.name;
  if (bundled) return { bundled };
  return backbone !== undefined || width !== undefined || side < LEAST_SIDE ? null : undefined;
}

/** Fields whose reason is of the value that would be chosen, not of the field. */
const OF_VALUE: readonly (keyof RunConfig)[] = [
  ...(['steps', 'temperature', 'queue', 'side'] as const),
  ...(['learningRate', 'optimizerMomentum', 'weightDecay'] as const),
];

const shown = (value: RunConfig[keyof RunConfig]): string =>
  typeof value === 'number' ? significant(value, 4) : Array.isArray(value) ? value.join(' to ') : String(value);

/** The next run's values for these pictures on this device, with what the user has set. */
export function settle(dataset: Dataset | null, device: Device | null, edited: Edited): SettingsSlice {
  const count = dataset ? keptCount(dataset) : 0;
  if (!dataset || count === 0) return { config: null, edited, reasons: {}, problems: [] };
  const { medianSide, storedSide } = dataset;
  const kind = kindOf(dataset);
  const { recipe } = kind;
  const facts: Facts = { count, medianSide, storedSide, imagesPerSecond: device?.imagesPerSecond ?? 0, recipe };
  const start = startIn(edited);
  const defaults = chooseDefaults(facts, edited.preset, edited.seed, start);
  const config = follow(defaults, edited, count);
  const reasons = reasonsFor(config, facts);
  if (kind.why && config.recipe === kind.recipe) reasons.recipe = kind.why;
  const unset = follow(defaults, { preset: config.preset }, count);
  const unsetReasons = reasonsFor(unset, facts);
  for (const field of Object.keys(edited) as (keyof RunConfig)[]) {
    if (field === 'augmentation' || field === 'preset' || field === 'start' || edited[field] === unset[field]) continue;
    const value = unset[field] === null ? 'none' : shown(unset[field]);
    const why = OF_VALUE.includes(field)
      ? `: ${(unsetReasons[field] ?? '').replace(/^[A-Z](?=[a-z]* )/, (first) => first.toLowerCase())}`
      : `. ${reasons[field] ?? ''}`;
    reasons[field] = `Set by you; ${value} would be the choice here${why}`.trim();
  }
  return {
    config,
    edited,
    reasons,
    problems: checkConfig(config, { count, storedSide, keepsHalf: device?.keepsHalf }),
  };
}

/** Choosing a preset gives up the values it stands for, whoever set them. */
export function withPreset(edited: Edited, preset: Preset): Edited {
  const dropped = new Set([...Object.keys(PRESETS[preset]), 'augmentation']);
  const kept = Object.entries(edited).filter(([field]) => !dropped.has(field));
  return { ...Object.fromEntries(kept), preset };
}

/** What methods that are compared start from beside random weights; null: from these alone, as the user has chosen. */
export function comparedStart(edited: Edited): RunConfig['start'] {
  const start = startIn(edited);
  return start === undefined ? CHOSEN_START : start;
}

/** What was set for another start: shapes of encoders, and what only pretrained weights have a use for. */
const OF_START = ['start', 'backbone', 'width', 'stem', 'frozen', 'views', 'neighbours'];

/** What the user has set, for a run that starts from something else. */
export function withStart(edited: Edited, weights: WeightsFile | BundledStart | null): Edited {
  const bundled = weights !== null && 'bundled' in weights;
  const kept = Object.entries(edited).filter(
    ([field, value]) => !OF_START.includes(field) && !(bundled && field === 'side' && Number(value) < LEAST_SIDE),
  );
  const start = weights === null || bundled ? weights : { name: weights.name, sha256: weights.sha256 };
  return { ...Object.fromEntries(kept), ...(weights && !bundled ? weights.encoder : {}), start };
}

export const encoderOf = ({ backbone, width, stem, head, dim }: RunConfig): EncoderConfig => ({
  backbone,
  width,
  stem,
  head,
  dim,
});

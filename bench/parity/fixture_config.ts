import { Fault } from '../../src/core/fault';

/** The reference's settings, by its own names. */
export interface FixtureConfig {
  method: 'moco' | 'simclr';
  side: number;
  batchSize: number;
  steps: number;
  blocks: number[];
  width: number;
  head: 'linear' | 'mlp';
  dim: number;
  /** Batch-norm groups. */
  splits: number;
  symmetric: boolean;
  temperature: number;
  keyMomentum: number;
  optimizerMomentum: number;
  weightDecay: number;
  learningRate: number;
  schedule: 'cosine' | 'constant';
  /** 0 for SimCLR. */
  queueSize: number;
}

const isWhole = (least: number) => (value: unknown) => Number.isInteger(value) && (value as number) >= least;
const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
const isOneOf =
  (...choices: unknown[]) =>
  (value: unknown) =>
    choices.includes(value);

/** What each setting must be. Bounds keep a hostile file from asking for absurd memory. */
const RULES: Record<keyof FixtureConfig, (value: unknown) => boolean> = {
  method: isOneOf('moco', 'simclr'),
  side: (value) => isWhole(1)(value) && (value as number) <= 512,
  batchSize: (value) => isWhole(1)(value) && (value as number) <= 4096,
  steps: (value) => isWhole(1)(value) && (value as number) <= 100_000,
  blocks: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= 8 &&
    value.every((count) => isWhole(1)(count) && count <= 64),
  width: (value) => isWhole(1)(value) && (value as number) <= 1024,
  head: isOneOf('linear', 'mlp'),
  dim: (value) => isWhole(1)(value) && (value as number) <= 65_536,
  splits: isWhole(1),
  symmetric: isOneOf(true, false),
  temperature: (value) => isNumber(value) && (value as number) > 0,
  keyMomentum: isNumber,
  optimizerMomentum: isNumber,
  weightDecay: isNumber,
  learningRate: isNumber,
  schedule: isOneOf('cosine', 'constant'),
  queueSize: isWhole(0),
};

/** @throws Fault('file') naming the setting that does not fit. */
export function readFixtureConfig(name: string, text: string | undefined): FixtureConfig {
  if (text === undefined) throw new Fault('file', `${name} has no run settings in its metadata.`, 'Give a fixture.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Fault('file', `${name}: the settings in its metadata are not JSON.`);
  }
  if (typeof parsed !== 'object' || parsed === null) throw new Fault('file', `${name}: its settings are no record.`);
  const values = parsed as Record<string, unknown>;
  for (const [field, fits] of Object.entries(RULES))
    if (!Object.hasOwn(values, field) || !fits(values[field]))
      throw new Fault('file', `${name}: the setting '${field}' is ${JSON.stringify(values[field]) ?? 'missing'}.`);
  const config = values as unknown as FixtureConfig;
  if (config.method === 'moco' && config.queueSize < 1)
    throw new Fault('file', `${name}: MoCo needs a queue and queueSize is ${config.queueSize}.`);
  const rows = config.method === 'simclr' ? 2 * config.batchSize : config.batchSize;
  if (rows % config.splits !== 0)
    throw new Fault('file', `${name}: ${rows} pictures do not divide into ${config.splits} groups.`);
  return config;
}

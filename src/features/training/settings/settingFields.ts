import type { RunConfig } from '../../../core/config';
import { applies } from '../../../core/methods';

/** How one value of a run is edited. */
export type SettingField = {
  label: string;
  /** The papers' term or symbol, shown to experts. */
  symbol?: string;
} & (
  | { kind: 'number'; field: NumberField; step?: number; whole?: boolean }
  | { kind: 'choice'; field: ChoiceField; choices: readonly (readonly [string | number, string])[] }
  | { kind: 'switch'; field: SwitchField }
);

type FieldOf<T> = { [F in keyof RunConfig]: RunConfig[F] extends T ? F : never }[keyof RunConfig];
type NumberField = FieldOf<number>;
type ChoiceField = FieldOf<string | number>;
type SwitchField = FieldOf<boolean>;

export interface SettingGroup {
  title: string;
  fields: readonly SettingField[];
}

/** Settings that the card itself shows; all others stand under "All settings". */
const ON_CARD: readonly (keyof RunConfig)[] = ['start', 'views', 'recipe'];

export const isOnCard = (field: keyof RunConfig): boolean => ON_CARD.includes(field);

/** The shape of an encoder whose weights are given follows from them; norms that rest have neither groups nor keys of their own. */
const FROM_WEIGHTS: readonly (keyof RunConfig)[] = ['backbone', 'width', 'stem'];
const LEARNING_NORMS: readonly (keyof RunConfig)[] = ['keyNorm', 'groups'];

/** Whether a setting has a use in a run of these values. */
export const isUseful = (field: keyof RunConfig, { method, start, norms }: RunConfig): boolean =>
  applies(field, method) &&
  !(start !== null && FROM_WEIGHTS.includes(field)) &&
  !(start === null && field === 'neighbours') &&
  !(norms === 'running' && LEARNING_NORMS.includes(field));

export const GROUPS: readonly SettingGroup[] = [
  {
    title: 'Network',
    fields: [
      {
        kind: 'choice',
        field: 'backbone',
        label: 'Network',
        symbol: 'backbone',
        choices: [
          ['resnet8', 'ResNet-8'],
          ['resnet18', 'ResNet-18'],
          ['resnet34', 'ResNet-34'],
          ['resnet50', 'ResNet-50'],
        ],
      },
      {
        kind: 'choice',
        field: 'width',
        label: 'Channels',
        symbol: 'width',
        choices: [
          [16, '16 channels'],
          [32, '32 channels'],
          [64, '64 channels'],
        ],
      },
      {
        kind: 'choice',
        field: 'stem',
        label: 'First layer',
        symbol: 'stem',
        choices: [
          ['cifar', 'CIFAR, 3 x 3'],
          ['imagenet', 'ImageNet, 7 x 7'],
        ],
      },
      { kind: 'number', field: 'side', label: 'Size of a view (px)', step: 4, whole: true },
      {
        kind: 'choice',
        field: 'head',
        label: 'Projection head',
        choices: [
          ['linear', 'Linear'],
          ['mlp', 'Hidden layer'],
          ['mlp-norm', 'Hidden layer, norms'],
        ],
      },
      { kind: 'number', field: 'dim', label: 'Size of a projection or code', symbol: 'C', whole: true },
    ],
  },
  {
    title: 'Method',
    fields: [
      { kind: 'number', field: 'batch', label: 'Batch size', symbol: 'B', whole: true },
      { kind: 'number', field: 'queue', label: 'Queue length', symbol: 'K', whole: true },
      { kind: 'number', field: 'temperature', label: 'Temperature', symbol: 'T', step: 0.01 },
      { kind: 'switch', field: 'decoupled', label: 'Decoupled loss', symbol: 'DCL' },
      { kind: 'number', field: 'margin', label: 'Margin', symbol: 'alpha', step: 0.05 },
      { kind: 'number', field: 'inputNoise', label: 'Noise on the input', step: 0.05 },
      { kind: 'number', field: 'masked', label: 'Hidden share of the input', step: 0.05 },
      { kind: 'number', field: 'beta', label: 'Weight of the divergence', symbol: 'beta', step: 0.1 },
      { kind: 'number', field: 'betaWarmup', label: 'Warm-up of that weight (share of the steps)', step: 0.05 },
      { kind: 'switch', field: 'symmetric', label: 'Symmetric loss' },
      {
        kind: 'choice',
        field: 'keyNorm',
        label: 'Batch norm of the keys',
        choices: [
          ['shuffle', 'Shuffled groups'],
          ['eman', 'EMAN'],
        ],
      },
      { kind: 'number', field: 'groups', label: 'Batch-norm groups', whole: true },
    ],
  },
  {
    title: 'Learning',
    fields: [
      { kind: 'number', field: 'learningRate', label: 'Learning rate', step: 0.01 },
      {
        kind: 'choice',
        field: 'schedule',
        label: 'Schedule of the rate',
        choices: [
          ['cosine', 'Cosine'],
          ['steps', 'In two steps'],
          ['constant', 'Constant'],
        ],
      },
      { kind: 'number', field: 'warmup', label: 'Warm-up (share of the steps)', step: 0.01 },
      { kind: 'number', field: 'optimizerMomentum', label: 'Optimizer momentum', step: 0.05 },
      { kind: 'number', field: 'weightDecay', label: 'Weight decay', step: 0.0001 },
      { kind: 'switch', field: 'decayAll', label: 'Decay norms and biases as well' },
      {
        kind: 'choice',
        field: 'precision',
        label: 'Precision of activations',
        choices: [
          ['full', 'Full, 32 bits'],
          ['half', 'Half, 16 bits'],
        ],
      },
      { kind: 'number', field: 'seed', label: 'Seed', whole: true },
    ],
  },
];

/** What a setting is called on the page, where it has a name there. */
export const settingLabel = (field: keyof RunConfig): string | undefined =>
  GROUPS.flatMap(({ fields }) => fields).find((setting) => setting.field === field)?.label;

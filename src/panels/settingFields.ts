import type { RunConfig } from '../core/config';

/** How one value of a run is edited. */
export type SettingField =
  | { kind: 'number'; field: NumberField; label: string; step?: number; whole?: boolean }
  | { kind: 'choice'; field: ChoiceField; label: string; choices: readonly (readonly [string | number, string])[] }
  | { kind: 'switch'; field: SwitchField; label: string };

type FieldOf<T> = { [F in keyof RunConfig]: RunConfig[F] extends T ? F : never }[keyof RunConfig];
type NumberField = FieldOf<number>;
type ChoiceField = FieldOf<string | number>;
type SwitchField = FieldOf<boolean>;

export interface SettingGroup {
  title: string;
  fields: readonly SettingField[];
}

/** Settings that most people want to see, always open. Steps, recipe and preset have controls of their own. */
export const BASICS: readonly SettingField[] = [
  {
    kind: 'choice',
    field: 'backbone',
    label: 'Backbone',
    choices: [
      ['resnet8', 'ResNet-8'],
      ['resnet18', 'ResNet-18'],
      ['resnet34', 'ResNet-34'],
      ['resnet50', 'ResNet-50'],
      ['mobilenet-v2', 'MobileNetV2'],
      ['inception-v3', 'InceptionV3'],
    ],
  },
  {
    kind: 'choice',
    field: 'width',
    label: 'Width',
    choices: [
      [16, '16 channels'],
      [32, '32 channels'],
      [64, '64 channels'],
    ],
  },
  { kind: 'number', field: 'side', label: 'Side of a view (px)', step: 4, whole: true },
  { kind: 'number', field: 'batch', label: 'Pictures a step (B)', whole: true },
  { kind: 'number', field: 'queue', label: 'Rows of the queue (K)', whole: true },
  { kind: 'number', field: 'views', label: 'Views kept of each picture, 0: fresh ones', whole: true },
  { kind: 'number', field: 'neighbours', label: 'Mutual neighbours as positives', step: 5, whole: true },
];

export const GROUPS: readonly SettingGroup[] = [
  {
    title: 'Encoder',
    fields: [
      {
        kind: 'choice',
        field: 'stem',
        label: 'Stem',
        choices: [
          ['cifar', 'CIFAR, 3 x 3'],
          ['imagenet', 'ImageNet, 7 x 7'],
        ],
      },
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
      { kind: 'number', field: 'dim', label: 'Columns of a projection or code', whole: true },
    ],
  },
  {
    title: 'Method',
    fields: [
      { kind: 'number', field: 'temperature', label: 'Temperature (T)', step: 0.01 },
      { kind: 'switch', field: 'decoupled', label: 'Decoupled loss (DCL)' },
      { kind: 'number', field: 'margin', label: 'Margin', step: 0.05 },
      { kind: 'number', field: 'inputNoise', label: 'Noise on the input', step: 0.05 },
      { kind: 'number', field: 'masked', label: 'Hidden share of the input', step: 0.05 },
      { kind: 'number', field: 'beta', label: 'Beta', step: 0.1 },
      { kind: 'number', field: 'betaWarmup', label: 'Warm-up of beta (share of the steps)', step: 0.05 },
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
          ['cosine', 'Half a cosine'],
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

import { type BackboneName, isResnet, type RunConfig } from './config';
import { STAGES } from './representation';

// Stages of a backbone in words, and the size of their maps.

/** 'early and middle layers': what lies below and in a stage, for those who do not know its name. */
export function stageHint(backbone: BackboneName, stage: number): string {
  const stages = STAGES[backbone].length;
  if (stage === stages - 1) return 'all layers: only the head learns';
  if (stage === stages - 2) return 'all but the last layers';
  return (stage + 1) / stages <= 0.35 ? 'early layers' : 'early and middle layers';
}

/** 'none', 'up to mixed3' */
export const frozenWords = ({ backbone, frozen }: Pick<RunConfig, 'backbone' | 'frozen'>): string =>
  frozen === 0 ? 'none' : `up to ${STAGES[backbone][frozen - 1]}`;

/** Channels of each stage's maps; of ResNets in multiples of the width. */
const CHANNELS: Record<BackboneName, readonly number[]> = {
  resnet8: [1, 1, 2, 4],
  resnet18: [1, 1, 2, 4, 8],
  resnet34: [1, 1, 2, 4, 8],
  resnet50: [1, 4, 8, 16, 32],
  'mobilenet-v2': [16, 24, 32, 64, 96, 160, 1280],
  'inception-v3': [192, 256, 288, 288, 768, 768, 768],
};

/** By how much each stage of MobileNetV2 shrinks the side. */
const SHRINKS = [2, 4, 8, 16, 16, 32, 32];

/** A window of 3 with stride 2, without padding. */
const strided = (side: number): number => Math.floor((side - 3) / 2) + 1;

type Shape = Pick<RunConfig, 'backbone' | 'width' | 'stem' | 'side'>;

function mapSide({ backbone, stem, side }: Shape, stage: number): number {
  if (backbone === 'mobilenet-v2') return Math.ceil(side / SHRINKS[stage]);
  if (backbone === 'inception-v3') {
    const stemSide = strided(strided(strided(side) - 2) - 2);
    return stage < 4 ? stemSide : strided(stemSide);
  }
  return Math.ceil(side / ((stem === 'imagenet' ? 4 : 1) * 2 ** Math.max(0, stage - 1)));
}

/** Numbers of a view's map of a stage: H x W x channels. */
export function mapSize(config: Shape, stage: number): number {
  const { backbone, width } = config;
  const channels = CHANNELS[backbone][stage] * (isResnet(backbone) ? width : 1);
  return mapSide(config, stage) ** 2 * channels;
}

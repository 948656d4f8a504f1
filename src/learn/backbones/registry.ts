import type { BackboneName, EncoderConfig } from '../../core/config';
import type { Backbone } from './backbone';
import { inceptionV3 } from './inception_v3';
import { mobilenetV2 } from './mobilenet_v2';
import { resnet } from './resnet';

/** Width and stem, which only ResNets have a use for: the others are as their makers trained them. */
export type BackboneShape = Pick<EncoderConfig, 'width' | 'stem'>;

/** What configs say where width and stem mean nothing. */
export const FIXED_SHAPE: BackboneShape = { width: 64, stem: 'imagenet' };

/** Every backbone there is: how it is made of an encoder's config. */
export const BACKBONES: Readonly<Record<BackboneName, (shape: BackboneShape) => Backbone>> = {
  resnet8: (shape) => resnet({ block: 'basic', blocks: [1, 1, 1], ...shape }),
  resnet18: (shape) => resnet({ block: 'basic', blocks: [2, 2, 2, 2], ...shape }),
  resnet34: (shape) => resnet({ block: 'basic', blocks: [3, 4, 6, 3], ...shape }),
  resnet50: (shape) => resnet({ block: 'bottleneck', blocks: [3, 4, 6, 3], ...shape }),
  'mobilenet-v2': mobilenetV2,
  'inception-v3': inceptionV3,
};

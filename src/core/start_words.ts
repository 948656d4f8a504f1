import { isBundled, type RunConfig } from './config';
import { pretrainedNamed } from './pretrained';

/** 'InceptionV3', 'birds.safetensors', 'random weights' */
export function startTitle(start: RunConfig['start']): string {
  if (start === null) return 'random weights';
  return isBundled(start) ? pretrainedNamed(start.bundled).title : start.name;
}

/** A method with what it starts from: 'MoCo v2 from InceptionV3', 'MoCo v2, random weights'. */
export const withStartTitle = (method: string, start: RunConfig['start']): string =>
  `${method}${start === null ? ', ' : ' from '}${startTitle(start)}`;

/** Whether both are the same weights. */
export const sameStart = (one: RunConfig['start'], other: RunConfig['start']): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

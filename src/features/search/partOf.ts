import type { Thumbnails } from '../../app/pictures/thumbnails';
import type { OutsidePicture } from '../../app/store/slices';
import type { Region } from '../../widgets/RegionPicture';
import { squareAround } from './squareAround';

/** Cuts a region out of a picture of the data set, of which there is the thumbnail, or of one from outside. */
export async function partOf(
  pictures: Pick<Thumbnails, 'imagesAt'>,
  of: number | OutsidePicture,
  region: Region,
): Promise<OutsidePicture> {
  const [picture] = typeof of === 'number' ? await pictures.imagesAt(of, 1) : [];
  const image = new Image();
  image.src = typeof of === 'number' ? (picture?.url ?? '') : of.url;
  await image.decode();
  const { left, top, width, height } = squareAround(region, image.naturalWidth, image.naturalHeight);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.drawImage(image, left, top, width, height, 0, 0, width, height);
  const file = await canvas.convertToBlob();
  const name = `Part of ${typeof of === 'number' ? (picture?.path ?? 'a picture') : of.name}`;
  return { name, file, url: URL.createObjectURL(file), part: { of, region } };
}

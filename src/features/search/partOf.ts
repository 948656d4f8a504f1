import type { Thumbnails } from '../../app/pictures/thumbnails';
import type { OutsidePicture } from '../../app/store/slices';
import type { Region } from '../../widgets/RegionPicture';

/**
 * The pixels of a picture [height, width] that a region is searched by: encoders see squares, so the smallest square around
 * it that the picture holds, and where it holds none all of its short side.
 */
export function squareAround(region: Region, width: number, height: number): Region {
  const side = Math.max(1, Math.round(Math.max(region.width * width, region.height * height)));
  const along = (from: number, share: number, whole: number): [from: number, length: number] => {
    const length = Math.min(side, whole);
    const centred = Math.round((from + share / 2) * whole - length / 2);
    return [Math.min(Math.max(0, centred), whole - length), length];
  };
  const [left, wide] = along(region.left, region.width, width);
  const [top, high] = along(region.top, region.height, height);
  return { left, top, width: wide, height: high };
}

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

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

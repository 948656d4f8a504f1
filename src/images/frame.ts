import { borrow } from './buffers';
import { overWhite, swapRedAndBlue } from './pixels';
import { pixelRaster, type Raster, turnedSize } from './raster';
import { reducedPixels, reduction } from './reduce';

/** Newer browsers say how a frame is to be turned clockwise and then mirrored (WebCodecs, 2025). */
type TurnedFrame = VideoFrame & { rotation?: number; flip?: boolean };

const PLANAR: Partial<Record<string, { across: number; down: number }>> = {
  I420: { across: 2, down: 2 },
  I422: { across: 2, down: 1 },
  I444: { across: 1, down: 1 },
};
const PIXELS = ['RGBX', 'RGBA', 'BGRX', 'BGRA'];
const MATRICES = ['rgb', 'smpte170m', 'bt470bg'];
const ORIENTATIONS = [1, 2, 6, 5, 3, 4, 8, 7];

/** Whether our own arithmetic gives the colours that the browser would show: 8 bits, sRGB, JPEG's matrix. */
export function plain(frame: VideoFrame): boolean {
  const { primaries, transfer, matrix } = frame.colorSpace;
  const known = frame.format !== null && (frame.format in PLANAR || PIXELS.includes(frame.format));
  const planarMatrix = (matrix === 'rgb') === PIXELS.includes(frame.format ?? '');
  const srgb = primaries === 'bt709' && transfer === 'iec61966-2-1';
  return known && srgb && MATRICES.includes(matrix ?? '') && planarMatrix;
}

/** EXIF orientation of a frame, or null where the browser does not say. */
export function frameOrientation(frame: TurnedFrame): number | null {
  if (frame.rotation === undefined) return null;
  return ORIENTATIONS[(frame.rotation / 90) * 2 + (frame.flip ? 1 : 0)];
}

/**
 * The pixels of a frame, over white where they are transparent. Large frames are averaged down on the way, to no less
 * than twice `wanted` pixels of the short side, so that memory holds them once only.
 */
export async function frameRaster(frame: VideoFrame, orientation: number, wanted: number): Promise<Raster> {
  const { codedWidth: width, codedHeight: height } = frame;
  const turned = { orientation, shown: turnedSize({ width, height }, orientation) };
  const factor = reduction(width, height, wanted);
  if (factor > 1) return reducedPixels(frame, turned, factor);
  const bytes = borrow(frame.allocationSize());
  const layout = await frame.copyTo(bytes);
  const format = frame.format ?? '';
  const sampling = PLANAR[format];
  if (!sampling) {
    if (format.startsWith('BGR')) swapRedAndBlue(bytes);
    if (format.endsWith('A')) overWhite(bytes);
    const raster = pixelRaster(bytes, width, height, 4, turned);
    Object.assign(raster.sources[0], layout[0]);
    return raster;
  }
  const sources = layout.map(({ offset, stride }, plane) => {
    const across = plane === 0 ? 1 : sampling.across;
    const down = plane === 0 ? 1 : sampling.down;
    const [columns, rows] = [Math.ceil(width / across), Math.ceil(height / down)];
    return { offset, stride, channels: 1, columns, rows, width: width / across, height: height / down };
  });
  return { bytes, sources, colours: frame.colorSpace.fullRange ? 'full' : 'limited', width, height, ...turned };
}

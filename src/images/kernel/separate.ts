import type { WasmFunction } from '../../core/assemble';

/** Pixels of three or four bytes, of which the first three are wanted. */
export type Channels = 3 | 4;

export const separateName = (channels: number, channel: number): string => `separate${channel}of${channels}`;

/**
 * Copies one channel of pixels to bytes of their own, eight pixels at a time, `count` times. Two loads reach over them:
 * the second begins where the last sixteen bytes of the eight pixels do.
 */
function separate(channels: Channels, channel: number): WasmFunction {
  const second = 8 * channels - 16;
  const lanes = Array.from({ length: 8 }, (_, pixel) => pixel * channels + channel).map((byte) =>
    byte < 16 ? byte : byte - second + 16,
  );
  return {
    name: separateName(channels, channel),
    params: ['src', 'dst', 'count'],
    locals: {},
    body: `
      loop
        local.get dst
          local.get src v128.load
          local.get src i32.const ${second} i32.add v128.load
          i8x16.shuffle ${lanes.join(' ')} 0 0 0 0 0 0 0 0
          v128.store64_lane 0
        local.get src i32.const ${8 * channels} i32.add local.set src
        local.get dst i32.const 8 i32.add local.set dst
        local.get count i32.const 1 i32.sub local.tee count
        br_if 0
      end`,
  };
}

export const separations: WasmFunction[] = ([3, 4] as const).flatMap((channels) =>
  [0, 1, 2].map((channel) => separate(channels, channel)),
);

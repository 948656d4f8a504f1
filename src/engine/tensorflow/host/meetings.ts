import type { Geometry } from '../geometry';

/** Calls `visit` with the pixel of x, the tap of the window and the pixel of y for every two places that meet under a tap. */
export function eachMeeting(g: Geometry, visit: (x: number, tap: number, y: number) => void): void {
  for (let n = 0; n < g.batchSize; n++)
    for (let row = 0; row < g.outHeight; row++)
      for (let column = 0; column < g.outWidth; column++) {
        const y = (n * g.outHeight + row) * g.outWidth + column;
        for (let tapRow = 0; tapRow < g.filterHeight; tapRow++) {
          const inRow = row * g.strideHeight + tapRow - g.padInfo.top;
          if (inRow < 0 || inRow >= g.inHeight) continue;
          for (let tap = 0; tap < g.filterWidth; tap++) {
            const inColumn = column * g.strideWidth + tap - g.padInfo.left;
            if (inColumn < 0 || inColumn >= g.inWidth) continue;
            visit((n * g.inHeight + inRow) * g.inWidth + inColumn, tapRow * g.filterWidth + tap, y);
          }
        }
      }
}

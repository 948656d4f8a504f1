import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

/** Pictures made up on the spot: each class has its own colours and stripes, each picture its own shift and noise. */

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** An 8-bit RGB picture as PNG. `rgb` gives the colour of a pixel, 0 to 255. */
function png(side: number, rgb: (x: number, y: number) => readonly [number, number, number]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(side * (1 + 3 * side));
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) rows.set(rgb(x, y), y * (1 + 3 * side) + 1 + 3 * x);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), ...parts]);
}

/** Mulberry32: numbers in [0, 1) that are the same every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function picture(index: number, label: number, side = 48): Buffer {
  const next = random(index * 7919 + label);
  const [shift, strength, angle] = [next() * 6, 60 + 40 * next(), label * 0.8 + 0.2 * next()];
  const base = [0, 1, 2].map((channel) => 128 + 80 * Math.sin(label * 1.7 + channel * 2.1));
  return png(side, (x, y) => {
    const stripe = Math.sin((x * Math.cos(angle) + y * Math.sin(angle)) / (1.5 + label * 0.4) + shift);
    const colour = base.map((value) => Math.min(255, Math.max(0, value + strength * stripe + 30 * (next() - 0.5))));
    return colour as unknown as readonly [number, number, number];
  });
}

/** A folder that is removed by `remove`, of `count` pictures in sub-folders by class. */
export function folderOfPictures(count: number, { classes = 4, side = 48 } = {}): { path: string; remove(): void } {
  const parent = mkdtempSync(join(tmpdir(), 'lookalike-pictures-'));
  const path = join(parent, 'made-up');
  for (let label = 0; label < classes; label++) mkdirSync(join(path, `class ${label}`), { recursive: true });
  for (let index = 0; index < count; index++) {
    const label = index % classes;
    writeFileSync(join(path, `class ${label}`, `${String(index).padStart(5, '0')}.png`), picture(index, label, side));
  }
  return { path, remove: () => rmSync(parent, { recursive: true, force: true }) };
}

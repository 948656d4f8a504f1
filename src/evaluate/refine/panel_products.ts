import { assemble, type WasmFunction } from '../../core/assemble';
import type { Rows } from '../rows';

/** Rows of a panel, side by side: a vector of WebAssembly has one value of each. */
export const PANEL = 4;

const SUMS = ['a', 'b', 'c', 'd'];

const accumulated = (sum: string): string => `
        local.get ${sum} local.get x local.get tile v128.load32_splat f32x4.mul f32x4.add local.set ${sum}
        local.get tile i32.const 4 i32.add local.set tile`;

const stored = (sum: string): string => `
      local.get out local.get ${sum} v128.store
      local.get out i32.const 16 i32.add local.set out`;

/** out [panels, 4, 4] = products of each row of `panels` panels from `at` on with the four rows of the panel at `first`. */
const products: WasmFunction = {
  name: 'products',
  params: ['first', 'panels', 'dim', 'at', 'out'],
  locals: { tile: 'i32', k: 'i32', x: 'v128', a: 'v128', b: 'v128', c: 'v128', d: 'v128' },
  body: `
    loop ;; a panel
      v128.const_i32x4_splat 0 local.tee a local.tee b local.tee c local.set d
      local.get first local.set tile
      local.get dim local.set k
      loop ;; a column of it
        local.get at v128.load local.set x
        ${SUMS.map(accumulated).join('')}
        local.get at i32.const 16 i32.add local.set at
        local.get k i32.const 1 i32.sub local.tee k
        br_if 0
      end
      ${SUMS.map(stored).join('')}
      local.get panels i32.const 1 i32.sub local.tee panels
      br_if 0
    end`,
};

/**
 * Products of rows of length 1 in single precision, several times as fast as in double precision: they tell which pairs
 * are worth an exact one. None is off by more than `error`.
 */
export class PanelProducts {
  readonly error: number;
  /** [panels, 4, 4]: per panel and row of the panel asked for, the products with the panel's rows. */
  readonly out: Float32Array;
  private readonly run: (first: number, panels: number, dim: number, at: number, out: number) => void;
  private readonly dim: number;

  constructor({ values, count, dim }: Rows) {
    const panels = Math.ceil(count / PANEL);
    const laidOut = panels * PANEL * dim;
    const bytes = 4 * (laidOut + panels * PANEL * PANEL);
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 2 ** 16) });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assemble([products])), { env: { memory } });
    this.run = exports.products as typeof this.run;
    this.dim = dim;
    this.error = (dim + 2) * 2 ** -23;
    this.out = new Float32Array(memory.buffer, 4 * laidOut, panels * PANEL * PANEL);
    const rows = new Float32Array(memory.buffer, 0, laidOut);
    for (let row = 0, from = 0; row < count; row++)
      for (let i = 0, at = (row - (row % PANEL)) * dim + (row % PANEL); i < dim; i++, at += PANEL)
        rows[at] = values[from++];
  }

  /** The products of a panel's rows with those of all panels up to it, into `out`. */
  ofPanel(panel: number): void {
    this.run(panel * PANEL * 4 * this.dim, panel + 1, this.dim, 0, this.out.byteOffset);
  }
}

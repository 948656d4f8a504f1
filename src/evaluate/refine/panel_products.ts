import { builds } from 'virtual:panel-products';
import { fromBase64 } from '../../core/formats/base64';
import type { Rows } from '../rows';

/** Rows of a panel, side by side: a vector of WebAssembly has one value of each. */
export const PANEL = 4;

const compiled = new WebAssembly.Module(fromBase64(builds.plain));

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
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
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

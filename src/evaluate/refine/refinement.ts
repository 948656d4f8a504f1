import { gram, transposed } from '../gram';
import { scaleOf } from '../linear/standardise';
import { fillTile, TILE, tileProducts } from '../products';
import { checkRows, pickRows, type Rows, unitRows } from '../rows';
import { allRows, sampleRows } from '../sample';
import { settleSign } from '../symmetric_eigenvectors';
import { leadingEigenvectors } from './leading_eigenvectors';

/** What turns embeddings [*, dim] into refined ones [*, dims]: fitted on a data set, applied to any rows of its encoder. */
export interface Refinement {
  dim: number;
  dims: number;
  /** [dim]: of the rows after the square root, at length 1. */
  mean: Float64Array;
  /** [dims, dim]: principal components, each divided by its standard deviation to the power 2 * power. */
  components: Rows;
}

export interface RefineOptions {
  /** Most components kept. */
  dims?: number;
  /** 0 keeps the scale of components, 0.5 gives all the same (whitening). */
  power?: number;
}

/** Refined embeddings, rows of length 1, and what refines more of them. */
export interface Refined extends Rows {
  refinement: Refinement;
}

const REFINED_DIMS = 64;
/** By measurement: docs/refinement.md. */
const POWER = 0.125;
/** Rows that components are taken from. */
const SAMPLE = 4000;
/** Share of the largest variance below which a direction is rounding of single precision. */
const RANK = 1e-9;

/** Square root of each value with its sign kept, rows of length 1 (Arandjelovic & Zisserman 2012: the Hellinger kernel). */
const rooted = ({ values, count, dim }: Rows): Rows =>
  unitRows({ values: values.map((value) => Math.sign(value) * Math.sqrt(Math.abs(value))), count, dim }, true);

/** Rows less the mean, in place. */
function centre({ values, dim }: Rows, mean: Float64Array): void {
  for (let at = 0; at < values.length; at += dim) for (let j = 0; j < dim; j++) values[at + j] -= mean[j];
}

/** The rows of so many that a refinement is fitted to, rising: 4,000 of more, the same ones each time. */
export const sampleToFit = (count: number): Int32Array => sampleRows(allRows(count), SAMPLE);

/** The refinement of embeddings: of 4,000 of them where there are more, the same ones each time. */
export function fitRefinement(rows: Rows, { dims = REFINED_DIMS, power = POWER }: RefineOptions = {}): Refinement {
  checkRows(rows, 'fitRefinement');
  const { dim } = rows;
  const taken = rooted(pickRows(rows, sampleToFit(rows.count)));
  const { mean } = scaleOf(taken);
  centre(taken, mean);
  const byRows = taken.count < dim;
  const matrix = gram(byRows ? taken : transposed(taken));
  const { values, vectors } = leadingEigenvectors(matrix, Math.min(taken.count, dim), dims);
  const kept = Math.max(1, values.filter((value) => value > RANK * Math.max(values[0], 1e-12)).length);
  const components = new Float32Array(kept * dim);
  for (let i = 0; i < kept; i++) {
    const vector = byRows ? alongRows(taken, vectors.subarray(i * taken.count)) : vectors.slice(i * dim, (i + 1) * dim);
    settleSign(vector);
    const deviation = Math.sqrt(Math.max(0, values[i]) / taken.count);
    const scale = deviation > 0 ? deviation ** (-2 * power) : 0;
    for (let j = 0; j < dim; j++) components[i * dim + j] = scale * vector[j];
  }
  return { dim, dims: kept, mean, components: { values: components, count: kept, dim } };
}

/** The principal component X'u of length 1 of an eigenvector u of XX'. */
function alongRows({ values, count, dim }: Rows, u: Float64Array): Float64Array {
  const sum = new Float64Array(dim);
  for (let row = 0, at = 0; row < count; row++) for (let j = 0; j < dim; j++, at++) sum[j] += u[row] * values[at];
  const length = Math.sqrt(sum.reduce((squares, value) => squares + value * value, 0));
  return sum.map((value) => value / Math.max(length, Number.MIN_VALUE));
}

/** Rows refined at a time: a copy of all would double what 100,000 of them take. */
const BLOCK = 1024;

/** Refined rows [count, dims], of length 1. */
export function refineRows({ dim, dims, mean, components }: Refinement, { values, count }: Rows): Rows {
  const out = new Float32Array(count * dims);
  const tile = new Float64Array(dim * TILE);
  const products = new Float64Array(dims * TILE);
  for (let first = 0; first < count; first += BLOCK) {
    const own = Math.min(BLOCK, count - first);
    const block = rooted({ values: values.subarray(first * dim, (first + own) * dim), count: own, dim });
    centre(block, mean);
    const numbers = allRows(own);
    for (let from = 0; from < own; from += TILE) {
      fillTile(tile, block, numbers, from);
      tileProducts(components, tile, products);
      out.set(products.subarray(0, Math.min(TILE, own - from) * dims), (first + from) * dims);
    }
  }
  return unitRows({ values: out, count, dim: dims }, true);
}

/**
 * Embeddings [count, dim] made better for search without labels or training: square root, length 1, centred, their first
 * principal components each divided by its standard deviation to the power 2 * power, length 1 (Jegou & Chum 2012,
 * partial whitening). Width: at most `dims`, fewer where the rows span fewer directions.
 */
export function refined(values: Float32Array, count: number, dim: number, options: RefineOptions = {}): Refined {
  const rows = { values, count, dim };
  const refinement = fitRefinement(rows, options);
  return { ...refineRows(refinement, rows), refinement };
}

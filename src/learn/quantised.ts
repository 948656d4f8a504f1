import { Fault } from '../core/fault';
import type { Tensor } from '../core/formats/safetensors';
import { QUANTISED, type Quantisation } from '../core/formats/write_safetensors';

const { fround } = Math;

interface Read {
  metadata: Record<string, string>;
  tensors: Map<string, Tensor>;
}

function quantisationOf(text: string): Quantisation {
  try {
    return Object(JSON.parse(text));
  } catch {
    throw new Fault('file', 'It does not say what its bytes mean.', 'Choose another file, or write it again.');
  }
}

/**
 * Tensors of a byte a number as single precision, byte * scale + min; the others as they are. All numbers are rounded to
 * single precision first, as NumPy does, so that networks have the weights of the PyTorch reference to the last bit.
 */
export function dequantised({ metadata, tensors }: Read): Read {
  if (!Object.hasOwn(metadata, QUANTISED)) return { metadata, tensors };
  const by = quantisationOf(metadata[QUANTISED]);
  const read = (name: string, tensor: Tensor): Tensor => {
    if (tensor.dtype !== 'U8' || !Object.hasOwn(by, name)) return tensor;
    const { min, scale } = Object(by[name]);
    const [least, step] = [fround(min), fround(scale)];
    const values = Float32Array.from({ length: 256 }, (_, byte) => fround(fround(byte * step) + least));
    return { dtype: 'F32', shape: tensor.shape, data: Float32Array.from(tensor.data as Uint8Array, (b) => values[b]) };
  };
  return { metadata, tensors: new Map([...tensors].map(([name, tensor]) => [name, read(name, tensor)])) };
}

import type { OpKind } from '../../graph/tensor';
import type { Twin } from './twin';
import * as arithmetic from './twins/arithmetic';
import * as contrast from './twins/contrast';
import { conv2d, depthwiseConv2d, upsample2 } from './twins/convolution';
import * as normalisation from './twins/normalisation';
import * as pooling from './twins/pooling';
import * as rows from './twins/rows';

/** The twin of every kind of op. A kind without one is a type error here. */
export const twins: { readonly [K in OpKind]: Twin<K> } = {
  ...{ ...arithmetic, ...contrast, ...normalisation, ...pooling, ...rows },
  ...{ conv2d, depthwiseConv2d, upsample2 },
};

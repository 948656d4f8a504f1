/**
 * What is done element by element to a, or to a and b, with a factor, by number: kernels in AssemblyScript read this file, too.
 * `behind`: dy where the result b is one that was let pass.
 */
export enum Operations {
  copy,
  fill,
  scale,
  add,
  addScaled,
  blend,
  multiply,
  relu,
  relu6,
  exponential,
  behindRelu,
  behindRelu6,
}

/** bin/vite/kernels.ts makes it of the folder kernels/. */
declare module 'virtual:kernels' {
  /** WebAssembly modules, base64: with relaxed SIMD or not, for a memory that threads share or not. */
  export const builds: Readonly<Record<'plain' | 'plainShared' | 'relaxed' | 'relaxedShared', string>>;
}

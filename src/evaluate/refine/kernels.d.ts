/** bin/vite/kernels.ts makes it of the folder kernels/. */
declare module 'virtual:all-pairs' {
  /** A WebAssembly module, base64. */
  export const builds: Readonly<Record<'plain', string>>;
}

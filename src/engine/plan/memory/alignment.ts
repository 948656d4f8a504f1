/** Where a binding into a buffer may begin, in bytes: what every device of WebGPU allows. */
const ALIGNMENT = 256;

/** The next place from here on where a binding may begin. */
export const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

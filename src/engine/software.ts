/** Names of programs that imitate a graphics card on the processor. */
const NAMES = /swiftshader|llvmpipe|lavapipe|softpipe|warp|basic render/i;

export const isSoftware = (name: string): boolean => NAMES.test(name);

// Written in AssemblyScript: bin/vite/kernels.ts compiles it.

/** out [panels, 4, 4] = products of each row of `panels` panels from `at` on with the four rows of the panel at `first`. */
export function products(first: usize, panels: i32, dim: i32, at: usize, out: usize): void {
  for (let panel = 0; panel < panels; panel++) {
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let tile = first;
    for (let k = 0; k < dim; k++) {
      const x = v128.load(at);
      a = f32x4.add(a, f32x4.mul(x, v128.load32_splat(tile)));
      b = f32x4.add(b, f32x4.mul(x, v128.load32_splat(tile, 4)));
      c = f32x4.add(c, f32x4.mul(x, v128.load32_splat(tile, 8)));
      d = f32x4.add(d, f32x4.mul(x, v128.load32_splat(tile, 12)));
      at += 16;
      tile += 16;
    }
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, c, 32);
    v128.store(out, d, 48);
    out += 64;
  }
}

/** Mean of the first `count` points of [n, 2]. */
function middle(points: Float32Array, count: number): [number, number] {
  let [x, y] = [0, 0];
  for (let at = 0; at < 2 * count; at += 2) {
    x += points[at] / count;
    y += points[at + 1] / count;
  }
  return [x, y];
}

/**
 * Coordinates [count, 2] turned, mirrored and moved so that they lie as near as can be to those of another map (orthogonal
 * Procrustes, Schönemann 1966), which may be of fewer rows.
 */
export function aligned(map: Float32Array, to: Float32Array): Float32Array {
  const common = Math.min(map.length, to.length) / 2;
  if (common === 0) return map;
  const [x, y] = middle(map, common);
  const [u, v] = middle(to, common);
  /** Sums of the products of coordinates: [[a, b], [c, d]]. */
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0; at < 2 * common; at += 2) {
    const [p, q] = [map[at] - x, map[at + 1] - y];
    const [r, s] = [to[at] - u, to[at + 1] - v];
    a += p * r;
    b += p * s;
    c += q * r;
    d += q * s;
  }
  // As a turn alone, or with the second coordinate mirrored before it: whichever brings them nearer.
  const mirror = Math.hypot(a - d, b + c) > Math.hypot(a + d, b - c) ? -1 : 1;
  const angle = Math.atan2(b - mirror * c, a + mirror * d);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const out = new Float32Array(map.length);
  for (let at = 0; at < map.length; at += 2) {
    const [p, q] = [map[at] - x, mirror * (map[at + 1] - y)];
    out[at] = u + cos * p - sin * q;
    out[at + 1] = v + sin * p + cos * q;
  }
  return out;
}

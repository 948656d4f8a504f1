/** What the definitions of its ops make of the self-test's step; self_test.test.ts works it out. */
export const RIGHT = {
  loss: 10.7371,
  // biome-ignore format: a row of the matrix is a line.
  rows: [
    0.275122, -0.569205, 0.25775, -0.426622, -0.389759, 0.447169,
    0.194887, -0.55301, 0.238457, -0.386225, -0.445464, 0.501726,
    0.307425, -0.549051, 0.326788, -0.378792, -0.396362, 0.44346,
    0.341745, -0.52389, 0.360557, -0.397413, -0.421644, 0.378191,
  ],
  /** Of the loss, along a direction for each parameter. */
  derivatives: [0.188383, 1.05299, -1.20377, -1.58407, 0.177812, -2.12854],
};

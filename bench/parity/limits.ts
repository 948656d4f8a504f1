/** How far off losses and embeddings, and all other tensors, may be: the largest difference by the largest value. */
export const LOSS_LIMIT = 1e-3;
export const TENSOR_LIMIT = 2e-3;

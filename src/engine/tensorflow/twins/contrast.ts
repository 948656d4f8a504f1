import * as tf from '@tensorflow/tfjs-core';
import type { Twin } from '../twin';

/** What takes the place of a masked logit; finite, so that nothing times it is not a number. */
const MASKED = -1e30;

/** Rows [N] or [N, M], columns [K]. */
export const maskSame: Twin<'maskSame'> = {
  value: ({ inputs: [logits, rows, columns] }) => {
    const each = tf.reshape(rows, [logits.shape[0] as number, -1, 1]); // [N, M, 1]
    return tf.where(tf.any(tf.equal(each, tf.reshape(columns, [1, 1, -1])), 1), MASKED, logits); // [N, K]
  },
};

/** Targets [N] -> [N, C]: 1 at the target's column. */
const chosen = (targets: tf.Tensor, logits: tf.Tensor): tf.Tensor =>
  tf.cast(tf.oneHot(targets as tf.Tensor1D, logits.shape[1] as number), 'float32');

/** Of logits less the row's largest: [N] at the target, and exponentials [N, C] of all others, 0 in the target's place. */
function apart(logits: tf.Tensor, targets: tf.Tensor): { one: tf.Tensor; target: tf.Tensor; others: tf.Tensor } {
  const one = chosen(targets, logits);
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  const target = tf.sum(tf.mul(shifted, one), 1);
  return { one, target, others: tf.mul(tf.exp(shifted), tf.sub(1, one)) };
}

/**
 * -log softmax at the target, t; d logits = (softmax - chosen) dy. Where the softmax at t is nearly 1, its distance from 1 and
 * its logarithm are made of the others: taken from itself, they would be lost.
 */
export const crossEntropy: Twin<'crossEntropy'> = {
  value: ({ inputs: [logits, targets] }) => {
    const { target, others } = apart(logits, targets);
    return tf.sub(tf.log1p(tf.add(tf.sum(others, 1), tf.expm1(target))), target);
  },
  gradients: ({ inputs: [logits, targets], dy, needs }) => [
    needs[0] ? tf.mul(awayFromTarget(logits, targets), tf.reshape(dy, [-1, 1])) : null,
    null,
  ],
};

/** softmax - chosen, [N, C]: at the target what all others have, below zero. */
function awayFromTarget(logits: tf.Tensor, targets: tf.Tensor): tf.Tensor {
  const { one, target, others } = apart(logits, targets);
  const sum = tf.sum(others, 1, true);
  const total = tf.add(sum, tf.reshape(tf.exp(target), [-1, 1]));
  return tf.div(tf.sub(others, tf.mul(one, sum)), total);
}

/** All but the target itself are less than the target's. */
export const isLargest: Twin<'isLargest'> = {
  value: ({ inputs: [logits, targets] }) => {
    const target = tf.sum(tf.mul(logits, chosen(targets, logits)), 1, true);
    const smaller = tf.sum(tf.step(tf.sub(target, logits)), 1);
    return tf.cast(tf.equal(smaller, (logits.shape[1] as number) - 1), 'float32');
  },
};

/** The standard deviation over all rows of the batch: divided by N, not N - 1. */
export const featureStd: Twin<'featureStd'> = {
  value: ({ inputs: [rows] }) => {
    const apart = tf.square(tf.sub(rows, tf.mean(rows, 0, true)));
    return tf.mul(tf.mean(tf.sqrt(tf.mean(apart, 0))), Math.sqrt(rows.shape[1] as number));
  },
};

/** What is outside of the window gets the mask's value, unless nothing is inside. */
export const semiHard: Twin<'semiHard'> = {
  value: ({ attributes: { window }, inputs: [similarity, positive] }) => {
    const inside = tf.mul(tf.step(tf.sub(positive, similarity)), tf.step(tf.sub(similarity, tf.sub(positive, window))));
    const semi = tf.add(tf.mul(similarity, inside), tf.mul(tf.sub(1, inside), MASKED));
    const some = tf.cast(tf.max(inside, 1), 'bool');
    return tf.where(some, tf.argMax(semi, 1), tf.argMax(similarity, 1));
  },
};

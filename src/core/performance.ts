/** An optional feature of a graphics device. */
export interface DeviceFeature {
  name: 'shader-f16' | 'timestamp-query';
  offered: boolean;
  used: boolean;
  /** One sentence for the user: what for, or why not. */
  why: string;
}

/** What one training step costs, and what it costs it on. */
export interface Performance {
  run: string;
  /** The last step that this is known of. */
  step: number;
  /** Bytes that variables and planned buffers hold. */
  bytesHeld: number;
  /** Null where nothing is recorded: kernels and device are then in the hands of a library. */
  recorded: RecordedPerformance | null;
}

/** What is known of a step that is a list of recorded commands. */
export interface RecordedPerformance {
  dispatches: number;
  submits: number;
  /** Read and written in a step, each operand of each kernel once. */
  bytesMoved: number;
  /** Of a step, two a multiply-add. */
  flops: number;
  features: readonly DeviceFeature[];
  /** Steps whose time was taken kernel by kernel. */
  timedSteps: number;
  /** Mean over those steps, all launches of a kernel in a step together; null where the device does not keep time. */
  kernels: readonly { label: string; launches: number; milliseconds: number; flops: number }[] | null;
}

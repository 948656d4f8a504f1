import { Fault } from '../../src/core/fault';
import type { Job, Outcome } from '../../src/protocol/decoding';
import type { Decoder } from './decoders';

interface Waiting {
  job: Job;
  /** No other job may be with it. */
  alone: boolean;
  answer(outcomes: Outcome[]): void;
  fail(cause: Fault): void;
}

interface Busy extends Decoder {
  has: Waiting[];
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Jobs that a decoder has: one waits there, so that the decoder never does. */
const AT_ONCE = 2;

/**
 * How long a decoder may say nothing while it has work. It gives up by itself after 10 s a file, and four decoders
 * may wait for each other with large files: longer silence means that it is dead.
 */
const SILENCE_MILLISECONDS = 45_000;

/** So many decoders that end without an answer in between do so whatever they are given. */
const HOPELESS = 12;

/** The decode workers. Files wait here for the first one that has room. They start with the first file. */
export class DecoderPool {
  private readonly decoders: Busy[] = [];
  private readonly waiting: Waiting[] = [];
  /** Decoders that ended since the last answer. */
  private ended = 0;

  /** @param silence milliseconds without a word after which a decoder is given up */
  constructor(
    private readonly start: () => Decoder,
    private readonly count: number,
    private readonly silence = SILENCE_MILLISECONDS,
  ) {}

  /**
   * What becomes of a job's files, in their order. The bytes are handed over and are empty here afterwards.
   * @throws Fault when decoders end whatever they are given
   */
  decode(job: Job): Promise<Outcome[]> {
    while (this.decoders.length < this.count) this.add();
    return new Promise((answer, fail) => {
      this.waiting.push({ job, alone: false, answer, fail });
      this.deal();
    });
  }

  private add(): void {
    this.decoders.push(Object.assign(this.start(), { has: [], timer: undefined }));
  }

  private deal(): void {
    while (this.waiting.length > 0) {
      const most = this.waiting[0].alone ? 1 : AT_ONCE;
      const [free] = this.decoders
        .filter(({ has }) => has.length < most && !has.some(({ alone }) => alone))
        .toSorted((a, b) => a.has.length - b.has.length);
      if (!free) return;
      void this.give(free, this.waiting.shift() as Waiting);
    }
  }

  private async give(decoder: Busy, one: Waiting): Promise<void> {
    const { job } = one;
    decoder.has.push(one);
    if (decoder.has.length === 1) this.watch(decoder);
    try {
      const outcomes = await decoder.thread.call({ type: 'decode', ...job }, { transfer: [job.bytes] });
      if (!this.decoders.includes(decoder)) return; // It was given up, and its files are done by others.
      decoder.has.splice(decoder.has.indexOf(one), 1);
      this.ended = 0;
      this.watch(decoder);
      one.answer(outcomes);
      this.deal();
    } catch {
      this.giveUp(decoder);
    }
  }

  private watch(decoder: Busy): void {
    clearTimeout(decoder.timer);
    if (decoder.has.length > 0) decoder.timer = setTimeout(() => this.giveUp(decoder), this.silence);
  }

  /**
   * Another decoder takes its place. The only file it had is refused. Of several any may be the cause: each is tried again,
   * alone in its decoder.
   */
  private giveUp(decoder: Busy): void {
    const at = this.decoders.indexOf(decoder);
    if (at < 0) return;
    this.decoders.splice(at, 1);
    clearTimeout(decoder.timer);
    decoder.end();
    this.add();
    const { has } = decoder;
    const only = has.length === 1 && has[0].job.files.length === 1;
    if (only) has[0].answer([{ type: 'refused', reason: 'The decoder stopped answering while it had this file.' }]);
    else this.waiting.unshift(...has.flatMap(singly));
    if (++this.ended >= HOPELESS) this.failAll();
    this.deal();
  }

  private failAll(): void {
    this.ended = 0;
    const advice = 'Reload the page and drop the same folder again: what is in stays in.';
    for (const { fail } of this.waiting.splice(0))
      fail(new Fault('picture', 'The threads that decode pictures end again and again.', advice));
  }
}

/** Each file of a job by itself. Their bytes went with the decoder: they are read again. */
function singly({ job, answer, fail }: Waiting): Waiting[] {
  const outcomes: Outcome[] = [];
  let left = job.files.length;
  return job.files.map((file, i) => ({
    job: { files: [{ ...file, place: null }], bytes: new ArrayBuffer(0), side: job.side },
    alone: true,
    answer: ([outcome]) => {
      outcomes[i] = outcome;
      if (--left === 0) answer(outcomes);
    },
    fail,
  }));
}

import { Fault } from '../../src/core/fault';
import { channel } from '../../src/protocol/channel';
import type { FromDecoder, Outcome, ToDecoder } from '../../src/protocol/decoding';

/** Files for one decoder, with the bytes of those that were read already. */
export type Job = Pick<ToDecoder, 'files' | 'bytes' | 'side'>;

interface Ticket {
  number: number;
  job: Job;
  /** No other job may be with it. */
  alone: boolean;
  answer: (outcomes: Outcome[]) => void;
  fail: (cause: Fault) => void;
}

interface Decoder {
  index: number;
  send: (message: ToDecoder, transfer?: Transferable[]) => void;
  busy: Ticket[];
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Jobs that a decoder has: one waits there, so that the decoder never does. */
const AT_ONCE = 2;

/**
 * How long a decoder may say nothing while it has work. It gives up by itself after 10 s a file, and four decoders
 * may wait for each other with large files: longer silence means that it is dead.
 */
const SILENCE_MILLISECONDS = 45_000;
/** How long to wait for another decoder when the last one is lost. */
const REPLACEMENT_MILLISECONDS = 10_000;

/** The decode workers behind their ports. Files wait here for the first decoder that has room. */
export class DecoderPool {
  private readonly decoders: Decoder[] = [];
  private readonly waiting: Ticket[] = [];
  private added = 0;
  private tickets = 0;

  /**
   * @param lost told the number of a decoder (counting all that were added) that is given up
   * @param silence milliseconds without a word after which it is
   */
  constructor(
    private readonly lost: (index: number) => void,
    private readonly silence = SILENCE_MILLISECONDS,
    private readonly replacement = REPLACEMENT_MILLISECONDS,
  ) {}

  add(port: MessagePort): void {
    const { send, listen } = channel<ToDecoder, FromDecoder>(port);
    const decoder: Decoder = { index: this.added++, send, busy: [], timer: undefined };
    listen((outcome) => this.onOutcome(decoder, outcome));
    this.decoders.push(decoder);
    this.deal();
  }

  /**
   * What becomes of a job's files, in their order. The bytes are handed over and are empty here afterwards.
   * @throws Fault when no decoder is left
   */
  decode(job: Job): Promise<Outcome[]> {
    return new Promise((answer, fail) => {
      this.waiting.push({ number: this.tickets++, job, alone: false, answer, fail });
      this.deal();
    });
  }

  private deal(): void {
    while (this.waiting.length > 0) {
      const most = this.waiting[0].alone ? 1 : AT_ONCE;
      const [free] = this.decoders
        .filter(({ busy }) => busy.length < most && !busy.some(({ alone }) => alone))
        .toSorted((a, b) => a.busy.length - b.busy.length);
      if (!free) return;
      this.give(free, this.waiting.shift() as Ticket);
    }
  }

  private give(decoder: Decoder, ticket: Ticket): void {
    decoder.busy.push(ticket);
    if (decoder.busy.length === 1) this.watch(decoder);
    decoder.send({ type: 'decode', ticket: ticket.number, ...ticket.job }, [ticket.job.bytes]);
  }

  private onOutcome(decoder: Decoder, { ticket: number, outcomes }: FromDecoder): void {
    const at = decoder.busy.findIndex((ticket) => ticket.number === number);
    if (at < 0) return; // A decoder that was given up has come back: its files are done already.
    const [ticket] = decoder.busy.splice(at, 1);
    this.watch(decoder);
    ticket.answer(outcomes);
    this.deal();
  }

  private watch(decoder: Decoder): void {
    clearTimeout(decoder.timer);
    if (decoder.busy.length > 0) decoder.timer = setTimeout(() => this.giveUp(decoder), this.silence);
  }

  /** The only file it had is refused. Of several any may be the cause: each is tried again, alone in its decoder. */
  private giveUp(decoder: Decoder): void {
    this.decoders.splice(this.decoders.indexOf(decoder), 1);
    const tickets = decoder.busy.splice(0);
    this.lost(decoder.index);
    const only = tickets.length === 1 && tickets[0].job.files.length === 1;
    if (only) tickets[0].answer([{ type: 'refused', reason: 'The decoder stopped answering while it had this file.' }]);
    else this.waiting.unshift(...tickets.flatMap((ticket) => this.singly(ticket)));
    if (this.decoders.length === 0) setTimeout(() => this.stranded(), this.replacement);
    this.deal();
  }

  /** A ticket for each file of one. Their bytes went with the decoder: they are read again. */
  private singly({ job, answer, fail }: Ticket): Ticket[] {
    const outcomes: Outcome[] = [];
    let left = job.files.length;
    return job.files.map((file, i) => ({
      number: this.tickets++,
      job: { files: [{ ...file, place: null }], bytes: new ArrayBuffer(0), side: job.side },
      alone: true,
      answer: ([outcome]) => {
        outcomes[i] = outcome;
        if (--left === 0) answer(outcomes);
      },
      fail,
    }));
  }

  private stranded(): void {
    if (this.decoders.length > 0) return;
    const advice = 'Reload the page and drop the same folder again: what is in stays in.';
    for (const { fail } of this.waiting.splice(0))
      fail(new Fault('picture', 'No thread is left that can decode pictures.', advice));
  }
}

import { Fault } from '../../src/core/fault';
import { LARGE_PIXELS, sniff } from '../../src/images/sniff';
import { channel } from '../../src/protocol/channel';
import type { FromDecoder, ToDecoder } from '../../src/protocol/decoding';

/** A file for the decoders: with its bytes, if they were read already. */
export interface Job {
  file: File;
  bytes: ArrayBuffer | null;
  side: number;
  known?: string;
}
export type Outcome = FromDecoder;

interface Ticket {
  number: number;
  job: Job;
  /** Part of a decoder's room that it takes. */
  cost: number;
  answer: (outcome: Outcome) => void;
  fail: (cause: Fault) => void;
}

interface Decoder {
  index: number;
  send: (message: ToDecoder, transfer?: Transferable[]) => void;
  busy: Ticket[];
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Small pictures that one decoder has at a time: most of their time is waiting for the browser, to read, to hash, to decode.
 * Of larger ones it has two: one is read and hashed while the other is decoded.
 */
const ROOM = 6;
const COST = { small: 1, large: ROOM / 2, alone: ROOM };
const SMALL_PIXELS = 512 * 512;

/** What a job takes of a decoder's room: a file of a few kilobytes may be a picture of 100 MB, of one colour. */
function costOf({ bytes }: Job): number {
  if (!bytes) return COST.large; // Too large a file to have been read ahead.
  try {
    const { width, height } = sniff(new Uint8Array(bytes));
    if (width * height > LARGE_PIXELS) return COST.alone;
    return width * height > SMALL_PIXELS ? COST.large : COST.small;
  } catch {
    return COST.small; // Refused by its header: nothing of it will be decoded.
  }
}

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
    listen((outcome) => this.hear(decoder, outcome));
    this.decoders.push(decoder);
    this.deal();
  }

  /**
   * The bytes are handed over and are empty here afterwards.
   * @throws Fault when no decoder is left
   */
  decode(job: Job): Promise<Outcome> {
    return new Promise((answer, fail) => {
      this.waiting.push({ number: this.tickets++, job, cost: costOf(job), answer, fail });
      this.deal();
    });
  }

  private deal(): void {
    while (this.waiting.length > 0) {
      const { cost } = this.waiting[0];
      const [free] = this.decoders
        .map((decoder) => ({ decoder, taken: decoder.busy.reduce((sum, ticket) => sum + ticket.cost, 0) }))
        .filter(({ taken }) => taken + cost <= ROOM)
        .toSorted((a, b) => a.taken - b.taken);
      if (!free) return;
      this.give(free.decoder, this.waiting.shift() as Ticket);
    }
  }

  private give(decoder: Decoder, ticket: Ticket): void {
    decoder.busy.push(ticket);
    if (decoder.busy.length === 1) this.watch(decoder);
    const { bytes } = ticket.job;
    decoder.send({ type: 'decode', ticket: ticket.number, ...ticket.job }, bytes ? [bytes] : []);
  }

  private hear(decoder: Decoder, outcome: FromDecoder): void {
    const at = decoder.busy.findIndex(({ number }) => number === outcome.ticket);
    if (at < 0) return; // A decoder that was given up has come back: its files are done already.
    const [ticket] = decoder.busy.splice(at, 1);
    this.watch(decoder);
    ticket.answer(outcome);
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
    if (tickets.length === 1) {
      const [{ number, answer }] = tickets;
      answer({ type: 'refused', ticket: number, reason: 'The decoder stopped answering while it had this file.' });
    } else {
      // Their bytes went with the decoder: they are read again.
      const suspects = tickets.map((ticket) => ({ ...ticket, cost: COST.alone, job: { ...ticket.job, bytes: null } }));
      this.waiting.unshift(...suspects);
    }
    if (this.decoders.length === 0) setTimeout(() => this.stranded(), this.replacement);
    this.deal();
  }

  private stranded(): void {
    if (this.decoders.length > 0) return;
    const advice = 'Reload the page and drop the same folder again: what is in stays in.';
    for (const { fail } of this.waiting.splice(0))
      fail(new Fault('picture', 'No thread is left that can decode pictures.', advice));
  }
}

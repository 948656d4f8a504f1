import { Fault } from '../../src/core/fault';
import { channel } from '../../src/protocol/channel';
import type { FromDecoder, ToDecoder } from '../../src/protocol/messages';

/** A file for the decoders. */
export type Job = Omit<ToDecoder, 'type' | 'ticket'>;
export type Outcome = FromDecoder;

interface Ticket {
  number: number;
  job: Job;
  answer: (outcome: Outcome) => void;
  fail: (cause: Fault) => void;
}

interface Decoder {
  index: number;
  send: (message: ToDecoder) => void;
  busy: Ticket[];
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Two: one is read and hashed while the other is decoded. */
const IN_FLIGHT = 2;

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

  /** Files that the decoders can have at once, those that wait included: more would only fill memory. */
  get capacity(): number {
    return Math.max(1, this.decoders.length) * IN_FLIGHT;
  }

  /** @throws Fault when no decoder is left */
  decode(job: Job): Promise<Outcome> {
    return new Promise((answer, fail) => {
      this.waiting.push({ number: this.tickets++, job, answer, fail });
      this.deal();
    });
  }

  private deal(): void {
    while (this.waiting.length > 0) {
      const free = this.decoders.reduce<Decoder | null>(
        (best, decoder) => (decoder.busy.length < (best?.busy.length ?? IN_FLIGHT) ? decoder : best),
        null,
      );
      if (!free) return;
      const ticket = this.waiting.shift() as Ticket;
      free.busy.push(ticket);
      if (free.busy.length === 1) this.watch(free);
      free.send({ type: 'decode', ticket: ticket.number, ...ticket.job });
    }
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

  /** Its oldest file is refused, as the likely cause; the others go to another decoder. */
  private giveUp(decoder: Decoder): void {
    this.decoders.splice(this.decoders.indexOf(decoder), 1);
    const [oldest, ...others] = decoder.busy.splice(0);
    this.waiting.unshift(...others);
    this.lost(decoder.index);
    const reason = 'The decoder stopped answering while it had this file.';
    oldest.answer({ type: 'refused', ticket: oldest.number, reason });
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

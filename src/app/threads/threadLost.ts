import { Fault } from '../../core/fault';

/** A thread ended before it answered. Whoever ended it, or found it dead, has told the user. */
export class ThreadLost extends Fault {}

/** Something the person at the command line can mend: printed as its one sentence, without a stack. */
export class Complaint extends Error {
  override readonly name = 'Complaint';
}

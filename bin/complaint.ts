/** Something the user at the command line can mend: printed as its one sentence, without a stack. */
export class Complaint extends Error {
  override readonly name = 'Complaint';
}

/** The help that was asked for: printed, and nothing is done. */
export class Help extends Error {
  override readonly name = 'Help';
}

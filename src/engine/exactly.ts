/**
 * Statements: total += term, and lost += what the rounding of that took off (Knuth 1969, TwoSum), so that total + lost is
 * what twice the precision would give. Free where a kernel waits for memory.
 */
export const exactly = (type: string, total: string, lost: string, term: string): string => `{
  let term: ${type} = ${term};
  let next = ${total} + term;
  let added = next - ${total};
  ${lost} += (${total} - (next - added)) + (term - added);
  ${total} = next;
}`;

import { unbroken } from '../core/amounts';

interface RemarkProps {
  tone: 'plain' | 'good' | 'alarm';
  children: string;
}

/** A sentence on what figures mean. */
export function Remark({ tone, children }: RemarkProps) {
  return <p className={`remark ${tone}`}>{unbroken(children)}</p>;
}

import { join } from 'node:path';
import { NETWORKS, type NetworkName } from '../../bench/networks';
import { PEERS, type PeerName, USUAL } from '../../bench/peers';
import { root } from '../build';
import { parse, someOf, wholeNumber } from '../options';

export const ROWS = ['step', 'embed', 'augment', 'search', 'steady', 'import'] as const;
export type Row = (typeof ROWS)[number];

export interface BenchOptions {
  rows: readonly Row[];
  networks: readonly NetworkName[];
  peers: readonly PeerName[];
  /** Instead of the networks' own. */
  batch: number | undefined;
  rounds: number;
  /** Seconds: a peer whose single run takes longer is left out. */
  patience: number;
  /** The browser may use the graphics card; batches are a GPU's. */
  gpu: boolean;
  /** The engine alone, without a browser. */
  node: boolean;
  /** PyTorch is measured beside the peers; always so without a browser. */
  pytorch: boolean;
  json: string | undefined;
  images: string;
}

const PEER_NAMES = Object.keys(PEERS) as PeerName[];
const NETWORK_NAMES = (Object.keys(NETWORKS) as NetworkName[]).filter((name) => name !== 'small');

export const COMMAND = {
  name: 'bench',
  about:
    'Measures this machine: every peer in one browser, taking turns, medians with their range, and what share of the probed peak and bandwidth was reached. Ratios are of one run. What takes long without a graphics card is stock TensorFlow.js: --peers without stock, or a smaller --patience, cuts the time to a third; --networks resnet8 to a half.',
  options: {
    rows: ['A,B', `of ${ROWS.join(', ')}; default all`],
    networks: ['A,B', `of ${NETWORK_NAMES.join(', ')}; default all`],
    peers: ['A,B', `of ${PEER_NAMES.join(', ')}; default all that have every fusion or none`],
    batch: ['N', 'pictures of a step or an embedding, default what suits the network and the device'],
    rounds: ['N', 'samples of each, default 5'],
    patience: ['N', 'seconds; a peer whose single run takes longer is left out of that line, default 40'],
    gpu: ['', 'let the browser use the graphics card, with batches to match; default software, as in the tests'],
    node: [
      '',
      "the engine without a browser, on any Vulkan device, and --pytorch. Batches are a GPU's on a graphics card, and with --gpu",
    ],
    pytorch: ['', 'PyTorch as well, for steps and embeddings, if a python3 has it'],
    images: ['DIR', 'pictures of the import row, default the sample'],
    json: ['FILE', 'write all figures'],
  },
} as const;

/** @throws Complaint for what does not fit, Help where that was asked for. */
export function readBenchOptions(args: string[]): BenchOptions {
  const { values } = parse(args, COMMAND);
  return {
    rows: someOf('rows', values.rows, ROWS) ?? ROWS,
    networks: someOf('networks', values.networks, NETWORK_NAMES) ?? NETWORK_NAMES,
    peers: someOf('peers', values.peers, PEER_NAMES) ?? USUAL,
    batch: wholeNumber('batch', values.batch, 2, 4096),
    rounds: wholeNumber('rounds', values.rounds, 1, 1000) ?? 5,
    patience: wholeNumber('patience', values.patience, 1, 100_000) ?? 40,
    gpu: values.gpu ?? false,
    node: values.node ?? false,
    pytorch: values.pytorch ?? values.node ?? false,
    json: values.json,
    images: values.images ?? join(root, 'public/sample'),
  };
}

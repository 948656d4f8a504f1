import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

// The part of ONNX that an encoder needs, in protocol buffers. Field numbers are those of the public onnx.proto3, IR version 8.

export interface OnnxTensor {
  name: string;
  shape: readonly number[];
  values: Float32Array;
}

export interface OnnxNode {
  type: string;
  inputs: readonly string[];
  output: string;
  /** Whole numbers, lists of these, or a decimal one. */
  attributes?: Readonly<Record<string, number | readonly number[] | { float: number }>>;
}

/** An input or output: its element type, and its dimensions, of which named ones are free. */
export interface OnnxValue {
  name: string;
  type: 'float32' | 'uint8';
  shape: readonly (number | string)[];
}

export interface OnnxModel {
  /** What it is, for whoever opens it. */
  about: string;
  nodes: readonly OnnxNode[];
  /** Weights and constants. */
  tensors: readonly OnnxTensor[];
  inputs: readonly OnnxValue[];
  outputs: readonly OnnxValue[];
}

const IR_VERSION = 8;
const OPSET = 17;
const ELEMENT = { float32: 1, uint8: 2 } as const;
const ATTRIBUTE = { float: 1, int: 2, ints: 7 } as const;

type Write = (writer: BinaryWriter) => void;

const nested = (writer: BinaryWriter, field: number, write: Write): void => {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
};
const text = (writer: BinaryWriter, field: number, value: string): BinaryWriter =>
  writer.tag(field, WireType.LengthDelimited).string(value);
const integer = (writer: BinaryWriter, field: number, value: number): BinaryWriter =>
  writer.tag(field, WireType.Varint).int64(value);

function writeAttribute(writer: BinaryWriter, name: string, value: number | readonly number[] | { float: number }) {
  text(writer, 1, name);
  if (typeof value === 'number') {
    integer(writer, 3, value);
    integer(writer, 20, ATTRIBUTE.int);
  } else if ('float' in value) {
    writer.tag(2, WireType.Bit32).float(value.float);
    integer(writer, 20, ATTRIBUTE.float);
  } else {
    for (const one of value) integer(writer, 8, one);
    integer(writer, 20, ATTRIBUTE.ints);
  }
}

function writeNode(writer: BinaryWriter, { type, inputs, output, attributes = {} }: OnnxNode): void {
  for (const name of inputs) text(writer, 1, name);
  text(writer, 2, output);
  text(writer, 3, output);
  text(writer, 4, type);
  for (const [name, value] of Object.entries(attributes))
    nested(writer, 5, (attribute) => writeAttribute(attribute, name, value));
}

function writeTensor(writer: BinaryWriter, { name, shape, values }: OnnxTensor): void {
  for (const size of shape) integer(writer, 1, size);
  integer(writer, 2, ELEMENT.float32);
  text(writer, 8, name);
  // Little-endian, as every machine of today is.
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  writer.tag(9, WireType.LengthDelimited).bytes(bytes);
}

function writeValue(writer: BinaryWriter, { name, type, shape }: OnnxValue): void {
  text(writer, 1, name);
  nested(writer, 2, (about) =>
    nested(about, 1, (tensor) => {
      integer(tensor, 1, ELEMENT[type]);
      nested(tensor, 2, (dimensions) => {
        for (const size of shape)
          nested(dimensions, 1, (one) => void (typeof size === 'number' ? integer(one, 1, size) : text(one, 2, size)));
      });
    }),
  );
}

/** A model as a .onnx file, opset 17. */
export function writeOnnx({ about, nodes, tensors, inputs, outputs }: OnnxModel): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  integer(writer, 1, IR_VERSION);
  text(writer, 2, 'Lookalike');
  text(writer, 6, about);
  nested(writer, 7, (graph) => {
    for (const node of nodes) nested(graph, 1, (one) => writeNode(one, node));
    text(graph, 2, 'encoder');
    for (const tensor of tensors) nested(graph, 5, (one) => writeTensor(one, tensor));
    for (const value of inputs) nested(graph, 11, (one) => writeValue(one, value));
    for (const value of outputs) nested(graph, 12, (one) => writeValue(one, value));
  });
  nested(writer, 8, (opset) => void integer(text(opset, 1, ''), 2, OPSET));
  return Uint8Array.from(writer.finish());
}

"""What a run writes: weights as safetensors, embeddings as npy and, with pyarrow, as Parquet, and the list of pictures."""

import csv
import json
import math
import os
import struct

import numpy as np
import torch

DTYPES = {"F32": np.float32, "F16": np.float16, "U8": np.uint8, "I32": np.int32, "I64": np.int64}


def read_safetensors(path):
    """({name: tensor}, metadata) of a safetensors file."""
    raw = path.read_bytes()
    (length,) = struct.unpack_from("<Q", raw)
    header = json.loads(raw[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, _ = entry["data_offsets"]
        values = np.frombuffer(raw, DTYPES[entry["dtype"]], math.prod(entry["shape"]), 8 + length + begin)
        tensors[name] = torch.from_numpy(values.reshape(entry["shape"]).copy())
    return tensors, metadata


def write_safetensors(path, tensors, metadata):
    header, arrays, offset = {"__metadata__": metadata}, [], 0
    for name, tensor in tensors.items():
        array = np.ascontiguousarray(tensor.detach().cpu().numpy())
        dtype = next(code for code, kind in DTYPES.items() if kind == array.dtype)
        header[name] = {"dtype": dtype, "shape": [*array.shape], "data_offsets": [offset, offset + array.nbytes]}
        offset += array.nbytes
        arrays.append(array)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with replacing(path) as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for array in arrays:
            file.write(array.tobytes())


class replacing:
    """A file that takes another's place only when all of it is written."""

    def __init__(self, path):
        self.path, self.part = path, path.with_name(path.name + ".part")

    def __enter__(self):
        self.file = open(self.part, "wb")
        return self.file

    def __exit__(self, failed, *_):
        self.file.close()
        if not failed:
            os.replace(self.part, self.path)


def write_json(path, values):
    path.write_text(json.dumps(values, indent=2) + "\n")


def write_pictures(folder, pictures):
    """images.csv: which picture each row is."""
    with open(folder / "images.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["row", "path", "label"])
        rows.writerows([row, path, label] for row, (path, label, *_) in enumerate(pictures.found))


def write_parquet(folder, pictures):
    """embeddings.parquet out of embeddings.npy, some thousand rows at a time. Returns False where there is no pyarrow."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return False
    values = np.load(folder / "embeddings.npy", mmap_mode="r")
    kind = pyarrow.list_(pyarrow.float32(), values.shape[1])
    schema = pyarrow.schema(
        [("row", pyarrow.int32()), ("path", pyarrow.string()), ("label", pyarrow.string()), ("embedding", kind)]
    )
    with pyarrow.parquet.ParquetWriter(folder / "embeddings.parquet", schema) as writer:
        for begin in range(0, len(values), 8192):
            part = np.ascontiguousarray(values[begin : begin + 8192])
            named = pictures.found[begin : begin + len(part)]
            vectors = pyarrow.FixedSizeListArray.from_arrays(part.reshape(-1), part.shape[1])
            rows = pyarrow.array(range(begin, begin + len(part)), pyarrow.int32())
            columns = [rows, [path for path, *_ in named], [label for _, label, *_ in named], vectors]
            writer.write_batch(pyarrow.record_batch([pyarrow.array(c) if isinstance(c, list) else c for c in columns], schema))
    return True

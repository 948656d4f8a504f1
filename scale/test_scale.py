"""What train.py promises. `python3 -m unittest` in this folder, or the project's own tests, which run it where torch is installed."""

import contextlib
import csv
import io
import json
import os
import pathlib
import socket
import subprocess
import sys
import tarfile
import tempfile
import types
import unittest
from unittest import mock

import numpy as np
import torch
from PIL import Image
from torchvision.models.resnet import BasicBlock

import files
import train
from backbones import backbone, resnet
from encoder import Encoder
from methods import METHODS, optimizer_of
from norm import BatchNorm
from pictures import Pictures
from recipe import learning_rate

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE.parent / "e2e" / "fixtures"
AUGMENTATION = dict(
    crop=[0.2, 1], flip=0.5, verticalFlip=0, quarterTurns=False, grey=0.2, greyFirst=False, noise=0.01,
    jitter=dict(brightness=0.4, contrast=0.4, saturation=0.4, hue=0.1, probability=0.8),
    blur=dict(probability=0.5, sigma=[0.1, 2]),
)  # fmt: skip
RECIPE = dict(
    recipe=1, start=None, leftOut=[], method="moco", backbone="resnet8", width=16, stem="cifar", head="mlp", dim=32, frozen=0,
    norms="batch", side=16, batch=8, queue=16, steps=20, temperature=0.2, keyMomentum=[0.99, 0.99], symmetric=False,
    keyNorm="shuffle", groups=2, decoupled=False, learningRate=0.03, schedule="cosine", warmup=0.1, optimizerMomentum=0.9,
    weightDecay=5e-4, decayAll=True, augmentation=AUGMENTATION, seed=3,
)  # fmt: skip

DOUBLE = """
import json, sys, torch, train
torch.set_default_dtype(torch.float64)
runs = json.loads(sys.argv[1])
for sys.argv in runs:
    train.main()
"""


def off(found, expected):
    """The largest difference by the largest value."""
    found, expected = torch.as_tensor(found), torch.as_tensor(expected)
    return ((found - expected).abs().max() / expected.abs().max().clamp(min=1e-12)).item()


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        return [*csv.DictReader(file)]


class Folder(unittest.TestCase):
    """A folder with 24 pictures in two sub-folders, and runs on it."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        random = np.random.default_rng(0)
        for i in range(24):
            path = self.folder / "pictures" / f"class {i % 2}" / f"{i:02}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            small = Image.fromarray(random.integers(0, 256, (4, 5, 3), np.uint8))
            small.resize((30, 24), Image.BICUBIC).save(path)

    def given(self, name, changes={}, images="pictures", more=()):
        recipe = self.folder / f"{name}.json"
        recipe.write_text(json.dumps(RECIPE | changes))
        paths = ["--images", str(self.folder / images), "--out", str(self.folder / name)]
        return ["train.py", str(recipe), *paths, "--workers", "0", *more]

    def run_train(self, name, *how, **more):
        given = self.given(name, *how, **more)
        with mock.patch.object(sys, "argv", given), contextlib.redirect_stdout(io.StringIO()):
            train.main()
        return self.folder / name

    def assertSameRun(self, one, other, bound):
        losses = [[float(row["loss"]) for row in rows_of(out / "loss.csv")] for out in (one, other)]
        self.assertEqual(len(losses[0]), RECIPE["steps"])
        self.assertLessEqual(off(*losses), bound)
        weights = [files.read_safetensors(out / "model.safetensors")[0] for out in (one, other)]
        self.assertEqual(*(set(tensors) for tensors in weights))
        for name, tensor in weights[0].items():
            self.assertLessEqual(off(weights[1][name], tensor), bound, name)
        self.assertLessEqual(off(*(np.load(out / "embeddings.npy") for out in (one, other))), bound)


class Fixtures(unittest.TestCase):
    """Steps that the project's PyTorch reference made, made again."""

    def test_steps_equal_the_reference(self):
        for name in ["moco-v1", "moco-v2", "moco-v2-symmetric", "moco-v2-split-bn", "simclr"]:
            with self.subTest(name):
                # Rounding, which changes with the threads, may put a ReLU on its other side: that can part two equal runs,
                # the reference's own too, and never make different ones equal.
                errors = (self.replay(name, threads) for threads in (2, 1, 4))
                self.assertTrue(any(losses < 1e-4 and tensors < 1e-3 for losses, tensors in errors))

    def replay(self, name, threads):
        """The largest errors of losses, and of all that the run leaves."""
        self.addCleanup(torch.set_num_threads, torch.get_num_threads())
        torch.set_num_threads(threads)
        tensors, metadata = files.read_safetensors(FIXTURES / f"{name}.safetensors")
        c = types.SimpleNamespace(**json.loads(metadata["config"]))
        recipe = types.SimpleNamespace(
            queue=c.queueSize, dim=c.dim, temperature=c.temperature, symmetric=c.symmetric, keyNorm="shuffle", norms="batch",
            decoupled=False, seed=0, learningRate=c.learningRate, schedule=c.schedule, warmup=0, steps=c.steps, decayAll=True,
            optimizerMomentum=c.optimizerMomentum, weightDecay=c.weightDecay,
        )  # fmt: skip
        norm = lambda channels, eps=1e-5: BatchNorm(channels, c.splits, eps)
        encoder = Encoder(resnet(BasicBlock, c.blocks, c.width, "cifar", norm), c.head, c.dim, norm=norm)
        of = lambda part: {n[len(part) :]: x for n, x in tensors.items() if n.startswith(part)}
        encoder.load_file(of("initial.query."))
        method = METHODS[c.method](encoder, recipe).train()
        if c.method == "moco":
            method.queue.copy_(tensors["initial.queue"])
        optimizer, losses = optimizer_of(encoder, recipe), []
        for step in range(c.steps):
            first, second = ((tensors[f"images.{of}"][step] / 255 - 0.5) / 0.25 for of in ("query", "key"))
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(recipe, step)
            # Every picture is another one: nothing in the queue is masked.
            ids = torch.arange(len(first)) + len(first) * step
            loss, _ = method(first, second, ids, tensors["shuffle"][step].long(), c.keyMomentum)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        found = {f"query.{name}": x for name, x in method.query.file_tensors().items()}
        if c.method == "moco":
            self.assertEqual(method.pointer, tensors["expected.pointer"])
            found |= {f"key.{name}": x for name, x in method.key.file_tensors().items()}
            found["queue"] = method.queue
        self.assertLessEqual(set(found), {name[9:] for name in tensors if name.startswith("expected.")})
        worst = max(off(values, tensors[f"expected.{name}"]) for name, values in found.items())
        return off(losses, tensors["expected.losses"]), worst

    @unittest.skipUnless("LOOKALIKE_NETWORKS" in os.environ, "LOOKALIKE_NETWORKS names no folder with the page's networks")
    def test_networks_embed_as_the_reference(self):
        for name in ["inception-v3", "mobilenet-v2"]:
            with self.subTest(name):
                stages = backbone(name, 64, "imagenet", BatchNorm)
                encoder = Encoder(stages, "linear", 2, norms="running", keras=True).eval()
                folder = pathlib.Path(os.environ["LOOKALIKE_NETWORKS"])
                encoder.load_file(files.read_safetensors(folder / f"{name}.safetensors")[0])
                tensors, _ = files.read_safetensors(FIXTURES / f"{name}.safetensors")
                with torch.no_grad():
                    found = encoder.embed((tensors["input"].permute(0, 3, 1, 2) - 0.5) / 0.25)
                self.assertLess(off(found, tensors["embeddings"]), 1e-3)


class Processes(Folder):
    """Two processes are one: the same batches, views, keys, statistics and queue.

    In double precision: in single precision rounding puts a ReLU on its other side now and then, which parts any two runs.
    """

    RUNS = {
        "MoCo with symmetric loss": {"symmetric": True},
        "MoCo with EMAN": {"keyNorm": "eman"},
        "SimCLR with batch norm over both": {"method": "simclr", "head": "mlp-norm", "groups": 1, "frozen": 3},
    }

    def test_two_are_one(self):
        self.run_in_two([self.given(f"two {name}", changes) for name, changes in self.RUNS.items()])
        self.addCleanup(torch.set_default_dtype, torch.get_default_dtype())
        torch.set_default_dtype(torch.float64)
        for name, changes in self.RUNS.items():
            with self.subTest(name):
                self.assertSameRun(self.run_train(name, changes), self.folder / f"two {name}", 1e-6)

    def run_in_two(self, runs):
        """Runs one after another in two processes, which are told what torchrun tells them."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            told = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(free.getsockname()[1]), "WORLD_SIZE": "2"}
        started = [
            subprocess.Popen(
                [sys.executable, "-c", DOUBLE, json.dumps(runs)],
                cwd=HERE,
                env=os.environ | told | {"OMP_NUM_THREADS": "1", "RANK": rank, "LOCAL_RANK": rank},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            for rank in "01"
        ]
        for process in started:
            _, said = process.communicate()
            self.assertEqual(process.returncode, 0, said[-3000:])


class Runs(Folder):
    def test_a_run_that_was_cut_off_goes_on_to_the_last_bit(self):
        whole = self.run_train("whole")
        save = train.Checkpoint.save

        def save_and_break(checkpoint, step):
            save(checkpoint, step)
            raise KeyboardInterrupt

        with mock.patch.object(train.Checkpoint, "save", save_and_break), self.assertRaises(KeyboardInterrupt):
            self.run_train("cut", more=["--save-every", "7"])
        self.assertSameRun(whole, self.run_train("cut"), 0)

    def test_tars_hold_the_same_pictures_as_their_folder(self):
        (self.folder / "tars").mkdir()
        for label in (0, 1):
            with tarfile.open(self.folder / "tars" / f"{label}.tar", "w") as tar:
                tar.add(self.folder / "pictures" / f"class {label}", f"class {label}")
        folder, tars = (self.run_train(name, images=name, more=["--steps", "0"]) for name in ("pictures", "tars"))
        # Tar files keep the order in which they were filled.
        by_name = lambda out: {
            (row["label"], row["path"][-6:]): np.load(out / "embeddings.npy")[int(row["row"])]
            for row in rows_of(out / "images.csv")
        }
        left, right = by_name(folder), by_name(tars)
        self.assertEqual(set(left), set(right))
        for name, vector in left.items():
            np.testing.assert_array_equal(vector, right[name])

    def test_what_lies_behind_a_dot_is_left_out(self):
        picture = (self.folder / "pictures" / "class 0" / "00.png").read_bytes()
        names = ["cats/1.png", "cats/._1.png", "cats/._1.cls", ".thumbs/1.png", ".thumbs/deep/1.png"]
        (self.folder / ".mixed").mkdir()
        with tarfile.open(self.folder / ".mixed" / "made on a Mac.tar", "w") as tar:
            for name in names:
                path = self.folder / ".mixed" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(b"\x00\x05\x16\x07\xff" if "._" in name else picture)
                tar.add(path, f"./{name}")
        found = [(name, label) for name, label, *_ in Pictures(self.folder / ".mixed").found]
        self.assertEqual(found, [("cats/1.png", "cats"), ("made on a Mac.tar/cats/1.png", "cats")])

    def test_16_bit_grey_is_its_high_byte(self):
        grey = np.arange(65536, dtype=np.uint16).reshape(256, 256)
        Image.fromarray(grey).save(self.folder / "grey.png")
        found = np.asarray(Pictures(self.folder / "grey.png").square(0, 256))
        np.testing.assert_array_equal(found, np.repeat((grey >> 8)[:, :, None], 3, 2))

    def test_a_damaged_picture_is_named_and_black(self):
        (self.folder / "pictures" / "broken.jpg").write_bytes(b"no picture")
        with mock.patch("builtins.print") as said:
            out = self.run_train("broken", more=["--steps", "0"])
        self.assertIn("broken.jpg cannot be read", " ".join(str(call) for call in said.call_args_list))
        self.assertEqual(len(np.load(out / "embeddings.npy")), 25)

    def test_a_recipe_of_another_version_or_with_other_settings_is_refused(self):
        for changes in ({"recipe": 2}, {"colour": 1}, {"method": "vae"}):
            with self.subTest(changes), self.assertRaises(SystemExit):
                self.run_train("refused", changes=changes)


if __name__ == "__main__":
    unittest.main()

"""Pictures out of a folder, or out of tar files as WebDataset has them, and the views that each step draws of them."""

import io
import pathlib
import tarfile

import numpy as np
import torch
from PIL import Image, ImageOps
from torch.utils.data import Dataset

import processes
from augment import to_view, view
from recipe import squares

ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"}


class Pictures:
    """All pictures below `root`, by path. Tar files are indexed once and read in place: each is a folder of its own."""

    def __init__(self, root):
        root = pathlib.Path(root)
        self.found = []  # (path, label, file, offset, bytes); offset None: all of the file
        paths = sorted(root.rglob("*") if root.is_dir() else [root], key=lambda path: path.as_posix())
        for path in paths:
            name = path.relative_to(root).as_posix() if path != root else path.name
            if hidden(name):
                continue
            if path.suffix.lower() in ENDINGS:
                self.found.append((name, path.parent.name if path.parent != root else "", path, None, None))
            elif path.suffix.lower() == ".tar":
                self.found += members(path, name)
        if not self.found:
            raise SystemExit(f"There are no pictures in {root}.")

    def __len__(self):
        return len(self.found)

    def square(self, row, side):
        """The shorter side becomes `side`, the longer one is cropped around its centre; white behind what is transparent.

        A file that cannot be read gives a black square and a line on the terminal.
        """
        name, _, file, offset, size = self.found[row]
        try:
            if offset is None:
                image = Image.open(file)
            else:
                with open(file, "rb") as tar:
                    tar.seek(offset)
                    image = Image.open(io.BytesIO(tar.read(size)))
            image.draft("RGB", (2 * side, 2 * side))  # JPEG decodes no larger than needed
            image = ImageOps.exif_transpose(image)
            if image.mode.startswith("I"):  # 16-bit grey: the high byte, as browsers take it
                image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
            if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
                image = image.convert("RGBA")
                image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
            image = image.convert("RGB")
        except Exception as cause:
            print(f"{name} cannot be read, and is black: {cause}", flush=True)
            return Image.new("RGB", (side, side))
        scale = side / min(image.size)
        width, height = (max(side, round(length * scale)) for length in image.size)
        left, top = (width - side) // 2, (height - side) // 2
        return image.resize((width, height), Image.BICUBIC).crop((left, top, left + side, top + side))


def hidden(path):
    """Whether a part of a relative path begins with a dot: what systems leave behind. "." and ".." are no such parts."""
    return any(part.startswith(".") and part != ".." for part in pathlib.PurePosixPath(path).parts)


def members(path, name):
    """Pictures of a tar file. Their label is their folder's name, or what the .cls beside them says."""
    found, labels = [], {}
    with tarfile.open(path) as tar:
        for member in tar:
            inner = pathlib.PurePosixPath(member.name)
            if hidden(inner):
                continue
            key = inner.as_posix().removesuffix(inner.suffix)
            if member.isfile() and inner.suffix.lower() in ENDINGS:
                found.append((f"{name}/{inner}", key, inner.parent.name, path, member.offset_data, member.size))
            elif inner.suffix == ".cls":
                labels[key] = tar.extractfile(member).read().decode().strip()
    return [(full, labels.get(key, folder), *place) for full, key, folder, *place in found]


class Views(Dataset):
    """(step, row) -> two views of that picture, and its row."""

    def __init__(self, pictures, recipe):
        self.pictures, self.recipe = pictures, recipe

    def __getitem__(self, asked):
        step, row = asked
        r = self.recipe
        square = self.pictures.square(row, squares(r)[0])
        first, second = (view(square, r.side, r.augmentation, r.seed, step, row, number) for number in (0, 1))
        return first, second, row


class Centres(Dataset):
    """Row -> what is embedded of that picture."""

    def __init__(self, pictures, recipe):
        self.pictures, self.sides = pictures, squares(recipe)

    def __len__(self):
        return len(self.pictures)

    def __getitem__(self, row):
        whole, side = self.sides
        edge = round((whole - side) / 2)
        return to_view(self.pictures.square(row, whole).crop((edge, edge, edge + side, edge + side)))


class Steps:
    """This process' share of the pictures of each step from `begin` on, each picture at most once an epoch."""

    def __init__(self, recipe, count, begin):
        if recipe.batch > count:
            raise SystemExit(f"A step takes {recipe.batch} pictures and there are {count}.")
        self.recipe, self.count, self.begin = recipe, count, begin

    def __len__(self):
        return max(0, self.recipe.steps - self.begin)

    def __iter__(self):
        batch, per_epoch, epoch = self.recipe.batch, self.count // self.recipe.batch, None
        for step in range(self.begin, self.recipe.steps):
            if epoch != step // per_epoch:
                epoch = step // per_epoch
                order = torch.randperm(self.count, generator=generator(self.recipe.seed, 2 * epoch))
            rows = order[step % per_epoch * batch :][:batch]
            yield [(step, row) for row in processes.own(rows).tolist()]


def shuffle(recipe, step):
    """The permutation of the batch in which its keys are made [B]: every process draws the same."""
    return torch.randperm(recipe.batch, generator=generator(recipe.seed, 2 * step + 1))


def generator(seed, number):
    return torch.Generator().manual_seed(1_000_003 * seed + number)

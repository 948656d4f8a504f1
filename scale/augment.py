"""Views of a picture, as the page draws them (src/learn/augment): the same changes, in the same order, by other random numbers.

A view depends on the seed, the step, the picture and its number alone: not on the processes, nor on when a run was resumed.
"""

import math
import random
from types import SimpleNamespace

import torch
import torchvision.transforms.functional as TF
from PIL import ImageFilter
from torchvision.transforms import InterpolationMode

from backbones import MEAN, STD


def to_view(image):
    """PIL image -> what encoders see, [3, S, S]."""
    return (TF.to_tensor(image) - MEAN) / STD


def draw_crop(rng, side, smallest, largest):
    """(top, left, height, width) in a square: torchvision's RandomResizedCrop."""
    for _ in range(10):
        area = side * side * rng.uniform(smallest, largest)
        ratio = math.exp(rng.uniform(math.log(3 / 4), math.log(4 / 3)))
        width, height = round(math.sqrt(area * ratio)), round(math.sqrt(area / ratio))
        if 0 < width <= side and 0 < height <= side:
            return rng.randint(0, side - height), rng.randint(0, side - width), height, width
    return 0, 0, side, side


def jitter(rng, image, strengths):
    """torchvision's ColorJitter, in random order."""
    if rng.random() >= strengths["probability"]:
        return image
    changes = {"brightness": TF.adjust_brightness, "contrast": TF.adjust_contrast, "saturation": TF.adjust_saturation}
    names = [*changes, "hue"]
    rng.shuffle(names)
    for name in names:
        strength = strengths[name]
        if strength > 0 and name == "hue":
            image = TF.adjust_hue(image, rng.uniform(-strength, strength))
        elif strength > 0:
            image = changes[name](image, rng.uniform(max(0, 1 - strength), 1 + strength))
    return image


def view(square, side, augmentation, *key):
    """One view [3, side, side] of a square PIL image; `key` is (seed, step, picture, number)."""
    a, rng = SimpleNamespace(**augmentation), random.Random("/".join(map(str, key)))
    image = TF.resized_crop(square, *draw_crop(rng, square.width, *a.crop), [side, side], InterpolationMode.BILINEAR)
    if rng.random() < a.flip:
        image = TF.hflip(image)
    if rng.random() < a.verticalFlip:
        image = TF.vflip(image)
    if a.quarterTurns:
        image = image.rotate(90 * rng.randrange(4))
    grey = rng.random() < a.grey
    if grey and a.greyFirst:
        image = TF.rgb_to_grayscale(image, 3)
    image = jitter(rng, image, a.jitter)
    if grey and not a.greyFirst:
        image = TF.rgb_to_grayscale(image, 3)
    if rng.random() < a.blur["probability"]:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(*a.blur["sigma"])))
    seen = to_view(image)
    if a.noise > 0:
        generator = torch.Generator().manual_seed(rng.getrandbits(62))
        noise = torch.randn(seen.shape, generator=generator) * (a.noise / STD)
        seen = (seen + noise).clamp((0 - MEAN) / STD, (1 - MEAN) / STD)
    return seen

"""What the processes of one run tell each other. Without torchrun there is one, and nothing is sent."""

import functools
import os

import torch
import torch.distributed as dist


@functools.lru_cache  # once is enough
def start():
    """Joins the processes that torchrun started; the device that this one computes on."""
    cuda = torch.cuda.is_available()
    local = int(os.environ.get("LOCAL_RANK", 0))
    if "RANK" in os.environ:
        dist.init_process_group("nccl" if cuda else "gloo")
    if cuda:
        torch.cuda.set_device(local)
    return torch.device("cuda", local) if cuda else torch.device("cpu")


def count():
    return dist.get_world_size() if dist.is_initialized() else 1


def rank():
    return dist.get_rank() if dist.is_initialized() else 0


def wait():
    if dist.is_initialized():
        dist.barrier()


def own(rows):
    """This process' share of a batch: [B, ...] -> [B / processes, ...]."""
    return rows.chunk(count())[rank()]


@torch.no_grad()
def gather(x):
    """The shares of all processes, in their order: [N, ...] -> [N * processes, ...]. Without gradient."""
    if count() == 1:
        return x
    parts = [torch.empty_like(x) for _ in range(count())]
    dist.all_gather(parts, x.contiguous())
    return torch.cat(parts)


class _Gather(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return gather(x)

    @staticmethod
    def backward(ctx, gradient):
        gradient = gradient.contiguous()
        dist.all_reduce(gradient)
        return own(gradient)


class _Sum(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        x = x.clone()
        dist.all_reduce(x)
        return x

    @staticmethod
    def backward(ctx, gradient):
        gradient = gradient.clone()
        dist.all_reduce(gradient)
        return gradient


def gather_with_gradient(x):
    """As `gather`; what every process' loss says of x flows back to the process that made x."""
    return x if count() == 1 else _Gather.apply(x)


def total(x):
    """The sum over all processes, with gradient."""
    return x if count() == 1 else _Sum.apply(x)


@torch.no_grad()
def average(tensors):
    """Replaces tensors by their mean over the processes, sent in one message."""
    tensors = list(tensors)
    if count() == 1 or not tensors:
        return
    flat = torch.cat([x.reshape(-1) for x in tensors])
    dist.all_reduce(flat)
    for x, mean in zip(tensors, (flat / count()).split([x.numel() for x in tensors])):
        x.copy_(mean.view_as(x))

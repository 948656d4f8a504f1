"""Batch norm in groups of the batch, over one process or several."""

import torch
import torch.nn as nn
import torch.nn.functional as F

import processes

MOMENTUM = 0.1  # PyTorch's: the share of the new statistics


class BatchNorm(nn.Module):
    """Batch norm over `groups` equal runs of the whole batch, whatever the number of processes.

    Groups that divide among the processes cost no message. One group over several processes has its moments summed over
    them. Otherwise each process is one group. The running statistics move towards the mean over the groups, with the
    unbiased variance (SplitBatchNorm of the MoCo demo).
    """

    def __init__(self, channels, groups=1, eps=1e-5):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))
        self.eps = eps
        self.joined = groups == 1 and processes.count() > 1
        self.groups = max(1, groups // processes.count())

    def forward(self, x):  # [N, C, H, W] or [N, C]
        if not self.training:
            return F.batch_norm(x, self.running_mean, self.running_var, self.weight, self.bias, False, 0, self.eps)
        y, mean, variance = self.over_processes(x) if self.joined else self.over_groups(x)
        self.running_mean.lerp_(mean, MOMENTUM)
        self.running_var.lerp_(variance, MOMENTUM)
        return y

    def over_groups(self, x):
        outputs, means, variances = [], [], []
        for part in x.chunk(self.groups):
            # With a momentum of 1 the running statistics are those of this part.
            mean, variance = torch.zeros_like(self.running_mean), torch.ones_like(self.running_var)
            outputs.append(F.batch_norm(part, mean, variance, self.weight, self.bias, True, 1.0, self.eps))
            means.append(mean)
            variances.append(variance)
        return torch.cat(outputs), torch.stack(means).mean(0), torch.stack(variances).mean(0)

    def over_processes(self, x):
        axes = [axis for axis in range(x.dim()) if axis != 1]
        wide = lambda values: values.view(-1, *[1] * (x.dim() - 2))
        count = x.numel() // x.shape[1] * processes.count()
        values = x.to(self.weight.dtype)
        mean = processes.total(values.sum(axes)) / count
        centred = values - wide(mean)
        variance = processes.total((centred * centred).sum(axes)) / count
        y = centred * wide(torch.rsqrt(variance + self.eps) * self.weight) + wide(self.bias)
        return y.to(x.dtype), mean.detach(), variance.detach() * (count / (count - 1))

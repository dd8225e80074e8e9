"""A training step in PyTorch eager, driven line by line: `steps N` answers with the seconds that N steps took, `cpu N`
with those of processor time.

Usage: python3 pytorch_step.py MODEL BATCH THREADS
"""
import sys
import time

import torch
import torch.nn.functional as F

from networks import NETWORKS


def main():
    model, batch, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    net = NETWORKS[model]()
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3)
    if len(net.shape) == 1:
        x = torch.arange(batch * net.shape[0]).reshape(batch, -1) % 10
        y = x.flatten()
    else:
        x = torch.randn(batch, *net.shape)
        y = torch.randint(0, net.classes, (batch,))
    count = sum(p.numel() for p in net.parameters())
    print(f"torch {torch.__version__}, {count} parameters", flush=True)
    for line in sys.stdin:
        verb, count = line.split()
        clock = time.process_time if verb == "cpu" else time.perf_counter
        begin = clock()
        for _ in range(int(count)):
            optimizer.zero_grad(set_to_none=True)
            loss = F.cross_entropy(net(x), y)
            loss.backward()
            optimizer.step()
            loss.item()
        print(clock() - begin, flush=True)


if __name__ == "__main__":
    main()

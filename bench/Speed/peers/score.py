"""PyTorch scores 30 features by 16 hidden units; prints a line of JSON: microseconds for one row, million rows per second in batches.

usage: score.py ACTIVATION THREADS
"""
import sys, os, json, time
activation, threads = sys.argv[1:3]
for name in ('OPENBLAS_NUM_THREADS', 'OMP_NUM_THREADS', 'MKL_NUM_THREADS'):
    os.environ[name] = threads
import torch
torch.set_num_threads(int(threads))
torch.manual_seed(1)
net = torch.nn.Sequential(torch.nn.Linear(30, 16), {'tanh': torch.nn.Tanh, 'relu': torch.nn.ReLU}[activation](), torch.nn.Linear(16, 1)).eval()


def best(action, times):
    action()
    fastest = 9e9
    for _ in range(times):
        start = time.perf_counter()
        action()
        fastest = min(fastest, time.perf_counter() - start)
    return fastest


with torch.inference_mode():
    row = torch.randn(1, 30)
    traced = torch.jit.freeze(torch.jit.trace(net, row))
    for _ in range(50):
        traced(row)
    one = min(best(lambda: net(row), 3000), best(lambda: traced(row), 3000))
    fastest = 0
    for rows in (1_000, 10_000, 100_000):
        x = torch.randn(rows, 30)
        fastest = max(fastest, rows / min(best(lambda: net(x), 40), best(lambda: traced(x), 40)))
print(json.dumps(dict(activation=activation, threads=threads, one=one * 1e6, batch=fastest / 1e6, version=torch.__version__)))

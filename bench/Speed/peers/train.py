"""One peer trains one configuration on some threads; prints one line of JSON.

usage: train.py PEER CONFIGURATION ACTIVATION THREADS FOLDER ROUND
PEER: sklearn | torch | torchbag (sparse rows, EmbeddingBag) | torchbag-sparse (with sparse gradients)
THREADS: 1, 2 or blas,openmp (OpenBLAS and PyTorch have separate pools)
The weights to start from and the order of the rows are the folder's.
Time is that of each epoch: gathering the rows, forward, backward, update; by the clock, and by what the process used of its processors.
The loss is taken on all rows after the last epoch, outside the time.
"""
import sys, os, json, time, resource
peer, configuration, activation, threads, folder, round_ = sys.argv[1:7]
blas, openmp = (threads.split(',') * 2)[:2]
os.environ.update(OPENBLAS_NUM_THREADS=blas, MKL_NUM_THREADS=openmp, OMP_NUM_THREADS=openmp)
import numpy as np
from data import CONFIGURATIONS, load, load_order, load_weights

n, d, hidden, batch, epochs = CONFIGURATIONS[configuration]
group = max(1, epochs // 20) if n < 1000 else 1  # short epochs are timed in groups
x, y = load(configuration, folder)
w1, b1, w2, b2 = load_weights(configuration, folder)
orders = iter(load_order(configuration, folder, round_) if batch < n else [])
rate = 1.2 if configuration == 'course' else .001
stamps, used = [], []


def stamp():
    stamps.append(time.perf_counter())
    used.append(time.process_time())


if peer == 'sklearn':
    import warnings
    warnings.filterwarnings('ignore')
    from sklearn.neural_network import MLPClassifier
    from sklearn.metrics import log_loss
    after_epoch = MLPClassifier._update_no_improvement_count

    def stamped(self, *arguments):
        stamp()
        return after_epoch(self, *arguments)
    MLPClassifier._update_no_improvement_count = stamped
    layers = iter([(w1.T.copy(), b1), (w2.reshape(-1, 1), b2)])
    own_coef = MLPClassifier._init_coef

    def given_coef(self, *arguments):
        own_coef(self, *arguments)  # so that memory is as it is without us: what is freed here decides how malloc treats later arrays
        return next(layers)
    MLPClassifier._init_coef = given_coef
    if batch < n:
        from sklearn.neural_network import _multilayer_perceptron
        _multilayer_perceptron.shuffle = lambda rows, random_state: next(orders)
    order = dict(shuffle=batch < n, random_state=1)
    solver = dict(solver='sgd', momentum=0, nesterovs_momentum=False, alpha=0) if configuration == 'course' else dict(solver='adam', alpha=0)
    model = MLPClassifier((hidden,), activation=activation, batch_size=batch, max_iter=epochs, tol=0, n_iter_no_change=10**9,
                          learning_rate_init=rate, **order, **solver)
    start, start_used = time.perf_counter(), time.process_time()
    model.fit(x, y)
    stamps.insert(0, start)
    used.insert(0, start_used)
    version = __import__('sklearn').__version__
    loss = float(log_loss(y, model.predict_proba(x).astype(np.float64)))
else:
    import torch
    torch.set_num_threads(int(openmp))
    version = torch.__version__
    function = {'tanh': torch.nn.Tanh, 'relu': torch.nn.ReLU}[activation]()
    cost = torch.nn.BCEWithLogitsLoss()
    labels = torch.from_numpy(y.astype(np.float32)).unsqueeze(1)
    if peer.startswith('torchbag'):
        bag = torch.nn.EmbeddingBag(d, hidden, mode='sum', sparse=peer.endswith('sparse'))
        bias = torch.nn.Parameter(torch.zeros(hidden))
        output = torch.nn.Linear(hidden, 1)
        start = [(bag.weight, w1.T), (bias, b1), (output.weight, w2), (output.bias, b2)]
        starts, indices, values = x.indptr, x.indices.astype(np.int64), x.data

        def forward(rows):
            length = starts[rows + 1] - starts[rows]
            offset = np.zeros(len(rows), np.int64)
            np.cumsum(length[:-1], out=offset[1:])
            place = np.repeat(starts[rows] - offset, length) + np.arange(length.sum())
            first = bag(torch.from_numpy(indices[place]), torch.from_numpy(offset), per_sample_weights=torch.from_numpy(values[place]))
            return output(function(first + bias))
        rest = [bias] + list(output.parameters())
        optimizers = ([torch.optim.SparseAdam(list(bag.parameters()), lr=rate), torch.optim.Adam(rest, lr=rate)]
                      if peer.endswith('sparse') else [torch.optim.Adam(list(bag.parameters()) + rest, lr=rate)])

        def epoch():
            order = next(orders)
            for start in range(0, n, batch):
                rows = order[start:start + batch]
                for optimizer in optimizers:
                    optimizer.zero_grad(set_to_none=True)
                cost(forward(rows), labels[torch.from_numpy(rows)]).backward()
                for optimizer in optimizers:
                    optimizer.step()
        everything = lambda rows: forward(rows.numpy())
    else:
        features = torch.from_numpy(x)
        model = torch.nn.Sequential(torch.nn.Linear(d, hidden), function, torch.nn.Linear(hidden, 1))
        start = zip(model.parameters(), (w1, b1, w2, b2))
        optimizer = (torch.optim.SGD if configuration == 'course' else torch.optim.Adam)(model.parameters(), lr=rate)

        def epoch():
            if batch >= n:
                optimizer.zero_grad(set_to_none=True)
                cost(model(features), labels).backward()
                optimizer.step()
                return
            for rows in torch.from_numpy(next(orders)).split(batch):
                optimizer.zero_grad(set_to_none=True)
                cost(model(features.index_select(0, rows)), labels.index_select(0, rows)).backward()
                optimizer.step()
        everything = lambda rows: model(features.index_select(0, rows))
    with torch.no_grad():
        for parameter, numbers in start:
            parameter.copy_(torch.from_numpy(numbers.reshape(parameter.shape)))
    stamp()
    for _ in range(epochs):
        epoch()
        stamp()
    with torch.no_grad():
        loss = sum(float(torch.nn.functional.binary_cross_entropy_with_logits(everything(rows), labels[rows], reduction='sum'))
                   for rows in torch.arange(n).split(10_000)) / n

epoch_times = lambda marks: sorted((b - a) / group for a, b in zip(marks[::group], marks[group::group]))
times = epoch_times(stamps)
from threadpoolctl import threadpool_info
blas = next((f"{pool['internal_api']} {pool['version']}" for pool in threadpool_info() if pool['user_api'] == 'blas'), 'reference BLAS')
print(json.dumps(dict(
    peer=peer, version=version, blas=blas, round=int(round_), configuration=configuration, activation=activation, threads=threads,
    best=times[0], median=times[len(times) // 2], processor=epoch_times(used)[0], loss=loss,
    megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)))

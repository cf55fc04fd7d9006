"""The rows of one configuration, the weights to start from and the order of the rows, the same for every peer and for us.

usage: data.py CONFIGURATION FOLDER ROUNDS    writes x.f32, y.f32 (dense) or starts.i32, indices.i32, values.f32, y.f32 (sparse);
                                              the weights that everybody starts from: w1.f32 (H x D), b1.f32, w2.f32, b2.f32;
                                              and the rows' order in each epoch of each round: order1.i32, order2.i32, ...
"""
import sys, os
import numpy as np

#               rows, features, hidden units, batch, epochs
CONFIGURATIONS = {
    'course':   (400, 2, 4, 400, 10_000),
    'wdbc':     (569, 30, 16, 32, 200),
    'rows100k': (100_000, 28, 64, 256, 8),
    'wide100k': (100_000, 100, 128, 1024, 8),
    'rows1m':   (1_000_000, 28, 32, 1024, 4),
    'pixels':   (20_000, 784, 512, 256, 4),
    'sparse':   (50_000, 20_000, 32, 256, 3),
}


def dense(n, d):
    """Normal features; the label is a noisy function of three of them with an interaction."""
    random = np.random.default_rng(0)
    x = random.standard_normal((n, d), dtype=np.float32)
    noise = .3 * random.standard_normal(n)
    return x, (np.sin(2 * x[:, 0]) + x[:, 1] * x[:, min(2, d - 1)] + noise > 0).astype(np.int64)


def sparse(n, d, nonzeros=20):
    """Like text: words drawn by a power law, about `nonzeros` different ones in a row, L2-normalised log-counts."""
    import scipy.sparse as sp
    random = np.random.RandomState(9)
    p = 1 / np.arange(1, d + 1) ** .8
    p /= p.sum()
    length = random.poisson(nonzeros * 1.15, n).clip(3)
    word = random.choice(d, length.sum(), p=p)
    row = np.repeat(np.arange(n), length)
    place = random.permutation(d)
    x = sp.csr_matrix((np.ones(len(row), np.float32), (row, place[word])), (n, d))
    x.sum_duplicates()
    x.data = 1 + np.log(x.data)
    x = sp.diags(1 / np.sqrt(np.asarray(x.multiply(x).sum(1)).ravel())).astype(np.float32) @ x
    x = x.tocsr().astype(np.float32)
    x.sort_indices()
    weight = random.randn(d) * (random.rand(d) < .3) * 2
    one, other = (random.rand(d) < .15).astype(float), (random.rand(d) < .15).astype(float)
    score = x @ weight + 6 * (x @ one - .6) * (x @ other - .6)
    score = (score - np.median(score)) / score.std() * 3
    return x, (random.rand(n) < 1 / (1 + np.exp(-score))).astype(np.int64)


def weights(configuration):
    """Of the scale that PyTorch draws; for sparse rows W1 is smaller than its Embedding draws, for all."""
    d, hidden = CONFIGURATIONS[configuration][1:3]
    random = np.random.default_rng(1)
    uniform = lambda inputs, *shape: random.uniform(-inputs ** -.5, inputs ** -.5, shape)
    if configuration == 'sparse':
        first = dict(w1=.05 * random.standard_normal((hidden, d)), b1=np.zeros(hidden))
    else:
        first = dict(w1=uniform(d, hidden, d), b1=uniform(d, hidden))
    return first | dict(w2=uniform(hidden, hidden), b2=uniform(hidden, 1))


def read(folder, name, kind):
    return np.fromfile(os.path.join(folder, name), kind)


def load_weights(configuration, folder):
    """W1 (H x D), b1, W2, b2 as this program wrote them."""
    d, hidden = CONFIGURATIONS[configuration][1:3]
    w1, b1, w2, b2 = (read(folder, name + '.f32', np.float32) for name in ('w1', 'b1', 'w2', 'b2'))
    return w1.reshape(hidden, d), b1, w2, b2


def load_order(configuration, folder, round_):
    """For each epoch the order of the rows."""
    n, epochs = CONFIGURATIONS[configuration][0], CONFIGURATIONS[configuration][4]
    return read(folder, f'order{round_}.i32', np.int32).reshape(epochs, n).astype(np.int64)


def load(configuration, folder):
    """The rows as this program wrote them."""
    n, d = CONFIGURATIONS[configuration][:2]
    y = read(folder, 'y.f32', np.float32).astype(np.int64)
    if configuration != 'sparse':
        return read(folder, 'x.f32', np.float32).reshape(n, d), y
    import scipy.sparse as sp
    parts = (read(folder, name, kind) for name, kind in (('values.f32', np.float32), ('indices.i32', np.int32), ('starts.i32', np.int32)))
    return sp.csr_matrix(tuple(parts), (n, d)), y


if __name__ == '__main__':
    configuration, folder, rounds = sys.argv[1:4]
    n, d, _, batch, epochs = CONFIGURATIONS[configuration]
    os.makedirs(folder, exist_ok=True)
    x, y = (sparse if configuration == 'sparse' else dense)(n, d)
    write = lambda name, numbers, kind: np.ascontiguousarray(numbers, kind).tofile(os.path.join(folder, name))
    write('y.f32', y, np.float32)
    if configuration == 'sparse':
        write('starts.i32', x.indptr, np.int32)
        write('indices.i32', x.indices, np.int32)
        write('values.f32', x.data, np.float32)
    else:
        write('x.f32', x, np.float32)
    for name, numbers in weights(configuration).items():
        write(name + '.f32', numbers, np.float32)
    for round_ in range(1, int(rounds) + 1) if batch < n else []:
        random = np.random.default_rng(round_)
        write(f'order{round_}.i32', np.concatenate([random.permutation(n) for _ in range(epochs)]), np.int32)

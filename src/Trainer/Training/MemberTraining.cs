using MlNetShallowNet.Engine;
using MlNetShallowNet.Learning;

namespace MlNetShallowNet.Training;

/// <summary>
/// One network in training: its engine and solver, the rows that it leaves out, its history, and the best of its parameters so far. A
/// single network is the only member of its ensemble.
/// </summary>
internal sealed class MemberTraining : IDisposable
{
    private readonly TrainingSettings _settings;
    private readonly RowDivision _division;
    private readonly TrainingRows? _validation;
    private readonly TrainingEngine _engine;
    private readonly IEpochs _epochs;
    private readonly EpochRecord _record;
    private readonly int _number;
    private readonly long _rowCount;
    private readonly bool _keepsAllScores;
    private readonly List<float[]> _scores = []; // of the left-out rows, after each epoch; only the best where all would take too much room
    private readonly float[] _best;
    private int[] _order = [];
    private BatchLoss _loss;
    private bool _isDone;

    /// <param name="inputs">How rows are prepared.</param>
    /// <param name="rowCount">Rows of an epoch.</param>
    /// <param name="division">Which rows members leave out.</param>
    /// <param name="validation">Prepared rows to judge epochs by instead; null for the rows left out.</param>
    /// <param name="initial">The network to go on from, on prepared rows; null to draw one.</param>
    /// <param name="settings">How to train, with this member's number and seed.</param>
    /// <param name="keepsAllScores">Whether to keep the scores of the rows left out after each epoch.</param>
    public MemberTraining(
        TrainingInputs inputs, long rowCount, RowDivision division, TrainingRows? validation, NetworkParameters? initial,
        TrainingSettings settings, bool keepsAllScores)
    {
        (_settings, _division, _validation, _number, _keepsAllScores) = (settings, division, validation, settings.Member - 1, keepsAllScores);
        _rowCount = rowCount;
        LeftOut = validation is null ? division.LeftOut(_number) : [];
        long trained = Math.Max(1, rowCount - LeftOut.Length);
        int batch = (int)Math.Min(UpdateRules.TakesAllRows(settings.Solver) ? trained : settings.BatchSize, Math.Min(trained, int.MaxValue));
        _engine = new TrainingEngine(inputs.ColumnCount, settings.HiddenUnits, settings.Activation, batch, settings.Threads, inputs.Ramps)
        {
            L2 = (float)settings.L2,
            MeanWeight = settings.MeanWeight,
            Dropout = new Dropout((float)settings.HiddenDropout, (ulong)(uint)settings.Seed << 32),
        };
        NetworkParameters? start = initial ?? (inputs is EncodedInputs ? null : inputs.Draw(settings));
        float[] flat = new float[_engine.Layout.Count];
        if (start is null)
            inputs.Draw(settings, _engine.Layout, flat);
        else
            _engine.Layout.Pack(start, flat);
        _engine.Load(flat);
        _best = flat;
        bool isExact = settings.Solver == Solver.Lbfgs || (settings.Solver == Solver.GradientDescent && settings.HiddenDropout == 0);
        _epochs = isExact ? new FullBatchEpochs(_engine, CostOver(start), settings) : new MiniBatches(_engine, settings, trained, (trained + batch - 1) / batch);
        _record = new EpochRecord(settings, Stopwatch.StartNew());
    }

    /// <summary>The rows that it is judged by and was not trained on, as numbers of the division's rows.</summary>
    public int[] LeftOut { get; }

    /// <summary>How training went.</summary>
    public TrainingHistory History => _record.ToHistory();

    /// <summary>The epochs that are over, those before a checkpoint included.</summary>
    public int EpochsDone => _record.Epochs.Count;

    /// <summary>Whether there is another epoch to come.</summary>
    public bool GoesOn => !_isDone && _record.GoesOn;

    /// <summary>The network as trained, on prepared rows.</summary>
    public NetworkParameters ToNetwork()
    {
        float[] flat = new float[_engine.Layout.Count];
        _engine.Load(_best);
        _engine.Store(flat);
        return _engine.Layout.ToNetwork(flat, _settings.Activation);
    }

    /// <summary>The log loss of the rows left out after an epoch, counted from 0; after the last one as after it.</summary>
    public double LossAfter(int epoch) => _record.Epochs[Math.Min(epoch, _record.Epochs.Count - 1)].ValidationLoss!.Value;

    /// <summary>The scores of the rows left out after an epoch, as far as they were kept.</summary>
    public float[] ScoresAfter(int epoch) => _keepsAllScores ? _scores[Math.Min(epoch, _scores.Count - 1)] : _scores[0];

    /// <summary>The scores of some rows, once training is over.</summary>
    public float[] ScoresOf(TrainingRows rows, int[] which)
    {
        float[] scores = new float[which.Length];
        _engine.Load(_best);
        _engine.Scores(rows, which, scores);
        return scores;
    }

    /// <summary>Trains on a block of an epoch's rows.</summary>
    public void Train(RowBlock block)
    {
        (_order, int count) = _division.TrainOn(_number, block, _order);
        if (count == 0 || _settings.CancellationToken.IsCancellationRequested)
            return;
        if (_epochs.Train(block.Rows, _order, count) is BatchLoss loss)
            _loss += loss;
        else
            _isDone = true;
    }

    /// <summary>Ends an epoch: judges it, records it, and keeps its parameters if they are the best so far. An epoch that was cut short does not
    /// count.</summary>
    public void EndEpoch()
    {
        if (_isDone || _settings.CancellationToken.IsCancellationRequested)
            return;
        bool isBest = _record.Add(_loss, Judge());
        _loss = default;
        DividePenalty();
        if (!isBest)
            return;
        _engine.Parameters.CopyTo(_best);
        _record.CheckFinite(_best);
    }

    /// <summary>What an epoch changes.</summary>
    public void Exchange(StateExchange state)
    {
        _record.Exchange(state);
        float[] parameters = _engine.Parameters.ToArray();
        state.Fixed<float>(parameters);
        state.Fixed<float>(_best);
        state.Check(EpochRecord.AreFinite(parameters) && EpochRecord.AreFinite(_best));
        if (state.IsReading)
        {
            _engine.Load(parameters);
            DividePenalty();
        }
        _epochs.Exchange(state);
        _isDone = state.Value(_isDone);
        _order = state.Array(_order);
        state.Check(_order.All(row => row >= 0 && row < _rowCount));
        ExchangeScores(state);
    }

    /// <summary>What is left of a training that is over: all that joining needs.</summary>
    public void ExchangeResult(StateExchange state)
    {
        _record.Exchange(state);
        state.Fixed<float>(_best);
        state.Check(EpochRecord.AreFinite(_best));
        ExchangeScores(state);
        _isDone |= state.IsReading;
    }

    public void Dispose()
    {
        (_epochs as IDisposable)?.Dispose();
        _engine.Dispose();
    }

    private void ExchangeScores(StateExchange state)
    {
        float[][] scores = [.. _scores];
        int kept = state.Count(scores.Length, sizeof(long) + LeftOut.Length * sizeof(float));
        state.Check(kept == (LeftOut.Length == 0 ? 0 : _keepsAllScores ? _record.Epochs.Count : Math.Min(1, _record.Epochs.Count)));
        _scores.Clear();
        for (int i = 0; i < kept; i++)
        {
            float[] ofEpoch = state.IsReading ? new float[LeftOut.Length] : scores[i];
            state.Fixed<float>(ofEpoch);
            _scores.Add(ofEpoch);
        }
    }

    private void DividePenalty()
    {
        if (EpochsDone >= _settings.PenaltyDividedFrom)
            _engine.DividePenalty();
    }

    private BatchLoss? Judge()
    {
        if (_validation is not null)
            return _engine.Loss(_validation, RowSelection.All(_validation));
        if (LeftOut.Length == 0)
            return null;
        TrainingRows rows = _division.Judges!;
        float[] scores = new float[LeftOut.Length];
        _engine.Scores(rows, LeftOut, scores);
        BatchLoss loss = default;
        for (int i = 0; i < scores.Length; i++)
        {
            double weight = rows.Weights?[LeftOut[i]] ?? 1;
            loss += new BatchLoss(weight * LogLoss.Of(scores[i], rows.Labels[LeftOut[i]]), weight);
        }
        if (_keepsAllScores || _scores.Count == 0)
            _scores.Add(scores);
        else if (loss.Mean < _record.BestLoss)
            _scores[0] = scores;
        return loss;
    }

    // A plain network follows the exact cost in double precision; an encoded one the engine's.
    private Func<TrainingRows, int[], IFullBatchCost> CostOver(NetworkParameters? start) => start is null
        ? (rows, which) => new SinglePrecisionCost(_engine, rows, which, _settings.L2)
        : (rows, which) => new DoublePrecisionCost(
            new FullBatchGradient(rows, which, _settings.HiddenUnits, _settings.Activation, _settings.Threads), start, _engine.Layout, _settings.L2);
}

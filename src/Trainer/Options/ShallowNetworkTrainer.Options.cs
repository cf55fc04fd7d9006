using MlNetShallowNet.Options;

namespace MlNetShallowNet;

public sealed partial class ShallowNetworkTrainer
{
    /// <summary>
    /// What a <see cref="ShallowNetworkTrainer"/> can be told. Options that are null are decided by the trainer, as each says. All are checked
    /// when the trainer is made, and copied: changing them later has no effect.
    /// </summary>
    /// <remarks>
    /// With nothing set, an ensemble is trained and joined into one network: eight members of 32 to 64 hidden units on encoded features, each
    /// leaving out another eighth of the rows, beside a logistic regression and boosted trees where these help; fewer and larger members for
    /// many rows. <see cref="InitialModel"/> or a <see cref="Solver"/> other than Adam and AdamW asks for a single network on the features
    /// as they are. <see cref="Fast"/> and <see cref="Best"/> are two other starting points; every option of theirs can be changed.
    /// </remarks>
    public sealed partial class Options
    {
        /// <summary>The column of labels, Boolean. Default: <c>Label</c>.</summary>
        public string LabelColumnName { get; set; } = "Label";

        /// <summary>The column of features, a vector of Single of known size, dense or sparse. Default: <c>Features</c>.</summary>
        public string FeatureColumnName { get; set; } = "Features";

        /// <summary>The column of example weights, Single: the loss of a row counts this many times. Default: null, each counts once.</summary>
        public string? ExampleWeightColumnName { get; set; }

        /// <summary>How many networks to train and join into one, 1 to 256. Each leaves out another part of the rows and keeps the epoch with the
        /// lowest loss on them; the score is the mean of theirs. Default: null, which is 8 for up to 2,000 rows or 500 of the rarer
        /// class, 6 up to 20,000 or 5,000, 4 up to 200,000 rows and 3 for more (4 where columns are more than ten times the rows; as many as leave each at least 8 of the hidden units that are asked for),
        /// and 1 where an initial model or a solver other than Adam and AdamW is given.</summary>
        public int? Members { get; set; }

        /// <summary>H, the number of hidden units of the network that results, 1 to 65,536, as nearly as equal members come to it: of 100 that are asked for, 8 members
        /// of 12 make 96. H times the features, or times the columns that these are encoded as, must be at most 268,435,456. Default: null, which is 64 for each member (by the features of a row 32 to 64 for fewer than 2,000 rows and 32 to 160
        /// for more than 20,000, at most 64 from 100,000 rows on where features are read together, but 32 where fewer than 5,000 of so many are of the
        /// rarer class; at least 8 where first layers are large; 4 where columns are more than ten times the rows), beside those of a logistic regression and of trees where these help, and 32 for a
        /// single network.</summary>
        public int? HiddenUnits { get; set; }

        /// <summary>g, the activation of the hidden layer. Default: null, which is <see cref="Activation.ReLU"/> for up to 10,000 rows, for rows of far more
        /// columns than there are rows and for solvers other than Adam and AdamW, and <see cref="Activation.Gelu"/> for others; or that of <see cref="InitialModel"/>.</summary>
        public IActivation? Activation { get; set; }

        /// <summary>How the first weights are drawn. Default: <see cref="WeightInitialization.Auto"/>, which in an ensemble is
        /// <see cref="WeightInitialization.Xavier"/> for every activation.</summary>
        public WeightInitialization Initialization { get; set; } = WeightInitialization.Auto;

        /// <summary>The solver. Default: <see cref="Solver.Adam"/>.</summary>
        public Solver Solver { get; set; } = Solver.Adam;

        /// <summary>The learning rate α, above 0. Default: null, which is 0.004 √(30 / active features) √(batch / 128) for Adam and AdamW, the last root at
        /// least 1 and active features those of a row that are not 0 on average; 0.05 for Sgd and 1.2 (the course's) for GradientDescent; L-BFGS has
        /// none. With an initial model it is 0.003 for Adam and AdamW; where that model has n units of trees beside a smooth activation, which
        /// are 256 times as steep, 1/256 of it, and 1/(16,384 n) of 0.05 and of 1.2: larger ones destroy it.</summary>
        public double? LearningRate { get; set; }

        /// <summary>How the learning rate changes while training. Default: null, which is <see cref="LearningRateSchedule.Cosine"/>, and
        /// <see cref="LearningRateSchedule.Constant"/> for an initial model and for solvers other than Adam and AdamW.</summary>
        public LearningRateSchedule? LearningRateSchedule { get; set; }

        /// <summary>The momentum of <see cref="Solver.Sgd"/>, 0 or more and below 1. Default: 0.9.</summary>
        public double Momentum { get; set; } = 0.9;

        /// <summary>Whether the momentum of <see cref="Solver.Sgd"/> looks ahead as Nesterov's. Default: true.</summary>
        public bool Nesterov { get; set; } = true;

        /// <summary>β1 of Adam and AdamW, how much of the running mean of gradients is kept each step, 0 or more and below 1. Default: 0.9.</summary>
        public double Beta1 { get; set; } = 0.9;

        /// <summary>
        /// β2 of Adam and AdamW, the same for squared gradients, 0 or more and below 1. Default: 0.999. On sparse features steps take time in
        /// proportion to the values that are not zero as long as 1 - β2 is at most an eighth of 1 - β1, and otherwise to all features.
        /// </summary>
        public double Beta2 { get; set; } = 0.999;

        /// <summary>ε of Adam and AdamW, which keeps a step finite where gradients vanish, above 0. Default: 1e-8.</summary>
        public double Epsilon { get; set; } = 1e-8;

        /// <summary>Rows in a mini-batch, at least 1; GradientDescent and Lbfgs take all rows whatever this says. Default: null, which is a thirtieth of
        /// the rows, but not below 16 or above 128, 256 from 20,000 dense rows on, and a 450th from 100,000 rows on, 512 to 1,024 in steps of 128; where fewer
        /// than ten features are active 512 from 20,000 rows on and 1,024 from 100,000. Of rows that go through a temporary file a batch has no more than a
        /// block of them: 2 MB, or 512 of longer rows.</summary>
        public int? BatchSize { get; set; }

        /// <summary>How often training goes through the rows (epochs; for GradientDescent that is the number of steps), at least 1. Default: null, which
        /// is 60 (600 / active features, at most 200, for fewer than ten of them), at most 200,000,000 / (rows features) of dense rows but 10 at least, at
        /// most 450,000 / rows and more for rows of few features, from 100,000 rows on at least 5 and from 200,000 at least 6; half of that where features
        /// are read together, 0.7 of it from 100,000 rows on; 12 for sparse rows with more than ten times as many columns, 6 for dense ones with as many;
        /// 10,000 for GradientDescent, 200 for Lbfgs, and 2,000,000 / rows, 10 to 100, for Sgd and for an initial model.</summary>
        public int? NumberOfIterations { get; set; }

        /// <summary>λ of the penalty λ/2 (‖W1‖² + ‖W2‖²) that is added to the mean loss, 0 or more; with AdamW the weights decay by it instead. It acts on
        /// the weights of scaled inputs. Default: null, which is 0.07 features / rows, at most 8 / rows, times intervals / 8 from 8 intervals on;
        /// where rows are sparse 160 features / rows², 0.035 active features / rows at least and 20 / rows at most,
        /// and 0 where besides columns are more than ten times the rows; 0 for GradientDescent, which is then the course's, and for an initial model
        /// with units of trees.</summary>
        public double? L2Regularization { get; set; }

        /// <summary>Whether the penalty of features that are read through knots follows the size of their weights: from half of
        /// <see cref="L2Regularization"/> for those that the network rests on to twenty times that for those that it makes little of. From the first
        /// epoch on, and of 100,000 rows and more once two thirds of the epochs are over. Default: true.</summary>
        public bool DivideL2 { get; set; } = true;

        /// <summary>The probability with which each hidden unit is left out for each row of a step, 0 or more and below 1. Not with Lbfgs. Default:
        /// null, which is 0.</summary>
        public double? HiddenDropout { get; set; }

        /// <summary>Where random numbers start: the same seed and data give the same network, bit for bit, with any number of threads on the
        /// same kind of processor. Default: null, which follows <c>MLContext(seed)</c>.</summary>
        public int? Seed { get; set; }

        /// <summary>Whether mini-batches are drawn anew in every epoch; else they follow the order of the rows. Default: true.</summary>
        public bool Shuffle { get; set; } = true;

        /// <summary>How inputs are scaled while training. Default: <see cref="InputScaling.Standardize"/>.</summary>
        public InputScaling InputScaling { get; set; } = InputScaling.Standardize;

        /// <summary>Where boosted trees stand beside the networks (of up to 100,000 rows): whether all trees are kept that are grown without the rows which a
        /// member leaves out, and averaged as in bagging; else one set is grown anew on all rows. As many more hidden units of trees as there are members, for a little
        /// more quality. Of more than 10,000 rows they are grown without the rows of two members; else of one, and stay as they are. Default: false.</summary>
        public bool BagTrees { get; set; }

        /// <summary>What the first layer reads of each feature. Default: null, which is <see cref="FeatureEncoding.PiecewiseLinear"/>, and
        /// <see cref="FeatureEncoding.None"/> where inputs are not scaled, for an initial model and for solvers other than Adam and AdamW.</summary>
        public FeatureEncoding? FeatureEncoding { get; set; }

        /// <summary>The largest number of intervals into which the encoding cuts a feature, 1 to 1,024. Default: null, which is 8 for up to 10,000 rows
        /// or 2,500 of the rarer class (4 for fewer than ten features and 2,000 rows), 16 up to 100,000, then 32, or 64 for fewer than ten features; and a
        /// knot at each value where values are at most 512, of 50 rows on average, and tell what their neighbours do not, as the numbers of shops do.</summary>
        public int? EncodingIntervals { get; set; }

        /// <summary>Whether features of few values, as one-hot encoded columns are, that say much more together than one by one, as month and day of
        /// the month can, are also read together (<see cref="FeatureCross"/>), where rows are sparse. Default: true.</summary>
        public bool CrossFeatures { get; set; } = true;

        /// <summary>Whether scores are calibrated on the rows that members left out (Platt scaling), as far as these call for it. Default: true.</summary>
        public bool Calibrate { get; set; } = true;

        /// <summary>How much the rows of each class count. Default: <see cref="ClassWeighting.Given"/>.</summary>
        public ClassWeighting ClassWeighting { get; set; }

        /// <summary>How often a row whose label is true counts, above 0. Default: 1.</summary>
        public double PositiveClassWeight { get; set; } = 1;

        /// <summary>How often a row whose label is false counts, above 0. Default: 1.</summary>
        public double NegativeClassWeight { get; set; } = 1;

        /// <summary>Whether probabilities keep the true base rate where classes are weighted: the log-odds of the class weights are taken off b2 after
        /// training. Without it scores are those of the weighted rows. Default: true.</summary>
        public bool KeepBaseRate { get; set; } = true;

        /// <summary>The fraction of the rows (of each class) that each member leaves out, 0 or more and below 1, as nearly as equal parts come to it, so at most
        /// a half, and at most 16,384 rows: the epoch with the lowest loss on them is kept. Not used when validation data are given to Fit. Default: null, which is an eighth, and 0 (all rows are trained on
        /// and the last epoch is kept) for an initial model and for solvers other than Adam and AdamW.</summary>
        public double? ValidationFraction { get; set; }

        /// <summary>Early stopping: training ends after so many epochs in a row without a lower loss (on held-out rows where there are any, else the
        /// training loss), at least 1. Default: null, which is an eighth of the epochs, at least 4, and all of them for an initial model and for solvers
        /// other than Adam and AdamW.</summary>
        public int? Patience { get; set; }

        /// <summary>By how much a loss must be lower for <see cref="Patience"/> to count it, 0 or more. Default: 0.</summary>
        public double Tolerance { get; set; }

        /// <summary>How many threads may work, 1 to 1,024. The result does not depend on it. Default: null, one for each core.</summary>
        public int? NumberOfThreads { get; set; }

        /// <summary>How much memory the rows may take while training, in megabytes (2²⁰ bytes), at least 16. Rows that take more than a third of it, as 32-bit
        /// floats, are written to a temporary file (in the system's folder for temporary files), from which every epoch reads them in another order; the network
        /// depends on whether they are, and on the budget in no other way. Of rows in the file a sample and a few blocks are held: 12 MB, more of rows of
        /// more than 64 columns, 250 MB at most. Default: null, half of the memory that this process may use.</summary>
        public int? MemoryBudgetMegabytes { get; set; }

        /// <summary>Told of every epoch, on the thread that trains. Default: null.</summary>
        public IProgress<TrainingProgress>? Progress { get; set; }

        /// <summary>Seconds that training may take once the rows are read, above 0. Where <see cref="NumberOfIterations"/> is left to the trainer, fewer epochs
        /// are planned if that many would take longer, and fewer members (where these are too) before there are fewer than four epochs, so that the learning
        /// rate comes down in time. When the seconds are used up all the same, training ends as if cancelled, with the best parameters so far and, in an
        /// ensemble, with the members that got so far. What comes out then depends on the machine: for the same bits on every run limit
        /// <see cref="NumberOfIterations"/> instead. Default: null, no limit.</summary>
        public double? TimeBudgetSeconds { get; set; }

        /// <summary>A file that keeps the state of training. Where it is there already, training goes on from it and ends with the same bits as if it
        /// had not been interrupted; one of other rows, options or vectors is refused. Threads, time budget and memory may change (a time budget not where it
        /// makes another plan, memory not so that rows no longer fit into it, or do so now). It stays when training ends, so that a run that is killed before its model is saved loses nothing: delete it once the model
        /// is saved. Default: null, nothing is kept.</summary>
        public string? CheckpointPath { get; set; }

        /// <summary>How many seconds pass at least from one writing of <see cref="CheckpointPath"/> to the next, above 0; it is written between epochs.
        /// Default: null, which is 30.</summary>
        public double? CheckpointSeconds { get; set; }

        /// <summary>Ends training early; the best parameters so far are kept and returned. Default: never.</summary>
        public CancellationToken CancellationToken { get; set; }

        /// <summary>Sets an option by its name and a text, in upper or lower case, as <see cref="TrainingProvenance.Options"/> has them.</summary>
        /// <exception cref="ArgumentException">There is no such option, it is none that a text can give, or the text is no value of its kind.</exception>
        public void Set(string name, string value) => OptionRules.Set(this, name, value);

        /// <summary>The options that are set, by name.</summary>
        public override string ToString() => string.Join(", ", OptionTable.Texts(this).Select(option => $"{option.Key}={option.Value}"));

        /// <summary>What the time budget is measured by.</summary>
        internal TimeProvider Clock { get; set; } = TimeProvider.System;

        internal Options Copy() => (Options)MemberwiseClone();
    }
}

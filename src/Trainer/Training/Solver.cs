namespace MlNetShallowNet;

/// <summary>How the parameters are moved, step by step, towards a lower cost.</summary>
public enum Solver
{
    /// <summary>Adam (Kingma and Ba, 2015) on mini-batches: a step for each parameter, scaled by running means of its gradient and its square.</summary>
    Adam,

    /// <summary>Stochastic gradient descent on mini-batches, with momentum (by default Nesterov's).</summary>
    Sgd,

    /// <summary>Gradient descent exactly as in the course: every step is over all rows, in the order given, without momentum.</summary>
    GradientDescent,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019): the L2 factor λ shrinks every weight by α λ a step, instead of
    /// being a penalty whose gradient Adam would rescale.</summary>
    AdamW,

    /// <summary>L-BFGS (Liu and Nocedal, 1989; ten pairs) over all rows, with the line search of Moré and Thuente (1994). It needs no learning
    /// rate; it ends before the last iteration when the cost cannot be lowered any more.</summary>
    Lbfgs,
}

using MlNetShallowNet.Engine;

namespace MlNetShallowNet.Training;

/// <summary>From a solver's name to its rule.</summary>
internal static class UpdateRules
{
    /// <summary>The rule of a solver that has one; <see cref="Solver.Lbfgs"/> works with whole gradients instead.</summary>
    public static UpdateRule Create(TrainingSettings settings)
    {
        float rate = (float)settings.LearningRate;
        (float beta1, float beta2, float epsilon) = ((float)settings.Beta1, (float)settings.Beta2, (float)settings.Epsilon);
        return settings.Solver switch
        {
            Solver.Adam => new Adam(rate, beta1, beta2, epsilon),
            Solver.AdamW => new Adam(rate, beta1, beta2, epsilon, decoupled: true),
            Solver.Sgd => new Momentum(rate, (float)settings.Momentum, settings.Nesterov),
            Solver.GradientDescent => new GradientDescent(rate),
            _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Solver, "There is no such solver with a rule for each step."),
        };
    }

    /// <summary>Whether the solver's steps are over all rows, in their order.</summary>
    public static bool TakesAllRows(Solver solver) => solver is Solver.GradientDescent or Solver.Lbfgs;
}

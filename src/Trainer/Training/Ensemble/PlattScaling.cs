using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>
/// Platt scaling (Platt, 1999): probability = sigmoid(slope * score + offset), fitted to scores of rows that were not trained on. Being
/// affine in the score, it folds into W2 and b2.
/// </summary>
/// <param name="Slope">The slope.</param>
/// <param name="Offset">The offset.</param>
internal sealed record PlattScaling(double Slope, double Offset)
{
    private const int MostSteps = 50;

    // Against certainty where few rows happen to be parted: it keeps near scores as they are what rows do not speak against.
    private const double Lambda = 20;

    /// <summary>
    /// The scaling with the lowest log loss plus λ/2 ((slope - 1)² + shift²), where shift is what is added at the score at which the base rate is
    /// expected; null where the rows are all of one class.
    /// </summary>
    public static PlattScaling? Fit(double[] scores, double[] labels, double[] weights)
    {
        // Weights count as rows, so that their scale says nothing about how sure one can be.
        double perRow = scores.Length / weights.Sum(), positives = 0;
        for (int i = 0; i < labels.Length; i++)
            positives += weights[i] * perRow * labels[i];
        if (!(positives > 0 && positives < scores.Length))
            return null;
        double centre = Math.Log(positives / (scores.Length - positives)), slope = 1, shift = 0, cost = Cost(1, 0);
        for (int step = 0; step < MostSteps; step++)
        {
            double g0 = Lambda * (slope - 1), g1 = Lambda * shift, h00 = Lambda, h01 = 0, h11 = Lambda;
            for (int i = 0; i < scores.Length; i++)
            {
                double z = scores[i] - centre, w = weights[i] * perRow, p = Sigmoid.Logistic(slope * z + shift + centre);
                double error = w * (p - labels[i]), curvature = w * p * (1 - p);
                g0 += error * z;
                g1 += error;
                h00 += curvature * z * z;
                h01 += curvature * z;
                h11 += curvature;
            }

            // Newton's step, halved until it lowers the cost.
            double determinant = h00 * h11 - h01 * h01;
            double bySlope = (h11 * g0 - h01 * g1) / determinant, byShift = (h00 * g1 - h01 * g0) / determinant, length = 1;
            double newCost = Cost(slope - bySlope, shift - byShift);
            for (int halving = 0; !(newCost <= cost) && halving < MostSteps; halving++)
                newCost = Cost(slope - (length /= 2) * bySlope, shift - length * byShift);
            if (!(cost - newCost > 1e-10 * scores.Length))
                break;
            (slope, shift, cost) = (slope - length * bySlope, shift - length * byShift, newCost);
        }

        return new PlattScaling(slope, shift + (1 - slope) * centre);

        // A slope below 0 would turn the order of the rows round.
        double Cost(double a, double b)
        {
            if (!(a > 0))
                return double.PositiveInfinity;
            double sum = Lambda / 2 * ((a - 1) * (a - 1) + b * b);
            for (int i = 0; i < scores.Length; i++)
                sum += weights[i] * perRow * LogLoss.Of(a * (scores[i] - centre) + b + centre, labels[i]);
            return sum;
        }
    }
}

using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>
/// Platt scaling (Platt, 1999): probability = sigmoid(slope * score + offset), fitted to scores of rows that were not trained on. Being
/// affine in the score, it folds into W2 and b2. As in his paper the targets are not quite 0 and 1, but what one would expect of the next row
/// after seeing so many of each class, so that scores that happen to part the classes do not call for certainty.
/// </summary>
/// <param name="Slope">The slope.</param>
/// <param name="Offset">The offset.</param>
internal sealed record PlattScaling(double Slope, double Offset)
{
    private const int MostSteps = 50;

    // The 99 % point of chi-square with two degrees of freedom: by chance the gain is larger once in a hundred times.
    private const double SignificantGain = 9.21;

    /// <summary>
    /// The scaling with the lowest log loss, or null where it does not help enough to be more than chance: twice its gain in log likelihood
    /// must be significant.
    /// </summary>
    public static PlattScaling? Fit(double[] scores, double[] labels, double[] weights)
    {
        // Weights count as rows, so that their scale says nothing about how sure one can be.
        double perRow = scores.Length / weights.Sum();
        double yes = 0;
        for (int i = 0; i < labels.Length; i++)
            yes += weights[i] * perRow * labels[i];
        double forYes = (yes + 1) / (yes + 2), forNo = 1 / (scores.Length - yes + 2);
        double[] targets = Array.ConvertAll(labels, y => y > 0 ? forYes : forNo);
        double slope = 1, offset = 0, loss = Loss(1, 0), first = loss;
        for (int step = 0; step < MostSteps; step++)
        {
            double g0 = 0, g1 = 0, h00 = 0, h01 = 0, h11 = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                double w = weights[i] * perRow, p = Sigmoid.Logistic(slope * scores[i] + offset);
                double error = w * (p - targets[i]), curvature = w * p * (1 - p);
                g0 += error * scores[i];
                g1 += error;
                h00 += curvature * scores[i] * scores[i];
                h01 += curvature * scores[i];
                h11 += curvature;
            }

            double determinant = h00 * h11 - h01 * h01;
            if (!(determinant > 1e-12 * h00 * h11))
                break;
            // Newton's step, halved until it lowers the loss.
            double bySlope = (h11 * g0 - h01 * g1) / determinant, byOffset = (h00 * g1 - h01 * g0) / determinant, length = 1;
            double newLoss = Loss(slope - bySlope, offset - byOffset);
            for (int halving = 0; newLoss > loss && halving < MostSteps; halving++)
                newLoss = Loss(slope - (length /= 2) * bySlope, offset - length * byOffset);
            bool settled = !(loss - newLoss > 1e-10 * scores.Length);
            (slope, offset, loss) = (slope - length * bySlope, offset - length * byOffset, Math.Min(loss, newLoss));
            if (settled)
                break;
        }

        return 2 * (first - loss) > SignificantGain && slope > 0 ? new PlattScaling(slope, offset) : null;

        double Loss(double a, double b)
        {
            double sum = 0;
            for (int i = 0; i < scores.Length; i++)
                sum += weights[i] * perRow * LogLoss.Of(a * scores[i] + b, targets[i]);
            return sum;
        }
    }
}

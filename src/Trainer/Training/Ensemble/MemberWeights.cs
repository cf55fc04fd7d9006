using MlNetShallowNet.Network;

namespace MlNetShallowNet.Training;

/// <summary>
/// How much each kind of member counts in the joined score: weights v on the simplex (not negative, of sum 1) that minimise the log loss of
/// rows which no member was trained on, plus λ/2 |v - prior|². The prior speaks for the networks where rows are too few to tell. A row's score is here
/// of one network or of few, while all will be averaged; what that brings at a weight of v is v² times the gain, for it is a variance.
/// </summary>
internal static class MemberWeights
{
    private const double Lambda = 20, Smallest = 1e-3, OfOthers = 0.3;
    private const int MostSweeps = 50;

    /// <summary>The weights.</summary>
    /// <param name="scores">For each kind the scores of the rows, the networks' first.</param>
    /// <param name="labels">Their labels, 0 or 1.</param>
    /// <param name="weights">Their weights, which count as rows.</param>
    /// <param name="gain">By how much averaging all networks lowers the log loss below that of their scores.</param>
    public static double[] Fit(double[][] scores, double[] labels, double[] weights, double gain)
    {
        double[] prior = [1 - OfOthers, .. Enumerable.Repeat(OfOthers / (scores.Length - 1), scores.Length - 1)];
        double[] v = [.. prior], z = new double[labels.Length];
        double perRow = labels.Length / weights.Sum(), averaging = 2 * gain * labels.Length;
        Mix(v);
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double moved = 0;
            for (int a = 0; a < v.Length; a++)
            {
                for (int b = a + 1; b < v.Length; b++)
                    moved = Math.Max(moved, Move(a, b));
            }
            if (moved < 1e-6)
                break;
        }
        double kept = v.Where(w => w >= Smallest).Sum();
        return [.. v.Select(w => w >= Smallest ? w / kept : 0)];

        // A Newton step from one weight to another, within the simplex, halved until it lowers the cost.
        double Move(int a, int b)
        {
            double slope = Lambda * (v[a] - prior[a] - v[b] + prior[b]), curvature = 2 * Lambda;
            if (a == 0)
                (slope, curvature) = (slope - averaging * v[0], curvature - averaging);
            for (int i = 0; i < z.Length; i++)
            {
                double p = Sigmoid.Logistic(z[i]), w = weights[i] * perRow, difference = scores[a][i] - scores[b][i];
                slope += w * (p - labels[i]) * difference;
                curvature += w * p * (1 - p) * difference * difference;
            }
            double step = Math.Clamp(-slope / Math.Max(curvature, Lambda), -v[a], v[b]), before = Cost();
            (double fromA, double fromB) = (v[a], v[b]);
            for (int halving = 0; halving < 20; halving++, step /= 2)
            {
                (v[a], v[b]) = (Math.Max(0, fromA + step), Math.Max(0, fromB - step));
                Mix(v);
                if (Cost() <= before)
                    return Math.Abs(step);
            }
            (v[a], v[b]) = (fromA, fromB);
            Mix(v);
            return 0;
        }

        double Cost()
        {
            double cost = -averaging / 2 * v[0] * v[0];
            for (int i = 0; i < z.Length; i++)
                cost += weights[i] * perRow * LogLoss.Of(z[i], labels[i]);
            for (int k = 0; k < v.Length; k++)
                cost += Lambda / 2 * (v[k] - prior[k]) * (v[k] - prior[k]);
            return cost;
        }

        void Mix(double[] by)
        {
            Array.Clear(z);
            for (int k = 0; k < by.Length; k++)
            {
                for (int i = 0; by[k] != 0 && i < z.Length; i++)
                    z[i] += by[k] * scores[k][i];
            }
        }
    }
}

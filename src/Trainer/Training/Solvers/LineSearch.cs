namespace MlNetShallowNet.Training;

/// <summary>
/// The line search of Moré and Thuente (ACM TOMS 20, 1994): finds a step along a direction of descent that lowers the cost enough
/// (by <see cref="Decrease"/> of what the slope promises) and where the slope has flattened (to <see cref="Curvature"/> of what it was).
/// The constants are those of L-BFGS-B, which scikit-learn and R use, so that runs can be compared with theirs.
/// </summary>
internal sealed class LineSearch
{
    private const double Decrease = 1e-3, Curvature = 0.9, IntervalTolerance = 0.1, LongestStep = 1e10;
    private const double GrowAtLeast = 1.1, GrowAtMost = 4;
    private const int MostEvaluations = 20;

    private readonly record struct Point(double Step, double Cost, double Slope);

    /// <summary>The step found, or null where there is none. Close to a minimum it may lower the cost by less than rounding shows.</summary>
    /// <param name="evaluate">Cost and slope along the direction at a step.</param>
    /// <param name="cost">The cost at step 0.</param>
    /// <param name="slope">The slope there, below 0.</param>
    /// <param name="first">The step to try first.</param>
    public static double? Search(Func<double, (double Cost, double Slope)> evaluate, double cost, double slope, double first)
    {
        double promised = Decrease * slope;
        var best = new Point(0, cost, slope);   // the lowest so far
        Point other = best;                     // the other end of the interval, once there is one
        bool bracketed = false, lowering = true;
        double width = LongestStep, widthBefore = 2 * LongestStep;
        double step = Math.Min(first, LongestStep), from = 0, to = step + GrowAtMost * step;
        for (int evaluation = 1; evaluation <= MostEvaluations; evaluation++)
        {
            (double f, double g) = evaluate(step);
            if (!double.IsFinite(f) || !double.IsFinite(g))
                return null;
            double enough = cost + step * promised;
            if (lowering && f <= enough && g >= 0)
                lowering = false;
            bool done = (f <= enough && Math.Abs(g) <= Curvature * -slope)
                || (bracketed && (step <= from || step >= to || to - from <= IntervalTolerance * to))
                || (step == LongestStep && f <= enough && g <= promised);
            if (done)
                return step;

            double tried = step;
            if (lowering && f <= best.Cost && f > enough)
            {
                // The cost has not come down enough yet: work with the cost less what is promised.
                Point Lowered(Point p) => new(p.Step, p.Cost - p.Step * promised, p.Slope - promised);
                Point Raised(Point p) => new(p.Step, p.Cost + p.Step * promised, p.Slope + promised);
                (Point b, Point o) = (Lowered(best), Lowered(other));
                step = Next(ref b, ref o, Lowered(new Point(tried, f, g)), ref bracketed, from, to);
                (best, other) = (Raised(b), Raised(o));
            }
            else
            {
                step = Next(ref best, ref other, new Point(tried, f, g), ref bracketed, from, to);
            }

            if (bracketed)
            {
                if (Math.Abs(other.Step - best.Step) >= 0.66 * widthBefore)
                    step = best.Step + 0.5 * (other.Step - best.Step);
                (widthBefore, width) = (width, Math.Abs(other.Step - best.Step));
                (from, to) = (Math.Min(best.Step, other.Step), Math.Max(best.Step, other.Step));
            }
            else
            {
                (from, to) = (step + GrowAtLeast * (step - best.Step), step + GrowAtMost * (step - best.Step));
            }

            step = Math.Clamp(step, 0, LongestStep);
            if (bracketed && (step <= from || step >= to || to - from <= IntervalTolerance * to))
                step = best.Step;
        }

        return best.Step > 0 ? best.Step : null;
    }

    // The next step, by cubic or quadratic interpolation between the best point and the one just tried, and the interval that remains.
    private static double Next(ref Point best, ref Point other, Point tried, ref bool bracketed, double from, double to)
    {
        double next;
        double distance = tried.Step - best.Step;
        bool turned = tried.Slope * (best.Slope / Math.Abs(best.Slope)) < 0;
        if (tried.Cost > best.Cost)
        {
            // Higher: there is a minimum in between. The cubic's if it is nearer to the best point, else half way to the quadratic's.
            (double theta, double gamma) = Cubic(best, tried, false);
            if (tried.Step < best.Step)
                gamma = -gamma;
            double cubic = best.Step + ((gamma - best.Slope) + theta) / (((gamma - best.Slope) + gamma) + tried.Slope) * distance;
            double quadratic = best.Step + best.Slope / ((best.Cost - tried.Cost) / distance + best.Slope) / 2 * distance;
            next = Math.Abs(cubic - best.Step) < Math.Abs(quadratic - best.Step) ? cubic : cubic + (quadratic - cubic) / 2;
            bracketed = true;
        }
        else if (turned)
        {
            // Lower, and the slope has turned: the minimum is in between. The farther of cubic and secant.
            (double theta, double gamma) = Cubic(best, tried, false);
            if (tried.Step > best.Step)
                gamma = -gamma;
            double cubic = tried.Step + ((gamma - tried.Slope) + theta) / (((gamma - tried.Slope) + gamma) + best.Slope) * -distance;
            double secant = tried.Step + tried.Slope / (tried.Slope - best.Slope) * -distance;
            next = Math.Abs(cubic - tried.Step) > Math.Abs(secant - tried.Step) ? cubic : secant;
            bracketed = true;
        }
        else if (Math.Abs(tried.Slope) < Math.Abs(best.Slope))
        {
            // Lower, same sign, flatter: the cubic if it goes on in this direction, but not too far.
            (double theta, double gamma) = Cubic(best, tried, true);
            if (tried.Step > best.Step)
                gamma = -gamma;
            double r = ((gamma - tried.Slope) + theta) / ((gamma + (best.Slope - tried.Slope)) + gamma);
            double cubic = r < 0 && gamma != 0 ? tried.Step + r * -distance : tried.Step > best.Step ? to : from;
            double secant = tried.Step + tried.Slope / (tried.Slope - best.Slope) * -distance;
            bool cubicNearer = Math.Abs(cubic - tried.Step) < Math.Abs(secant - tried.Step);
            if (bracketed)
            {
                next = cubicNearer ? cubic : secant;
                double limit = tried.Step + 0.66 * (other.Step - tried.Step);
                next = tried.Step > best.Step ? Math.Min(limit, next) : Math.Max(limit, next);
            }
            else
            {
                next = Math.Clamp(cubicNearer ? secant : cubic, from, to);
            }
        }
        else if (bracketed)
        {
            // Lower, same sign, not flatter: the cubic through the tried point and the other end.
            (double theta, double gamma) = Cubic(other, tried, false);
            if (tried.Step > other.Step)
                gamma = -gamma;
            next = tried.Step + ((gamma - tried.Slope) + theta) / (((gamma - tried.Slope) + gamma) + other.Slope) * (other.Step - tried.Step);
        }
        else
        {
            next = tried.Step > best.Step ? to : from;
        }

        if (tried.Cost > best.Cost)
        {
            other = tried;
        }
        else
        {
            if (turned)
                other = best;
            best = tried;
        }

        return next;
    }

    // θ and γ of the cubic through two points and their slopes; scaled against overflow.
    private static (double Theta, double Gamma) Cubic(Point a, Point b, bool mayHaveNoMinimum)
    {
        double theta = 3 * (a.Cost - b.Cost) / (b.Step - a.Step) + a.Slope + b.Slope;
        double scale = Math.Max(Math.Abs(theta), Math.Max(Math.Abs(a.Slope), Math.Abs(b.Slope)));
        double inner = theta / scale * (theta / scale) - a.Slope / scale * (b.Slope / scale);
        return (theta, scale * Math.Sqrt(mayHaveNoMinimum ? Math.Max(0, inner) : inner));
    }
}

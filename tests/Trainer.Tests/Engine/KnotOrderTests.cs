using MlNetShallowNet.Engine;
using Xunit;

namespace MlNetShallowNet.Tests.Engine;

/// <summary>Rows in the order of the knots to the left of their values.</summary>
public class KnotOrderTests
{
    [Fact]
    public void EachFeaturesRowsComeByColumn()
    {
        // Features of 3 and 2 knots: columns 0 to 2 and 3 to 4. Three rows, then fewer with the same room.
        var order = new KnotOrder(Ramps.OfKnots([3, 2]));

        order.Build(3, [1, 3, 0, 3, 1, 3], [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f]);
        Assert.Equal([1, 3, 3, 6, 6], order.Ends.ToArray());
        Assert.Equal([new(1, 0.3f), new(0, 0.1f), new(2, 0.5f), new(0, 0.2f), new(1, 0.4f), new(2, 0.6f)], order.Rows[..6].ToArray());

        order.Build(1, [0, 3], [0.7f, 0.8f]);
        Assert.Equal([1, 1, 1, 2, 2], order.Ends.ToArray());
        Assert.Equal([new(0, 0.7f), new(0, 0.8f)], order.Rows[..2].ToArray());
    }
}

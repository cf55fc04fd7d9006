namespace MlNetShallowNet;

public sealed partial class ShallowNetworkTrainer
{
    public sealed partial class Options
    {
        /// <summary>
        /// For quick answers: two members of 32 hidden units and 8 epochs, in less than a tenth of the default's time. Otherwise the defaults, which
        /// <c>new Options()</c> has.
        /// </summary>
        public static Options Fast() => new() { Members = 2, HiddenUnits = 64, NumberOfIterations = 8, Patience = 3 };

        /// <summary>
        /// For the last bit of quality: 16 members, and where trees stand beside them those of each member's rows are averaged. It takes about three times the default's
        /// time; the model is up to ten times as large.
        /// </summary>
        public static Options Best() => new() { Members = 16, BagTrees = true };
    }
}

using MlNetShallowNet.Learning;
using MlNetShallowNet.Options;

namespace MlNetShallowNet;

public sealed partial class ShallowNetworkTrainer
{
    public sealed partial class Options
    {
        /// <summary>A network to go on from; its shape and activation must be those of the data and of
        /// <see cref="HiddenUnits"/> and <see cref="Activation"/> where those are given. Default: null, start from random weights.</summary>
        public ShallowNetworkModelParameters? InitialModel { get; set; }
    }

    private NetworkParameters? InitialNetwork(ShallowNetworkModelParameters? model, int featureCount)
    {
        if (model is null)
            return null;
        if (model.FeatureCount != featureCount)
            throw new ArgumentException($"The network to go on from has {model.FeatureCount} features; column '{_options.FeatureColumnName}' has {featureCount}.");
        if (!Plan.Gives(_options, model.HiddenUnits))
            throw new ArgumentException($"The network to go on from has {model.HiddenUnits} hidden units; the options ask for {_options.HiddenUnits}.");
        if (_options.Activation is not null && _options.Activation.Name != model.Activation.Name)
            throw new ArgumentException($"The network to go on from has the activation {model.Activation.Name}; the options ask for {_options.Activation.Name}.");
        if (_options.Members > 1)
            throw new ArgumentException($"A network to go on from is one network; the options ask for {_options.Members} members.");
        return model.ToNetworkParameters();
    }
}

using MlNetShallowNet.Network;

namespace MlNetShallowNet.Engine;

/// <summary>From an activation to its form on vectors.</summary>
internal static class VectorActivation
{
    /// <summary>Something that is made for one form of activation.</summary>
    public interface IMaker<out T>
    {
        /// <summary>Makes it; <typeparamref name="G"/> is known to the compiler from here on.</summary>
        T Make<G>(G g) where G : struct, IVectorActivation;
    }

    /// <summary>Makes it for this activation: one of the library's, or a user's own.</summary>
    public static T Make<T>(IActivation activation, IMaker<T> maker) => activation switch
    {
        Tanh => maker.Make(default(VectorTanh)),
        Sigmoid => maker.Make(default(VectorSigmoid)),
        ReLU => maker.Make(default(VectorReLU)),
        LeakyReLU => maker.Make(default(VectorLeakyReLU)),
        Elu => maker.Make(default(VectorElu)),
        Gelu => maker.Make(default(VectorGelu)),
        SiLU => maker.Make(default(VectorSiLU)),
        Softplus => maker.Make(default(VectorSoftplus)),
        Identity => maker.Make(default(VectorIdentity)),
        _ => maker.Make(new VectorOwn(activation)),
    };
}

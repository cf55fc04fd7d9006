using MlNetShallowNet.Onnx.Graphs;

namespace MlNetShallowNet.Onnx.Steps;

/// <summary>The ONNX nodes of one kind of transformer.</summary>
internal interface IStepConverter
{
    /// <summary>Whether a step is of the kind.</summary>
    bool Knows(PipelineStep step);

    /// <summary>Adds its nodes, and says which values its columns are.</summary>
    /// <exception cref="InvalidOperationException">It can't be done.</exception>
    void Convert(PipelineStep step, GraphBuilder graph);
}

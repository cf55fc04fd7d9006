using MlNetShallowNet.Onnx.Graphs;

namespace MlNetShallowNet.Onnx.Steps;

/// <summary>Some slots of a vector; ML.NET's own conversion of it takes one row at a time.</summary>
internal sealed class SlotsStep : IStepConverter
{
    public bool Knows(PipelineStep step) => step is { Name: "SlotsDropping", Single: var (made, _) } && Slots(step, made) is { Length: > 0 } slots
        && Array.TrueForAll(slots, slot => slot >= 0);

    public void Convert(PipelineStep step, GraphBuilder graph)
    {
        (string made, string read) = step.Single!.Value;
        long[] slots = Slots(step, made);
        graph[made] = graph.Add("Gather", [graph[read], graph.Constant(slots, slots.Length)], GraphBuilder.Attribute("axis", 1L));
    }

    // A slot that is made of none is -1.
    private static long[] Slots(PipelineStep step, string made) => Array.ConvertAll(ProbeRow.Passed(step, made, slot => slot + 1), slot => (long)slot - 1);
}

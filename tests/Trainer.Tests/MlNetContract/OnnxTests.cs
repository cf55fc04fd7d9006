using Microsoft.ML;
using Xunit;

namespace MlNetShallowNet.Tests.MlNetContract;

/// <summary>ML.NET's own export knows nothing of the network and has to say so, as of any step that it cannot export.</summary>
public class OnnxTests
{
    private const string Refusal = "can not be fully converted into a well-defined ONNX model";

    [Theory]
    [MemberData(nameof(Subjects.Own), MemberType = typeof(Subjects))]
    public void ExportIsRefused(string subject)
    {
        using var file = new MemoryStream();
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => Subjects.Ml.Model.ConvertToOnnx(Subjects.Model(subject), Subjects.Data, file));
        Assert.Contains(Refusal, error.Message);
        Assert.Equal(0, file.Length);
    }

    [Fact]
    public void ExportIsRefusedInTheMiddleOfAPipeline()
    {
        MLContext ml = Subjects.Ml;
        ITransformer pipeline = ml.Transforms.NormalizeMinMax("Features").Append(Subjects.Trainer).Append(ml.Transforms.CopyColumns("P", "Probability")).Fit(Subjects.Data);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => ml.Model.ConvertToOnnx(pipeline, Subjects.Data, Stream.Null));
        Assert.Contains(Refusal, error.Message);
    }

    [Fact]
    public void AnInBoxTrainerThatCannotBeExportedIsRefusedTheSameWay()
    {
        ITransformer other = Subjects.Ml.BinaryClassification.Trainers.FieldAwareFactorizationMachine().Fit(Subjects.Data);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Subjects.Ml.Model.ConvertToOnnx(other, Subjects.Data, Stream.Null));
        Assert.Contains(Refusal, error.Message);
    }

    [Fact]
    public void AnInBoxTrainerThatCanBeExportedIs()
    {
        using var file = new MemoryStream();
        Subjects.Ml.Model.ConvertToOnnx(Subjects.Model(Subjects.InBox), Subjects.Data, file);
        Assert.NotEqual(0, file.Length);
    }
}

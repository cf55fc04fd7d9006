using Microsoft.ML.Data;
using Xunit;

namespace MlNetShallowNet.MlNetTests.DataView;

/// <summary>Vectors, dense and sparse, and the editor that reuses their memory.</summary>
public class VBufferTests
{
    private readonly VBuffer<float> _sparse = new(6, 2, [1, 2], [1, 4]);

    [Fact]
    public void ASparseVectorHasImplicitItems()
    {
        Assert.False(_sparse.IsDense);
        Assert.Equal([1f, 2f], _sparse.GetValues().ToArray());
        Assert.Equal([1, 4], _sparse.GetIndices().ToArray());
        Assert.Equal([0f, 1f, 0f, 0f, 2f, 0f], _sparse.DenseValues());
        Assert.Equal([KeyValuePair.Create(1, 1f), KeyValuePair.Create(4, 2f)], _sparse.Items());
        Assert.Equal(6, _sparse.Items(all: true).Count());
        Assert.Equal(2f, _sparse.GetItemOrDefault(4));
        Assert.Equal(0f, _sparse.GetItemOrDefault(3));
        Assert.Equal("Sparse vector of size 6, 2 explicit values", _sparse.ToString());
    }

    [Fact]
    public void CopiesKeepOrDropSparsity()
    {
        VBuffer<float> dense = default, copy = default, part = default;
        _sparse.CopyToDense(ref dense);
        _sparse.CopyTo(ref copy);
        _sparse.CopyTo(ref part, 1, 4);
        Assert.True(dense.IsDense);
        Assert.Equal(_sparse.DenseValues(), dense.DenseValues());
        Assert.Equal(_sparse.Items(), copy.Items());
        Assert.Equal(4, part.Length);
        Assert.Equal([KeyValuePair.Create(0, 1f), KeyValuePair.Create(3, 2f)], part.Items());
    }

    [Fact]
    public void CopiesToASpanTakeADefaultUnlessNothingIsExplicit()
    {
        var target = new float[8];
        target[7] = 9;
        _sparse.CopyTo(target, 1, 5f);
        Assert.Equal([0f, 5f, 1f, 5f, 5f, 2f, 5f, 9f], target);

        var cleared = new float[] { 7, 7, 7 };
        new VBuffer<float>(3, 0, null, null).CopyTo(cleared, 0, 5f);
        Assert.Equal([0f, 0f, 0f], cleared);
    }

    [Fact]
    public void TheEditorReusesMemory()
    {
        VBuffer<float> buffer = default;
        var editor = VBufferEditor.Create(ref buffer, 5, 2);
        Assert.True(editor.CreatedNewValues);
        (editor.Values[0], editor.Values[1], editor.Indices[0], editor.Indices[1]) = (1, 2, 0, 3);
        buffer = editor.Commit();
        Assert.Equal([1f, 0f, 0f, 2f, 0f], buffer.DenseValues());

        editor = VBufferEditor.Create(ref buffer, 5, 2);
        Assert.False(editor.CreatedNewValues);
        Assert.False(editor.CreatedNewIndices);
        Assert.Equal([KeyValuePair.Create(0, 1f)], editor.CommitTruncated(1).Items());

        editor = VBufferEditor.Create(ref buffer, 20, 10, keepOldOnResize: true);
        Assert.True(editor.CreatedNewValues);
        Assert.Equal(2f, editor.Values[1]);
        Assert.Equal(2, VBufferEditor.CreateFromBuffer(ref buffer).Values.Length);
    }

    [Fact]
    public void ADenseEditorHasNoIndicesUnlessAskedFor()
    {
        VBuffer<float> buffer = default;
        Assert.Equal(0, VBufferEditor.Create(ref buffer, 3).Indices.Length);
        Assert.Equal(3, VBufferEditor.Create(ref buffer, 3, requireIndicesOnDense: true).Indices.Length);
    }

    [Fact]
    public void WrongLengthsThrow()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<float>(3, new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<float>(-1, new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<float>(3, 2, new float[2], new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _sparse.GetItemOrDefault(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => _sparse.CopyTo(new float[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CreateTooLarge());

        static void CreateTooLarge()
        {
            VBuffer<float> buffer = default;
            VBufferEditor.Create(ref buffer, 2, 3);
        }
    }

    [Fact]
    public void APartOfAnArrayIsCopied()
    {
        VBuffer<int> buffer = default;
        VBuffer<int>.Copy([1, 2, 3, 4], 1, ref buffer, 2);
        Assert.Equal([2, 3], buffer.DenseValues());
    }
}

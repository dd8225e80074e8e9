using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Data.Tests;

public sealed class ArrayExamplesTests
{
    private static readonly FieldList _fields = [Field.Index("kind", Shape.Scalar, 3, InputRole.Target), Field.Real("x", 2), Field.Real("y", 1, InputRole.Target)];

    [Fact]
    public void FieldsOfDataComeFirst()
    {
        Assert.Equal(["x", "kind", "y"], _fields.Select(f => f.Name));
        Assert.Equal("x: real 2, kind: index scalar below 3, y: real 1", _fields.ToString());
        Assert.Equal("1x28x28", FieldList.Images(new ImageShape(1, 28, 28), 10).ToString());
        Assert.Equal("8 tokens", FieldList.Text(8, 50).ToString());
        Assert.Equal((null, null, null), (_fields.Image, _fields.Tokens, _fields.Classes));
    }

    [Fact]
    public void ASplitGivesTheFieldsOfTheExamplesThatAreAskedFor()
    {
        var data = new Dataset("own", Examples(5), Examples(3));
        var x = new byte[4 * sizeof(float)];
        var kinds = new byte[2 * sizeof(long)];
        data.Train.Fill([3, 0], 0, x);
        data.Train.Fill([3, 0], 1, kinds);
        Assert.Equal([6f, 7, 0, 1], System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(x).ToArray());
        Assert.Equal([0L, 0], System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(kinds).ToArray());
        var (kept, held) = HeldOut.Of(data.Train, 0.4, 1);
        Assert.Equal((3, 2, _fields), (kept.Count, held.Count, kept.Examples));
    }

    [Fact]
    public void WhatIsMissingOrOfAnotherShapeIsNamed()
    {
        static string Refused(Dictionary<string, Array> values) => Assert.Throws<NonsmoothException>(() => new ArrayExamples(_fields, values)).Message;
        var right = new Dictionary<string, Array> { ["x"] = new float[4], ["y"] = new float[2], ["kind"] = new long[2] };
        Assert.Equal("field 'y: real 1' has no numbers: give an array of that name", Refused(new(right.Where(v => v.Key != "y"))));
        Assert.Equal("there are numbers for 'z', which is no field: the fields are x, kind, y", Refused(new(right) { ["z"] = new float[2] }));
        Assert.Equal("field 'x: real 2' takes 2 numbers an example, 5 are given: give whole examples", Refused(new(right) { ["x"] = new float[5] }));
        Assert.Equal("field 'y' has 3 examples and 'x' has 2: give as many of each", Refused(new(right) { ["y"] = new float[3] }));
        Assert.Equal("field 'y: real 1' has numbers of type Double[]: give float[]", Refused(new(right) { ["y"] = new double[2] }));
        Assert.Equal("field 'kind: index scalar below 3' has 7 in example 1: give indices from 0 to 2", Refused(new(right) { ["kind"] = new long[] { 0, 7 } }));
    }

    [Fact]
    public void FieldsAreRefusedByName()
    {
        Assert.Null(_fields.Refusal([Field.Real("x", 2), Field.Index("kind", Shape.Scalar, 3, InputRole.Target)]));
        Assert.Equal("field 'x' is real 2, not real 3", _fields.Refusal([Field.Real("x", 3)]));
        Assert.Equal("field 'kind' has 3 classes, not 2", _fields.Refusal([Field.Real("x", 2), Field.Index("kind", Shape.Scalar, 2, InputRole.Target)]));
        Assert.StartsWith("there is no field 'z' (real 1): the fields are x: real 2", _fields.Refusal([Field.Real("z", 1)]), StringComparison.Ordinal);
        Assert.Throws<NonsmoothException>(() => FieldList.Of([Field.Real("x", 2), Field.Real("x", 1)]));
        Assert.Throws<NonsmoothException>(() => FieldList.Of([Field.Real("y", 2, InputRole.Target)]));
    }

    [Fact]
    public void AFieldThatIsDeclaredAndNotGivenSaysHowToGiveIt()
    {
        var data = new Dataset("lazy", new Lazy(), new Lazy());
        Assert.Contains("field 'x' of real numbers and do not give it", Assert.Throws<NonsmoothException>(() => data.Train.Fill([0], 0, new byte[4])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADataSetOfOnesOwnIsFoundByItsName()
    {
        var row = DatasetRow.Of("array-examples-tests", "numbers in a row", () => Examples(5), () => Examples(3));
        Datasets.Register(row);
        Assert.Equal((2, 3), (Datasets.Load("array-examples-tests", new DatasetOptions { TrainCount = 2 }).Train.Count, Datasets.Load("Array-Examples-Tests").Test.Count));
        Assert.Equal("there is a data set 'array-examples-tests' already: give yours another name", Assert.Throws<NonsmoothException>(() => Datasets.Register(row)).Message);
        Assert.Contains("did you mean array-examples-tests?", Assert.Throws<NonsmoothException>(() => Datasets.Find("aray-examples-tests")).Message, StringComparison.Ordinal);
    }

    private static ArrayExamples Examples(int count) => new(_fields, new Dictionary<string, Array>
    {
        ["x"] = Enumerable.Range(0, 2 * count).Select(i => (float)i).ToArray(),
        ["y"] = Enumerable.Range(0, count).Select(i => -(float)i).ToArray(),
        ["kind"] = Enumerable.Range(0, count).Select(i => i % 3L).ToArray(),
    });

    private sealed class Lazy : IExamples
    {
        public int Count => 1;

        public FieldList Fields { get; } = [Field.Real("x", 1)];
    }
}

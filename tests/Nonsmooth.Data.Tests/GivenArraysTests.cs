using Nonsmooth.Data.Arrays;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;
using Parquet;
using Parquet.Schema;

namespace Nonsmooth.Data.Tests;

public sealed class GivenArraysTests
{
    [Fact]
    public void ArraysAreFieldsAndHalvesAreDrawnBySeed()
    {
        using var folder = new TemporaryFolder();
        float[] x = [.. Enumerable.Range(0, 20).Select(i => (float)i)];
        Numpy.Write(folder.File("d.npz"), new Dictionary<string, StoredTensor> { ["pixels"] = StoredTensor.Of<float>(x, 10, 2), ["y"] = StoredTensor.Of<long>([0, 1, 2, 0, 1, 2, 0, 1, 2, 0], 10) });
        var data = Datasets.Load(folder.File("d.npz"), new DatasetOptions { Seed = 4 });
        Assert.Equal((8, 2, 3), (data.Train.Count, data.Test.Count, data.ClassCount));
        Assert.Equal("x: real 2, target: index scalar below 3", string.Join(", ", (IEnumerable<Field>)data.Examples));
        Assert.Equal(data.Train.Fingerprint(0), Datasets.Load(folder.File("d.npz"), new DatasetOptions { Seed = 4 }).Train.Fingerprint(0));
        Assert.NotEqual(data.Train.Fingerprint(0), Datasets.Load(folder.File("d.npz"), new DatasetOptions { Seed = 5 }).Train.Fingerprint(0));
    }

    [Fact]
    public void NamedHalvesAreTaken()
    {
        using var folder = new TemporaryFolder();
        Numpy.Write(folder.File("d.npz"), new Dictionary<string, StoredTensor>
        {
            ["train.x"] = StoredTensor.Of<float>([1, 2, 3], 3, 1), ["train.y"] = StoredTensor.Of<float>([1, 2, 3], 3, 1),
            ["test.x"] = StoredTensor.Of<float>([4], 1, 1), ["test.y"] = StoredTensor.Of<float>([4], 1, 1),
        });
        var data = Datasets.Load(folder.File("d.npz"));
        Assert.Equal((3, 1), (data.Train.Count, data.Test.Count));
        Assert.Equal(ElementKind.Real, data.Examples.Targets.Single().Type.Kind);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", null, "has no array that is called as a target is: give target as one of a, b")]
    [InlineData("a,y\n1,2\n3\n", null, "has 1 cells in row 3")]
    [InlineData("a,a,y\n1,2,3\n", null, "has two columns 'a'")]
    [InlineData("a,y\nred,1\n2,0\n", null, "has texts in column 'a', as 'red'")]
    [InlineData("a,y\n1,-1\n2,0\n", null, "a target is -1: classes are counted from 0")]
    [InlineData("a,y\n1,0\n2,1\n", "z", "has no 'z': give target as one of a, y")]
    [InlineData("", null, "is empty")]
    public void WhatIsWrongWithATableIsNamed(string text, string? target, string why)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("t.csv"), text);
        Assert.Contains(why, Assert.Throws<NonsmoothException>(() => Datasets.Load(folder.File("t.csv"), new DatasetOptions { Target = target })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TextsAreClassesInOrder()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("t.csv"), "a,kind,b\n1,rose,2\n3,iris,4.5\n5,rose,6\n");
        var data = Datasets.Load(folder.File("t.csv"), new DatasetOptions { Target = "kind" });
        Assert.Equal(["iris", "rose"], data.ClassNames);
        Assert.Equal(new Shape(2), data.Examples.Data.Single().Type.Shape);
    }

    [Fact]
    public async Task ParquetIsReadAsCsvIs()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("t.csv"), "a,b,y\n1.5,2,0\n-3,4,1\n5,6,2\n7,8,1\n");
        var schema = new ParquetSchema(new DataField<double>("a"), new DataField<int>("b"), new DataField<long>("y"));
        var stream = File.Create(folder.File("t.parquet"));
        await using (stream)
        {
            var writer = await ParquetWriter.CreateAsync(schema, stream, cancellationToken: TestContext.Current.CancellationToken);
            await using (writer)
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync<double>(schema.DataFields[0], new double[] { 1.5, -3, 5, 7 });
                await group.WriteAsync<int>(schema.DataFields[1], new[] { 2, 4, 6, 8 });
                await group.WriteAsync<long>(schema.DataFields[2], new long[] { 0, 1, 2, 1 });
            }
        }

        var (csv, parquet) = (Datasets.Load(folder.File("t.csv")), Datasets.Load(folder.File("t.parquet")));
        Assert.Equal(csv.Examples, parquet.Examples);
        Assert.Equal(csv.Train.Fingerprint(0), parquet.Train.Fingerprint(0));
    }
}
